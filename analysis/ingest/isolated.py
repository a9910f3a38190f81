"""Runs child.py on one file, with a limit of memory and time."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from analysis.errors import FileError
from analysis.ingest.zips import unpacked

MEMORY = 4 << 30
# Of the processor, so that a busy machine refuses no file that an idle one reads.
SECONDS = 7.0
SECONDS_PER_MB = 1.0
SECONDS_PER_UNPACKED_MB = 0.1
PATIENCE = 4  # times as long by the clock
_CHILD = Path(__file__).with_name("child.py")


def read_outside(
    task: Literal["workbook", "unlock", "pdf"], data: bytes, password: str | None
) -> Iterator[dict[str, Any]]:
    """What child.py says of a file, object by object.

    Raises FileError if it refuses the file, takes too long or is brought down by it. The password
    goes through the pipe, never into the list of processes.
    """
    seconds = (
        SECONDS + (SECONDS_PER_MB * len(data) + SECONDS_PER_UNPACKED_MB * unpacked(data)) / 1e6
    )
    facts = {"task": task, "password": password, "memory": MEMORY, "seconds": math.ceil(seconds)}
    order = json.dumps(facts).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-B", str(_CHILD)],
            input=order + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE * seconds,
            check=False,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "RUST_BACKTRACE": "0"},
        )
    except subprocess.TimeoutExpired:
        raise _too_slow(seconds) from None
    except OSError as error:
        raise FileError(
            f"No process could be started to read the file ({error.strerror})."
        ) from None
    if done.returncode == -getattr(signal, "SIGXCPU", 0):
        raise _too_slow(seconds)
    return _items(done.stdout, task)


def _too_slow(seconds: float) -> FileError:
    return FileError(
        f"The file could not be read within {seconds:.0f} seconds: it is damaged or very "
        "unusual. Open it in the program that made it and save it again."
    )


def _items(output: bytes, task: str) -> Iterator[dict[str, Any]]:
    what = "PDF" if task == "pdf" else "workbook"
    ended = False
    for line in output.splitlines():
        item = json.loads(line)
        if "refused" in item:
            raise FileError(_refusal(str(item["refused"]), what))
        if "damaged" in item:
            break
        if "end" in item:
            ended = True
            break
        yield item
    if not ended:
        raise FileError(
            f"The {what} is damaged or larger than it may be, and was not read; open it in the "
            "program that made it and save it again."
        )


def _refusal(reason: str, what: str) -> str:
    if reason == "password":
        return f"The {what} has a password (it is encrypted). {_how(what)}"
    if reason == "wrong password":
        return f"The password does not open the {what}. {_how(what)}"
    return reason


def _how(what: str) -> str:
    if what == "PDF":
        return "Give the password, or save a copy without one."
    return (
        "Give the password, or open it in Excel, remove the password under File, Info, Protect "
        "Workbook, and save it again."
    )
