"""The plan of the analysis, its progress, and how it ended."""

from __future__ import annotations

import json
import os
import time

import pandas as pd
import streamlit as st

from analysis.embed import multilingual
from analysis.embed.encode import choose, name
from analysis.errors import BackendError, StoreAway
from analysis.jobs.expect import expected
from analysis.jobs.onto import Base, base
from analysis.jobs.queue import FIRST, MANY, ensure_worker, seconds_left, start, start_part
from analysis.llm import estimate, response_format
from analysis.llm_config import budget, price
from analysis.pipeline import STAGES, plan
from analysis.records import Consultation
from analysis.settings import LlmSettings, Settings
from analysis.store.store import Entry, Job
from analysis.themes.frame import with_frames
from analysis.wording import would_send, writer
from dashboard import session
from dashboard.components import frame, frames, needs, safe
from dashboard.words import JOB

POLL = 1.0  # seconds between two looks at a running job


def show() -> None:
    st.title("Analysis")
    entry = needs.consultation()
    if entry is None:
        return
    if entry.consultation_fp is None:
        st.info("Confirm the columns first: see “Columns”.")
        return
    job = session.store().latest_job(entry.id)
    if job is not None and job.active:
        ensure_worker(session.store())
        _progress(entry.id)
        return
    if job is not None:
        _ended(entry, job)
    _languages(entry)
    _model(entry)
    consultation = _consultation(entry)
    frames.choose(entry, consultation)
    _plan(entry, consultation)
    if st.button("Start the analysis", key="start", type="primary"):
        start(session.store(), entry.id, session.actor())
        st.rerun()
    _part(entry, consultation)


def _part(entry: Entry, consultation: Consultation) -> None:
    """Of very many replies some can be looked at first."""
    if len(consultation.respondents) < MANY:
        return
    st.caption(
        f"Or look at {FIRST:,} of the {len(consultation.respondents):,} replies first, drawn at "
        "random and evenly over groups. They become a consultation of their own, so nothing of it "
        "is mixed with the whole; delete it when you have seen enough."
    )
    if st.button(f"Analyse {FIRST:,} replies first", key="start-part"):
        made = start_part(session.store(), entry, consultation, session.actor())
        session.choose(made.id)
        st.rerun()


@st.fragment(run_every=POLL)
def _progress(consultation_id: str) -> None:
    try:
        job = session.store().latest_job(consultation_id)
    except StoreAway as error:  # it is asked again in a moment
        safe.text(str(error))
        return
    if job is None or not job.active:
        st.rerun()
        return
    st.markdown(f"**{JOB[job.state]}**")
    names = [s.name for s in STAGES]
    if job.stage in names:
        at = names.index(job.stage)
        share = job.done / job.total if job.total else 0.0
        st.progress((at + share) / len(names), text=f"Step {at + 1} of {len(names)}: {job.title}")
        left = seconds_left(job, time.time())
        detail = f"{job.done:,} of {job.total:,}" if job.total else "working"
        if left is not None:
            detail += f", about {_duration(left)} left in this step"
        st.caption(detail)
    if job.cancel:
        st.caption("Stopping at the next step; what is finished is kept.")
    elif st.button("Stop", key="cancel"):
        session.store().cancel(job)


def _duration(seconds: float) -> str:
    if seconds < 2:
        return "a second"
    return f"{seconds:.0f} seconds" if seconds < 90 else f"{seconds / 60:.0f} minutes"


def _ended(entry: Entry, job: Job) -> None:
    st.markdown(f"**Last analysis: {JOB[job.state].lower()}**")
    if job.message:
        safe.text(job.message)
    if job.state != "done" and job.title:
        where = f"from {job.done:,} of {job.total:,} in" if job.total else "with"
        st.caption(
            f"“Start the analysis” goes on {where} the step “{job.title}”. What is finished is "
            "kept, and calls that a language model has answered are not made again."
        )
    run = session.store().latest_run(entry.id)
    if run is None:
        return
    rows = []
    for stage in STAGES:
        cost = run.meta["stages"].get(stage.name)
        if cost is None:  # results of an older version
            continue
        time_taken = "stored before" if cost["stored"] else f"{cost['seconds']:.1f} s"
        memory = "" if cost["stored"] else f"{cost['peak_mb']:,.0f} MB"
        rows.append({"Step": stage.title, "Time": time_taken, "Peak memory": memory})
    safe.table(pd.DataFrame(rows), "Steps of the last analysis with time and peak memory")


def _model(entry: Entry) -> None:
    """The team's switch for a language model, with what it would send."""
    settings = LlmSettings.from_environment(enabled=True)
    ready = bool(os.environ.get("OPENAI_API_KEY") or settings.base_url)
    st.subheader("Language model")
    st.write(
        "Themes and summaries are made on this machine. A language model can word theme names and "
        "summaries, propose themes to merge (a person decides), and translate answers in other "
        "languages; then redacted passages of the replies are sent to its server."
    )
    if not ready:
        st.caption("Not available: whoever runs Heard has set neither a key nor a server for it.")
        if entry.llm_enabled:
            session.store().switch_llm(entry.id, False)
        return
    on = st.toggle("Let a language model word the results", entry.llm_enabled, key="llm")
    st.caption(safe.escaped(f"Model {settings.model} at {settings.base_url or 'api.openai.com'}"))
    if on != entry.llm_enabled:
        session.store().switch_llm(entry.id, on)
        st.rerun()
    if on:
        _would_send(entry)


def _would_send(entry: Entry) -> None:
    """What the next analysis would send, to be read before it is started."""
    run = session.latest_run(entry)
    if run is None:
        st.caption(
            "How much would be sent is known after a first analysis without the model: switch it "
            "off, run, and come back."
        )
        return
    requests = would_send(run)
    try:
        cost, (calls, tokens) = price(), budget()
    except BackendError as error:
        safe.text(str(error))
        return
    guess = estimate((r.system + r.user for r in requests), len(requests), cost)
    money = "Multiply by your provider’s price." if guess.cost is None else (
        f"At {cost:g} for a million tokens: {guess.cost:,.2f}, without the replies.")  # fmt: skip
    st.caption(
        f"About {guess.calls:,} calls with {guess.tokens:,} tokens (characters divided by four; "
        f"replies, and questions asked again, come on top). {money} An analysis stops asking at "
        f"{calls:,} calls or {tokens:,} tokens, and keeps the program’s own wording from there on."
    )
    with st.expander("Read what would be sent"):
        page = st.pagination(len(requests), key="payload-page") if len(requests) > 1 else 1
        for request in requests[page - 1 : page]:
            form = response_format(request.schema)["json_schema"]
            for title, text in (
                ("Instructions", request.system),
                ("What is sent with them", request.user),
                ("The form of the answer", json.dumps(form, ensure_ascii=False)),
            ):
                st.caption(title)
                safe.text(text)


def _languages(entry: Entry) -> None:
    """The team's switch for themes across languages, with what it takes and what it changes."""
    st.subheader("Languages")
    st.write(
        "Answers in another language than English are counted and listed by language, in no theme. "
        "A larger encoder can group answers in all languages together, by what they say. It runs "
        f"on this machine, sends nothing anywhere, and reads {multilingual.SPEED}, where the usual "
        f"one reads {multilingual.USUAL}. Their words stay as they were written, and have no tone."
    )
    problem = multilingual.problem()
    if problem and not entry.multilingual:
        st.caption(safe.escaped(f"Not available. {problem}"))
        return
    label = "Group replies in all languages together"
    on = st.toggle(label, entry.multilingual, key="multilingual")
    if problem:
        st.caption(safe.escaped(f"Without effect. {problem}"))
    if on != entry.multilingual:
        session.store().switch_multilingual(entry.id, on)
        st.rerun()


def _consultation(entry: Entry) -> Consultation:
    assert entry.consultation_fp is not None
    artefacts = session.store().artefacts(entry.id)
    return artefacts.load("consultation", entry.consultation_fp, Consultation)


def _plan(entry: Entry, consultation: Consultation) -> None:
    st.subheader("Plan")
    artefacts = session.store().artefacts(entry.id)
    embedder, why = choose(entry.multilingual)
    settings = Settings(
        llm=LlmSettings.from_environment(enabled=entry.llm_enabled), embedder=embedder
    )
    client, reason = writer(settings.llm, artefacts.folder / "calls")
    edits = session.store().redaction_edits(entry.id)
    labels, decided = session.store().labels(entry.id), session.store().decided(entry.id)
    onto = base(session.store(), entry, consultation, settings)
    _earlier(entry, onto)
    prints = with_frames(onto.prints, session.store().frames(entry.id), consultation.open_questions)
    steps = plan(consultation, settings, artefacts, client, edits, prints, labels, decided)
    rows = [
        {"Step": p.title, "What will happen": "taken from the last analysis" if p.stored else "run"}
        for p in steps
    ]
    safe.table(pd.DataFrame(rows), "Steps of the analysis and whether each will run")
    guess = expected(session.store(), consultation, steps)
    if guess is not None:
        st.caption(
            f"{len(consultation.respondents):,} respondents, {len(consultation.responses):,} "
            f"answers: about {_duration(guess.seconds)} on this machine, going by an analysis of "
            f"{guess.answers:,} answers that took {_duration(guess.took)} here. A language model "
            "takes its own time on top."
        )
    st.caption(safe.escaped(f"Encoder: {name(embedder)}, {why}".rstrip(".") + "."))
    st.caption(safe.escaped(f"Wording: {reason}."))


def _earlier(entry: Entry, onto: Base) -> None:
    """The team's switch for keeping the themes of the last analysis when replies were added."""
    if not onto.why:
        return
    st.write(onto.why)
    label = "Keep the themes of the last analysis, and place later replies in them"
    on = st.toggle(label, entry.keep_themes, key="keep-themes")
    if on != entry.keep_themes:
        session.store().switch_keep_themes(entry.id, on)
        st.rerun()


frame.page(show)
