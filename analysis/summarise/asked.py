"""What respondents ask for: suggestions and requests to government, ranked by people.

A request is found by its wording (should, must, please, we ask, "Publish …" at the start). Those
that say nearly the same, by their vectors, stand together under the one that is nearest to all.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.records import POSITIONS, each
from analysis.settings import Settings
from analysis.summarise.quotes import place

_VERBS = (
    "abolish|act|add|adopt|allow|appoint|avoid|ask|ban|be (?:careful|cautious|open|transparent"
    "|honest"
    "|clear|aware|responsible|proactive|very careful|mindful|sure|prepared)|begin|bring|build"
    "|clarify"
    "|collect|commit|conduct|connect|consider|consult|continue|control|create|cut|define|delay"
    "|demand"
    "|deliver|design|develop|do (?:not|it|your|more|nothing|the)|don['’]t|draft|drop|educate|employ"
    "|enable|encourage|enforce|engage|ensure|establish|explain|extend|fix|focus|follow|forbid|fund"
    "|get|give|guarantee|have (?:a|an|clear|strict|strong|human|people|proper)|help|hire|hold"
    "|implement|improve|include|increase|inform|introduce|invest|involve|keep|leave|legislate|let"
    "|limit|listen|look (?:after|at|into)|maintain|make|mandate|measure|monitor|move|never"
    "|offer|open"
    "|outlaw|pass|pause|pay|plan|prevent|prioriti[sz]e|prohibit|promote|protect|prove|provide"
    "|publish"
    "|put|raise|reduce|regulate|reject|remove|require|respect|restrict|run|scrap|set|share|show"
    "|simplify"
    "|slow|spend|start|stay|stop|strengthen|support|take|talk|teach|tell|test|think (?:about"
    "|carefully"
    "|before|hard|of)|train|try|update|use|watch|withdraw|work (?:with|on|together|closely)"
)
_NOT_ASKED = re.compile(
    r"\b(?:must|should) (?:admit|say|confess|have been|be (?:joking|fine|honest))\b"
    r"|\bI (?:really |just |still |also |do |don['’]t )?(?:should|must|need|have) to\b"
    r"|\bI(?:['’]d)? (?:should|must)\b"
    r"|\bwhy should\b|\bhow should\b|\bwhat should\b|\bshould (?:I|we)\b.*\?\s*$"
    r"|\bwhether\b.*\bshould\b.*\?\s*$"
    r"|\bshould (?:anything|something|it) (?:go|fail|happen|break)\b|\bas (?:it|they|one) should\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    rf"^\W*(?:(?:and|but|so|also|then|just|first(?:ly)?|second(?:ly)?|please|simply|above all"
    rf"|finally|most of"
    rf" all|maybe|perhaps)\W+)*(?:{_VERBS})\b(?!['’]s)"
    r"|\bplease\s+(?!see\b|find\b|refer\b|note\b|specify\b|read\b|do not hesitate)\w+"
    r"|\b(?:we|I)\s+(?:\w+\s+){0,2}?(?:ask|call (?:up)?on|call for|urge|recommend|suggest"
    r"|request|propose"
    r"|demand|advise|advocate|encourage|plead|beg)\b"
    r"|\b(?:we|I)(?:['’]d| would)\s+(?:\w+\s+)?(?:like (?:to see|the|you|our|more|a|government"
    r"|it|there)|want"
    r"|welcome|advise|recommend|suggest|urge|prefer)\b|\bI want (?!to\b)\w+|\bwe want\b"
    r"|\b(?:should|must|ought to|needs? to|ha(?:s|ve) to be)\b(?! have\b)"
    r"|\b(?:is|are|would be|it['’]s|remains?)\s+(?:\w+\s+)?(?:essential|vital|crucial|necessary"
    r"|imperative"
    r"|important|needed|required|indispensable|advisable|desirable)\b.{0,20}\b(?:that|to|for)\b"
    r"|\b(?:is|are) (?:urgently |badly |also |clearly |really )?(?:needed|required)\b"
    r"|\bneeds? (?:more|better|clear|clearer|proper|strong|stronger|strict|an? |to be\b)"
    r"|\blet(?:['’]s| us)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\bI\b(?:\s+\w+){0,1}\s+(?:should|must|needs? to|have to|has to|ought to)\b")


def asks(text: str) -> bool:
    """Whether a passage asks government, or somebody, to do something."""
    if not _ASKED.search(text) or _PERSON.search(text):
        return False
    return not _NOT_ASKED.search(text) and not text.rstrip().endswith("?")


def asked_for(
    points: pd.DataFrame, vectors: NDArray[np.float32], settings: Settings
) -> dict[str, Any]:
    """The requests among the points of one question, near-twins together, by number of people.

    points: point_id, row (of its vector), respondent_id, response_id, start, end, text, position,
    allowed, quotable, clear. Returns {respondents, points, response_ids, requests: [{text,
    response_id, start, end, respondents, positions, cites}]}: how many people ask for anything,
    and the first `asked_most` groups. The words are "" where nobody in a group may be quoted;
    `cites` leads to the replies all the same.
    """
    asking = points["text"].map(asks).astype(bool)
    mine = points[asking].sort_values("point_id").reset_index(drop=True)
    groups = _together(mine, vectors, settings)
    return {
        "respondents": mine["respondent_id"].nunique(),
        "points": len(mine),
        "response_ids": sorted(mine["response_id"].unique()),
        "requests": [_request(mine.iloc[g], vectors) for g in groups],
    }


def _together(
    mine: pd.DataFrame, vectors: NDArray[np.float32], settings: Settings
) -> list[NDArray[np.intp]]:
    """Groups of rows, each around the request that most people make in nearly the same words.

    At most `asked_leaders` requests, at even distances, are tried as the middle of a group.
    """
    if mine.empty:
        return []
    own = vectors[mine["row"].to_numpy()]
    people = pd.factorize(mine["respondent_id"])[0]
    few = np.unique(np.linspace(0, len(mine) - 1, settings.asked_leaders).astype(int))
    near = [np.flatnonzero(own @ own[i] >= settings.asked_similarity) for i in few]
    free = np.ones(len(mine), bool)
    groups: list[NDArray[np.intp]] = []
    sizes = np.array([len(np.unique(people[n])) for n in near])
    while len(groups) < settings.asked_most:
        # sizes only shrink as rows are taken: look again at the largest until it stays so
        best = int(np.argmax(sizes))
        left = near[best][free[near[best]]]
        size = len(np.unique(people[left]))
        if size < sizes[best]:
            sizes[best] = size
            continue
        if size < settings.asked_min:
            break
        groups.append(left)
        free[left] = False
        sizes[best] = 0
    return groups


def _request(group: pd.DataFrame, vectors: NDArray[np.float32]) -> dict[str, Any]:
    centre = vectors[group["row"].to_numpy()].mean(axis=0)
    able = group[group["allowed"]]
    words = {"text": "", "response_id": "", "start": 0, "end": 0}
    if len(able):
        near = vectors[able["row"].to_numpy()] @ centre
        alone = 0.5 * able["clear"].to_numpy() + 0.5 * able["quotable"].to_numpy()
        best = int(np.argmax(near + alone))
        words = place(next(each(able.iloc[[best]])))
    sides = group.drop_duplicates("respondent_id")["position"].value_counts()
    return {
        **words,
        "respondents": group["respondent_id"].nunique(),
        "positions": {p: int(sides[p]) for p in POSITIONS if p in sides},
        "cites": sorted(group["response_id"].unique()),
    }
