"""The method, stage by stage. `plan` says what will run and why, `run` runs it.

Each stage is a pure function of its parents and its settings. Its result is stored under a
fingerprint of all that it depends on, so a run that was stopped goes on where it was, and a
changed setting makes again only what depends on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from analysis.embed.encode import embed
from analysis.embed.languages import languages_of, without_language
from analysis.embed.minilm import MiniLM
from analysis.errors import StoreError
from analysis.fairness import fairness
from analysis.fingerprint import fingerprint
from analysis.groups import crosstabs
from analysis.judge.hand import Label, effective
from analysis.judge.judge import judge
from analysis.ledger import account
from analysis.llm import Client
from analysis.parallel import Progress
from analysis.prepare.points import split_points
from analysis.prepare.prepare import prepare
from analysis.prepare.review import RedactionEdit
from analysis.provenance import provenance
from analysis.records import (
    Consultation,
    Fairness,
    Groups,
    Judged,
    Points,
    Prepared,
    Run,
    Summary,
    Themes,
    Vectors,
)  # fmt: skip
from analysis.review.edits import UNDECIDED, Decided, deciding
from analysis.review.review import Reviewed, review
from analysis.review.runs import bases
from analysis.settings import Settings
from analysis.stages import STAGES, Runner, Watch, fingerprints, no_watch, plan
from analysis.store.artefacts import Artefacts
from analysis.summarise.extract import summarise
from analysis.themes.group import Earlier, group_points, union
from analysis.themes.sample import strata
from analysis.wording import (
    Named,
    Translated,
    Written,
    finished,
    name_themes,
    translate_answers,
    write_viewpoints,
)  # fmt: skip

__all__ = ["STAGES", "load", "plan", "run"]


def run(
    consultation: Consultation,
    settings: Settings,
    artefacts: Artefacts,
    *,
    client: Client | None = None,
    llm_reason: str = "no language model: not switched on for this consultation",
    watch: Watch = no_watch,
    edits: Sequence[RedactionEdit] = (),
    labels: Sequence[Label] = (),
    embed_reason: str = "",
    onto: Earlier | None = None,
    decided: Decided = UNDECIDED,
) -> Run:
    """From a consultation to its themes, positions, summaries and groups.

    `edits` are the team's decisions on what is hidden in the answers, `labels` what it says of
    positions and tones, `decided` its decisions on themes. `onto`: an earlier run of
    fewer replies, whose themes are kept and whose vectors are used again.
    Raises errors.Cancelled when `watch` does; finished stages stay stored.
    """
    kept_prints = onto.prints if onto else None
    prints_with = partial(
        fingerprints, consultation, settings, client, edits, kept_prints, labels, decided
    )
    prints = prints_with()
    stopped = partial(getattr, client, "stopped", False)
    do = Runner(artefacts, prints, watch, stopped, prints_with)

    prepared = do("prepare", Prepared, lambda p: prepare(consultation, settings, p, edits))
    points = do("points", Points, lambda _: split_points(prepared, settings))
    ready = onto.vectors if onto else None
    vectors = do("embed", Vectors, lambda p: embed(points, p, settings.embedder, ready))
    found = do("themes", Themes, lambda p: _themes(
        consultation, prepared, points, vectors, settings, p, onto))  # fmt: skip
    named = do("name", Named, lambda p: name_themes(found, points, client, p, kept(onto)))
    machine = named.applied(found)
    reviewed = do("review", Reviewed, lambda _: review(
        machine, points, decided.edits, bases(decided, prints, artefacts), settings))  # fmt: skip
    themes = reviewed.applied(machine)
    judged = do("judge", Judged, lambda p: judge(
        consultation, prepared, points, vectors, settings, p, labels))  # fmt: skip
    offline = do(
        "summarise",
        Summary,
        lambda p: summarise(consultation, prepared, points, vectors, themes, judged, settings, p),
    )
    written = do(
        "write", Written, lambda p: write_viewpoints(offline, prepared, points, themes, client, p)
    )
    translated = do(
        "translate",
        Translated,
        lambda p: translate_answers(prepared, settings.language, client, p),
    )
    groups = do("groups", Groups, lambda _: crosstabs(
        consultation, prepared, points, themes, judged, settings))  # fmt: skip
    fair = do("fairness", Fairness, lambda _: fairness(
        consultation, prepared, points, themes, judged, written.questions, settings))  # fmt: skip

    ledger = account(consultation, prepared, points, themes)
    meta = provenance(
        consultation, settings, prints, do.costs, client, (named, translated, written), llm_reason,
        embed_reason, judged.inference, found.made,
    )  # fmt: skip
    decisions = {
        "made_on": [e.id for e in deciding(decided.edits)],
        "not_carried": reviewed.not_carried,
    }
    meta = {**meta, "labels": effective(labels), "decisions": decisions}
    if onto is not None and onto.run:
        meta["onto"] = {"run": onto.run, "fingerprints": onto.prints}
    identity = fingerprint("run", prints)[:16]
    return Run(
        identity, consultation, prepared, points, themes, judged,
        finished(offline, written, translated.translations), groups, ledger, meta,
        translated.translations, fair,
    )  # fmt: skip


def _themes(
    consultation: Consultation,
    prepared: Prepared,
    points: Points,
    vectors: Vectors,
    settings: Settings,
    progress: Progress,
    onto: Earlier | None,
) -> Themes:
    """Themes of all analysed points; across languages when the encoder reads them all."""
    questions, groups = consultation.open_questions, strata(consultation, prepared)
    if settings.embedder != "multilingual":
        return group_points(
            questions, points.points, vectors, groups, settings, progress,
            encode=MiniLM().encode, earlier=onto,
        )  # fmt: skip
    language = languages_of(points.points, prepared.responses)
    spoken = {str(text): code for text, code in language.items()}
    level = without_language(union(vectors, onto.vectors) if onto else vectors, language)
    return group_points(
        questions, points.points, level, groups, settings, progress, languages=spoken, earlier=onto
    )


def kept(onto: Earlier | None) -> frozenset[str]:
    """Ids of the themes whose names stay."""
    return frozenset(onto.themes.themes["theme_id"]) if onto else frozenset()


def earlier(prints: dict[str, str], artefacts: Artefacts) -> Earlier:
    """A finished run as the base of one with more replies. Raises StoreError if it is not there."""
    kinds = {s.name: s.result for s in STAGES}
    points, vectors, themes, named = (
        artefacts.load(n, prints[n], kinds[n]) for n in ("points", "embed", "themes", "name")
    )
    consultation = artefacts.load("consultation", prints["consultation"], Consultation)
    return Earlier(
        run=fingerprint("run", prints)[:16],
        prints=prints,
        questions={q.id: q.text for q in consultation.open_questions},
        points=points.points,
        vectors=vectors,
        themes=named.applied(themes),
    )


def load(prints: dict[str, str], meta: dict[str, Any], artefacts: Artefacts) -> Run:
    """A finished run from its stored results. Raises StoreError if one is missing."""
    if not {s.name for s in STAGES} <= set(prints):
        raise StoreError("These results are of an older version of Heard. Run the analysis again.")
    got = {
        s.name: artefacts.load(s.name, prints[s.name], s.result)
        for s in STAGES
        if s.name != "embed"
    }
    consultation = artefacts.load("consultation", prints["consultation"], Consultation)
    themes = got["review"].applied(got["name"].applied(got["themes"]))
    translations = got["translate"].translations
    return Run(
        fingerprint("run", prints)[:16], consultation, got["prepare"], got["points"], themes,
        got["judge"], finished(got["summarise"], got["write"], translations), got["groups"],
        account(consultation, got["prepare"], got["points"], themes), meta, translations,
        got["fairness"],
    )  # fmt: skip
