"""Whole runs by size: python -m tests.benchmarks.scale [--sizes 10000 50000] [--dask local]

The replies are made from NHS comments and English answers to the EU White Paper: two remarks of
different people joined, with small changes of wording, so that hardly any text comes twice. Memory
is that of the run and all its processes together, pages of memory-mapped files left out.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import psutil

from analysis.prepare.points import split

SHARED = Path(os.environ.get("HEARD_SHARED", "../shared"))
ROOT = Path(__file__).resolve().parents[2]
SIZES = (10_000, 50_000, 100_000)
FILLERS = ("really", "also", "often", "still", "sometimes", "actually", "simply", "now")
QUESTION = "What should we know about the service or the proposal?"
LOOK = 0.2  # seconds between two looks at the memory


def remarks() -> list[str]:
    """Sentences of real comments, each once, in their own order."""
    folder = SHARED / "data/nhs_fft_coded"
    first = pd.read_csv(folder / "phase1_text_data.csv", dtype=str)["feedback"]
    second = pd.read_csv(folder / "v6framework_230831.csv", dtype=str)["FFT answer"]
    path = SHARED / "data/eu_ai_white_paper_2020/responses_eusurvey_export.csv"
    table = pd.read_csv(path, sep=";", dtype=str, encoding="utf-8-sig")
    table = table[table.iloc[:, 2].fillna("").str.startswith("English")]
    third = [t for n in (18, 44, 57, 64) for t in table.iloc[:, n].dropna()]
    texts = dict.fromkeys(" ".join(t.split()) for t in [*first.dropna(), *second.dropna(), *third])
    return [t[a:b] for t in texts if len(t) > 15 for a, b in split(t, 4)]


def changed(sentence: str, draw: np.random.Generator) -> str:
    """One word left out, doubled in another place, or put in."""
    words = sentence.split()
    at = int(draw.integers(len(words)))
    how = int(draw.integers(3))
    if how == 0 and len(words) > 4:
        return " ".join(words[:at] + words[at + 1 :])
    if how == 1 and at + 1 < len(words):
        words[at], words[at + 1] = words[at + 1], words[at]
        return " ".join(words)
    return " ".join([*words[:at], FILLERS[int(draw.integers(len(FILLERS)))], *words[at:]])


def write(size: int, target: Path, seed: int = 1) -> None:
    """A consultation of `size` replies to one open question, with a region and a position."""
    pool, draw = remarks(), np.random.default_rng(seed)
    with target.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["Response ID", "Region", "Do you support the proposal?", QUESTION])
        for number in range(size):
            picked = draw.integers(len(pool), size=int(draw.integers(1, 3)))
            text = " ".join(changed(pool[int(p)], draw) for p in picked)
            region = f"Region {int(draw.integers(1, 10))}"
            side = ("Support", "Oppose", "Don't know", "")[int(draw.integers(4))]
            out.writerow([f"R{number:07d}", region, side, text])


def memory(root: psutil.Process) -> float:
    """MiB of a process and all below it, without shared pages of files."""
    total = 0.0
    for process in [root, *root.children(recursive=True)]:
        try:
            held = process.memory_info()
            total += (held.rss - held.shared) / 2**20
        except psutil.Error:
            continue
    return total


def measured(command: Sequence[str], home: Path) -> tuple[float, float, float]:
    """Seconds, seconds of all processors, and the peak of `memory` in MiB, of a command."""
    peak, stop = 0.0, threading.Event()
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "HEARD_HOME": str(home)})

    def watch() -> None:
        nonlocal peak
        root = psutil.Process(process.pid)
        while not stop.wait(LOOK):
            try:
                peak = max(peak, memory(root))
            except psutil.Error:
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    code = process.wait()
    seconds = time.perf_counter() - start
    stop.set()
    watcher.join()
    if code:
        raise SystemExit(f"The run ended with {code}.")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return seconds, used, peak


def one(size: int, dask: str | None) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "replies.csv", Path(folder) / "out"
        write(size, file)
        command = [sys.executable, "-m", "analysis", "run", str(file), "--out", str(out)]
        if dask:
            command += ["--dask", dask]
        seconds, used, peak = measured(command, Path(folder) / "home")
        made = json.loads((out / "run.json").read_text())
        ledger = json.loads((out / "ledger.json").read_text())
        asked = ledger["questions"][0]
        assert ledger["received"] == size
        with (out / "points.csv").open(encoding="utf-8") as lines:
            points = sum(1 for _ in lines) - 1
        return {
            "replies": size, "number of points": points, "in themes": asked["in_themes"],
            "not grouped": asked["not_grouped"],
            "themes and sub-themes": _lines(out / "themes.csv"),
            "how found": next(iter(made["themes"].values()))["how"],
            **{f"{name} (s)": cost["seconds"] for name, cost in made["stages"].items()},
            "whole run (s)": round(seconds, 1), "processors (s)": round(used, 1),
            "peak (MiB)": round(peak),
            "digest": _digest(out),
        }  # fmt: skip


def _digest(folder: Path) -> str:
    """Of all results but run.json, which holds times: equal where the results are."""
    files = sorted(p for p in folder.iterdir() if p.name != "run.json")
    return hashlib.sha256(b"".join(p.read_bytes() for p in files)).hexdigest()[:12]


def _lines(path: Path) -> int:
    return len(pd.read_csv(path))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--dask", help="address of a scheduler, or: local")
    args = parser.parse_args()
    rows = []
    for size in args.sizes:
        rows.append(one(size, args.dask))
        print(pd.Series(rows[-1]).to_string(), flush=True)
    if len(rows) > 1:
        print(pd.DataFrame(rows).set_index("replies").T.to_string())


if __name__ == "__main__":
    main()
