"""The method, stage by stage. `plan` says what will run and why, `run` runs it.

Each stage is a pure function of its parents and its settings. Its result is stored under a
fingerprint of all that it depends on, so a run that was stopped goes on where it was, and a
changed setting makes again only what depends on it.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from typing import Any, TypeVar

from analysis.embed import encode
from analysis.embed.encode import embed
from analysis.embed.languages import languages_of, without_language
from analysis.errors import StoreError
from analysis.fingerprint import fingerprint
from analysis.groups import crosstabs
from analysis.judge import tone
from analysis.judge.judge import judge
from analysis.ledger import account
from analysis.llm import Client
from analysis.measure import measured
from analysis.parallel import Progress
from analysis.prepare.language import other
from analysis.prepare.points import split_points
from analysis.prepare.prepare import prepare
from analysis.prepare.review import RedactionEdit, effective
from analysis.records import (
    Consultation,
    Groups,
    Judged,
    Points,
    Prepared,
    Run,
    Summary,
    Themes,
    Vectors,
)  # fmt: skip
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts
from analysis.summarise.extract import summarise
from analysis.themes.find import find_themes
from analysis.translate import attached
from analysis.wording import (
    Named,
    Translated,
    Written,
    name_themes,
    revision,
    translate_answers,
    write_viewpoints,
)  # fmt: skip

T = TypeVar("T")


@dataclass(frozen=True)
class Stage:
    """`settings` are the fields it depends on; a new `version` makes stored results stale."""

    name: str
    title: str
    result: type[Any]
    parents: tuple[str, ...]
    settings: tuple[str, ...] = ()
    version: int = 1


STAGES = (
    Stage("prepare", "Read the answers: content, language, campaigns, personal data", Prepared,
          ("consultation",),
          ("language", "embedder", "campaign_min", "campaign_shingle", "campaign_overlap"),
          version=2),
    Stage("points", "Split the answers into points", Points, ("prepare",), ("point_min_words",), 2),
    Stage("embed", "Turn points into vectors", Vectors, ("points",), ("embedder",)),
    Stage("themes", "Find themes", Themes, ("consultation", "prepare", "points", "embed"),
          ("seed", "embedder", "language",
           *(f for f in Settings.__dataclass_fields__ if f.startswith("theme_")))),
    Stage("name", "Name the themes", Named, ("points", "themes"), ("llm",)),
    Stage("judge", "Judge position and tone", Judged, ("consultation", "prepare", "points")),
    Stage("summarise", "Summarise viewpoints", Summary,
          ("consultation", "prepare", "points", "embed", "themes", "name", "judge"),
          ("quotes_per_view", "views_per_question", "minority_share")),
    Stage("write", "Write out viewpoints", Written,
          ("prepare", "points", "themes", "summarise"), ("llm",)),
    Stage("translate", "Translate answers in other languages", Translated, ("prepare",),
          ("llm", "language")),
    Stage("groups", "Count by group", Groups,
          ("consultation", "prepare", "points", "themes", "judge"), version=2),
)  # fmt: skip


# Told of each step of a run: stage, title, done, total. May raise errors.Cancelled.
Watch = Callable[[str, str, int, int], None]


def no_watch(_stage: str, _title: str, _done: int, _total: int) -> None:
    """For callers who do not watch."""


@dataclass(frozen=True)
class Planned:
    stage: str
    title: str
    fingerprint: str
    stored: bool


def _backend(stage: str, settings: Settings, client: Client | None) -> str:
    names = {
        "embed": encode.revision(settings.embedder),
        "translate": revision(client),
        "themes": f"bertopic {version('bertopic')}, graspologic {version('graspologic-native')}",
        "judge": tone.METHOD,
        "name": revision(client),
        "write": revision(client),
    }
    return names.get(stage, "heard")


def fingerprints(
    consultation: Consultation,
    settings: Settings,
    client: Client | None = None,
    edits: Sequence[RedactionEdit] = (),
) -> dict[str, str]:
    """Stage → fingerprint, for all stages; nothing is run."""
    made = {"consultation": fingerprint("consultation", consultation)}
    for stage in STAGES:
        chosen = {name: getattr(settings, name) for name in stage.settings}
        if stage.name == "prepare":
            chosen["edits"] = effective(edits)
        parents = [made[p] for p in stage.parents]
        backend = _backend(stage.name, settings, client)
        made[stage.name] = fingerprint(stage.name, stage.version, chosen, backend, parents)
    return made


def plan(
    consultation: Consultation,
    settings: Settings,
    artefacts: Artefacts,
    client: Client | None = None,
    edits: Sequence[RedactionEdit] = (),
) -> list[Planned]:
    """What a run would do: each stage, and whether its result is already stored."""
    made = fingerprints(consultation, settings, client, edits)
    return [
        Planned(s.name, s.title, made[s.name], artefacts.has(s.name, made[s.name])) for s in STAGES
    ]


@dataclass
class _Runner:
    """Runs a stage, or takes its stored result, and keeps the account of what it cost."""

    artefacts: Artefacts
    prints: dict[str, str]
    watch: Watch
    costs: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __call__(self, name: str, kind: type[T], make: Callable[[Progress], T]) -> T:
        stage = next(s for s in STAGES if s.name == name)
        fp = self.prints[name]
        if self.artefacts.has(name, fp):
            self.costs[name] = {"stored": True, "seconds": 0.0, "peak_mb": 0.0}
            return self.artefacts.load(name, fp, kind)
        self.watch(name, stage.title, 0, 0)

        def progress(done: int, total: int) -> None:
            self.watch(name, stage.title, done, total)

        with measured() as cost:
            result = make(progress)
        self.artefacts.save(name, fp, result)
        self.costs[name] = {
            "stored": False,
            "seconds": round(cost.seconds, 3),
            "peak_mb": round(cost.peak_mb, 1),
        }
        return result


def run(
    consultation: Consultation,
    settings: Settings,
    artefacts: Artefacts,
    *,
    client: Client | None = None,
    llm_reason: str = "no language model: not switched on for this consultation",
    watch: Watch = no_watch,
    edits: Sequence[RedactionEdit] = (),
    embed_reason: str = "",
) -> Run:
    """From a consultation to its themes, positions, summaries and groups.

    `edits` are the team's decisions on what is hidden in the answers.
    Raises errors.Cancelled when `watch` does; finished stages stay stored.
    """
    prints = fingerprints(consultation, settings, client, edits)
    do = _Runner(artefacts, prints, watch)

    prepared = do("prepare", Prepared, lambda p: prepare(consultation, settings, p, edits))
    points = do("points", Points, lambda _: split_points(prepared, settings))
    vectors = do("embed", Vectors, lambda p: embed(points, p, settings.embedder))
    found = do(
        "themes", Themes, lambda p: _themes(consultation, prepared, points, vectors, settings, p)
    )
    named = do("name", Named, lambda p: name_themes(found, points, client, p))
    themes = named.applied(found)
    judged = do("judge", Judged, lambda p: judge(consultation, prepared, points, p))
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
        consultation, prepared, points, themes, judged))  # fmt: skip

    ledger = account(consultation, prepared, points, themes)
    meta = _meta(
        settings, prints, do.costs, client, (named, translated, written), llm_reason, embed_reason
    )
    identity = fingerprint("run", prints)[:16]
    return Run(
        identity, consultation, prepared, points, themes, judged,
        replace(offline, questions=attached(written.questions, translated.translations)),
        groups, ledger, meta, translated.translations,
    )  # fmt: skip


def _themes(
    consultation: Consultation,
    prepared: Prepared,
    points: Points,
    vectors: Vectors,
    settings: Settings,
    progress: Progress,
) -> Themes:
    """Themes of all analysed points; across languages when the encoder reads them all."""
    questions = consultation.open_questions
    if settings.embedder != "multilingual":
        return find_themes(questions, points.points, vectors, settings, progress)
    language = languages_of(points.points, prepared.responses)
    foreign = set(language[other(language, settings.language)].index)
    level = without_language(vectors, language)
    return find_themes(questions, points.points, level, settings, progress, foreign=foreign)


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
    themes = got["name"].applied(got["themes"])
    translations = got["translate"].translations
    questions = attached(got["write"].questions, translations)
    return Run(
        fingerprint("run", prints)[:16], consultation, got["prepare"], got["points"], themes,
        got["judge"], replace(got["summarise"], questions=questions), got["groups"],
        account(consultation, got["prepare"], got["points"], themes), meta, translations,
    )  # fmt: skip


def _meta(
    settings: Settings,
    prints: dict[str, str],
    costs: dict[str, dict[str, Any]],
    client: Client | None,
    by_model: tuple[Named, Translated, Written],
    llm_reason: str,
    embed_reason: str,
) -> dict[str, Any]:
    """What run.json says: how the result came about and what left the machine."""
    named, translated, written = by_model
    usual = encode.choose(settings.embedder == "multilingual")[1]
    packages = ("bertopic", "graspologic-native", "onnxruntime", "pandas", "scikit-learn", "numpy")
    return {
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in packages},
        },
        "settings": asdict(settings),
        "seed": settings.seed,
        "backends": {
            "embedding": {"name": encode.name(settings.embedder),
                          "revision": encode.revision(settings.embedder),
                          "reason": embed_reason or usual},
            "themes": {"name": "BERTopic with Leiden communities", "reason": "default"},
            "tone": {"name": tone.METHOD, "reason": "default"},
            "wording": {"name": revision(client), "reason": llm_reason},
        },
        "fingerprints": prints,
        "stages": costs,
        "left_the_machine": {k: sum(w.usage[k] for w in by_model) for k in named.usage},
        "problems": [*named.problems, *translated.problems],
        "struck": written.struck,
    }  # fmt: skip
