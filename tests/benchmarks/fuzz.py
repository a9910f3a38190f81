"""Damaged files: each must end in a table or in one sentence, and within ten seconds.

`python -m tests.benchmarks.fuzz [--mutations 2000] [--seed 1] [--only N]`. Real exports, the
public failure cases and small files of every other format are cut, spliced, flipped, repeated
and misnamed; what survives is built into a consultation, as on the Columns page. The same seed
makes the same files; `--only N` runs mutation N alone and shows a traceback if there is one. 2,000
take about three minutes of the processor.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import signal
import sys
import traceback
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import pandas as pd

from analysis.errors import HeardError
from analysis.ingest.build import build
from analysis.ingest.mapping import propose
from analysis.ingest.read import read
from tests.conftest import ROOT
from tests.ingest.make import HEAD, ROWS, csv_bytes, docx_bytes, ods_bytes, pdf_bytes, xlsx_bytes

SECONDS = 10.0  # of the processor, children included: a busy machine makes no file a bad one
GIVE_UP = 300  # seconds by the clock, after which a mutation is ended and counted as hanging
LONGEST = 400  # letters that one sentence to the user may have
_MARKS = (b"\0", b"\0\0\0\0", b"\xef\xbb\xbf", b"\xff\xfe", b'"', b'""', b"'", b"\r", b"\x1a")
Seed = tuple[str, bytes]


@dataclass(frozen=True)
class Outcome:
    """end: table, refused, traceback or slow. detail: the message, or where it broke."""

    number: int
    format: str
    mutation: str
    end: str
    seconds: float
    detail: str


# ---------------------------------------------------------------- files to damage
@cache
def seeds() -> dict[str, list[Seed]]:
    """Format → files: real exports, the failure cases, and made ones."""
    shared = Path(os.environ.get("HEARD_SHARED", ROOT.parent / "shared"))
    folders = [shared / "data" / "export_formats", *sorted((shared / "cases").glob("*"))]
    known = ("csv", "xlsx", "xls", "xlsb", "ods", "parquet", "jsonl", "docx", "pdf", "mbox")
    out: dict[str, list[Seed]] = {name: [] for name in known}
    for file in (f for folder in folders for f in sorted(folder.glob("*"))):
        if (kind := file.suffix[1:]) in out and file.stat().st_size:
            out[kind].append((file.name, file.read_bytes()))
    for name, data in _made():
        out[name.rsplit(".", 1)[1]].append((name, data))
    return out


def _made() -> Iterator[Seed]:
    rows = [*([HEAD, *ROWS]), *([f"{n:04d}", "East", f"Reason {n}, at length"] for n in range(60))]
    frame = pd.DataFrame(rows[1:], columns=HEAD)
    letter = "".join(f"<w:p><w:r><w:t>{r[2]}</w:t></w:r></w:p>" for r in rows)
    parquet = io.BytesIO()
    frame.to_parquet(parquet)
    files = ROOT / "tests" / "ingest" / "files"
    yield "made.csv", csv_bytes(rows, ";", "utf-16")
    yield "made.xlsx", xlsx_bytes({"Read me": [["Note"]], "Data": rows}, merges=["B2:B4"])
    yield "made.ods", ods_bytes(rows)
    yield "made.parquet", parquet.getvalue()
    yield "made.jsonl", frame.to_json(orient="records", lines=True).encode()
    yield "made.docx", docx_bytes(letter)
    yield "made.pdf", pdf_bytes([r[2].replace("(", "").encode("ascii", "ignore").decode()
                                 for r in rows])  # fmt: skip
    mail = (
        "From a@example.org Sun\nFrom: Jo <a@example.org>\nDate: Sun, 1 Mar 2026 10:00:00 +0000\n"
    )
    mail += "Subject: =?utf-8?q?Caf=C3=A9?=\nContent-Type: text/html\n\n<p>{}</p>\n\n"
    yield "made.mbox", "".join(mail.format(r[2]) for r in rows).encode()
    yield "small.xls", (files / "small.xls").read_bytes()
    yield "small.xlsb", (files / "small.xlsb").read_bytes()


# ---------------------------------------------------------------- damage
def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _flip(data: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 5, 50, 500))):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def _insert(data: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 3, 30))):
        at = rng.choice((0, rng.randrange(len(data) + 1)))
        data = data[:at] + rng.choice(_MARKS) * rng.choice((1, 1, 7)) + data[at:]
    return data


def _splice(data: bytes, rng: random.Random) -> bytes:
    _, other = rng.choice(seeds()[rng.choice(list(seeds()))])
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other)) :]


def _repeat(data: bytes, rng: random.Random) -> bytes:
    at, size = rng.randrange(len(data)), rng.choice((1, 3, 40, 2_000))
    piece = data[at : at + size]
    return data[:at] + piece * (rng.choice((50_000, 2_000_000)) // len(piece)) + data[at:]


def _lose(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + data[at + rng.choice((1, 10, 1_000)) :]


Change = Callable[[bytes, random.Random], bytes]
_CHANGES: dict[str, Change] = {
    "cut": _cut, "flip": _flip, "insert": _insert, "splice": _splice, "repeat": _repeat,
    "lose": _lose,
}  # fmt: skip


def _swap(entries: dict[str, bytes], rng: random.Random) -> None:
    one, two = rng.choice(list(entries)), rng.choice(list(entries))
    entries[one], entries[two] = entries[two], entries[one]


def _inside(entries: dict[str, bytes], rng: random.Random, change: Change) -> None:
    """Damage a part of a zip, so that the archive itself stays sound."""
    name = rng.choice([n for n, content in entries.items() if content])
    entries[name] = change(entries[name], rng)


def _rezipped(data: bytes, work: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {n: archive.read(n) for n in archive.namelist()}
    work(entries)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def mutation(seed: int, number: int) -> tuple[str, str, str, bytes]:
    """Format, kind of damage, name and bytes of one damaged file."""
    rng = random.Random(f"{seed}-{number}")
    kind = rng.choice(list(seeds()))
    name, data = rng.choice(seeds()[kind])
    how = rng.choice([*_CHANGES, "wrong name", "swap", "inside", "inside"])
    zipped = data.startswith(b"PK")
    if how in ("swap", "inside") and not zipped:
        how = rng.choice(list(_CHANGES))
    if how == "swap":
        data = _rezipped(data, lambda entries: _swap(entries, rng))
    elif how == "inside":
        change = _CHANGES[rng.choice(list(_CHANGES))]
        data = _rezipped(data, lambda entries: _inside(entries, rng, change))
    elif how != "wrong name":
        data = _CHANGES[how](data, rng)
    if how == "wrong name" or rng.random() < 0.1:
        name = f"{name.rsplit('.', 1)[0]}.{rng.choice([*seeds(), 'txt', 'zip', 'png'])}"
    return kind, how, name, data


# ---------------------------------------------------------------- outcome
class _Hangs(BaseException):
    pass


def _ended(_signal: int, _frame: object) -> None:
    raise _Hangs


def attempt(seed: int, number: int) -> Outcome:
    """Read and build one damaged file."""
    kind, how, name, data = mutation(seed, number)
    signal.signal(signal.SIGALRM, _ended)
    signal.alarm(GIVE_UP)
    start = _worked()
    try:
        end, detail = _read(name, data)
    except _Hangs:
        end, detail = "slow", name
    except BaseException as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        end, detail = (
            "traceback",
            f"{type(error).__name__}: {error} ({last.filename}:{last.lineno})",
        )
        if "--only" in sys.argv:
            traceback.print_exc()
    finally:
        signal.alarm(0)
    seconds = _worked() - start
    return Outcome(number, kind, how, "slow" if seconds > SECONDS else end, seconds, detail)


def _worked() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _read(name: str, data: bytes) -> tuple[str, str]:
    try:
        table = read(data, name=name)
    except HeardError as error:
        return _sentence(str(error))
    try:
        made = build([table], propose([table], "Fuzz"))
    except HeardError as error:
        return _sentence(str(error))
    if len(made.respondents) != len(table.rows):
        return "traceback", f"{len(table.rows)} rows, {len(made.respondents)} respondents"
    return "table", table.layout


def _sentence(message: str) -> tuple[str, str]:
    fine = (
        20 < len(message) <= LONGEST and "\n" not in message and message.rstrip("”").endswith(".")
    )
    return ("refused" if fine else "traceback"), message


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutations", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", type=int)
    args = parser.parse_args()
    numbers = range(args.mutations) if args.only is None else [args.only]
    with ProcessPoolExecutor(1 if args.only is not None else args.workers) as pool:
        outcomes = list(pool.map(partial(attempt, args.seed), numbers, chunksize=20))
    frame = pd.DataFrame(outcomes)
    counts = pd.crosstab(frame["format"], frame["end"], margins=True, margins_name="all")
    counts = counts.reindex(columns=["table", "refused", "traceback", "slow"], fill_value=0)
    counts.insert(0, "mutations", counts.sum(axis=1))
    counts["slowest s"] = frame.groupby("format")["seconds"].max().round(1)
    counts.loc["all", "slowest s"] = round(frame["seconds"].max(), 1)
    print(counts.to_string())
    bad = frame[frame["end"].isin(["traceback", "slow"])]
    for row in bad.itertuples():
        print(
            f"{row.number} {row.format} {row.mutation} {row.end} {row.seconds:.1f} s: {row.detail}"
        )
    sys.exit(1 if len(bad) else 0)


if __name__ == "__main__":
    main()
