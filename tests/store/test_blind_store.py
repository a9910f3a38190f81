"""Blind samples and codes come back as they were, and the log does not say what was coded."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from analysis.access import LOCAL
from analysis.review.blind import BlindCode, BlindSample, Drawn, Offered
from analysis.store.store import Store, StoredRun

SAMPLE = BlindSample(
    number=0, question_id="q7", run_id="r1", rule="by “theme”", seed=2**31 - 1, size=2,
    created=1234.5, who="Ana",
    drawn=(Drawn("R1-q7", "q7-t1, low similarity", "North", 2.5), Drawn("R2-q7", "x", "", 1.0)),
    themes=(Offered("q7-t1", "Buses", "Points about buses."), Offered("q7-t2", "Bins", "")),
)  # fmt: skip
SECRET = "it names Jo Example"


def code(reply: str, *themes: str, coder: str = "Ana", number: int = 1) -> BlindCode:
    return BlindCode(number, reply, coder, themes, SECRET, 1234.5)


def test_samples_are_numbered_and_come_back_as_they_were(store: Store) -> None:
    first = store.add_blind_sample("c", SAMPLE)
    other = store.add_blind_sample("d", SAMPLE)
    second = store.add_blind_sample("c", replace(SAMPLE, question_id="q8"))
    assert (first.number, other.number, second.number) == (1, 1, 2)
    assert Store(store.home).blind_samples("c") == [second, first]
    assert first == replace(SAMPLE, number=1)
    assert store.blind_samples("nothing") == []


def test_codes_are_only_added_and_come_back_in_order(store: Store) -> None:
    made = [code("R1-q7", "q7-t2", "q7-t1"), code("R2-q7"), code("R1-q7", coder="Ben")]
    again = code("R1-q7", "q7-t1")
    for each in (*made, again):
        store.add_blind_code("c", each)
    store.add_blind_code("c", code("R1-q7", number=2))
    store.add_blind_code("d", code("R1-q7"))
    assert store.blind_codes("c", 1) == [*made, again]
    assert store.blind_codes("c", 3) == []


def test_the_log_says_who_did_what_and_not_what_was_coded(store: Store) -> None:
    store.add_blind_sample("c", SAMPLE)
    store.add_blind_code("c", code("R1-q7", "q7-t2"))
    assert [(x.who, x.action, x.detail) for x in store.audit("c")] == [
        ("Ana", "blind sample", "sample 1: 2 replies to q7, seed 2147483647"),
        ("Ana", "blind code", "sample 1: R1-q7"),
    ]
    assert store.verify_audit() is None


def test_they_go_with_their_consultation(store: Store) -> None:
    ident = store.create("Title", [("a.csv", b"x")]).id
    for owner in (ident, "other"):
        store.add_blind_sample(owner, SAMPLE)
        store.add_blind_code(owner, code("R1-q7"))
    store.delete(ident, LOCAL)
    assert store.blind_samples(ident) == store.blind_codes(ident, 1) == []
    assert len(store.blind_samples("other")) == len(store.blind_codes("other", 1)) == 1


def test_samples_drawn_at_once_get_numbers_of_their_own(store: Store) -> None:
    stores = [Store(store.home) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(lambda s: s.add_blind_sample("c", SAMPLE).number, stores))
    assert sorted(made) == [1, 2, 3]


def test_a_run_is_found_again_when_it_is_not_the_latest(store: Store) -> None:
    for n, ident in enumerate(["a", "b"]):
        store.add_run(StoredRun(ident, "c", float(n), {"embed": ident}, {"n": n}))
    found = store.run_of("c", "a")
    assert found is not None
    assert found.fingerprints == {"embed": "a"}
    assert store.run_of("d", "a") is None
