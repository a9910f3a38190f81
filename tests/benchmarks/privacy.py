"""Personal data: recall and precision per kind on the labelled sentences, and speed.

`python -m tests.benchmarks.privacy [--misses]`. A find counts if kind, start and end are exactly
those of the label. The sentences and the rules have the same authors: the figures say that the
rules do what they were meant to do, not how often real letters hold something else.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from collections import Counter
from pathlib import Path

import pandas as pd

from analysis.prepare.privacy import KINDS, Span, find, hide

SENTENCES = Path(__file__).parent.parent / "prepare" / "privacy_sentences.csv"
MARK = re.compile(r"\{\{(?P<kind>\w+)\|(?P<text>.*?)\}\}(?!\})", re.S)
RECALL, PRECISION, SPEED = 0.95, 0.90, 20_000


def parse(marked: str) -> tuple[str, tuple[Span, ...]]:
    """The plain sentence and its labelled places."""
    text, spans, done = "", [], 0
    for m in MARK.finditer(marked):
        text += marked[done : m.start()]
        spans.append(Span(len(text), len(text) + len(m["text"]), m["kind"], m["text"]))
        text += m["text"]
        done = m.end()
    return text + marked[done:], tuple(spans)


def sentences() -> list[tuple[str, tuple[Span, ...]]]:
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        return [parse(row["text"]) for row in csv.DictReader(file)]


def score() -> tuple[pd.DataFrame, list[str]]:
    """Per kind: labelled, found, right, recall, precision; and a line for every difference."""
    labelled, found, right = Counter[str](), Counter[str](), Counter[str]()
    misses = []
    for text, gold in sentences():
        got = set(find(text))
        labelled.update(s.kind for s in gold)
        found.update(s.kind for s in got)
        right.update(s.kind for s in got & set(gold))
        misses += [f"missed {s.kind}: {s.text!r} in {text!r}" for s in sorted(set(gold) - got)]
        misses += [f"wrong {s.kind}: {s.text!r} in {text!r}" for s in sorted(got - set(gold))]
    table = pd.DataFrame({"labelled": labelled, "found": found, "right": right}).reindex(KINDS)
    table = table.fillna(0).astype(int)
    table.loc["all"] = table.sum()
    table["recall"] = table["right"] / table["labelled"]
    table["precision"] = table["right"] / table["found"]
    return table, misses


def speed(texts: list[str]) -> str:
    """Texts a second of processor time on one core, and their mean length in characters."""
    frame = pd.DataFrame({"response_id": [str(i) for i in range(len(texts))], "text": texts})
    start = time.process_time()
    hide(frame)
    rate = len(texts) / (time.process_time() - start)
    return f"{rate:,.0f} a second (mean {sum(map(len, texts)) / len(texts):.0f} characters)"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list every difference")
    options = parser.parse_args()
    table, misses = score()
    cases = sentences()
    print(f"{len(cases)} sentences, {sum(not gold for _, gold in cases)} of them harmless\n")
    print(table.round(3).to_string())
    harmless = [text for text, gold in cases if not gold]
    personal = [text for text, gold in cases if gold]
    mixed = harmless * (9 * len(personal) // len(harmless)) + personal
    print(f"\none core, one text in ten holds personal data: {speed(mixed * 3)}")
    print(f"one core, every text holds personal data: {speed(personal * 10)}")
    print(f"targets: recall {RECALL}, precision {PRECISION} per kind; {SPEED:,} texts a second")
    if options.misses:
        print("\n".join(misses))
    good = (table["recall"] >= RECALL).all() and (table["precision"] >= PRECISION).all()
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
