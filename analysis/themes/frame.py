"""A code frame: themes that people wrote down, with examples, into which replies are placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.errors import FileError
from analysis.fingerprint import fingerprint
from analysis.ingest.read import ReadOptions, read
from analysis.records import POINTS, THEMES, Question, Themes, Vectors, each
from analysis.themes.group import Earlier, union
from analysis.themes.layout import flat
from analysis.themes.names import Encode
from analysis.themes.phrases import telling

EXAMPLES = 20  # of each theme in a file that Heard writes
NAME, PARENT, DEFINITION, EXAMPLE = "theme", "part of", "definition", "example"
_CALLED = {
    NAME: NAME, "name": NAME, "code": NAME, "code name": NAME, "topic": NAME,
    PARENT: PARENT, "parent": PARENT, "parent theme": PARENT,
    DEFINITION: DEFINITION, "description": DEFINITION, "what it covers": DEFINITION,
}  # fmt: skip


@dataclass(frozen=True)
class CodeFrame:
    """codes: theme, part of (the name of the theme above, or ""), definition. examples: theme,
    text. title: the name of its file."""

    title: str
    codes: pd.DataFrame
    examples: pd.DataFrame


def read_frame(content: bytes, file: str) -> CodeFrame:
    """A table with a row for each theme: its name, what it is part of, a definition, and any
    number of columns whose names begin with “example”. Raises FileError."""
    rows = read(content, name=file, options=ReadOptions(layout="plain")).rows
    rows = rows.apply(lambda column: column.str.strip())
    called = {str(c): str(c).strip().casefold() for c in rows.columns}
    known = {c: _CALLED[name] for c, name in called.items() if name in _CALLED}
    examples = [c for c, name in called.items() if name.startswith(EXAMPLE)]
    if NAME not in known.values():
        raise FileError(
            f"{file} has no column “theme”; its columns are: {', '.join(list(called)[:10])}. A "
            "code frame has a row for each theme, with the columns theme, part of, definition, "
            "example 1, example 2 …"
        )
    first = rows.rename(columns=known)
    codes = first.reindex(columns=[NAME, PARENT, DEFINITION], fill_value="")
    _check(codes, file)
    named = codes[NAME] != ""
    long = [pd.DataFrame({NAME: codes[NAME], "text": rows[c]}) for c in examples]
    texts = pd.concat([*long, pd.DataFrame({NAME: [], "text": []}, dtype="str")])
    texts = texts[(texts["text"] != "") & (texts[NAME] != "")].drop_duplicates(ignore_index=True)
    return CodeFrame(file, codes[named].reset_index(drop=True), texts.astype("str"))


def _check(codes: pd.DataFrame, file: str) -> None:
    names = codes.loc[codes[NAME] != "", NAME]
    if names.empty:
        raise FileError(f"{file} names no theme: the column “theme” is empty.")
    twice = [n for n, k in Counter(names).items() if k > 1]
    if twice:
        raise FileError(f"{file} has the theme “{twice[0]}” more than once; names must differ.")
    tops = set(codes.loc[codes[PARENT] == "", NAME])
    wrong = codes[(codes[PARENT] != "") & ~codes[PARENT].isin(tops)]
    if len(wrong):
        row = wrong.iloc[0]
        raise FileError(
            f"{file}: “{row[NAME]}” is part of “{row[PARENT]}”, which is no theme of the file, or "
            "part of another one itself. There are two levels."
        )


def frame_table(
    themes: Themes, points: pd.DataFrame, question_id: str, refused: Collection[str] = ()
) -> pd.DataFrame:
    """The themes of a question as a code frame: `read_frame` reads it back. Texts are redacted.

    refused: responses whose words must not go where their consultation does not.
    """
    may = points.loc[~points["response_id"].isin(refused), ["point_id", "text"]]
    held = may.merge(themes.assigned, on="point_id")
    names = dict(zip(themes.themes["theme_id"], themes.themes["name"], strict=True))
    rows = []
    for theme in each(themes.themes[themes.themes["question_id"] == question_id]):
        own = held[held["theme_id"] == theme.theme_id].drop_duplicates("text")
        best = own.sort_values(["similarity", "text"], ascending=[False, True])["text"]
        examples = {f"{EXAMPLE} {n}": t for n, t in enumerate(best.head(EXAMPLES), 1)}
        above = names.get(theme.parent_id, "")
        rows.append({NAME: theme.name, PARENT: above, DEFINITION: theme.description, **examples})
    return pd.DataFrame(rows, columns=None if rows else [NAME, PARENT, DEFINITION]).fillna("")


def in_frames(
    frames: Mapping[str, CodeFrame],
    questions: tuple[Question, ...],
    encode: Encode,
    earlier: Earlier | None = None,
) -> Earlier | None:
    """The themes of `frames` (by question id) as if an earlier run had found them, and those of
    `earlier` for the other questions."""
    frames = _asked(frames, questions)
    if not frames:
        return earlier
    chosen = {q.id: q.text for q in questions if q.id in frames}
    made = [_as_found(q, frames[q], encode) for q in chosen]
    points = pd.concat([p for p, _, _ in made], ignore_index=True)
    themes = _joined([t for _, t, _ in made])
    vectors = made[0][2]
    for _, _, more in made[1:]:
        vectors = union(vectors, more)
    titles = {q: frames[q].title for q in chosen}
    prints = with_frames(None if earlier is None else earlier.prints, frames, questions) or {}
    if earlier is None:
        return Earlier("", prints, chosen, points, vectors, themes, titles)
    rest = _without(earlier, set(chosen))
    return replace(
        earlier,
        prints=prints,
        questions=earlier.questions | chosen,
        points=pd.concat([rest.points, points], ignore_index=True),
        vectors=union(rest.vectors, vectors),
        themes=_joined([rest.themes, themes]),
        frames=titles,
    )


def with_frames(
    prints: dict[str, str] | None,
    frames: Mapping[str, CodeFrame],
    questions: tuple[Question, ...],
) -> dict[str, str] | None:
    """The fingerprints that a run onto `prints`, with these frames, depends on."""
    used = _asked(frames, questions)
    return {**(prints or {}), "frames": fingerprint(used)} if used else prints


def _asked(
    frames: Mapping[str, CodeFrame], questions: tuple[Question, ...]
) -> dict[str, CodeFrame]:
    """Without those of questions that are not asked any more."""
    return {q.id: frames[q.id] for q in questions if q.id in frames}


def _without(earlier: Earlier, questions: set[str]) -> Earlier:
    kept = earlier.points[~earlier.points["question_id"].isin(questions)]
    themes = earlier.themes.themes
    own = themes[~themes["question_id"].isin(questions)]
    inside = earlier.themes.assigned["point_id"].isin(kept["point_id"])
    placed = earlier.themes.map["point_id"].isin(kept["point_id"])
    left = Themes(own, earlier.themes.assigned[inside], earlier.themes.map[placed])
    return replace(earlier, points=kept, themes=left)


def _joined(parts: list[Themes]) -> Themes:
    themes, assigned, places = (
        pd.concat([getattr(p, name) for p in parts], ignore_index=True)
        for name in ("themes", "assigned", "map")
    )
    return Themes(themes, assigned, places)


def _as_found(
    question_id: str, frame: CodeFrame, encode: Encode
) -> tuple[pd.DataFrame, Themes, Vectors]:
    ids = _ids(question_id, frame.codes)
    texts = _texts(frame)
    points = pd.DataFrame(
        {"point_id": [f"frame-{question_id}-{n}" for n in range(len(texts))],
         "response_id": "frame", "question_id": question_id, "start": 0,
         "end": texts["text"].str.len(), "text": texts["text"], "campaign_id": ""}
    )[list(POINTS.columns)]  # fmt: skip
    held = texts[NAME].map(ids)
    rows = np.asarray(encode(list(points["text"])), np.float32)
    tops = pd.factorize(held.str.split("-s").str[0], sort=True)[0].astype(np.int64)
    place = flat(rows, tops)
    assigned = pd.DataFrame({"point_id": points["point_id"], "theme_id": held, "similarity": 1.0})
    places = pd.DataFrame({"point_id": points["point_id"], "x": place[:, 0], "y": place[:, 1]})
    vectors = Vectors(points[["text"]].reset_index(drop=True), rows)
    return points, Themes(_rows(question_id, frame, ids), assigned, places), vectors


def _texts(frame: CodeFrame) -> pd.DataFrame:
    """theme, text of the examples, its name and definition being one of them."""
    above = set(frame.codes[PARENT])
    own = frame.codes[~frame.codes[NAME].isin(above)]  # of others their parts speak
    words = (own[NAME] + ". " + own[DEFINITION]).str.strip()
    said = pd.DataFrame({NAME: own[NAME], "text": words})
    every = pd.concat([frame.examples, said], ignore_index=True)
    return every.drop_duplicates("text", ignore_index=True)


def _ids(question_id: str, codes: pd.DataFrame) -> dict[str, str]:
    """Name → theme id, in the order of the file."""
    ids: dict[str, str] = {}
    tops = codes.loc[codes[PARENT] == "", NAME]
    for n, name in enumerate(tops, 1):
        ids[name] = f"{question_id}-t{n:02d}"
        below = codes.loc[codes[PARENT] == name, NAME]
        ids |= {sub: f"{ids[name]}-s{k}" for k, sub in enumerate(below, 1)}
    return ids


def _rows(question_id: str, frame: CodeFrame, ids: Mapping[str, str]) -> pd.DataFrame:
    said = frame.examples.groupby(NAME)["text"].agg(list).to_dict()
    rows = []
    for code in each(frame.codes.set_axis([NAME, "above", DEFINITION], axis=1)):
        name = str(code.theme)
        others = [t for other, texts in said.items() if other != name for t in texts]
        words = telling(said.get(name, []), others)
        rows.append((ids[name], ids.get(code.above, ""), question_id, name, code.definition,
                     "; ".join(words), np.nan))  # fmt: skip
    frame_ = pd.DataFrame(rows, columns=list(THEMES.columns)).sort_values("theme_id")
    return THEMES.validate(frame_.reset_index(drop=True))
