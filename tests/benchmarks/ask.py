"""Is a question answered where somebody speaks of it, and only there?

    python -m tests.benchmarks.ask [--data sample plain bc] [--list]

Thirty questions on each consultation, and twenty more on the sample in plainer words (`plain`; all
in ask_questions.toml). nothing: of those that nobody speaks
of, how many are told so. answered: of the others, how many have a whole answer whose first quotes
hold the subject; wrong: of all, how many are answered beside the subject.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from pathlib import Path

import pandas as pd

from analysis.ask import Answer, ask, corpus
from analysis.embed.minilm import MiniLM
from analysis.fingerprint import fingerprint
from analysis.pipeline import run
from analysis.records import Run, Vectors
from analysis.settings import Settings, runtime
from analysis.store.artefacts import Artefacts
from tests.benchmarks.summaries import DATA

QUESTIONS = Path(__file__).with_name("ask_questions.toml")
SETS = {"sample": "sample", "plain": "sample", "bc": "bc"}  # questions → consultation
BEST = 5


def asked(result: Run, vectors: Vectors, name: str) -> pd.DataFrame:
    """One row a question: present, said (nothing, wrong or answered), people, best."""
    listed = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))[name]
    patterns = {**dict.fromkeys(listed["absent"], ""), **listed["present"]}
    encode = MiniLM().encode
    ready = corpus(result, vectors, encode)
    rows = []
    for question, pattern in patterns.items():
        answer = ask(result, ready, question, encode, Settings())
        best = answer.points["text"].head(BEST).tolist()
        rows.append(
            (question, bool(pattern), _said(answer, best, pattern), answer.respondents, best)
        )
    return pd.DataFrame(rows, columns=["question", "present", "said", "people", "best"])


def _said(answer: Answer, best: list[str], pattern: str) -> str:
    if not answer.respondents:
        return "nothing"
    holds = sum(re.search(pattern, text, re.IGNORECASE) is not None for text in best)
    return "answered" if pattern and holds > len(best) / 2 else "wrong"


def shares(found: pd.DataFrame) -> dict[str, float]:
    present, absent = found[found["present"]], found[~found["present"]]
    return {
        "nothing": float((absent["said"] == "nothing").mean()),
        "answered": float((present["said"] == "answered").mean()),
        "wrong": float((found["said"] == "wrong").mean()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", nargs="+", choices=SETS, default=[*SETS])
    parser.add_argument("--list", action="store_true", help="each question and its best answers")
    args = parser.parse_args()
    rows = {}
    for name in args.data:
        made = DATA[SETS[name]]()
        kept = Artefacts(runtime() / "runs" / fingerprint("files", made)[:16] / "artefacts")
        result = run(made, Settings(), kept)
        vectors = kept.load("embed", result.meta["fingerprints"]["embed"], Vectors)
        found = asked(result, vectors, name)
        rows[name] = shares(found)
        for row in found.itertuples() if args.list else ():
            print(f"{row.said:9}{'' if row.present else 'absent'} {row.people:4} {row.question}")
            for text in row.best[: 0 if row.said == "answered" else 3]:
                print("            ", text[:150].replace("\n", " "))
    print(pd.DataFrame(rows).T.to_string(float_format="{:.2f}".format))


if __name__ == "__main__":
    main()
