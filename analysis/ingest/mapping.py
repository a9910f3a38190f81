"""What the columns mean: proposed from the guesses, kept as TOML that a person can edit."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as MappingLike
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, TypeVar, get_args

import tomli_w

from analysis.errors import MappingError
from analysis.ingest.labels import JOIN
from analysis.ingest.scales import order, positions
from analysis.records import (
    DATE_ORDERS,
    ROLES,
    ColumnChoice,
    ColumnGuess,
    Mapping,
    Position,
    Table,
)  # fmt: skip

_OVERALL = re.compile(
    r"\b(overall|in general|proposals?|support|oppose|in favou?r|approve|welcome|"
    r"(?:this|the) (?:plan|policy|change|scheme|bill)|position|stance)\b",
    re.IGNORECASE,
)
_STRONG_VALUES = re.compile(r"support|oppos|favou?r|against|optimis|approv", re.IGNORECASE)
_POSITIONS = get_args(Position)
_INNER = {"position_column", "position_values", "no_view", "views"}
T = TypeVar("T")


def propose(tables: Sequence[Table], title: str) -> Mapping:
    """The guesses of all tables as one mapping, one choice a column name.

    The position column is the closed question that most plainly asks for support, if any does.
    """
    choices: dict[str, ColumnChoice] = {}
    for table in tables:
        for guess in table.columns:
            known = choices.get(guess.name)
            if known is None or (known.role == "ignore" and guess.role != "ignore"):
                choices[guess.name] = _choice(guess, tables)
    column, values = _position(tables, choices)
    return Mapping(
        title=title,
        columns=tuple(choices.values()),
        position_column=column,
        position_values=values,
    )


def _choice(guess: ColumnGuess, tables: Sequence[Table]) -> ColumnChoice:
    options: tuple[str, ...] = ()
    if guess.role == "closed":
        options = order(cells(tables, guess.name)) or ()
    return ColumnChoice(guess.name, guess.role, guess.label, guess.question, options)


def cells(tables: Sequence[Table], name: str) -> list[str]:
    """All cells of one column in all tables, stripped."""
    out: list[str] = []
    for table in tables:
        if name in table.rows.columns:
            out += table.rows[name].str.strip().tolist()
    return out


def _position(
    tables: Sequence[Table], choices: dict[str, ColumnChoice]
) -> tuple[str | None, dict[str, Position]]:
    found: list[tuple[int, str, dict[str, Position]]] = []
    closed = [c for c in choices.values() if c.role == "closed"]
    stems = [c.label[:40] for c in closed]
    for choice, stem in zip(closed, stems, strict=True):
        values = positions(cells(tables, choice.name), choice.label)
        if not values:
            continue
        overall = bool(_OVERALL.search(choice.label.replace("_", " ")))
        strong = any(_STRONG_VALUES.search(v) for v in values)
        # One row of a grid ("the staff were friendly") is no verdict on the proposal.
        if stems.count(stem) > 1 and len(choice.label) > 40 and not (overall or strong):
            continue
        found.append((0 if overall else 1 if strong else 2, choice.name, values))
    if not found:
        return None, {}
    _, name, values = min(found, key=lambda item: item[0])
    return name, values


def relabelled(choice: ColumnChoice, renamed: MappingLike[str, str]) -> ColumnChoice:
    """A choice with its label and its question called what the team calls them."""
    if not choice.question:
        return replace(choice, label=renamed.get(choice.label, choice.label))
    question = renamed.get(choice.question, choice.question)
    option = choice.label.removeprefix(choice.question + JOIN)
    return replace(choice, question=question, label=question + JOIN + option)


# ---------------------------------------------------------------- TOML
def dump_mapping(mapping: Mapping) -> str:
    """A mapping as TOML text, which `load_mapping` reads back to an equal one."""
    data: dict[str, Any] = {
        "title": mapping.title,
        "statement": mapping.statement,
        "invented": mapping.invented,
        "position": {
            "column": mapping.position_column or "",
            "values": dict(mapping.position_values),
        },
        "answers": {"no_view": list(mapping.no_view), "views": list(mapping.views)},
        "columns": [_column(choice) for choice in mapping.columns],
        "files": [{"name": name, **options} for name, options in mapping.files.items()],
    }
    if mapping.date_order:
        data["date_order"] = mapping.date_order
    return tomli_w.dumps(data)


def _column(choice: ColumnChoice) -> dict[str, Any]:
    out: dict[str, Any] = {"name": choice.name, "role": choice.role}
    if choice.label:
        out["label"] = choice.label
    if choice.question:
        out["question"] = choice.question
    if choice.options:
        out["options"] = list(choice.options)
    return out


def load_mapping(path: Path, base: Mapping | None = None) -> Mapping:
    """A mapping from a TOML file; see `parse_mapping`. Raises MappingError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise MappingError(f"{path.name} cannot be opened: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise MappingError(f"{path.name} is not valid TOML: {error}.") from None
    return parse_mapping(text, base, path.name)


def parse_mapping(text: str, base: Mapping | None = None, name: str = "columns.toml") -> Mapping:
    """A mapping from TOML text. With `base`, what the text leaves out is taken from it.

    Raises MappingError for bad TOML, an unknown role or key, or (with `base`) a column that is
    not there; `name` is what the message calls the text.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"{name} is not valid TOML: {error}.") from None
    _known(data, {f.name for f in fields(Mapping)} - _INNER | {"position", "answers"}, name)
    start = base or Mapping(title="", columns=())
    position = _typed(data, "position", dict, {})
    _known(position, {"column", "values"}, "[position]")
    column = _typed(position, "column", str, None)
    values = _typed(position, "values", dict, None)
    answers = _typed(data, "answers", dict, {})
    _known(answers, {"no_view", "views"}, "[answers]")
    own_values = None if column is None and values is None else _position_values(values or {})
    return Mapping(
        title=_typed(data, "title", str, start.title),
        statement=_typed(data, "statement", str, start.statement),
        invented=_typed(data, "invented", bool, start.invented),
        columns=_overlay(start.columns, _choices(data), base is not None),
        position_column=start.position_column if column is None else (column or None),
        position_values=start.position_values if own_values is None else own_values,
        date_order=_one_of(data, "date_order", DATE_ORDERS, start.date_order),
        no_view=_phrases(answers, "no_view", start.no_view),
        views=_phrases(answers, "views", start.views),
        files=file_options(data) or start.files,
    )


def _one_of(data: dict[str, Any], key: str, values: Sequence[T], default: T) -> T:
    value: T = data.get(key, default)
    if value not in values:
        listed = ", ".join(f"“{v}”" for v in values)
        raise MappingError(f"“{value}” is no {key}; use one of {listed}.")
    return value


def _phrases(answers: dict[str, Any], key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    found = _typed(answers, key, list, list(default))
    if not all(isinstance(p, str) for p in found):
        raise MappingError(f"“{key}” in [answers] must be a list of texts.")
    return tuple(dict.fromkeys(p.strip() for p in found if p.strip()))


_FILE = {"encoding": str, "delimiter": str, "layout": str, "sheets": list, "header_rows": list}


def file_options(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """How the files are to be read, by their name, from the [[files]] entries of a columns file.

    Raises MappingError for an entry without a name or with an unknown option.
    """
    out: dict[str, dict[str, Any]] = {}
    for entry in _typed(data, "files", list, []):
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            raise MappingError("Each [[files]] entry in the columns file needs a name.")
        options = {k: v for k, v in entry.items() if k != "name"}
        _known(options, set(_FILE), f"File “{entry['name']}”")
        for key, kind in _FILE.items():
            _typed(options, key, kind, None)
        if not all(type(row) is int for row in options.get("header_rows", [])):
            raise MappingError(f"“header_rows” of file “{entry['name']}” must be whole numbers.")
        if not all(isinstance(sheet, str) for sheet in options.get("sheets", [])):
            raise MappingError(f"“sheets” of file “{entry['name']}” must be names.")
        out[entry["name"]] = options
    return out


def _typed(data: dict[str, Any], key: str, kind: type, default: Any) -> Any:
    value = data.get(key, default)
    if key in data and not isinstance(value, kind):
        raise MappingError(f"“{key}” in the columns file must be of type {kind.__name__}.")
    return value


def _known(data: dict[str, Any], keys: set[str], where: str) -> None:
    for key in data:
        if key not in keys:
            raise MappingError(
                f"{where} has an unknown key “{key}”; known: {', '.join(sorted(keys))}."
            )


def _position_values(values: dict[str, Any]) -> dict[str, Position]:
    for value, position in values.items():
        if position not in _POSITIONS:
            raise MappingError(
                f"“{position}” (of “{value}”) is no position; use one of {', '.join(_POSITIONS)}."
            )
    return dict(values)


def _choices(data: dict[str, Any]) -> list[ColumnChoice]:
    out = []
    for entry in _typed(data, "columns", list, []):
        if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
            raise MappingError("Each [[columns]] entry in the columns file needs a name.")
        name = entry["name"]
        _known(entry, {"name", "role", "label", "question", "options"}, f"Column “{name}”")
        role = entry.get("role")
        if role not in ROLES:
            raise MappingError(
                f"Column “{name}” has an unknown role “{role or ''}”; use one of "
                f"{', '.join(ROLES)}."
            )
        options = entry.get("options", [])
        if not isinstance(options, list) or not all(isinstance(o, str) for o in options):
            raise MappingError(f"The options of column “{name}” must be a list of texts.")
        label, question = entry.get("label", ""), entry.get("question")
        if not isinstance(label, str) or not isinstance(question, str | None):
            raise MappingError(f"Label and question of column “{name}” must be texts.")
        out.append(ColumnChoice(name, role, label, question or None, tuple(options)))
    return out


def _overlay(
    start: tuple[ColumnChoice, ...], own: list[ColumnChoice], check: bool
) -> tuple[ColumnChoice, ...]:
    merged = {c.name: c for c in start}
    for choice in own:
        known = merged.get(choice.name)
        if known is None and check:
            raise MappingError(f"There is no column “{choice.name}” in the file; check its name.")
        merged[choice.name] = over(choice, known) if known else choice
    return tuple(merged.values())


def over(choice: ColumnChoice, known: ColumnChoice) -> ColumnChoice:
    """A choice with what it leaves out taken from a known one of the same column."""
    same = choice.role == known.role
    return replace(
        choice,
        label=choice.label or known.label,
        question=choice.question or (known.question if same else None),
        options=choice.options or (known.options if same else ()),
    )
