"""The command line: the same code path as the app."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from analysis.errors import FileError, HeardError, MappingError, StoreError
from analysis.options import Command, parser
from analysis.settings import SAMPLE, LlmSettings, Settings

if TYPE_CHECKING:
    from analysis.records import Question
    from analysis.themes.frame import CodeFrame


def _read(args: argparse.Namespace) -> None:
    from analysis.ingest.describe import describe
    from analysis.ingest.read import ReadOptions, read

    told = _told(args)
    sheet, *more = told.pop("sheets", [None])
    if more:
        raise FileError("`read` shows one sheet at a time; name one --sheet.")
    if "header_rows" in told:
        told["header_rows"] = tuple(told["header_rows"])
    options = ReadOptions(sheet=sheet, password=args.password, **told)
    facts = describe(read(_existing(args.file), options=options), rows=args.rows)
    if args.json or args.rows:
        print(json.dumps(facts, ensure_ascii=False))
        return
    print(f"{facts['rows']} rows, {len(facts['columns'])} columns, layout {facts['layout']}")
    for column in facts["columns"]:
        print(f"  {column['role']:<11} {column['label']}")
    for warning in facts["warnings"]:
        print(f"! {warning['message']}")


def _told(args: argparse.Namespace) -> dict[str, Any]:
    """How the files are to be read, where the command line overrules what is found."""
    told = {
        "layout": args.layout,
        "encoding": args.encoding,
        "delimiter": args.delimiter,
        "sheets": args.sheet,
        "header_rows": args.header_rows,
    }
    return {option: value for option, value in told.items() if value is not None}


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


@contextmanager
def _workers(address: str | None) -> Iterator[None]:
    """Per-item work goes to the Dask cluster at `address`, if one is named."""
    from analysis.cluster import connected
    from analysis.parallel import on

    with connected(address) if address else nullcontext() as workers, on(workers):
        yield


def _run(args: argparse.Namespace) -> None:
    from analysis.embed.encode import encoder
    from analysis.export.folder import write
    from analysis.fingerprint import fingerprint
    from analysis.ingest.build import build
    from analysis.ingest.mapping import load_mapping, propose
    from analysis.ingest.stored import read_as_told
    from analysis.jobs.onto import folder_of, of_folder
    from analysis.pipeline import run
    from analysis.store.artefacts import Artefacts
    from analysis.themes.frame import in_frames
    from analysis.wording import writer

    files: list[Path] = list(args.files)
    columns: Path | None = args.columns
    if args.sample:
        if files:
            raise FileError("Name either files or --sample, not both.")
        files, columns = [SAMPLE / "responses.csv"], columns or SAMPLE / "columns.toml"
    if not files:
        raise FileError("Name at least one file of responses, or --sample.")
    own = load_mapping(_existing(columns)).files if columns else {}
    if strangers := sorted(own.keys() - {f.name for f in files}):
        raise MappingError(
            f"{columns and columns.name} says how to read “{strangers[0]}”, which is none of the "
            f"files of this run ({', '.join(f.name for f in files)}). Correct the [[files]] entry."
        )
    tables = [
        table
        for f in files
        for table in read_as_told(
            _existing(f), f.name, own.get(f.name, {}) | _told(args), args.password)
    ]  # fmt: skip
    mapping = propose(tables, title=files[0].stem)
    if columns is not None:
        mapping = load_mapping(_existing(columns), mapping)
    consultation = build(tables, mapping)
    settings = Settings(
        llm=LlmSettings.from_environment(enabled=args.llm),
        embedder="multilingual" if args.multilingual else "minilm",
        disclosure=args.small_numbers,
    )
    if args.seed is not None:
        settings = replace(settings, seed=args.seed)
    artefacts = Artefacts(folder_of(consultation))
    artefacts.save("consultation", fingerprint("consultation", consultation), consultation)
    onto = of_folder(args.onto, settings) if args.onto else None
    asked = consultation.open_questions
    onto = in_frames(_frames(args, asked), asked, encoder(settings.embedder).encode, onto)
    client, reason = writer(settings.llm, artefacts.folder / "calls")
    bar = _Bar()
    try:
        with _workers(args.dask):
            result = run(
                consultation, settings, artefacts, client=client, llm_reason=reason, watch=bar,
                onto=onto,
            )  # fmt: skip
    finally:
        bar.close()
    write(result, args.out, args.count)


def _frames(args: argparse.Namespace, asked: Sequence[Question]) -> dict[str, CodeFrame]:
    from analysis.themes.frame import read_frame

    ids = {q.id: q.id for q in asked} | {str(n): q.id for n, q in enumerate(asked, 1)}
    for name, _ in args.frame:
        if name not in ids:
            raise FileError(
                f"There is no open question “{name}” for --frame. There are: "
                f"{', '.join(q.id for q in asked) or 'none'}."
            )
    return {
        ids[n]: read_frame(_existing(Path(f)).read_bytes(), Path(f).name) for n, f in args.frame
    }


def _agree(args: argparse.Namespace) -> None:
    from analysis.review.agreement import agree, lines
    from analysis.review.codes import read_codes

    found = agree(args.folder, read_codes(_existing(args.codes)))
    if args.json:
        print(json.dumps(found.plain(), ensure_ascii=False))
    else:
        print("\n".join(lines(found)))


def _capture(args: argparse.Namespace) -> None:
    from analysis.capture.check import Checker
    from analysis.capture.report import from_folder
    from analysis.capture.submissions import submissions

    report = from_folder(args.folder)
    if args.text == "-":
        texts = [sys.stdin.read()]
    else:
        file = _existing(Path(args.text))
        texts = ["\n".join(submissions(file.read_bytes(), file.name))]
    checked = Checker(report).check(texts[0], args.respondent)
    if args.json:
        print(json.dumps(checked.as_dict(), ensure_ascii=False))
        return
    for point in checked.points:
        print(f"{point.status:<9} {point.similarity:.2f}  {point.text}")
        if point.language:
            print(f"{'':15} not compared: no reply is in its language ({point.language})")
            continue
        print(f"{'':15} {point.theme}, raised by {point.respondents} people")
    print(f"{checked.coverage:.0%} of {len(checked.points)} points")


def _export(args: argparse.Namespace) -> None:
    from analysis.export.files import export

    for path in export(args.folder, args.to):
        print(path)


def _worker(args: argparse.Namespace) -> None:
    from analysis.jobs.worker import work
    from analysis.store.backup import broken_off
    from analysis.store.store import Store

    store = Store()
    broken_off(store)
    with _workers(args.dask):
        work(store, once=args.once)


def _audit(args: argparse.Namespace) -> None:
    from analysis.store.store import Store

    store = Store()
    lines, broken = store.audit(), store.verify_audit()
    if broken is not None:
        raise StoreError(
            f"The audit log is not as it was written, from line {broken} on. Compare it with a "
            "back-up, and find out who could write to the database."
        )
    count = "1 line" if len(lines) == 1 else f"{len(lines):,} lines"
    print(f"{count}, all as they were written. Last: {lines[-1].hash if lines else '-'}")


def _backup(args: argparse.Namespace) -> None:
    from analysis.store.backup import backup
    from analysis.store.store import Store

    print(f"{args.file}: {backup(Store(), args.file, 'command line')}")


def _restore(args: argparse.Namespace) -> None:
    from analysis.store.backup import restore
    from analysis.store.store import Store

    file = _existing(args.file)
    print(f"Restored: {restore(Store(), file, 'command line')}")
    _audit(args)


COMMANDS: dict[str, Command] = {
    "read": _read, "run": _run, "agree": _agree, "capture": _capture, "export": _export,
    "audit": _audit, "backup": _backup, "restore": _restore, "worker": _worker,
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """0 done, 2 the user can mend it (one sentence on stderr), 1 a fault."""
    args = parser(COMMANDS).parse_args(arguments)
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
