"""Letters sent by many: standard copies, and copies that their senders edited.

Texts are compared by the runs of `campaign_shingle` words that they share. The commonest text of a
letter is its template; another text is a copy if it holds half of the template, whatever was
added; or if half of it comes from the template and that is more than a quotation; or if both agree
in what many sent (every copy may have been edited). Letters whose common cores overlap are versions
of one campaign. Single texts are never joined through a third text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from analysis.settings import Settings

SHORTEST = 15  # words: with fewer, people say the same without a template
QUOTATION = 0.2  # of a text: with less of it in common, the other text only quotes
AGREED = 0.7  # of what many sent, in two copies that were both edited …
PASSAGE = 30  # words: more than one sentence that many may quote
CORE = 1 / 3  # of a letter's senders: runs that fewer sent are not the letter's
HUB = 400  # texts: a run in more of them, once the large letters are out, is a quotation
LARGE_LETTERS = 300  # templates looked for before that
SAME_RUN = 3  # words: shorter agreements of a copy and its template are chance
ADDED = 3  # words: shorter changes are not a passage of the sender's own
_WORD = re.compile(r"\w+")
_INNER = re.compile(r"(?<=\w)['’‘`´](?=\w)")
_Array = np.ndarray[Any, np.dtype[Any]]

COPIES = ["response_id", "campaign_id", "campaign_copy"]
CAMPAIGNS = ["campaign_id", "question_id", "template_response_id", "standard", "edited"]


def normalised(text: str) -> str:
    """`text` in lower-case words with single spaces, without punctuation or apostrophes."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_WORD.findall(_INNER.sub("", folded)))


def _runs(texts: Sequence[str], length: int) -> tuple[_Array, _Array]:
    """(text number, 64-bit hash) of every run of `length` words, each pair once."""
    known: dict[str, int] = {}
    words = (known.setdefault(w, len(known)) for t in texts for w in t.split())
    codes = np.fromiter(words, dtype=np.uint64)
    sizes = np.array([t.count(" ") + 1 if t else 0 for t in texts], dtype=np.int64)
    if len(codes) < length:
        return np.empty(0, np.int32), np.empty(0, np.uint64)
    hashes = np.zeros(len(codes) - length + 1, dtype=np.uint64)
    for i in range(length):
        hashes *= np.uint64(0x9E3779B97F4A7C15)
        hashes += codes[i : len(codes) - length + 1 + i] + np.uint64(1)
        hashes ^= hashes >> np.uint64(29)
    owner = np.repeat(np.arange(len(texts), dtype=np.int32), sizes)
    inside = owner[: len(hashes)] == owner[length - 1 :]
    pairs = pd.DataFrame({"text": owner[: len(hashes)][inside], "run": hashes[inside]})
    pairs = pairs.drop_duplicates()
    return pairs["text"].to_numpy(), pairs["run"].to_numpy()


@dataclass(frozen=True)
class _Texts:
    """Distinct texts of one question: their senders, and which runs of words each holds.

    `rows` has a column for each run that two respondents or more sent; `sizes` counts all runs.
    """

    senders: _Array
    sizes: _Array
    rows: sparse.csr_array
    many: _Array  # for each run, whether `campaign_min` respondents or more sent it
    common: _Array  # how many such runs each text holds

    @classmethod
    def of(
        cls, texts: Sequence[str], senders: _Array, quoted: Sequence[str], settings: Settings
    ) -> _Texts:
        owner, run = _runs([*texts, *quoted], settings.campaign_shingle)
        fewest = settings.campaign_min
        ours = owner < len(texts)
        ours &= ~np.isin(run, run[~ours])
        owner, code = owner[ours], pd.factorize(run[ours])[0]
        sizes = np.bincount(owner, minlength=len(texts))
        sent = np.bincount(code, weights=senders[owner])[code] > 1 if len(code) else code > 0
        return cls._made(senders, sizes, owner[sent], pd.factorize(code[sent])[0], fewest)

    @classmethod
    def _made(
        cls, senders: _Array, sizes: _Array, owner: _Array, run: _Array, fewest: int
    ) -> _Texts:
        shape = (len(senders), int(run.max(initial=-1)) + 1)
        ones = np.ones(len(owner), dtype=np.int32)
        rows = sparse.csr_array((ones, (owner, run)), shape=shape)
        many = senders @ rows >= fewest
        return cls(senders, sizes, rows, many, rows @ many.astype(np.int32))

    def without(self, taken: _Array, most: int | None, fewest: int) -> _Texts:
        """Only the runs of texts not `taken`, and of these only runs in at most `most` texts."""
        owner, run = self.rows.tocoo().coords
        owner, run = owner[~taken[owner]], run[~taken[owner]]
        held = np.bincount(run)[run] if len(run) else run
        few = held <= (most or len(taken))
        return self._made(self.senders, self.sizes, owner[few], run[few], fewest)


def _letters(texts: _Texts, settings: Settings) -> _Array:
    """For each text the number of the letter's first text, or -1.

    Greedy: the text with most senders takes its copies, then the next of the rest.
    """
    letter = np.full(len(texts.senders), -1)
    for most in (None, HUB):
        left = texts.without(letter >= 0, most, settings.campaign_min)
        columns = left.rows.tocsc()
        held = np.diff(columns.indptr)
        in_common = left.rows @ held
        shared = left.rows @ (held > 1).astype(np.int32)
        looks = (texts.senders > 1) | (shared >= QUOTATION * texts.sizes)
        looks &= texts.sizes > 0
        order = np.lexsort((np.arange(len(letter)), -in_common, -texts.senders))
        free = (int(i) for i in order[looks[order]] if letter[i] < 0)
        for first in islice(free, LARGE_LETTERS if most is None else None):
            copies = _copies(left, columns, first, letter, settings)
            if texts.senders[copies].sum() > 1 and _is_letter(left, copies, settings):
                letter[copies] = first
    return letter


def _copies(
    texts: _Texts, columns: sparse.csc_array, first: int, letter: _Array, settings: Settings
) -> _Array:
    """The free texts that are copies of `first`, itself included."""
    runs = texts.rows.indices[texts.rows.indptr[first] : texts.rows.indptr[first + 1]]

    def held(which: _Array) -> _Array:
        parts = [columns.indices[columns.indptr[r] : columns.indptr[r + 1]] for r in which]
        return np.bincount(np.concatenate([*parts, [first]]), minlength=len(letter))

    shared = held(runs)
    others = np.flatnonzero((shared > 0) & (letter < 0))
    half, shared = settings.campaign_overlap, shared[others]
    of_first, of_copy = shared / texts.sizes[first], shared / texts.sizes[others]
    taken = (of_first >= half) | ((of_copy >= half) & (of_first >= QUOTATION)) | (others == first)
    many = runs[texts.many[runs]]
    fewest = PASSAGE - settings.campaign_shingle + 1
    if len(many) >= fewest:
        both = held(many)[others]
        either = np.minimum(len(many), texts.common[others])
        agree = (both >= AGREED * either) & (both >= fewest)
        taken |= agree & (np.minimum(of_first, of_copy) >= QUOTATION)
    return np.asarray(others[taken])


def _is_letter(texts: _Texts, copies: _Array, settings: Settings) -> bool:
    """Not just texts that quote the same sentence: it was sent alone, or is long, or most of all.

    What two copies and a CORE of the senders share must be a PASSAGE or half of the median copy.
    """
    if texts.senders[copies].max() >= settings.campaign_min:
        return True
    sent = texts.senders[copies] @ texts.rows[copies]
    core = int((sent >= max(2, CORE * texts.senders[copies].sum())).sum())
    enough = settings.campaign_overlap * float(np.median(texts.sizes[copies]))
    return core >= min(PASSAGE - settings.campaign_shingle + 1, enough)


def _joined(texts: _Texts, letter: _Array, settings: Settings) -> _Array:
    """Letters whose cores overlap as one campaign: for each text a campaign number, or -1."""
    inside = np.flatnonzero(letter >= 0)
    if not len(inside):
        return letter
    found, group = np.unique(letter[inside], return_inverse=True)
    who = sparse.csr_array((texts.senders[inside], (group, inside)), (len(found), len(letter)))
    sent = (who @ texts.rows).tocoo()
    row, run = sent.coords
    core = sent.data >= CORE * np.bincount(group, weights=texts.senders[inside])[row]
    cores = sparse.csr_array(
        (np.ones(int(core.sum()), np.int32), (row[core], run[core])), shape=sent.shape
    )
    size = np.maximum(np.asarray(cores.sum(axis=1)).ravel(), 1)
    cores = cores[:, np.asarray(cores.sum(axis=0)).ravel() <= HUB]
    both = (cores @ cores.T).tocoo()
    a, b = both.coords
    lower, upper = np.minimum(size[a], size[b]), np.maximum(size[a], size[b])
    same = (both.data >= settings.campaign_overlap * lower) & (both.data >= QUOTATION * upper)
    links = sparse.csr_array((np.ones(int(same.sum())), (a[same], b[same])), shape=both.shape)
    campaign = np.full(len(letter), -1)
    campaign[inside] = connected_components(links, directed=False)[1][group]
    return campaign


def _template(texts: _Texts, members: _Array) -> int:
    """The commonest of `members`; of equally common ones that with most in common."""
    rows = texts.rows[members]
    in_common = rows @ np.asarray(rows.sum(axis=0)).ravel()
    return int(members[np.lexsort((members, -in_common, -texts.senders[members]))[0]])


def find_campaigns(
    responses: pd.DataFrame, settings: Settings, quoted: Mapping[str, Sequence[str]] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Campaigns in each question's answers: (copies, campaigns).

    `responses` has response_id, respondent_id, question_id, text. `quoted[question_id]` are texts
    that people may quote, such as the question: what is shared through them does not count.
    A campaign has at least `settings.campaign_min` respondents and a template of SHORTEST words.

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


def _of_question(
    question: str, answers: pd.DataFrame, settings: Settings, quoted: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    frame = answers[["response_id", "respondent_id"]].assign(
        words=[normalised(t) for t in answers["text"]]
    )
    frame = frame[frame["words"].str.count(" ") >= SHORTEST - 1].sort_values("response_id")
    distinct = sorted(set(frame["words"]))
    frame["number"] = frame["words"].map({t: i for i, t in enumerate(distinct)}).astype(int)
    senders = frame.groupby("number")["respondent_id"].nunique().to_numpy()
    asked = [normalised(t) for t in quoted]
    texts = _Texts.of(distinct, senders, asked, settings)
    campaign = _joined(texts, _letters(texts, settings), settings)
    frame["campaign"] = campaign[frame["number"]]
    people = frame[frame["campaign"] >= 0].groupby("campaign")["respondent_id"].nunique()
    found = [
        (-int(people[c]), distinct[t], t, c)
        for c in people.index[people >= settings.campaign_min]
        for t in [_template(texts, np.flatnonzero(campaign == c))]
    ]
    rows, copies = [], []
    for place, (_, _, template, number) in enumerate(sorted(found), 1):
        members = frame[frame["campaign"] == number]
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


def added_passages(template: str, copy: str) -> list[tuple[int, int]]:
    """What an edited copy adds: (start, end) offsets in `copy`, in order.

    Words in no run of SAME_RUN words that `template` has anywhere; changes of fewer than ADDED
    words are left out, and such a run between two added passages is taken into them.
    """
    places = [m.span() for m in _WORD.finditer(copy)]
    words = [copy[a:b].casefold() for a, b in places]
    theirs = [w.casefold() for w in _WORD.findall(template)]
    known = {tuple(theirs[i : i + SAME_RUN]) for i in range(len(theirs) - SAME_RUN + 1)}
    own = np.ones(len(words), dtype=bool)
    for i in range(len(words) - SAME_RUN + 1):
        if tuple(words[i : i + SAME_RUN]) in known:
            own[i : i + SAME_RUN] = False
    spans: list[list[int]] = []
    for i in np.flatnonzero(own).tolist():
        if spans and i - spans[-1][1] <= SAME_RUN:
            spans[-1][1] = i + 1
        else:
            spans.append([i, i + 1])
    return [_span(copy, places, a, b) for a, b in spans if own[a:b].sum() >= ADDED]


def _span(copy: str, places: list[tuple[int, int]], first: int, stop: int) -> tuple[int, int]:
    """Offsets of the words first…stop - 1, with the punctuation that closes them."""
    end = places[stop][0] if stop < len(places) else len(copy)
    closing = re.match(r"[^\w\s]*", copy[places[stop - 1][1] : end])
    return places[first][0], places[stop - 1][1] + (closing.end() if closing else 0)
