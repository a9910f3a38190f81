"""Some of the respondents, to be looked at first."""

from __future__ import annotations

import pytest

from analysis.ingest.part import part
from analysis.records import Consultation
from analysis.sample import sample_consultation

PEOPLE = 60


@pytest.fixture(scope="module")
def whole() -> Consultation:
    return sample_consultation()[0]


def test_so_many_people_with_all_that_they_said(whole: Consultation) -> None:
    some = part(whole, PEOPLE)
    who = set(some.respondents["respondent_id"])
    assert len(who) == len(some.respondents) == PEOPLE
    for name in ("responses", "answers", "personal"):
        before, after = getattr(whole, name), getattr(some, name)
        own = before[before["respondent_id"].isin(who)].reset_index(drop=True)
        assert own.equals(after), name
    assert f"{PEOPLE} of {len(whole.respondents)}" in some.title
    assert some.notices[-1].code == "part"


def test_groups_have_their_share(whole: Consultation) -> None:
    name = whole.attributes[0]
    share = whole.respondents[name].value_counts() * PEOPLE / len(whole.respondents)
    drawn = part(whole, PEOPLE).respondents[name].value_counts().reindex(share.index, fill_value=0)
    assert ((drawn - share).abs() < 1.001).all()


def test_the_same_people_every_time_and_the_whole_unchanged(whole: Consultation) -> None:
    before = whole.respondents.copy()
    one, two = part(whole, PEOPLE), part(whole, PEOPLE)
    assert one.respondents.equals(two.respondents)
    assert whole.respondents.equals(before)


def test_no_more_people_than_there_are(whole: Consultation) -> None:
    assert part(whole, 10_000) is whole
