"""What is told of each answer by itself, on as many workers as there are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from analysis.parallel import map_batches
from analysis.prepare.language import detect
from analysis.prepare.privacy import hide
from analysis.prepare.privacy_known import Known
from analysis.prepare.privacy_ner import Recogniser

_Found = tuple[str, list[tuple[int, int, str]]]


def languages(texts: Sequence[str], context: Sequence[str]) -> list[str]:
    """`language.detect` of each text in its context."""
    return map_batches(_languages, list(zip(texts, context, strict=True)), workers=1)


def _languages(pairs: Sequence[tuple[str, str]]) -> list[str]:
    return detect([text for text, _ in pairs], [around for _, around in pairs])


def hidden(
    responses: pd.DataFrame, recogniser: Recogniser | None, known: Known
) -> tuple[pd.Series[str], pd.DataFrame]:
    """`privacy.hide` of each answer. A department's own recogniser stays in this process."""
    ids = responses["response_id"].tolist()
    pairs = list(zip(ids, responses["text"], strict=True))
    hide_each = partial(_hidden, recogniser=recogniser, known=known)
    parts = map_batches(hide_each, pairs, workers=1, local=recogniser is not None)
    shown = pd.Series([s for s, _ in parts], index=responses.index, dtype="str", name="shown_text")
    rows = [(i, *place) for i, (_, places) in zip(ids, parts, strict=True) for place in places]
    found = pd.DataFrame(rows, columns=["response_id", "start", "end", "kind"])
    return shown, found.astype(
        {"response_id": "str", "start": "int64", "end": "int64", "kind": "str"}
    )


def _hidden(
    pairs: Sequence[tuple[str, str]], recogniser: Recogniser | None, known: Known
) -> list[_Found]:
    batch = pd.DataFrame(pairs, columns=["response_id", "text"], dtype="str")
    shown, found = hide(batch, recogniser, known)
    places: dict[str, list[tuple[int, int, str]]] = {i: [] for i, _ in pairs}
    for number, start, end, kind in found.itertuples(index=False, name=None):
        places[number].append((int(start), int(end), str(kind)))
    return list(zip(shown.tolist(), places.values(), strict=True))
