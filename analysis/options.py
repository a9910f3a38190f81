"""What can be typed after `python -m analysis`: commands, their arguments, and their help."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from analysis.settings import SMALL_NUMBERS, Settings

Command = Callable[[argparse.Namespace], None]


def _add_told(parser: argparse.ArgumentParser) -> None:
    found = "; without this it is found"
    parser.add_argument("--layout", help=f"survey tool that wrote the file, or “plain”{found}")
    parser.add_argument("--encoding", help=f"of a text file, such as utf-8{found}")
    parser.add_argument("--delimiter", help=f"comma, semicolon, tab or bar{found}")
    parser.add_argument(
        "--sheet", action="append", help=f"of a workbook; may be given several times{found}"
    )
    parser.add_argument(
        "--header-rows", nargs="*", type=int, metavar="ROW",
        help=f"rows of the file that hold the header, none for a file without one{found}",
    )  # fmt: skip


def parser(do: Mapping[str, Command]) -> argparse.ArgumentParser:
    """Of the whole command line; `do`: what each command does."""
    whole = argparse.ArgumentParser(
        prog="python -m analysis", description="The command line: the same code path as the app."
    )
    commands = whole.add_subparsers(dest="command", required=True)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(fn=do[name])
        return made

    read = command("read", "Show how a file is understood, without analysing it.")
    read.add_argument("file", type=Path)
    read.add_argument("--password", help="of a protected workbook; it is not kept")
    read.add_argument("--json", action="store_true", help="print the facts as JSON")
    read.add_argument("--rows", action="store_true", help="with every cell as the text kept")

    _add_told(read)

    run = command("run", "Analyse files of responses and write the results into a folder.")
    run.add_argument("files", nargs="*", type=Path, metavar="FILE")
    run.add_argument("--out", type=Path, required=True, metavar="DIR")
    run.add_argument("--columns", type=Path, metavar="FILE.toml", help="roles of the columns")
    run.add_argument("--password", help="of protected workbooks; it is not kept")
    _add_told(run)
    run.add_argument("--seed", type=int, help="of everything that is drawn by chance")
    run.add_argument("--sample", action="store_true", help="the sample consultation of Heard")
    run.add_argument(
        "--count", choices=("all", "once", "without"), default="all",
        help="campaign letters: every copy, each letter once, or without them",
    )  # fmt: skip
    run.add_argument(
        "--onto", type=Path, metavar="DIR",
        help="folder of an earlier run: its themes keep their ids and names (FILE… are all files, "
        "the earlier and the late ones)",
    )  # fmt: skip
    run.add_argument(
        "--frame", nargs=2, action="append", default=[], metavar=("QUESTION", "FILE"),
        help="a code frame that the answers to this question (its id, or its number among the open "
        "ones) are placed in",
    )  # fmt: skip
    _dask(run)
    run.add_argument(
        "--small-numbers", choices=tuple(SMALL_NUMBERS), default=Settings.disclosure,
        help="what is hidden in the files: fewer than 5 (five), 10 (ons10), NHS's rule, or none",
    )  # fmt: skip
    run.add_argument("--multilingual", action="store_true", help="one set of themes, all languages")
    run.add_argument("--llm", action="store_true", help="let a language model word the results")

    agree = command("agree", "Compare a run's themes with codes that people gave.")
    agree.add_argument("folder", type=Path, metavar="DIR", help="what run --out made")
    agree.add_argument(
        "--codes", type=Path, required=True, metavar="FILE.csv",
        help="response_id and codes: one or several columns or rows, joined by “;”, or 1 and 0",
    )  # fmt: skip
    agree.add_argument("--json", action="store_true", help="print the figures as JSON")

    capture = command("capture", "Check whether a submission's points were captured.")
    capture.add_argument("folder", type=Path, metavar="DIR", help="of an earlier run")
    capture.add_argument("--text", required=True, metavar="FILE", help="the submission, or -")
    capture.add_argument("--respondent", metavar="ID", help="whose it is; not matched to itself")
    capture.add_argument("--json", action="store_true", help="print the result as JSON")

    export = command("export", "Make a document or workbook of a folder that run wrote.")
    export.add_argument("folder", type=Path, metavar="DIR")
    export.add_argument("--to", choices=("xlsx", "docx", "json", "atrs", "html"), required=True)

    audit = command("audit", "Check that the audit log is as it was written.")
    audit.add_argument("what", choices=("verify",))

    text = "Write all that the store holds (rows and files, no secrets, no models) into a new file."
    command("backup", text).add_argument("file", type=Path, metavar="FILE.tar.gz")
    text = "Put a back-up into an empty store, and check that the audit log is as it was written."
    command("restore", text).add_argument("file", type=Path, metavar="FILE.tar.gz")

    worker = command("worker", "Take jobs from the store and run them.")
    _dask(worker)
    worker.add_argument("--once", action="store_true", help="stop when no job is waiting")
    return whole


def _dask(command: argparse.ArgumentParser) -> None:
    text = "spread the work over the workers of a Dask scheduler (tcp://host:8786), or: local"
    command.add_argument("--dask", metavar="ADDRESS", help=text)
