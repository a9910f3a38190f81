"""The optional stages: a language model translates answers, words theme names and viewpoints.

Without a model, or where it fails, the offline wording stays and the reason is kept.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.embed.minilm import MiniLM
from analysis.errors import BackendError
from analysis.fingerprint import fingerprint
from analysis.groups import theme_members
from analysis.llm import Client, Request, Usage, config_from, prompt_versions
from analysis.parallel import Progress
from analysis.prepare.language import other
from analysis.prepare.orders import orders
from analysis.records import Points, Prepared, Run, Summary, Themes
from analysis.settings import LlmSettings
from analysis.summarise.generate import generate
from analysis.summarise.generate import requests as generate_requests
from analysis.summarise.quotes import unquoted, unread
from analysis.themes.merges import Merge, propose_merges
from analysis.themes.merges import requests as merge_requests
from analysis.themes.reword import requests as name_requests
from analysis.themes.reword import reword
from analysis.translate import COLUMNS, attached, translate
from analysis.translate import requests as translate_requests

OFFLINE = "offline"


@dataclass(frozen=True)
class Named:
    """names: theme_id, name, description. usage: what was sent, all zero offline.

    merges: themes that the model takes for one; merges_left_out: why others are not proposed.
    """

    names: pd.DataFrame
    problems: list[str]
    usage: dict[str, int]
    merges: list[Merge] = field(default_factory=list)
    merges_left_out: list[dict[str, str]] = field(default_factory=list)

    def applied(self, themes: Themes) -> Themes:
        """The themes under these names."""
        rest = themes.themes.drop(columns=["name", "description"])
        named = rest.merge(self.names, on="theme_id", validate="one_to_one")
        return replace(themes, themes=named[list(themes.themes.columns)])


@dataclass(frozen=True)
class Written:
    """questions: as in Summary. struck: what the model wrote and why it is not shown."""

    questions: list[dict[str, Any]]
    struck: list[dict[str, Any]]
    usage: dict[str, int]


@dataclass(frozen=True)
class Translated:
    """translations: response_id, translation; empty offline. problems: what was not done."""

    translations: pd.DataFrame
    problems: list[str]
    usage: dict[str, int]


def writer(settings: LlmSettings, cache: Path) -> tuple[Client | None, str]:
    """The client, if the team wants one and it can be had, and the reason in plain words."""
    if not settings.enabled:
        return None, "no language model: not switched on for this consultation"
    try:
        config = config_from(settings)
    except BackendError as error:
        return None, f"no language model: {error}"
    assert config is not None
    return Client(config, cache), f"{config.model} at {config.host}, switched on by the team"


def revision(client: Client | None) -> str:
    """Names the writer in fingerprints: model, address and prompts."""
    if client is None:
        return OFFLINE
    config = client.config
    prompts = fingerprint(prompt_versions())[:12]
    return f"{config.model} at {config.base_url}, prompts {prompts}"


def _since(client: Client, before: Usage) -> dict[str, int]:
    start = asdict(before)
    return {name: n - start[name] for name, n in asdict(client.usage).items()}


def name_themes(
    themes: Themes,
    points: Points,
    client: Client | None,
    progress: Progress,
    kept: Collection[str] = (),
) -> Named:
    """The model's names where they pass the checks, else the offline ones; `kept` stay as named.

    With the names come the model's proposals to merge themes, from the machine's themes as named.
    """
    columns = ["theme_id", "name", "description"]
    if client is None:
        return Named(themes.themes[columns], [], asdict(Usage()))
    stays = themes.themes["theme_id"].isin(list(kept))
    before, new = client.usage, themes.themes[~stays]
    held = _held(points, themes)
    worded, problems = reword(new, held[held["theme_id"].isin(new["theme_id"])], client, progress)
    every = pd.concat([themes.themes.loc[stays, columns], worded[columns]], ignore_index=True)
    named = Named(every, problems, {})
    merges, left_out = propose_merges(named.applied(themes).themes, held, client, progress)
    return replace(named, usage=_since(client, before), merges=merges, merges_left_out=left_out)


def translate_answers(
    prepared: Prepared, main: str, client: Client | None, progress: Progress
) -> Translated:
    """The answers that have a view and are in another language than `main`, in `main`."""
    if client is None:
        return Translated(pd.DataFrame(columns=list(COLUMNS), dtype="str"), [], asdict(Usage()))
    before = client.usage
    translations, problems = translate(_foreign(prepared, main), main, client, progress)
    return Translated(translations, problems, _since(client, before))


def write_viewpoints(
    offline: Summary,
    prepared: Prepared,
    points: Points,
    themes: Themes,
    client: Client | None,
    progress: Progress,
) -> Written:
    """The summary with the model's verified sentences after the computed ones."""
    if client is None:
        return Written(offline.questions, [], asdict(Usage()))
    before = client.usage
    texts = _shown(prepared)
    passages = _passages(prepared, points, themes)
    encode = MiniLM().encode
    questions, struck = [], []
    for done, question in enumerate(offline.questions, 1):
        views, refused = generate(
            question["question"], question["viewpoints"], texts, client,
            passages=passages, encode=encode,
        )  # fmt: skip
        struck += [{"question_id": question["question_id"], **s} for s in refused]
        questions.append({**question, "viewpoints": views, "written_by": _author(views, client)})
        progress(done, len(offline.questions))
    return Written(questions, struck, _since(client, before))


def finished(offline: Summary, written: Written, translations: pd.DataFrame) -> Summary:
    """The summary in every way of counting, with the model's sentences and translations.

    What a person must read first is quoted nowhere in it.
    """
    names = unread(written.struck)

    def made(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return attached(unquoted(questions, names) if names else questions, translations)

    other = {way: made(questions) for way, questions in offline.other.items()}
    return Summary(made(written.questions), other)


def would_send(run: Run) -> list[Request]:
    """What the model would be sent first, as a finished run stands; names come before sentences."""
    texts, passages = _shown(run.prepared), _passages(run.prepared, run.points, run.themes)
    main = str(run.meta["settings"]["language"])
    views = [
        request
        for q in run.summary.questions
        for request in generate_requests(q["question"], q["viewpoints"], texts, passages=passages)
    ]
    themes, held = run.themes.themes, _held(run.points, run.themes)
    asked = [*name_requests(themes, held), *merge_requests(themes, held)]
    return [*asked, *views, *translate_requests(_foreign(run.prepared, main), main)]


def _held(points: Points, themes: Themes) -> pd.DataFrame:
    """point_id, theme_id, text (redacted) of the points in a theme that give no orders."""
    held = points.points[["point_id", "text"]].merge(themes.assigned, on="point_id")
    held = held[held["theme_id"] != ""]
    calm = [not orders(text) for text in held["text"]]
    return held.loc[calm, ["point_id", "theme_id", "text"]]


def _foreign(prepared: Prepared, main: str) -> pd.DataFrame:
    """response_id, shown_text, language of the answers that there is something to translate in.

    One that reads like an instruction to a machine is flagged for a person and not sent.
    """
    responses = prepared.responses
    foreign = other(responses["language"], main)
    foreign &= responses["status"].isin(["analysed", "other_language"])
    foreign &= ~responses["shown_text"].map(orders).astype(bool)
    return responses.loc[foreign, ["response_id", "shown_text", "language"]]


def _shown(prepared: Prepared) -> dict[str, str]:
    frame = prepared.responses
    return dict(zip(frame["response_id"], frame["shown_text"], strict=True))


def _author(views: list[dict[str, Any]], client: Client) -> str:
    """The model, if any view has a sentence of its own; else everything stayed offline."""
    by_model = any(v.get("written_by") == "model" for v in views)
    return client.config.model if by_model else OFFLINE


def _passages(prepared: Prepared, points: Points, themes: Themes) -> dict[tuple[str, str], str]:
    """(theme, response) → the redacted points of the response that are in the theme."""
    members = theme_members(points, themes, prepared).merge(
        points.points[["point_id", "start", "text"]], on="point_id"
    )
    joined = members.sort_values("start").groupby(["theme_id", "response_id"])["text"]
    return {(str(t), str(r)): " ".join(own) for (t, r), own in joined}
