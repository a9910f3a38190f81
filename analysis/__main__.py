"""The command line: the same code path as the app."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from analysis.errors import FileError, HeardError, MappingError, StoreError
from analysis.settings import SAMPLE, SMALL_NUMBERS, LlmSettings, Settings

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

    _add_told(read)

    run = command("run", _run, "Analyse files of responses and write the results into a folder.")
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

    agree = command("agree", _agree, "Compare a run's themes with codes that people gave.")
    agree.add_argument("folder", type=Path, metavar="DIR", help="what run --out made")
    agree.add_argument(
        "--codes", type=Path, required=True, metavar="FILE.csv",
        help="response_id and codes: one or several columns or rows, joined by “;”, or 1 and 0",
    )  # fmt: skip
    agree.add_argument("--json", action="store_true", help="print the figures as JSON")

    capture = command("capture", _capture, "Check whether a submission's points were captured.")
    capture.add_argument("folder", type=Path, metavar="DIR", help="of an earlier run")
    capture.add_argument("--text", required=True, metavar="FILE", help="the submission, or -")
    capture.add_argument("--respondent", metavar="ID", help="whose it is; not matched to itself")
    capture.add_argument("--json", action="store_true", help="print the result as JSON")

    export = command("export", _export, "Make a document or workbook of a folder that run wrote.")
    export.add_argument("folder", type=Path, metavar="DIR")
    export.add_argument("--to", choices=("xlsx", "docx", "json", "atrs", "html"), required=True)

    audit = command("audit", _audit, "Check that the audit log is as it was written.")
    audit.add_argument("what", choices=("verify",))

    text = "Write all that the store holds (rows and files, no secrets, no models) into a new file."
    command("backup", _backup, text).add_argument("file", type=Path, metavar="FILE.tar.gz")
    text = "Put a back-up into an empty store, and check that the audit log is as it was written."
    command("restore", _restore, text).add_argument("file", type=Path, metavar="FILE.tar.gz")

    worker = command("worker", _worker, "Take jobs from the store and run them.")
    _dask(worker)
    worker.add_argument("--once", action="store_true", help="stop when no job is waiting")
    return parser


def _dask(command: argparse.ArgumentParser) -> None:
    text = "spread the work over the workers of a Dask scheduler (tcp://host:8786), or: local"
    command.add_argument("--dask", metavar="ADDRESS", help=text)


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
