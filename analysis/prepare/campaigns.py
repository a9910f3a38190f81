"""Letters sent by many: standard copies, and copies that their senders edited.

Texts are compared by the runs of `campaign_shingle` words that they share, without the openings and
closings that unlike texts share too (stock) and without what is quoted from the consultation. The
commonest text of a letter is its template (letters).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.prepare.letters import find_letters
from analysis.prepare.stock import without_stock
from analysis.settings import Settings

_WORD = re.compile(r"\w+")
_APOSTROPHES = frozenset("'’‘`´")
_INNER = re.compile(rf"(?<=\w)[{''.join(_APOSTROPHES)}](?=\w)")

COPIES = ["response_id", "campaign_id", "campaign_copy"]
CAMPAIGNS = ["campaign_id", "question_id", "template_response_id", "standard", "edited"]


def normalised(text: str) -> str:
    """`text` in lower-case words with single spaces, without punctuation or apostrophes."""
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    if not _APOSTROPHES.isdisjoint(folded):
        folded = _INNER.sub("", folded)
    return " ".join(_WORD.findall(folded))


def find_campaigns(
    responses: pd.DataFrame, settings: Settings, quoted: Mapping[str, Sequence[str]] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Campaigns in each question's answers: (copies, campaigns).

    `responses` has response_id, respondent_id, question_id, text. `quoted[question_id]` are texts
    that people may quote, such as the question: what is shared through them does not count.
    A campaign has at least `settings.campaign_min` respondents and a template of
    `settings.campaign_shortest` words.

    copies: one row per response in a campaign (response_id, campaign_id, campaign_copy "standard"
    or "edited"), in the order of `responses`. campaigns: campaign_id ("q2-c1" is the largest of
    q2), question_id, template_response_id, and the numbers of standard and of edited copies.
    """
    parts = [
        _of_question(str(question), answers, settings, list((quoted or {}).get(str(question), ())))
        for question, answers in responses.groupby("question_id", sort=True)
    ]
    copies = pd.concat([p[0] for p in parts] or [pd.DataFrame(columns=COPIES, dtype=str)])
    campaigns = pd.concat([p[1] for p in parts] or [_campaign_frame([])], ignore_index=True)
    place = pd.Series(range(len(responses)), index=responses["response_id"])
    order = np.argsort(copies["response_id"].map(place).to_numpy(), kind="stable")
    return copies.iloc[order].reset_index(drop=True), campaigns


def _campaign_frame(rows: list[tuple[str, str, str, int, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=CAMPAIGNS)
    return frame.astype(dict.fromkeys(CAMPAIGNS[:3], "str") | dict.fromkeys(CAMPAIGNS[3:], "int64"))


def _distinct(frame: pd.DataFrame) -> tuple[list[str], np.ndarray[Any, np.dtype[Any]]]:
    """Different words, in their order, and how many respondents sent each."""
    people = frame.groupby("words", sort=True)["respondent_id"].nunique()
    return list(people.index), people.to_numpy()


def _of_question(
    question: str, answers: pd.DataFrame, settings: Settings, quoted: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    frame = answers[["response_id", "respondent_id"]].assign(
        words=[normalised(t) for t in answers["text"]]
    )
    distinct, senders = _distinct(frame)
    own = dict(zip(distinct, without_stock(distinct, senders, settings), strict=True))
    frame["words"] = frame["words"].map(own)
    long = frame["words"].str.count(" ") >= settings.campaign_shortest - 1
    frame = frame[long].sort_values("response_id")
    distinct, senders = _distinct(frame)
    frame["number"] = frame["words"].map({t: i for i, t in enumerate(distinct)}).astype(int)
    asked = [normalised(t) for t in quoted]
    found, letters = [], find_letters(distinct, senders, asked, settings)
    letter = np.full(len(distinct), -1)
    for n, (_, texts) in enumerate(letters):
        letter[texts] = n
    frame["letter"] = letter[frame["number"]]
    for (template, _), (_, members) in zip(
        letters, frame[frame["letter"] >= 0].groupby("letter"), strict=True
    ):
        people = members["respondent_id"].nunique()
        if people >= settings.campaign_min:
            found.append((-people, distinct[template], template, members))
    rows, copies = [], []
    for place, (_, _, template, members) in enumerate(sorted(found, key=lambda f: f[:2]), 1):
        standard = members["number"] == template
        name = f"{question}-c{place}"
        first = members.loc[standard, "response_id"].iloc[0]
        rows.append((name, question, first, int(standard.sum()), int((~standard).sum())))
        kind = np.where(standard, "standard", "edited")
        copies.append(
            pd.DataFrame(dict(zip(COPIES, (members["response_id"], name, kind), strict=True)))
        )
    none = pd.DataFrame(columns=COPIES, dtype=str)
    return pd.concat(copies or [none]).astype("str"), _campaign_frame(rows)
