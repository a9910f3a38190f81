"""What the Quality, Teach and Themes pages ask of a run's judgements, ready to draw."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.counting import Way, counted_points
from analysis.groups import theme_members
from analysis.judge.hand import Label, Value, effective, hand_positions, hand_tones, last
from analysis.judge.people import people_of, written
from analysis.judge.stance import theme_stances
from analysis.judge.teach import pick
from analysis.judge.tone_model import KIN
from analysis.judge.tone_scores import by_source
from analysis.records import FAIRNESS, Run, Vectors, each, empty
from analysis.settings import Settings
from analysis.summarise.words import percent
from dashboard.words import FAIR

UNSURE = 10  # passages whose tone is asked for at a time


def curve(run: Run) -> pd.DataFrame:
    """coverage, accuracy, confidence of positions from texts; empty where none was measured."""
    names = ["coverage", "accuracy", "confidence"]
    return pd.DataFrame(run.judged.inference.get("curve", []), columns=names)


def coverage_kept(run: Run) -> float | None:
    """The coverage at the confidence from which positions were inferred."""
    threshold = run.judged.inference.get("threshold")
    if threshold is None:
        return None
    return float(curve(run).query("confidence >= @threshold")["coverage"].max())


def stances(run: Run, question_id: str, way: Way = "all") -> pd.DataFrame:
    """theme_id, stance, n, base of the question's themes."""
    points = counted_points(run.points, run.prepared, way)
    members = theme_members(points, run.themes, run.prepared).query("question_id == @question_id")
    return theme_stances(members, run.judged.points)


def fair(run: Run) -> pd.DataFrame:
    """FAIRNESS of the run."""
    return run.fairness.table if run.fairness else empty(FAIRNESS)


def warnings(run: Run) -> list[str]:
    """A sentence for each group that fares worse than chance explains, the surest first."""
    found = fair(run).query("worse").sort_values(["adjusted", "measure", "group"])
    return [
        f"{FAIR[r.measure]}: {r.attribute}, “{r.group}”: {percent(r.n, r.base)} of {r.base:,}, "
        f"against {100 * r.others:.0f} % of the others."
        for r in each(found)
    ]


def fairness(run: Run, attribute: str) -> pd.DataFrame:
    """What, Group, People, Share, Others, Chance of one attribute, as shown."""
    own = fair(run).query("attribute == @attribute")
    return pd.DataFrame(
        {
            "What": own["measure"].map(FAIR),
            "Group": own["group"],
            "People": own["people"],
            "Share": [f"{percent(r.n, r.base)} ({r.n:,} of {r.base:,})" for r in each(own)],
            "Among the others": own["others"].map(
                lambda v: "" if pd.isna(v) else f"{100 * v:.0f} %"
            ),
            "Against chance": [_verdict(r.worse, r.p) for r in each(own)],
        }
    )


def _verdict(worse: bool, p: float) -> str:
    if worse:
        return "Worse than chance explains"
    return "Too few to tell" if pd.isna(p) else "Within chance, or better"


def tone_scores() -> pd.DataFrame:
    """How right the shipped tone model is on texts that it has not seen, by source."""
    return by_source()


def tone_kind(run: Run) -> str:
    """Whether the model or the word list decides on tone here, and why; "" where not kept."""
    told = run.judged.tone_training
    if "kin" not in told:
        return ""
    alike = f"likeness {told['likeness']:.2f}, where 1 is the same and {KIN:g} is asked for"
    if told["kin"]:
        return f"These replies are of a kind that the model was trained on ({alike}): it decides."
    return (
        f"These replies are of a kind that the model was not trained on ({alike}): the word list "
        "decides, and the model only says what is left unclear. See the rows “of an unknown kind”."
    )


def to_teach(run: Run, vectors: Vectors, labels: Sequence[Label], settings: Settings) -> list[str]:
    """The respondents whose position the team should read next."""
    people, means = people_of(run.prepared, run.points, vectors)
    stated = run.judged.respondents.set_index("respondent_id")["position"]
    ticked = stated[stated.isin(["support", "oppose", "mixed", "unclear"])]
    hand = hand_positions(labels, run.prepared)
    known = pd.concat([ticked[~ticked.index.isin(hand.index)], hand])
    return pick(people, means, known, settings)


def words_of(run: Run) -> pd.Series[str]:
    """respondent_id → all that they wrote, letter for letter."""
    return written(run.prepared)


def labelled(run: Run, labels: Sequence[Label]) -> dict[Value, int]:
    """How many people have each position by hand, where anybody has."""
    hand = hand_positions(labels, run.prepared)
    sides: tuple[Value, ...] = ("support", "mixed", "oppose", "unclear")
    return {s: n for s in sides if (n := int((hand == s).sum()))}


def tones_to_read(run: Run, labels: Sequence[Label]) -> pd.DataFrame:
    """POINTS with tone: unclear ones without a label, one of each wording, spread evenly."""
    done = hand_tones(labels, run.points)
    frame = run.points.points.merge(run.judged.points, on="point_id").query("tone == 'unclear'")
    frame = frame[~frame["point_id"].isin(done.index)].drop_duplicates("text")
    if frame.empty:
        return frame
    step = max(len(frame) // UNSURE, 1)
    return frame.iloc[::step].head(UNSURE)


def points_of(run: Run, response_id: str) -> pd.DataFrame:
    """POINTS with tone of one response."""
    own = run.points.points.query("response_id == @response_id")
    return own.merge(run.judged.points, on="point_id")


def given(labels: Sequence[Label]) -> dict[tuple[str, str, int, int], str]:
    """(measure, about, start, end) → the value by hand that counts."""
    return {key: label.value for key, label in last(labels).items()}


def waiting(run: Run, labels: Sequence[Label]) -> bool:
    """Are there labels that the results were not made with?"""
    return bool(run.meta.get("labels", []) != effective(labels))


def last_labels(labels: Sequence[Label]) -> pd.DataFrame:
    """What counts, the newest first: measure, about, value, who, when (seconds since 1970), why."""
    rows = [
        (x.measure, x.about, x.start, x.end, x.value, x.who, x.when, x.why)
        for x in last(labels).values()
    ]
    names = ["measure", "about", "start", "end", "value", "who", "when", "why"]
    frame = pd.DataFrame(rows, columns=names)
    return frame.sort_values("when", ascending=False, kind="stable")
