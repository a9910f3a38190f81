"""Two attributes crossed and filters by others: on the sample's columns, for the team alone."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.crossing import JOINED, Ask, ask
from analysis.errors import HeardError
from analysis.groups import EVERYONE, NOT_ANSWERED, crosstabs
from analysis.judge.position import stated_positions
from analysis.kinds import INDIVIDUAL, ORGANISATION, kind_of, kinds, mixture
from analysis.records import Consultation, Run, Summary
from analysis.sample import sample_consultation
from analysis.settings import Settings
from tests.make import nothing_read

TYPE, SECTOR, AGE = (
    "Are you responding as an individual or an organisation?", "Sector of organisation", "Age band",
)  # fmt: skip


def as_run(made: Consultation) -> Run:
    prepared, points, themes, judged = nothing_read(made)
    groups = crosstabs(made, prepared, points, themes, judged, Settings())
    return Run("r", made, prepared, points, themes, judged, Summary([]), groups, {}, {})


@pytest.fixture(scope="module")
def sample() -> Run:
    return as_run(sample_consultation()[0])


def counted(frame: pd.DataFrame, value: str) -> dict[str, tuple[int, int]]:
    own = frame[frame["value"] == value]
    return {r.group: (int(r.n), int(r.base)) for r in own.itertuples()}


def test_crossed_groups_count_the_people_who_are_in_both(sample: Run) -> None:
    people = sample.consultation.respondents.assign(
        position=stated_positions(sample.consultation)["position"].to_numpy()
    )
    found = counted(ask(sample, Ask("q1", "position", ("Channel", AGE))), "support")
    both = people[(people["Channel"] == "Letter") & (people[AGE] == "65-74")]
    assert found[f"Letter{JOINED}65-74"] == ((both["position"] == "support").sum(), len(both))
    assert found[EVERYONE][1] == 612
    assert sum(base for group, (_, base) in found.items() if group != EVERYONE) == 612
    assert any(group.endswith(NOT_ANSWERED) for group in found)


def test_a_filter_restricts_everyone_too(sample: Run) -> None:
    wanted = Ask("q1", "closed", (AGE,), (("Channel", "Letter"), (TYPE, "Individual")))
    found = counted(ask(sample, wanted), "Support")
    people = sample.consultation.respondents
    inside = people[(people["Channel"] == "Letter") & (people[TYPE] == "Individual")]
    assert found[EVERYONE][1] == len(inside)
    assert sum(base for group, (_, base) in found.items() if group != EVERYONE) == len(inside)


def test_without_a_filter_it_is_the_table_of_the_run(sample: Run) -> None:
    one = ask(sample, Ask("q2", "closed", (AGE,)))
    stored = sample.groups.crosstabs.query(
        "question_id == 'q2' and measure == 'closed' and attribute in ['', @AGE]"
    )
    keys = ["group", "value", "n", "base", "share", "low", "high"]
    pd.testing.assert_frame_equal(
        one[keys].reset_index(drop=True), stored[keys].reset_index(drop=True), check_dtype=False
    )


def test_nobody_in_all_filters_is_an_empty_table(sample: Run) -> None:
    wanted = Ask("q1", "position", (AGE,), ((TYPE, "Individual"), (SECTOR, "Business")))
    assert ask(sample, wanted).empty


@pytest.mark.parametrize("rule", ["five", "ons10", "nhs"])
def test_what_is_published_is_neither_crossed_nor_filtered(sample: Run, rule: str) -> None:
    with pytest.raises(HeardError, match="one attribute and no filter"):
        ask(sample, Ask("q1", "position", (AGE, TYPE)), rule=rule)  # type: ignore[arg-type]


def test_individuals_and_organisations_are_told_apart(sample: Run) -> None:
    found = kinds(sample.consultation)
    assert found is not None
    assert found.value_counts().to_dict() == {INDIVIDUAL: 563, ORGANISATION: 49}
    ids = pd.Index(sample.consultation.respondents["respondent_id"])
    assert mixture(sample.consultation, ids) == "563 individuals, 49 organisations"


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ("EU Citizen", INDIVIDUAL),
        ("A member of the public", INDIVIDUAL),
        ("Residents", INDIVIDUAL),
        ("Disabled people’s organisations", ORGANISATION),
        ("Patients' association", ORGANISATION),
        ("Company/Business organisation", ORGANISATION),
        ("Public Authority", ORGANISATION),
        ("Other", ""),
        ("", ""),
    ],
)
def test_kinds_by_name(group: str, kind: str) -> None:
    assert kind_of(group) == kind
