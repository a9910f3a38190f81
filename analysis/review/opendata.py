"""An edition's figures as files that anybody may take: themes, groups, ledger and method.

No words of a reply are in them, small numbers are hidden as on the edition's pages, and the same
edition always gives the same bytes.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from analysis.errors import StoreError
from analysis.export.tables import csv_text
from analysis.records import each
from analysis.review.editions import Edition, EditionContent, named_themes

_THEN = (1980, 1, 1, 0, 0, 0)  # the one time that a zip can tell of nothing
OLDER = "This edition was made before Heard kept how an edition was made."
SAYS = """{title}
Edition {number}. Its mark (SHA-256): {digest}

themes.csv   what people wrote about, with how many
groups.csv   how many of which group; "shown" is false where too few people would be told of
ledger.json  received = analysed + left out, by reason
method.json  how the edition was made

If fewer than {minimum} people said something, the number is not given. Those who replied chose to
do so: the figures describe the replies, they are not representative of the population.

Licence of these figures: {licence}. They hold no words of those who replied.
"""


def archive(edition: Edition, content: EditionContent) -> bytes:
    """The files as a zip. Raises StoreError for an edition without a method."""
    if not content.method:
        raise StoreError(OLDER)
    says = SAYS.format(
        title=content.public["title"], number=edition.number, digest=edition.digest,
        minimum=content.public["minimum"], licence=content.method["licence"],
    )  # fmt: skip
    files = {
        "README.txt": says,
        "themes.csv": csv_text(themes(content)),
        "groups.csv": csv_text(groups(content)),
        "ledger.json": _json(content.method["ledger"]),
        "method.json": _json({"hashes": edition.hashes, **content.method}),
    }
    made = io.BytesIO()
    with ZipFile(made, "w") as zipped:
        for name, text in files.items():
            zipped.writestr(ZipInfo(name, _THEN), text.encode(), ZIP_DEFLATED)
    return made.getvalue()


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def themes(content: EditionContent) -> pd.DataFrame:
    """Each theme that the edition names, with its number as shown there."""
    told = {t["theme_id"] for q in content.public["questions"] for t in q["themes"]}
    rows = [
        (x["question"], t, x["name"], x["people"], x["share"], x["base"], t in told)
        for t, x in named_themes(content.public).items()
    ]
    names = ["question", "theme_id", "theme", "people", "share", "base", "in_summary"]
    return pd.DataFrame(rows, columns=names)


def groups(content: EditionContent) -> pd.DataFrame:
    """CROSSTABS as shown, of the themes that the edition names; small totals are hidden too.

    Values that add up are hidden together where one of them is small: it could be worked out.
    """
    named = named_themes(content.public)
    frame = content.groups
    frame = frame[(frame["measure"] != "theme") | frame["value"].isin(list(named))]
    minimum = content.public["minimum"]
    whole = frame["attribute"] == ""
    small = whole & frame["n"].between(1, minimum - 1).fillna(False)
    apart = {q["id"] for q in content.method["questions"] if q["kind"] == "multiple"}
    for row in each(frame[small]):
        if row.measure != "theme" and row.question_id not in apart:
            same = (frame["question_id"] == row.question_id) & (frame["measure"] == row.measure)
            small |= whole & same
    out = frame.assign(shown=frame["shown"].astype(bool) & ~small)
    out.loc[~out["shown"], ["n", "share", "low", "high"]] = pd.NA
    texts = {q["id"]: q["text"] for q in content.method["questions"]}
    labels = out["value"].map({t: x["name"] for t, x in named.items()}).fillna(out["value"])
    out = out.assign(question=out["question_id"].map(texts), label=labels)
    columns = ["question_id", "question", "measure", "value", "label", "attribute", "group", "n",
               "base", "share", "low", "high", "shown"]  # fmt: skip
    return out[columns].reset_index(drop=True)
