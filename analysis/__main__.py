"""The command line: the same code path as the app."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from analysis.errors import FileError, HeardError
from analysis.settings import SAMPLE, LlmSettings, Settings, runtime


def _read(args: argparse.Namespace) -> None:
    from analysis.ingest.describe import describe
    from analysis.ingest.read import ReadOptions, read

    table = read(_existing(args.file), options=ReadOptions(password=args.password))
    facts = describe(table, rows=args.rows)
    if args.json or args.rows:
        print(json.dumps(facts, ensure_ascii=False))
        return
    print(f"{facts['rows']} rows, {len(facts['columns'])} columns, layout {facts['layout']}")
    for column in facts["columns"]:
        print(f"  {column['role']:<11} {column['label']}")
    for warning in facts["warnings"]:
        print(f"! {warning['message']}")


def _existing(file: Path) -> Path:
    if not file.is_file():
        raise FileError(f"There is no file {file}. Check the name and the folder.")
    return file


class _Bar:
    """One line of progress on a terminal, nothing elsewhere."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None
        self._stage = ""

    def __call__(self, stage: str, title: str, done: int, total: int) -> None:
        if stage != self._stage:
            self.close()
            self._stage = stage
            self._bar = tqdm(desc=title, total=total or None, file=sys.stderr, disable=None)
        if self._bar is not None:
            self._bar.total = total or None
            self._bar.update(done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _run(args: argparse.Namespace) -> None:
    from analysis.export.folder import write
    from analysis.fingerprint import fingerprint
    from analysis.ingest.build import build
    from analysis.ingest.mapping import load_mapping, propose
    from analysis.ingest.read import ReadOptions, read
    from analysis.pipeline import run
    from analysis.store.artefacts import Artefacts
    from analysis.wording import writer

    files: list[Path] = list(args.files)
    columns: Path | None = args.columns
    if args.sample:
        if files:
            raise FileError("Name either files or --sample, not both.")
        files, columns = [SAMPLE / "responses.csv"], columns or SAMPLE / "columns.toml"
    if not files:
        raise FileError("Name at least one file of responses, or --sample.")
    tables = [read(_existing(f), options=ReadOptions(password=args.password)) for f in files]
    mapping = propose(tables, title=files[0].stem)
    if columns is not None:
        mapping = load_mapping(_existing(columns), mapping)
    consultation = build(tables, mapping)
    settings = Settings(
        llm=LlmSettings.from_environment(enabled=args.llm),
        embedder="multilingual" if args.multilingual else "minilm",
    )
    if args.seed is not None:
        settings = replace(settings, seed=args.seed)
    home = runtime() / "runs" / fingerprint("files", consultation)[:16]
    artefacts = Artefacts(home / "artefacts")
    client, reason = writer(settings.llm, artefacts.folder / "calls")
    bar = _Bar()
    try:
        result = run(consultation, settings, artefacts, client=client, llm_reason=reason, watch=bar)
    finally:
        bar.close()
    write(result, args.out, args.count)


def _export(args: argparse.Namespace) -> None:
    from analysis.export.files import export

    for path in export(args.folder, args.to):
        print(path)


def _worker(args: argparse.Namespace) -> None:
    from analysis.jobs.worker import work
    from analysis.store.store import Store

    work(Store(), once=args.once)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analysis", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    def command(
        name: str, fn: Callable[[argparse.Namespace], None], text: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(fn=fn)
        return made

    read = command("read", _read, "Show how a file is understood, without analysing it.")
    read.add_argument("file", type=Path)
    read.add_argument("--password", help="of a protected workbook; it is not kept")
    read.add_argument("--json", action="store_true", help="print the facts as JSON")
    read.add_argument("--rows", action="store_true", help="with every cell as the text kept")

    run = command("run", _run, "Analyse files of responses and write the results into a folder.")
    run.add_argument("files", nargs="*", type=Path, metavar="FILE")
    run.add_argument("--out", type=Path, required=True, metavar="DIR")
    run.add_argument("--columns", type=Path, metavar="FILE.toml", help="roles of the columns")
    run.add_argument("--password", help="of protected workbooks; it is not kept")
    run.add_argument("--seed", type=int, help="of everything that is drawn by chance")
    run.add_argument("--sample", action="store_true", help="the sample consultation of Heard")
    run.add_argument(
        "--count", choices=("all", "once", "without"), default="all",
        help="campaign letters: every copy, each letter once, or without them",
    )  # fmt: skip
    run.add_argument("--multilingual", action="store_true", help="one set of themes, all languages")
    run.add_argument("--llm", action="store_true", help="let a language model word the results")

    export = command("export", _export, "Make a document or workbook of a folder that run wrote.")
    export.add_argument("folder", type=Path, metavar="DIR")
    export.add_argument("--to", choices=("xlsx", "docx", "json", "atrs", "html"), required=True)

    worker = command("worker", _worker, "Take jobs from the store and run them.")
    worker.add_argument("--once", action="store_true", help="stop when no job is waiting")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """0 done, 2 the user can mend it (one sentence on stderr), 1 a fault."""
    args = _parser().parse_args(arguments)
    try:
        args.fn(args)
    except HeardError as error:
        print(str(error), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(
            "Stopped. What was finished is kept; the same command goes on from there.",
            file=sys.stderr,
        )
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
