"""Which stages a run has, what each depends on, and how one is run or taken from the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from types import MappingProxyType
from typing import Any, TypeVar

from analysis.embed import encode
from analysis.fingerprint import fingerprint
from analysis.judge import tone
from analysis.judge.hand import Label
from analysis.judge.hand import effective as effective_labels
from analysis.llm import Client
from analysis.measure import measured
from analysis.parallel import Progress
from analysis.prepare import content, privacy_ner
from analysis.prepare.review import RedactionEdit, effective
from analysis.records import (
    Consultation,
    Fairness,
    Groups,
    Judged,
    Points,
    Prepared,
    Summary,
    Themes,
    Vectors,
)  # fmt: skip
from analysis.review.edits import UNDECIDED, Decided
from analysis.review.edits import effective as effective_themes
from analysis.review.review import Reviewed
from analysis.settings import Settings
from analysis.store.artefacts import Artefacts
from analysis.themes import find
from analysis.wording import Named, Translated, Written, revision

T = TypeVar("T")
NOTHING_LEFT: Mapping[str, str] = MappingProxyType({})
WORDED = ("name", "write", "translate")  # the stages that ask a language model
THEMED = ("points", "themes", "name")  # the stages that make the themes that people decide on


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
          ("language", "embedder", "markup_min", "markup_bare",
           *(f for f in Settings.__dataclass_fields__ if f.startswith("campaign_"))), version=8),
    Stage("points", "Split the answers into points", Points, ("prepare",),
          ("point_min_words", "campaign_min"), 4),
    Stage("embed", "Turn points into vectors", Vectors, ("points",), ("embedder",), version=2),
    Stage("themes", "Find themes", Themes, ("consultation", "prepare", "points", "embed"),
          ("seed", "embedder", "language",
           *(f for f in Settings.__dataclass_fields__ if f.startswith("theme_"))), version=3),
    Stage("name", "Name the themes", Named, ("points", "themes"), ("llm",)),
    Stage("review", "Apply the team’s decisions on themes", Reviewed,
          ("points", "themes", "name"), ("review_match",)),
    Stage("judge", "Judge position and tone", Judged,
          ("consultation", "prepare", "points", "embed"),
          ("seed", "embedder", "contradiction_confidence", "tone_clear",
           *(f for f in Settings.__dataclass_fields__ if f.startswith(("infer_", "teach_")))),
          version=5),
    Stage("summarise", "Summarise viewpoints", Summary,
          ("consultation", "prepare", "points", "embed", "review", "judge"),
          ("quotes_per_view", "views_per_question", "minority_share", "left_out_most",
           "disclosure_min",
           *(f for f in Settings.__dataclass_fields__ if f.startswith(("quote_", "asked_")))),
          version=3),
    Stage("write", "Write out viewpoints", Written,
          ("prepare", "points", "review", "summarise"), ("llm",), version=3),
    Stage("translate", "Translate answers in other languages", Translated, ("prepare",),
          ("llm", "language")),
    Stage("groups", "Count by group", Groups,
          ("consultation", "prepare", "points", "review", "judge"),
          ("difference_base", "difference_rate"), version=4),
    Stage("fairness", "Check who is judged worse", Fairness,
          ("consultation", "prepare", "points", "review", "judge", "write"),
          ("fair_people", "fair_cases", "fair_level")),
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
    packages = f"bertopic {version('bertopic')}, graspologic {version('graspologic-native')}"
    names = {
        "prepare": f"{content.revision()}, {privacy_ner.revision()}",
        "embed": encode.revision(settings.embedder),
        "translate": revision(client),
        "themes": f"{find.STAGE}, {packages}",
        "judge": tone.method(settings.embedder),
        "name": revision(client),
        "write": revision(client),
    }
    return names.get(stage, "heard")


def fingerprints(
    consultation: Consultation,
    settings: Settings,
    client: Client | None = None,
    edits: Sequence[RedactionEdit] = (),
    onto: dict[str, str] | None = None,
    labels: Sequence[Label] = (),
    decided: Decided = UNDECIDED,
    left: Mapping[str, str] = NOTHING_LEFT,
) -> dict[str, str]:
    """Stage → fingerprint, for all stages; nothing is run. `onto`: those of the run kept.

    left: marks of results that a model left undone, by stage; see Runner.
    """
    made = {"consultation": fingerprint("consultation", consultation)}
    for stage in STAGES:
        chosen = {name: getattr(settings, name) for name in stage.settings}
        if stage.name == "prepare":
            chosen["edits"] = effective(edits)
        if stage.name == "themes" and onto:
            chosen["onto"] = [onto[n] for n in ("themes", "name", "frames") if n in onto]
        if stage.name == "review":
            base = {r: fingerprint([p.get(n) for n in THEMED]) for r, p in decided.prints.items()}
            own = fingerprint([made[n] for n in THEMED])
            chosen["edits"] = effective_themes(
                decided.edits, {r: "" if b == own else b for r, b in base.items()}
            )
        if stage.name == "judge":
            chosen["labels"] = effective_labels(labels)
        parents = [made[p] for p in stage.parents]
        backend = _backend(stage.name, settings, client)
        mark = [left[stage.name]] if stage.name in left else []
        made[stage.name] = fingerprint(stage.name, stage.version, chosen, backend, parents, *mark)
    return made


def plan(
    consultation: Consultation,
    settings: Settings,
    artefacts: Artefacts,
    client: Client | None = None,
    edits: Sequence[RedactionEdit] = (),
    onto: dict[str, str] | None = None,
    labels: Sequence[Label] = (),
    decided: Decided = UNDECIDED,
) -> list[Planned]:
    """What a run would do: each stage, and whether its result is already stored."""
    made = fingerprints(consultation, settings, client, edits, onto, labels, decided)
    return [
        Planned(s.name, s.title, made[s.name], artefacts.has(s.name, made[s.name])) for s in STAGES
    ]


@dataclass
class Runner:
    """Runs a stage, or takes its stored result, and keeps the account of what it cost.

    What a model left undone because it was `stopped` is stored under names of its own, made by
    `again`: the next run finds nothing under the right one, and goes on from the calls answered.
    """

    artefacts: Artefacts
    prints: dict[str, str]
    watch: Watch
    stopped: Callable[[], bool]
    again: Callable[[dict[str, str]], dict[str, str]]
    left: dict[str, str] = field(default_factory=dict)
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
        if name in WORDED and self.stopped():
            self.left[name] = fingerprint(result)
            self.prints.update(self.again(self.left))
            fp = self.prints[name]
        self.artefacts.save(name, fp, result)
        self.costs[name] = {
            "stored": False,
            "seconds": round(cost.seconds, 3),
            "peak_mb": round(cost.peak_mb, 1),
        }
        # arrays are memory-mapped from here on, whoever made them
        return self.artefacts.load(name, fp, kind) if name == "embed" else result
