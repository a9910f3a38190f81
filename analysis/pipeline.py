"""The method, stage by stage. `plan` says what will run and why, `run` runs it.

Each stage is a pure function of its parents and its settings. Its result is stored under a
fingerprint of all that it depends on, so a run that was stopped goes on where it was, and a
changed setting makes again only what depends on it.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import Any, TypeVar

from analysis.embed import minilm
from analysis.embed.encode import embed
from analysis.fingerprint import fingerprint
from analysis.groups import crosstabs
from analysis.judge import tone
from analysis.judge.judge import judge
from analysis.ledger import account
from analysis.llm import Client
from analysis.measure import measured
from analysis.parallel import Progress
from analysis.prepare.points import split_points
from analysis.prepare.prepare import prepare
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
from analysis.wording import Named, Written, name_themes, revision, write_viewpoints

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
          ("consultation",), ("language", "campaign_min", "campaign_shingle", "campaign_overlap")),
    Stage("points", "Split the answers into points", Points, ("prepare",), ("point_min_words",)),
    Stage("embed", "Turn points into vectors", Vectors, ("points",)),
    Stage("themes", "Find themes", Themes, ("consultation", "points", "embed"),
          ("seed", *(f for f in Settings.__dataclass_fields__ if f.startswith("theme_")))),
    Stage("name", "Name the themes", Named, ("points", "themes"), ("llm",)),
    Stage("judge", "Judge position and tone", Judged, ("consultation", "prepare", "points")),
    Stage("summarise", "Summarise viewpoints", Summary,
          ("consultation", "prepare", "points", "embed", "themes", "name", "judge"),
          ("quotes_per_view", "views_per_question", "minority_share")),
    Stage("write", "Write out viewpoints", Written,
          ("prepare", "points", "themes", "summarise"), ("llm",)),
    Stage("groups", "Count by group", Groups,
          ("consultation", "prepare", "points", "themes", "judge")),
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


def _backend(stage: str, client: Client | None) -> str:
    names = {
        "embed": minilm.revision(),
        "themes": f"bertopic {version('bertopic')}, graspologic {version('graspologic-native')}",
        "judge": tone.METHOD,
        "name": revision(client),
        "write": revision(client),
    }
    return names.get(stage, "heard")


def fingerprints(
    consultation: Consultation, settings: Settings, client: Client | None = None
) -> dict[str, str]:
    """Stage → fingerprint, for all stages; nothing is run."""
    made = {"consultation": fingerprint("consultation", consultation)}
    for stage in STAGES:
        chosen = {name: getattr(settings, name) for name in stage.settings}
        parents = [made[p] for p in stage.parents]
        backend = _backend(stage.name, client)
        made[stage.name] = fingerprint(stage.name, stage.version, chosen, backend, parents)
    return made


def plan(
    consultation: Consultation,
    settings: Settings,
    artefacts: Artefacts,
    client: Client | None = None,
) -> list[Planned]:
    """What a run would do: each stage, and whether its result is already stored."""
    made = fingerprints(consultation, settings, client)
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
) -> Run:
    """From a consultation to its themes, positions, summaries and groups.

    Raises errors.Cancelled when `watch` does; finished stages stay stored.
    """
    prints = fingerprints(consultation, settings, client)
    do = _Runner(artefacts, prints, watch)

    prepared = do("prepare", Prepared, lambda p: prepare(consultation, settings, p))
    points = do("points", Points, lambda _: split_points(prepared, settings))
    vectors = do("embed", Vectors, lambda p: embed(points, p))
    found = do(
        "themes",
        Themes,
        lambda p: find_themes(consultation.open_questions, points.points, vectors, settings, p),
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
    groups = do("groups", Groups, lambda _: crosstabs(
        consultation, prepared, points, themes, judged))  # fmt: skip

    ledger = account(consultation, prepared, points, themes)
    meta = _meta(settings, prints, do.costs, client, named, written, llm_reason)
    identity = fingerprint("run", prints)[:16]
    return Run(
        identity, consultation, prepared, points, themes, judged,
        Summary(written.questions), groups, ledger, meta,
    )  # fmt: skip


def load(prints: dict[str, str], meta: dict[str, Any], artefacts: Artefacts) -> Run:
    """A finished run from its stored results. Raises StoreError if one is missing."""
    got = {
        s.name: artefacts.load(s.name, prints[s.name], s.result)
        for s in STAGES
        if s.name != "embed"
    }
    consultation = artefacts.load("consultation", prints["consultation"], Consultation)
    themes = got["name"].applied(got["themes"])
    return Run(
        fingerprint("run", prints)[:16], consultation, got["prepare"], got["points"], themes,
        got["judge"], Summary(got["write"].questions), got["groups"],
        account(consultation, got["prepare"], got["points"], themes), meta,
    )  # fmt: skip


def _meta(
    settings: Settings,
    prints: dict[str, str],
    costs: dict[str, dict[str, Any]],
    client: Client | None,
    named: Named,
    written: Written,
    llm_reason: str,
) -> dict[str, Any]:
    """What run.json says: how the result came about and what left the machine."""
    packages = ("bertopic", "graspologic-native", "onnxruntime", "pandas", "scikit-learn", "numpy")
    return {
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in packages},
        },
        "settings": asdict(settings),
        "seed": settings.seed,
        "backends": {
            "embedding": {"name": minilm.NAME, "revision": minilm.revision(),
                          "reason": "bundled, runs on this machine"},
            "themes": {"name": "BERTopic with Leiden communities", "reason": "default"},
            "tone": {"name": tone.METHOD, "reason": "default"},
            "wording": {"name": revision(client), "reason": llm_reason},
        },
        "fingerprints": prints,
        "stages": costs,
        "left_the_machine": {k: n + written.usage[k] for k, n in named.usage.items()},
        "problems": named.problems,
        "struck": written.struck,
    }  # fmt: skip
