"""What is told of each answer by itself, on as many workers as there are."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.parallel import map_batches
from analysis.prepare.language import detect
from analysis.prepare.privacy import hide

_Found = tuple[str, list[tuple[int, int, str]]]


def languages(texts: Sequence[str], context: Sequence[str]) -> list[str]:
    """`language.detect` of each text in its context."""
    return map_batches(_languages, list(zip(texts, context, strict=True)), workers=1)


def _languages(pairs: Sequence[tuple[str, str]]) -> list[str]:
    return detect([text for text, _ in pairs], [around for _, around in pairs])


def hidden(responses: pd.DataFrame) -> tuple[pd.Series[str], pd.DataFrame]:
    """`privacy.hide` of each answer."""
    ids = responses["response_id"].tolist()
    parts = map_batches(_hidden, responses["text"].tolist(), workers=1)
    shown = pd.Series([s for s, _ in parts], index=responses.index, dtype="str", name="shown_text")
    rows = [(i, *place) for i, (_, places) in zip(ids, parts, strict=True) for place in places]
    found = pd.DataFrame(rows, columns=["response_id", "start", "end", "kind"])
    return shown, found.astype(
        {"response_id": "str", "start": "int64", "end": "int64", "kind": "str"}
    )


def _hidden(texts: Sequence[str]) -> list[_Found]:
    numbers = [str(n) for n in range(len(texts))]
    shown, found = hide(pd.DataFrame({"response_id": numbers, "text": list(texts)}, dtype="str"))
    places: dict[str, list[tuple[int, int, str]]] = {n: [] for n in numbers}
    for number, start, end, kind in found.itertuples(index=False, name=None):
        places[number].append((int(start), int(end), str(kind)))
    return list(zip(shown.tolist(), places.values(), strict=True))
