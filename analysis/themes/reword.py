"""Better names for themes from a language model; which points belong to a theme never changes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

import pandas as pd
import pydantic

from analysis.llm import (
    Client,
    Malformed,
    Refused,
    Request,
    Stopped,
    TooLong,
    by_id,
    in_pieces,
    one_of,
    prompt,
    rough_tokens,
)
from analysis.parallel import Progress, no_progress
from analysis.records import THEMES
from analysis.summarise.generate import spread, visible
from analysis.summarise.verify import content_words, direction, overclaim

PROMPT = "theme_names.v1"
POINTS = 20  # shown for one theme, spread over all of its points
POINT_CHARS = 600  # a longer point is shown up to here
CALL_TOKENS = 6_000  # rough, of themes in one call
NAME_WORDS = 8
DESCRIPTION_WORDS = 40
_STANCE = re.compile(
    r"\b(?:(?:un)?favou?r\w*|oppos\w+|against|(?:anti|pro)[- ](?:ai|automation)|reject\w*|welcom\w+"
    r"|lov(?:e|ed|ing)|hat(?:e|ed|ing|red)|dislik\w+|good|bad|better|worse|best|worst|great|terrible"
    r"|awful|wonderful|excellent|fears?|feared|worr(?:y|ies|ied|ying)|dangers?|dangerous|scar(?:y|ed)"
    r"|distrust\w*|mistrust\w*|approv(?:e|al of)\w*|disapprov\w*|critici[sz]\w+|prais\w+|excit\w+"
    r"|enthusias\w+|scepti\w+|skepti\w+|concern(?:s|ed)?"
    r"|support\w* (?:for|of) (?:the |this |more |wider )?"
    r"(?:use|using|ai|proposals?|plans?|it|autom\w+))\b",
    re.I,
)


def takes_sides(text: str) -> bool:
    return bool(_STANCE.search(text) or direction(text))


@dataclass(frozen=True)
class Sent:
    """A theme as it is sent: `ref` stands for its id; `points` are some of its (id, text)."""

    ref: str
    row: int
    words: str
    points: tuple[tuple[str, str], ...]

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.points]


@dataclass(frozen=True)
class _Answer:
    name: str
    description: str


def reword(
    themes: pd.DataFrame,
    points: pd.DataFrame,
    client: Client,
    progress: Progress = no_progress,
) -> tuple[pd.DataFrame, list[str]]:
    """`themes` (THEMES) with names and descriptions by the model where they pass the checks.

    points: point_id, theme_id, text (redacted); a parent theme is named from the points of its
    sub-themes too. A theme that is missing, repeated or badly named in a reply is asked about
    once more, alone; then its offline name stays. Returns the new frame, which differs in `name`
    and `description` only, and one plain sentence for each theme or point that needs a look. A
    backend's failure is one of these sentences, never raised; Cancelled is raised.
    """
    wording = _Wording(themes)
    asked = sent(themes, points)
    seen = {theme.row for theme in asked}
    problems = [
        f"“{name}” keeps its name: it has no points to name it from."
        for row, name in enumerate(themes["name"])
        if row not in seen
    ]
    done = 0
    try:
        for pack in _packs(asked, wording):
            problems += _name_pack(pack, wording, client)
            done += len(pack)
            progress(done, len(asked))
    except Stopped as error:
        problems.append(f"{len(asked) - done} of {len(asked)} themes were not all renamed: {error}")
    renamed = themes.assign(name=wording.names, description=wording.descriptions)
    return THEMES.validate(renamed.astype({"name": str, "description": str})), problems


def requests(themes: pd.DataFrame, points: pd.DataFrame) -> list[Request]:
    """What `reword` would send first, for reading and for an estimate before the run."""
    return [_request(pack, []) for pack in _packs(sent(themes, points), _Wording(themes))]


class _Wording:
    """Names and descriptions by row, as they stand; a name is used once in a question."""

    def __init__(self, themes: pd.DataFrame) -> None:
        self.names = [str(n) for n in themes["name"]]
        self.descriptions = [str(d) for d in themes["description"]]
        self.questions = [str(q) for q in themes["question_id"]]

    def taken(self, row: int) -> list[str]:
        """The names of the question's other themes."""
        return [
            name
            for other, name in enumerate(self.names)
            if other != row and self.questions[other] == self.questions[row]
        ]


def sent(themes: pd.DataFrame, points: pd.DataFrame, most: int = POINTS) -> list[Sent]:
    """The themes that have points, with at most `most` of them, those of sub-themes too."""
    ordered = points.sort_values("point_id")
    own: dict[str, list[tuple[str, str]]] = {}
    for point, theme, text in zip(
        ordered["point_id"], ordered["theme_id"], ordered["text"], strict=True
    ):
        own.setdefault(str(theme), []).append((str(point), visible(str(text))[:POINT_CHARS]))
    found = []
    for row, (theme, words) in enumerate(zip(themes["theme_id"], themes["keywords"], strict=True)):
        below = themes.loc[themes["parent_id"] == theme, "theme_id"]
        held = [pair for i in [theme, *below] for pair in own.get(str(i), [])]
        distinct = [(i, t) for t, i in {t: i for i, t in reversed(held)}.items() if t]
        if distinct:
            shown = spread(sorted(distinct), most)
            found.append(Sent(f"t{row + 1}", row, str(words), tuple(shown)))
    return found


def _packs(themes: Sequence[Sent], wording: _Wording) -> list[list[Sent]]:
    """Themes of one question together, as many to a pack as CALL_TOKENS allows."""
    packs: list[list[Sent]] = []
    question, room = None, 0
    for theme in sorted(themes, key=lambda t: (wording.questions[t.row], t.row)):
        size = rough_tokens(" ".join([theme.words, *theme.texts]))
        if size > room or wording.questions[theme.row] != question:
            packs.append([])
            question, room = wording.questions[theme.row], CALL_TOKENS
        packs[-1].append(theme)
        room -= size
    return packs


def _request(themes: Sequence[Sent], taken: Sequence[str]) -> Request:
    shown = [{"id": t.ref, "frequent_words": t.words, "passages": t.texts} for t in themes]
    user = json.dumps({"taken": list(taken), "themes": shown}, ensure_ascii=False)
    named = pydantic.create_model(
        "Named",
        id=(Annotated[str, one_of([t.ref for t in themes])], ...),
        name=(str, ...),
        description=(str, ...),
    )
    schema = pydantic.create_model("Names", themes=(list[named], ...))  # type: ignore[valid-type]
    return Request(PROMPT, prompt(PROMPT), user, schema)


def _ask(client: Client, themes: Sequence[Sent], taken: Sequence[str]) -> list[Any]:
    r = _request(themes, taken)
    answer = client.ask(r.prompt_name, r.system, r.user, r.schema).model_dump()
    return [
        (t["id"], _Answer(_begun(_tidy(t["name"])), _tidy(t["description"])))
        for t in answer["themes"]
    ]


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" .\"'“”‘’")


def _begun(name: str) -> str:
    return name[:1].upper() + name[1:]


def _name_pack(pack: list[Sent], wording: _Wording, client: Client) -> list[str]:
    """Give the themes of one pack their names in `wording`; raises Stopped."""
    problems: list[str] = []
    try:
        answers, refused = in_pieces(lambda part: _ask(client, part, []), pack, level=1)
    except Malformed:
        answers, refused = [], []
    joined, _ = by_id([t.ref for t in pack], [pair for answer in answers for pair in answer])
    for theme in pack:
        offline = wording.names[theme.row]
        answer = joined.get(theme.ref)
        unread: list[str] = []
        if theme in refused:
            answer, unread = _name_from_half(client, theme, wording)
        elif _fault(answer, theme, wording):
            answer = _once_more(client, theme, wording)
        if unread:
            problems.append(
                f"The model did not read {len(unread)} points of “{offline}”: "
                f"a person must read them ({', '.join(unread)})."
            )
        fault = _fault(answer, theme, wording)
        if answer is None or fault:
            problems.append(f"“{offline}” keeps its name: {fault}.")
        else:
            problems += _apply(answer, theme, wording)
    return problems


def _once_more(client: Client, theme: Sent, wording: _Wording) -> _Answer | None:
    try:
        joined, _ = by_id([theme.ref], _ask(client, [theme], wording.taken(theme.row)))
    except (Malformed, Refused, TooLong):
        return None
    return joined.get(theme.ref)


def _name_from_half(
    client: Client, theme: Sent, wording: _Wording
) -> tuple[_Answer | None, list[str]]:
    """A name from the half of a refused theme's points that the filter lets through.

    Also returns the ids of the points that no answer rests on.
    """
    middle = (len(theme.points) + 1) // 2
    halves = theme.points[:middle], theme.points[middle:]
    for half, rest in (halves, halves[::-1]):
        answer = _once_more(client, replace(theme, points=half), wording) if half and rest else None
        if answer:
            return answer, [point for point, _ in rest]
    return None, [point for point, _ in theme.points]


def _fault(answer: _Answer | None, theme: Sent, wording: _Wording) -> str | None:
    """Why an answer's name may not be used, or None."""
    if answer is None:
        return "the model gave no single answer for it"
    name = answer.name
    if not 1 <= len(name.split()) <= NAME_WORDS or len(name) > 80:
        return f"the model's name is not of 1 to {NAME_WORDS} words"
    if reason := overclaim(name):
        return f"the model's name {reason}"
    if ";" in name:
        return "the model's name is a list of words"
    if takes_sides(name):
        return "the model's name takes sides"
    if name.casefold() in {n.casefold() for n in wording.taken(theme.row)}:
        return "the model's name is that of another theme"
    known = content_words(" ".join([theme.words, *theme.texts]))
    if not content_words(f"{name} {answer.description}") & known:
        return "the model's name has no word of its points"
    return None


def _apply(answer: _Answer, theme: Sent, wording: _Wording) -> list[str]:
    wording.names[theme.row] = answer.name
    text = answer.description
    reason = overclaim(text) or ("takes sides" if direction(text) else None)
    if not 1 <= len(text.split()) <= DESCRIPTION_WORDS:
        reason = "is empty or too long"
    if reason:
        return [f"“{answer.name}” keeps its description: the model's {reason}."]
    wording.descriptions[theme.row] = f"{text}."
    return []
