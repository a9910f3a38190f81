"""Are summaries right, and whom do they leave out? Offline and with a loopback model.

    python -m tests.benchmarks.summaries [--data sample eu bc tariff life] [--offline]

quotes: letter for letter in their reply, by one who permits it. sentences: each citation is an
analysed answer to the question; a count is the number of people cited, a model's sentence passes
the verification a second time. covered: people with a point in a theme that is written out, and in
one that is listed. minority: of those who say that they differ from most people, those with a
point in a listed theme. The loopback model writes one sentence near a reply and two
false ones for each viewpoint.
"""

from __future__ import annotations

import argparse
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.embed.minilm import MiniLM
from analysis.fingerprint import fingerprint
from analysis.groups import theme_members
from analysis.ingest.build import build
from analysis.ingest.mapping import propose
from analysis.ingest.read import read
from analysis.llm import Client, LlmConfig
from analysis.pipeline import run
from analysis.records import Consultation, Run
from analysis.sample import sample_consultation
from analysis.settings import PROJECT, LlmSettings, Settings, runtime
from analysis.store.artefacts import Artefacts
from analysis.summarise.verify import check_sentence
from tests.llm.loopback import serve, user

SHARED = Path(os.environ.get("HEARD_SHARED", PROJECT.parent / "shared")) / "data"
DIFFERS = "Yes, my opinion differs from the majority view"
_COUNT = re.compile(
    r"\(([\d,]+) of ([\d,]+)|^([\d,]+) of ([\d,]+) people|^Of these [\d,]+, ([\d,]+)"
)


def _file(*path: str) -> Callable[[], Consultation]:
    def made() -> Consultation:
        table = read(SHARED.joinpath(*path))
        return build([table], propose([table], title=path[-1].rsplit(".", 1)[0]))

    return made


DATA: dict[str, Callable[[], Consultation]] = {
    "sample": lambda: sample_consultation()[0],
    "eu": _file("eu_ai_white_paper_2020", "responses_eusurvey_export.csv"),
    "bc": _file("bc_ai_survey_2025", "responses.csv"),
    "tariff": _file("deliberationbank", "tariff_policy_stance.csv"),
    "life": _file("deliberationbank", "ai_changed_my_life.csv"),
}


def model(request: dict[str, Any]) -> dict[str, Any]:
    """One sentence near the first reply, one with an invented number, one that nobody said."""
    asked = user(request)
    if "themes" in asked:
        return {"json": {"themes": [{"id": t["id"], "name": t["frequent_words"].split(";")[0],
                                     "description": "What it is about."}
                                    for t in asked["themes"]]}}  # fmt: skip
    if "groups" in asked:
        return {"json": {"merges": []}}
    if "target" in asked:
        return {"json": {"translations": [{"id": r["id"], "translation": r["text"]}
                                          for r in asked["replies"]]}}  # fmt: skip
    refs = [r["id"] for r in asked["replies"]]
    words = re.sub(r"[\d%“”\"<>#*`|@]", "", asked["replies"][0]["text"]).split()[:30]
    true = {"text": f"Replies say: {' '.join(words)}", "cites": refs[:1]}
    false = [
        {"text": "97% of respondents are of this view.", "cites": refs},
        {"text": "Penguins ask for a colder harbour in Lisbon.", "cites": refs},
    ]
    return {"json": {"sentences": [true, *false]}}


@contextmanager
def _client(folder: Path) -> Iterator[Client]:
    with serve(model) as server:
        config = LlmConfig("loopback", server.base_url, "k", max_calls=9_999, max_tokens=10**9)
        yield Client(config, folder)


def measured(result: Run) -> dict[str, float]:
    """One row of the table."""
    answers = result.prepared.responses.set_index("response_id")
    owner, texts = answers["respondent_id"], answers["text"].to_dict()
    shown = answers["shown_text"].to_dict()
    told = result.consultation.respondents.set_index("respondent_id")["permission"]
    encode = MiniLM().encode
    quotes = good_quotes = sentences = good = by_model = 0
    for question in result.summary.questions:
        inside = set(answers.query("question_id == @question['question_id']").index)
        for view in [*question["viewpoints"], *question["smaller_views"]]:
            for quote in view["quotes"]:
                whole = texts[quote["response_id"]]
                quotes += 1
                good_quotes += whole[quote["start"] : quote["end"]] == quote["text"] and (
                    told[owner[quote["response_id"]]] != "no"
                )
            for sentence in view["sentences"]:
                sentences += 1
                cites = sentence["cites"]
                valid = bool(cites) and set(cites) <= inside
                if sentence.get("written_by") == "model":
                    by_model += 1
                    valid &= check_sentence(
                        sentence["text"], cites, shown, view["position"], encode=encode
                    ) is None  # fmt: skip
                else:
                    found = _COUNT.search(sentence["text"])
                    people = len({owner[c] for c in cites})
                    said = next(g for g in found.groups() if g) if found else "1"
                    valid &= int(said.replace(",", "")) == people
                good += valid
    meters = [q["coverage"] for q in result.summary.questions]
    base = sum(m["respondents"]["base"] for m in meters)
    return {
        "quotes": quotes,
        "verified": good_quotes / max(1, quotes),
        "sentences": sentences,
        "by model": by_model,
        "valid": good / max(1, sentences),
        "struck": sum(s["kind"] == "sentence" for s in result.meta["struck"]),
        "written out": sum(m["respondents"]["n"] for m in meters) / max(1, base),
        "listed": sum(m["listed"]["respondents"]["n"] for m in meters) / max(1, base),
        **_minority(result),
    }


def _minority(result: Run) -> dict[str, float]:
    people = result.consultation.respondents
    column = next((c for c in people.columns if (people[c] == DIFFERS).any()), None)
    if column is None:
        ticked = result.consultation.answers
        holders = set(ticked.loc[ticked["value"] == DIFFERS, "respondent_id"])
    else:
        holders = set(people.loc[people[column] == DIFFERS, "respondent_id"])
    analysed = set(result.prepared.responses.query("status == 'analysed'")["respondent_id"])
    holders &= analysed
    if not holders:
        return {}
    members = theme_members(result.points, result.themes, result.prepared)
    views = [v for q in result.summary.questions for v in q["viewpoints"]]
    main = members["theme_id"].isin([v["theme_id"] for v in views])
    return {
        "minority": len(holders),
        "min. listed": len(holders & set(members["respondent_id"])) / len(holders),
        "min. written": len(holders & set(members.loc[main, "respondent_id"])) / len(holders),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", nargs="+", choices=list(DATA), default=list(DATA))
    parser.add_argument("--offline", action="store_true", help="without the loopback model")
    args = parser.parse_args()
    rows = {}
    for name in args.data:
        made = DATA[name]()
        home = runtime() / "runs" / fingerprint("files", made)[:16] / "artefacts"
        rows[f"{name}, offline"] = measured(run(made, Settings(), Artefacts(home)))
        if args.offline:
            continue
        with tempfile.TemporaryDirectory() as folder, _client(Path(folder)) as client:
            on = Settings(llm=LlmSettings(True, "loopback"))
            result = run(made, on, Artefacts(home), client=client, llm_reason="loopback")
            rows[f"{name}, model"] = measured(result)
    print(pd.DataFrame(rows).T.to_string(float_format="{:.3f}".format, na_rep=""))


if __name__ == "__main__":
    main()
