"""Does the machine work as well for everyone? Errors, points left ungrouped and quotes by group.

    python -m tests.benchmarks.fairness

On the sample (its authors' gold stands for the team's labels of tone) and on the British Columbia
survey, read as Heard guesses its columns. Each group against all others; one person is one draw.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.fairness import fairness
from analysis.ingest.build import build
from analysis.ingest.mapping import propose
from analysis.ingest.read import read
from analysis.pipeline import run
from analysis.records import Run
from analysis.sample import sample_consultation
from analysis.settings import PROJECT, Settings
from analysis.store.artefacts import Artefacts
from tests.benchmarks.tone import sample

SHARED = Path(os.environ.get("HEARD_SHARED", PROJECT.parent / "shared")) / "data"


def with_gold(made: Run) -> pd.DataFrame:
    """`checked` of the sample with the tone of each answer of one point against its author's."""
    gold = sample().query("tone != 'mixed'").set_index(["respondent_id", "text"])["tone"]
    points = made.points.points.merge(made.judged.points, on="point_id")
    alone = points.groupby("response_id")["point_id"].transform("size") == 1
    answers = made.prepared.responses[["response_id", "respondent_id", "text"]]
    own = points[alone].drop(columns="text").merge(answers, on="response_id")
    found = gold[~gold.index.duplicated()].reindex(
        pd.MultiIndex.from_frame(own[["respondent_id", "text"]])
    )
    tones = pd.DataFrame(
        {"measure": "tone", "unit": own["point_id"], "gold": found.to_numpy(), "told": own["tone"]}
    )
    tones = tones.dropna().query("told not in ['unclear', '']")
    return pd.concat([made.judged.checked, tones], ignore_index=True)


def main() -> None:
    settings = Settings()
    table = read(SHARED / "bc_ai_survey_2025" / "responses.csv")
    survey = build([table], propose([table], title="BC"))
    for name, made in (("sample", sample_consultation()[0]), ("bc", survey)):
        with tempfile.TemporaryDirectory() as folder:
            result = run(made, settings, Artefacts(Path(folder)))
        judged = result.judged
        if name == "sample":
            judged = replace(judged, checked=with_gold(result))
        found = fairness(
            made, result.prepared, result.points, result.themes, judged,
            result.summary.questions, settings,
        ).table  # fmt: skip
        print(f"\n{name}: {len(found):,} comparisons, {found['p'].notna().sum():,} tested, "
              f"{found['worse'].sum():,} worse than chance explains")  # fmt: skip
        shown = found[found["worse"] | found["measure"].str.endswith("error")]
        print(shown.to_string(index=False, float_format="{:.3f}".format))


if __name__ == "__main__":
    main()
