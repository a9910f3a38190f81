"""What the Blind check page shows of a check: tables and sentences, ready to draw."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, isnan

import pandas as pd

from analysis.records import Run
from analysis.review import blind
from analysis.review.blind import BlindCode, BlindSample
from analysis.review.blind_measures import Disagreement, Measured, Share, ThemeMeasure

PUBLISHED = (
    "In published studies two people agreed with F1 of 0.74 and 0.81, and machine and person with "
    "0.76 to 0.82, on other replies and other themes; compare them with the mean over replies, "
    "where two who both tick none of the themes agree."
)
MEASURES = (
    "Precision: of the replies that the machine puts into the theme, the share that people do. "
    "Recall: the other way round. Kappa: agreement beyond chance. In brackets 95 % intervals "
    "(Wilson) for all replies, from the replies that were coded: wide where few were. Kappa has "
    "none."
)
COUNTS = (
    "What people would count if they read every reply: the machine’s count, put right by the share "
    "of wrong and of missed replies in the sample (post-stratified; the interval by Newcombe’s "
    "method). A sample that found no missed reply cannot rule out that there are some."
)
NONE = "None of these"
USUAL = 100  # replies in a sample


def named(sample: BlindSample, question: str) -> str:
    """A sample in a list."""
    return f"{sample.number}. {sample.size:,} replies to “{question}”, drawn by {sample.who}"


def text(run: Run, response_id: str) -> str:
    """A reply as received."""
    frame = run.prepared.responses
    return str(frame.loc[frame["response_id"] == response_id, "text"].iloc[0])


def about(sample: BlindSample) -> pd.DataFrame:
    """What the themes on offer are about."""
    rows = [(t.name, t.description) for t in sample.themes]
    return pd.DataFrame(rows, columns=["Theme", "About"])


def current(
    sample: BlindSample, codes: Sequence[BlindCode], coder: str, again: str
) -> tuple[str, BlindCode | None]:
    """(the reply to code, what the coder said of it before): `again` if it is named, else the next
    one; "" once all are done."""
    left = blind.to_code(sample, codes, coder)
    reply = again if left and again in sample.ids else next(iter(left), "")
    return reply, blind.latest(codes).get(coder, {}).get(reply)


def left(n: int) -> str:
    return "1 reply is left for you." if n == 1 else f"{n:,} replies are left for you."


def others(sample: BlindSample, codes: Sequence[BlindCode]) -> str:
    """Who is still at it, "" if nobody: their answers do not count yet."""
    left = {c: len(blind.to_code(sample, codes, c)) for c in blind.latest(codes)}
    parts = [f"{c} has coded {sample.size - n:,} of {sample.size:,}" for c, n in left.items() if n]
    return f"Not counted yet: {'; '.join(parts)}." if parts else ""


def agreement(found: Measured) -> pd.DataFrame:
    """Each pair: the machine with each person, then people with each other."""
    rows = [
        (f"{p.one} and {p.two}", _written(p.f1), p.macro_f1, p.kappa)
        for p in (*found.machine, *found.people)
    ]
    columns = ["Who", "F1, mean over replies", "F1, mean over themes", "Kappa"]
    return pd.DataFrame(rows, columns=columns)


def measures(found: Measured) -> pd.DataFrame:
    """Each theme, as shown."""
    rows = [
        (
            m.name, _written(m.precision), _written(m.recall), _written(m.f1), m.kappa,
            m.by_machine, f"{m.by_people:g}",
        )
        for m in found.themes
    ]  # fmt: skip
    columns = [
        "Theme", "Precision", "Recall", "F1", "Kappa", "In the sample: machine",
        "In the sample: people",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def counts(found: Measured) -> pd.DataFrame:
    """The machine's count over all replies beside the estimate of what people would count."""
    rows = [
        (
            m.name, f"{m.machine_count:,}", f"{m.people_count.value:,.0f}",
            f"{floor(m.people_count.low + 1e-6):,} to {ceil(m.people_count.high - 1e-6):,}",
            _verdict(m),
        )
        for m in found.themes
    ]  # fmt: skip
    columns = ["Theme", "The machine counts", "People would count", "95 % interval", "So"]
    return pd.DataFrame(rows, columns=columns)


def _verdict(measure: ThemeMeasure) -> str:
    if measure.machine_count > measure.people_count.high + 1e-6:
        return "The machine counts too many"
    if measure.machine_count < measure.people_count.low - 1e-6:
        return "The machine counts too few"
    return "Within what chance explains"


def _written(share: Share) -> str:
    if isnan(share.value):
        return "nothing to judge"
    return f"{share.value:.2f} ({share.low:.2f} to {share.high:.2f})"


def answers(sample: BlindSample, found: Disagreement) -> list[tuple[str, str]]:
    """(who, what they say the reply is about, with their note) in words."""
    names = {t.theme_id: t.name for t in sample.themes}
    notes = dict(found.notes)
    out = []
    for n, (who, themes) in enumerate(found.answers):
        said = "; ".join(names[t] for t in themes) or NONE
        note = notes.get(who, "") if n else ""  # the machine makes none
        out.append((who, f"{said} ({note})" if note else said))
    return out


def stands_for(found: Disagreement) -> str:
    n = round(found.weight)
    rest = "itself alone" if n == 1 else f"about {n:,} replies"
    return f"Response {found.response_id}, stands for {rest}"


def offered_size(least: int, most: int) -> int:
    """How many replies to ask for at first: some hours of reading."""
    return min(max(least, USUAL), most)
