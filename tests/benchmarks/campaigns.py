"""Campaigns against the pilot clusters of five US dockets, in the EU consultation, and at scale.

    python -m tests.benchmarks.campaigns [--scale]

The pilot's labels are an algorithm's, on two levels: components and clusters inside them. They join
texts by a docket's stamp and split copies of one letter by what their senders added, so three more
figures are printed. "alike" is the share of the pilot's pairs in one cluster in which the shorter
text has a tenth of its runs of five words in common with the other, stamps and headings left out;
"recall of alike" is recall over these. "verbatim" is the share of joined pairs that have 15 words
in a row in common or a quarter of the shorter text's runs. Precision is taken against the
components and recall against the clusters, over pairs of texts of 15 words or more.

campaign_pairs.csv holds pairs of SNAP texts as we read them: the same letter, one a part of the
other's letter (or of another version of it), or different. 125 are drawn in six strata (in one
pilot cluster or not; how much the shorter shares), each standing for all pairs of its stratum; 50
and later 60 are drawn from the pairs that Heard joined and the pilot's components did not.
"precision mended" counts as right, of all such pairs, the share that we read as the same letter.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.prepare.campaigns import find_campaigns, normalised
from analysis.prepare.stock import without_stock
from analysis.settings import PROJECT, Settings

READ = Path(__file__).parent / "campaign_pairs.csv"
SHARED = Path(os.environ.get("HEARD_SHARED", PROJECT.parent / "shared")) / "data"


def pilot(name: str) -> pd.DataFrame:
    """One of the pilot's files as responses, with `cluster` and `component`."""
    frame = pd.read_csv(
        SHARED / "regs_gov_duplicates_gsa" / f"{name}_clusters.csv",
        dtype=str,
        keep_default_na=False,
    )
    docket = frame["rule"] if "rule" in frame else pd.Series("USDA-SNAP", index=frame.index)
    frame = frame.assign(
        question_id=docket,
        respondent_id=frame["name"],
        response_id=docket + "/" + frame["name"],
        cluster=docket + "/" + frame["clust"],
        component=docket + "/" + frame["comp"],
        words=[normalised(t) for t in frame["text"]],
    ).drop_duplicates("response_id")
    return frame[frame["words"].str.count(" ") >= Settings().campaign_shortest - 1].reset_index(
        drop=True
    )


def together(found: pd.Series, gold: pd.Series) -> tuple[float, float]:
    """(precision, recall) of the pairs that `found` puts together ("" = with nobody)."""

    def pairs(*keys: pd.Series) -> float:
        sizes = pd.concat(keys, axis=1).groupby([k.to_numpy() for k in keys]).size()
        return float((sizes * (sizes - 1) / 2).sum())

    inside = found != ""
    both = pairs(found[inside], gold[inside])
    return both / max(pairs(found[inside]), 1), both / max(pairs(gold), 1)


def _runs(words: str, length: int) -> set[str]:
    parts = words.split()
    return {" ".join(parts[i : i + length]) for i in range(len(parts) - length + 1)}


def verbatim(frame: pd.DataFrame, found: pd.Series, pairs: int = 4000) -> float:
    """The share of a sample of joined pairs that share a passage word for word."""
    rng, hits, seen = np.random.default_rng(0), 0, 0
    groups = [g["words"].tolist() for _, g in frame.groupby(found.to_numpy()) if _ != ""]
    weights = np.array([len(g) * (len(g) - 1) / 2 for g in groups])
    for pick in rng.choice(len(groups), size=pairs, p=weights / weights.sum()):
        a, b = (groups[pick][i] for i in rng.choice(len(groups[pick]), size=2, replace=False))
        fives = _runs(a, 5), _runs(b, 5)
        shorter = min(len(fives[0]), len(fives[1]))
        hits += len(fives[0] & fives[1]) >= shorter / 4 or bool(_runs(a, 15) & _runs(b, 15))
        seen += 1
    return hits / seen


def alike(frame: pd.DataFrame, found: pd.Series) -> tuple[float, float]:
    """Of the pairs in one pilot cluster: the share that is alike; of these, the share joined."""
    pairs, same, joined = 0, 0, 0
    for _, part in frame.groupby("question_id"):
        sent = part["words"].value_counts().sort_index()
        own = dict(
            zip(
                sent.index,
                without_stock(list(sent.index), sent.to_numpy(), Settings()),
                strict=True,
            )
        )
        for _, group in part.groupby("cluster"):
            runs = [_runs(own[w], 5) for w in group["words"]]
            known = {r: i for i, r in enumerate(sorted(set().union(*runs)))}
            owner = np.repeat(np.arange(len(runs)), [len(r) for r in runs])
            places = [known[r] for run in runs for r in run]
            held = sparse.csr_array(
                (np.ones(len(places)), (owner, places)), (len(runs), len(known))
            )
            sizes = np.array([len(r) for r in runs])
            a, b = np.triu_indices(len(runs), 1)
            near = (held @ held.T).toarray()[a, b] >= np.maximum(
                np.minimum(sizes[a], sizes[b]) / 10, 1
            )
            names = found[group.index].to_numpy()
            pairs, same = pairs + len(a), same + int(near.sum())
            joined += int((near & (names[a] == names[b]) & (names[a] != "")).sum())
    return same / pairs, joined / same


@dataclass(frozen=True)
class Read:
    """The pairs that we read, by verdict and whether joined; precision and recall from them.

    Pairs of which one is a part of the other's letter count neither way; in `same`, the share of
    the pairs that only Heard joins that are the same letter, they count as different.
    """

    table: pd.DataFrame
    precision: float
    recall: float
    same: float


def as_read(frame: pd.DataFrame, found: pd.Series) -> Read:
    """What reading says of `found`."""
    read = pd.read_csv(READ, dtype={"first": str, "second": str})
    name = found.set_axis(frame["name"])
    both = [name.reindex(read[c]).fillna("").to_numpy() for c in ("first", "second")]
    read["joined"] = (both[0] == both[1]) & (both[0] != "")
    table = read.groupby(["drawn", "verdict", "joined"]).size().unstack(fill_value=0)
    drawn = read[read["pairs"].notna()]
    stands = drawn["pairs"] / drawn.groupby("drawn")["verdict"].transform("size")
    right = stands[drawn["joined"] & (drawn["verdict"] == "same")].sum()
    precision = right / stands[drawn["joined"] & (drawn["verdict"] != "part")].sum()
    recall = right / stands[drawn["verdict"] == "same"].sum()
    apart = read[read["pairs"].isna() & read["joined"]]
    return Read(table, float(precision), float(recall), float((apart["verdict"] == "same").mean()))


def _campaign(frame: pd.DataFrame, copies: pd.DataFrame) -> pd.Series:
    return frame["response_id"].map(copies.set_index("response_id")["campaign_id"]).fillna("")


def quality() -> tuple[pd.DataFrame, Read]:
    """One row per pilot file; what reading says of the last, SNAP."""
    rows = []
    for name in ("four_dockets", "usda_snap"):
        frame, start = pilot(name), time.process_time()
        copies, campaigns = find_campaigns(
            frame[["response_id", "respondent_id", "question_id", "text"]], Settings()
        )
        seconds = time.process_time() - start
        found = _campaign(frame, copies)
        fine, coarse = together(found, frame["cluster"]), together(found, frame["component"])
        near = alike(frame, found)
        rows.append(
            {
                "data": name,
                "texts": len(frame),
                "in campaigns": len(copies),
                "campaigns": len(campaigns),
                "precision": coarse[0],
                "recall": fine[1],
                "alike": near[0],
                "recall of alike": near[1],
                "verbatim": verbatim(frame, found),
                "precision in clusters": fine[0],
                "recall in components": coarse[1],
                "seconds": seconds,
            }
        )
    read, precision = as_read(frame, found), rows[-1]["precision"]
    rows[-1]["precision mended"] = precision + (1 - precision) * read.same
    return pd.DataFrame(rows), read


def eu() -> pd.DataFrame:
    """The EU White Paper consultation: campaigns per open question, with the template's start."""
    file = SHARED / "eu_ai_white_paper_2020" / "responses_eusurvey_export.csv"
    table = pd.read_csv(file, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    open_columns = [18, 25, 29, 35, 42, 44, 46, 48, 49, 57, 59, 61, 62, 64, 66, 68, 70, 71]
    long = pd.concat(
        pd.DataFrame(
            {
                "response_id": [f"{i}/{c}" for i in range(len(table))],
                "respondent_id": [str(i) for i in range(len(table))],
                "question_id": f"column {c}",
                "text": table.iloc[:, c],
            }
        )
        for c in open_columns
    )
    long = long[long["text"] != ""].reset_index(drop=True)
    _, campaigns = find_campaigns(long, Settings())
    texts = long.set_index("response_id")["text"]
    start = texts[campaigns["template_response_id"]].str.replace(r"\s+", " ", regex=True).str[:60]
    return campaigns.drop(columns="template_response_id").assign(template=start.to_numpy())


def big(edited: bool, texts: int = 100_000) -> pd.DataFrame:
    """Invented letters: half of `texts` one letter of 120 words, half unlike texts of 10 to 90."""
    rng = np.random.default_rng(1)
    words = np.array([f"word{i}" for i in range(30_000)])
    common = 1 / np.arange(10, len(words) + 10)

    def draw(length: int) -> list[str]:
        return list(rng.choice(words, size=length, p=common / common.sum()))

    letter, rows = draw(120), []
    stock = draw(texts * 50)
    for i in range(texts):
        if i % 2:
            at, length = (i * 37) % (len(stock) - 100), 10 + i % 81
            rows.append(" ".join(stock[at : at + length : 1] if i % 4 == 1 else draw(length)))
        else:
            cut, place = int(rng.integers(0, 100)), int(rng.integers(0, 100))
            own = [*letter[:cut], *letter[cut + 20 :]]
            own[place:place] = [f"own{i}", *draw(20)]
            rows.append(" ".join(own if edited else letter))
    ids = [f"r{i}" for i in range(texts)]
    return pd.DataFrame(
        {"response_id": ids, "respondent_id": ids, "question_id": "q1", "text": rows}
    )


def scale() -> pd.DataFrame:
    """100,000 texts, half of them one letter: as it was, and each edited."""
    rows = []
    for edited in (False, True):
        frame, start, cpu = big(edited), time.perf_counter(), time.process_time()
        copies, campaigns = find_campaigns(frame, Settings())
        numbers = copies.loc[copies["campaign_id"] == "q1-c1", "response_id"].str[1:].astype(int)
        rows.append(
            {
                "copies": "edited" if edited else "standard",
                "texts": len(frame),
                "seconds": time.perf_counter() - start,
                "processor seconds": time.process_time() - cpu,
                "letter found": int((numbers % 2 == 0).sum()),
                "others in it": int((numbers % 2 == 1).sum()),
                "campaigns": len(campaigns),
                "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    return pd.DataFrame(rows)


def main() -> None:
    options = {"index": False, "float_format": "{:.3f}".format}
    table, read = quality()
    print(table.to_string(**options))  # type: ignore[call-overload]
    print(f"SNAP as read: precision {read.precision:.3f}, recall {read.recall:.3f}", read.table)
    print(eu().to_string(**options))  # type: ignore[call-overload]
    if "--scale" in sys.argv:
        print(scale().to_string(**options))  # type: ignore[call-overload]


if __name__ == "__main__":
    main()
