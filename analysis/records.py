"""What passes between the stages: frozen dataclasses, and frames whose columns are declared here.

Frames are never changed by the stage that receives them; a stage returns a new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd
from pandera.pandas import Check, Column, DataFrameSchema

Role = Literal[
    "id",  # the respondent's reference
    "attribute",  # region, age band, respondent type …: what groups are made of
    "closed",  # single choice or scale
    "multiple",  # tick all that apply
    "open",  # free text
    "date",  # when it was sent
    "permission",  # may it be published
    "personal",  # names, e-mail addresses …: never analysed or shown
    "ignore",
]
ROLES: tuple[Role, ...] = (
    "id", "attribute", "closed", "multiple", "open", "date", "permission", "personal", "ignore",
)  # fmt: skip

# How a date such as 03/04/2026 is read; "" = as the column's other dates show, else day first.
DateOrder = Literal["", "day first", "month first"]
DATE_ORDERS: tuple[DateOrder, ...] = ("", "day first", "month first")

Position = Literal["support", "oppose", "mixed", "unclear", "not stated"]
POSITIONS: tuple[Position, ...] = ("support", "mixed", "oppose", "unclear", "not stated")
Tone = Literal["positive", "neutral", "negative", "mixed", "unclear"]
TONES: tuple[Tone, ...] = ("positive", "neutral", "mixed", "negative", "unclear")
# How a point speaks of its theme; a person is mixed whose points do both. Never a position.
Stance = Literal["supportive", "concerned", "mixed", "suggestion", "unclear"]
STANCES: tuple[Stance, ...] = ("supportive", "mixed", "concerned", "suggestion", "unclear")

# Why an answer is not analysed. Every response has exactly one status: "analysed" or one of these.
STATUSES = ("analysed", "no_content", "not_read", "other_language")
# Why a respondent is not among the analysed.
EXCLUSIONS = ("closed_only", "blank", "no_content", "not_read", "other_language")


# ---------------------------------------------------------------- file → table
@dataclass(frozen=True)
class Notice:
    """Something that the reader of a file should know, with its place (1-based file row)."""

    code: str
    message: str
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True)
class SheetInfo:
    name: str
    rows: int
    hidden: bool


@dataclass(frozen=True)
class ColumnGuess:
    """One column as understood: `name` is unique in the table, `label` is what is shown.

    `question` is the question that several tick-box columns share, else None.
    `values` are the first distinct non-empty cells; `reason` says why the role was guessed.
    """

    name: str
    label: str
    role: Role
    values: tuple[str, ...]
    reason: str
    question: str | None = None


@dataclass(frozen=True)
class Table:
    """A file as text: `rows` holds one row a respondent, every cell a str, empty = "".

    The index of `rows` is the 1-based row in the file, for messages.
    """

    file: str
    rows: pd.DataFrame
    columns: tuple[ColumnGuess, ...]
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    sheets: tuple[SheetInfo, ...]
    layout: str
    header_rows: tuple[int, ...]
    notices: tuple[Notice, ...] = ()
    layout_reason: str = ""


# ---------------------------------------------------------------- table → consultation
@dataclass(frozen=True)
class ColumnChoice:
    """The role the team gives a column. `options`: order of a closed question, if it has one."""

    name: str
    role: Role
    label: str = ""
    question: str | None = None
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """How a table becomes a consultation: the team's answer to the guesses.

    no_view and views: whole answers that the team says hold no view, or do hold one, whatever
    Heard would take them for. files: how each file is to be read where Heard is overruled, by its
    name, as `stored.File.options`.
    """

    title: str
    columns: tuple[ColumnChoice, ...]
    statement: str = ""
    position_column: str | None = None
    position_values: dict[str, Position] = field(default_factory=dict)
    invented: bool = False
    date_order: DateOrder = ""
    no_view: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    files: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """`kind`: open, single or multiple. `options` in display order, for closed questions."""

    id: str
    text: str
    kind: Literal["open", "single", "multiple"]
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Consultation:
    """Respondents and their answers as received; nothing is judged yet.

    respondents: RESPONDENTS plus one str column per attribute ("" = not answered).
    responses:   RESPONSES, one row per non-empty answer to an open question.
    answers:     ANSWERS, one row per ticked value of a closed question.
    no_view and views: the team's own list of answers without and with a view (see Mapping).
    personal:    PERSONAL, the cells of personal columns: only to hide them in the answers.
    """

    title: str
    statement: str
    invented: bool
    questions: tuple[Question, ...]
    attributes: tuple[str, ...]
    position_question: str | None
    position_values: dict[str, Position]
    respondents: pd.DataFrame
    responses: pd.DataFrame
    answers: pd.DataFrame
    notices: tuple[Notice, ...] = ()
    no_view: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    personal: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(
            columns=["respondent_id", "label", "value"], dtype="str"
        )
    )

    @property
    def open_questions(self) -> tuple[Question, ...]:
        return tuple(q for q in self.questions if q.kind == "open")

    @property
    def closed_questions(self) -> tuple[Question, ...]:
        return tuple(q for q in self.questions if q.kind != "open")


# ---------------------------------------------------------------- the stages' results
@dataclass(frozen=True)
class Prepared:
    """responses: PREPARED. Redactions and campaigns are counted in their own frames.

    campaigns: letters found in the answers to one question. whole: letters found in replies taken
    as a whole, by people who answered several questions (respondent_id, campaign_id,
    campaign_copy, template_respondent_id). markup: HTML in the texts, which is not shown.
    """

    responses: pd.DataFrame
    redactions: pd.DataFrame
    campaigns: pd.DataFrame
    whole: pd.DataFrame
    markup: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["response_id", "start", "end", "shown"])
    )


@dataclass(frozen=True)
class Points:
    points: pd.DataFrame


@dataclass(frozen=True)
class Vectors:
    """vectors: float32 (distinct texts, dimensions), unit length; row i belongs to texts[i]."""

    texts: pd.DataFrame
    vectors: np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True)
class Themes:
    """themes: THEMES without the counts. assigned: ASSIGNED, one row per point.

    map: point_id, x, y: a flat picture of the points for charts only. made: question → how its
    themes came about (found, on a sample, or kept from an earlier run), with the figures of it.
    """

    themes: pd.DataFrame
    assigned: pd.DataFrame
    map: pd.DataFrame
    made: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """points: point_id, tone, stance. responses: JUDGED. respondents: respondent_id, position as
    stated.

    inference: whether positions were inferred from texts, why, and how right that was. Inferred
    positions are in `responses` alone, marked. contradictions: respondent_id, stated, text_says,
    confidence of those whose text seems to say the opposite of their tick. checked: measure, unit
    (respondent or point), gold (ticked, or by hand), told (by a model that had not seen it).
    tone_training: what became of the tones by hand.
    """

    points: pd.DataFrame
    responses: pd.DataFrame
    respondents: pd.DataFrame
    inference: dict[str, Any] = field(default_factory=dict)
    contradictions: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(
            columns=["respondent_id", "stated", "text_says", "confidence"]
        )
    )
    checked: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["measure", "unit", "gold", "told"])
    )
    tone_training: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Summary:
    """questions: one plain dict per open question, as in summary.json.

    `other` holds the same for the other ways of counting campaigns, where there are campaigns.
    """

    questions: list[dict[str, Any]]
    other: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def counted(self, way: str) -> list[dict[str, Any]]:
        return self.other.get(way, self.questions)


@dataclass(frozen=True)
class Groups:
    """crosstabs: CROSSTABS. links: LINKS. differences: DIFFERENCES, each letter counted once.

    more: CROSSTABS of what no column groups by (analysis.unlisted), without everyone.
    """

    crosstabs: pd.DataFrame
    links: pd.DataFrame
    differences: pd.DataFrame
    more: pd.DataFrame = field(default_factory=lambda: _no_crosstabs())

    def tables(self) -> pd.DataFrame:
        """All that is published together, and must be hidden together."""
        return pd.concat([self.crosstabs, self.more], ignore_index=True)


@dataclass(frozen=True)
class Fairness:
    """table: FAIRNESS, who is judged worse than others, and whether chance explains it."""

    table: pd.DataFrame


@dataclass(frozen=True)
class Run:
    """The machine's immutable result, joined from the stages."""

    id: str
    consultation: Consultation
    prepared: Prepared
    points: Points
    themes: Themes
    judged: Judged
    summary: Summary
    groups: Groups
    ledger: dict[str, Any]
    meta: dict[str, Any]
    # response_id, translation by machine, of answers in other languages; empty without a model
    translations: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["response_id", "translation"], dtype="str")
    )
    fairness: Fairness | None = None


def empty(schema: DataFrameSchema) -> pd.DataFrame:
    """A frame without rows, with the columns and kinds that `schema` declares."""
    kinds = {name: str(column.dtype) for name, column in schema.columns.items()}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})


def _no_crosstabs() -> pd.DataFrame:
    return empty(CROSSTABS)


def each(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame, one by one, with the columns as attributes."""
    return iter(frame.itertuples(index=False))


# ---------------------------------------------------------------- the frames' columns
def _frame(columns: dict[str, Column], strict: bool = True, **kw: Any) -> DataFrameSchema:
    return DataFrameSchema(columns, strict=strict, **kw)


_TEXT = Column(str)
RESPONDENTS = _frame(
    {"respondent_id": Column(str, unique=True), "submitted": _TEXT, "permission": _TEXT},
    strict=False,
)
RESPONSES = _frame(
    {
        "response_id": Column(str, unique=True),
        "respondent_id": _TEXT,
        "question_id": _TEXT,
        "text": _TEXT,
    }
)
PERSONAL = _frame({"respondent_id": _TEXT, "label": _TEXT, "value": _TEXT})
ANSWERS = _frame({"respondent_id": _TEXT, "question_id": _TEXT, "value": _TEXT})
PREPARED = _frame(
    {
        **RESPONSES.columns,
        "shown_text": _TEXT,
        "language": _TEXT,
        "status": Column(str, Check.isin(STATUSES)),
        "campaign_id": _TEXT,
        "campaign_copy": Column(str, Check.isin(["", "standard", "edited"])),
    }
)
MARKUP = _frame(
    {
        "response_id": _TEXT,
        "start": Column(int, Check.ge(0)),
        "end": Column(int, Check.gt(0)),
        "shown": _TEXT,  # what stands there instead
    }
)
POINTS = _frame(
    {
        "point_id": Column(str, unique=True),
        "response_id": _TEXT,
        "question_id": _TEXT,
        "start": Column(int, Check.ge(0)),
        "end": Column(int, Check.gt(0)),
        "text": _TEXT,
        "campaign_id": _TEXT,  # of the letter that the point repeats, "" if it is the person's own
    }
)
ASSIGNED = _frame({"point_id": _TEXT, "theme_id": _TEXT, "similarity": Column(float)})
THEMES = _frame(
    {
        "theme_id": Column(str, unique=True),
        "parent_id": _TEXT,
        "question_id": _TEXT,
        "name": _TEXT,
        "description": _TEXT,
        "keywords": _TEXT,
        # missing where people changed who is in it: the machine did not find it like this
        "stability": Column(float, Check.in_range(0, 1), nullable=True),
    }
)
JUDGED = _frame(
    {
        "response_id": _TEXT,
        "position": Column(str, Check.isin(POSITIONS)),
        "position_source": Column(str, Check.isin(["stated", "inferred", "none"])),
        "position_confidence": Column(float, nullable=True),
        "tone": Column(str, Check.isin((*TONES, ""))),
    }
)
FAIRNESS = _frame(
    {
        "measure": _TEXT,  # not_grouped, not_quoted, tone_unclear, tone_error, position_error
        "attribute": _TEXT,
        "group": _TEXT,
        "people": Column(int, Check.ge(0)),
        "n": Column(int, Check.ge(0)),  # cases
        "base": Column(int, Check.gt(0)),  # of so many points or people
        "share": Column(float),
        "others": Column(float, nullable=True),  # the share among all others
        "p": Column(float, nullable=True),  # missing: too few to tell
        "adjusted": Column(float, nullable=True),
        "worse": Column(bool),
    }
)
CROSSTABS = _frame(
    {
        "counting": Column(str, Check.isin(["all", "once", "without"])),
        "question_id": _TEXT,
        "measure": Column(str, Check.isin(["theme", "position", "tone", "closed"])),
        "value": _TEXT,
        "attribute": _TEXT,
        "group": _TEXT,
        "n": Column(int, Check.ge(0)),
        "base": Column(int, Check.ge(0)),
        "share": Column(float, nullable=True),
        "low": Column(float, nullable=True),
        "high": Column(float, nullable=True),
    }
)
# Which tables could give each other's hidden cells away: the parts that the values of two
# attributes (kind attribute), or of two measures (question), share; and sub-themes (theme).
LINKS = _frame(
    {
        "kind": Column(str, Check.isin(["attribute", "question", "theme"])),
        "left": _TEXT,
        "right": _TEXT,
        "owner": _TEXT,
        "value": _TEXT,
        "component": Column(int),
    }
)
DIFFERENCES = _frame(
    {
        "question_id": _TEXT,
        "measure": Column(str, Check.isin(["theme", "position"])),
        "value": _TEXT,
        "attribute": _TEXT,
        "group": _TEXT,
        "n": Column(int, Check.ge(0)),
        "base": Column(int, Check.gt(0)),
        "others_n": Column(int, Check.ge(0)),
        "others_base": Column(int, Check.gt(0)),
        "difference": Column(float, Check.in_range(-1, 1)),
        "low": Column(float),
        "high": Column(float),
        "chance": Column(float),  # how often chance does this, over all that was tested
        "clear": Column(bool),
    }
)
