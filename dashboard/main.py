"""Heard's dashboard: which pages there are, and the sidebar beside them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from analysis.access import Action, Actor, may
from analysis.errors import HeardError
from analysis.jobs.queue import ensure_worker
from analysis.sample import ID as SAMPLE
from analysis.sample import ensure_sample
from analysis.store.backup import broken_off
from dashboard import identity, session
from dashboard.components import frame, language, signed_in
from dashboard.components.safe import escaped
from dashboard.words import INVENTED

STYLE = Path(__file__).with_name("style.css")

# section → title, address, file, and the action that whoever sees it must be allowed
PAGES: dict[str, list[tuple[str, str, str, Action]]] = {
    "Consultation": [
        ("Consultations", "consultations", "views/team/consultations.py", "read"),
        ("Columns", "columns", "views/team/columns.py", "import"),
        ("Analysis", "analysis", "views/team/run.py", "analyse"),
    ],
    "Results": [
        ("Overview", "overview", "views/team/overview.py", "read"),
        ("Themes", "themes", "views/team/themes.py", "read"),
        ("Review themes", "review", "views/team/review.py", "edit"),
        ("What is left out", "uncovered", "views/team/uncovered.py", "edit"),
        ("Responses", "responses", "views/team/responses.py", "read"),
        ("Groups", "groups", "views/team/groups.py", "read"),
        ("Who replied", "who", "views/team/who.py", "read"),
        ("Check a submission", "capture", "views/team/capture.py", "read"),
        ("Personal data", "privacy", "views/team/privacy.py", "edit"),
        ("Ask", "ask", "views/team/ask.py", "read"),
        ("Exports", "exports", "views/team/exports.py", "export"),
        ("Quality", "quality", "views/team/quality.py", "read"),
        ("Teach", "teach", "views/team/teach.py", "edit"),
        ("Blind check", "blind", "views/team/blind.py", "edit"),
        ("Method", "method", "views/team/method.py", "read"),
    ],
    "Publication": [
        ("What was published", "start", "views/public/start.py", "read published"),
        ("Published edition", "published", "views/public/edition.py", "read published"),
        ("Was my view captured?", "captured", "views/public/captured.py", "read published"),
        ("What became of my reply", "receipt", "views/public/receipt.py", "read published"),
        ("How it was made", "how-it-was-made", "views/public/method.py", "read published"),
        ("Answer from the team", "answer", "views/public/answer.py", "read published"),
        ("Brief", "brief", "views/minister/brief.py", "read checked"),
        ("Check and publish", "publish", "views/team/publish.py", "read"),
        ("You said, we did", "consideration", "views/minister/consideration.py", "read checked"),
        ("Challenges", "challenges", "views/team/challenges.py", "edit"),
        ("Sign-ins and log", "access", "views/team/access.py", "read log"),
    ],
}
FIRST = ("overview", "start")  # the page to begin with: the first that may be seen


@st.cache_resource(show_spinner=False)
def _prepare_store(home: str) -> None:
    """The sample is there from the start, and a worker to analyse it; once per `home`."""
    broken_off(session.unguarded())
    if ensure_sample(session.unguarded()):
        ensure_worker(session.unguarded())


def _sidebar(actor: Actor) -> None:
    with st.sidebar:
        signed_in.show(actor)
        entry = session.chosen() if may(actor, "read") else None
        if entry is None:
            return
        st.caption("Consultation")
        st.markdown(f"**{escaped(entry.title)}**")
        if entry.id == SAMPLE:
            st.caption(INVENTED)


# address of a public page → its title in the table of words, for a menu in Welsh
IN_WELSH = {
    "start": "link_start", "published": "e_title", "captured": "c_title", "receipt": "r_title",
    "how-it-was-made": "m_title", "answer": "a_title", "Publication": "nav",
}  # fmt: skip


def _named(title: str, path: str) -> str:
    welsh = language.chosen() == "cy" and path in IN_WELSH
    return language.say(IN_WELSH[path]) if welsh else title


def _pages(actor: Actor) -> dict[str, list[StreamlitPage]]:
    """The pages that the role may see; the store refuses what lies behind the others."""
    seen = {
        section: [entry for entry in entries if may(actor, entry[3])]
        for section, entries in PAGES.items()
    }
    made = {
        _named(section, section): [
            st.Page(file, title=_named(title, path), url_path=path)
            for title, path, file, _ in entries
        ]
        for section, entries in seen.items()
        if entries
    }
    paths = {page.url_path: page for pages in made.values() for page in pages}
    first = next(paths[path] for path in FIRST if path in paths)

    def home() -> None:
        st.switch_page(first, query_params=st.query_params.to_dict())

    # the default page is known by no path but "", so it is one of its own that leads on
    root = st.Page(home, title="Heard", url_path="home", default=True, visibility="hidden")
    return {"": [root], **made}


def main() -> None:
    st.set_page_config(page_title="Heard", layout="wide", initial_sidebar_state="auto")
    st.html(STYLE)
    try:
        actor = identity.actor(session.unguarded(), used=True)
    except HeardError as error:
        frame.tell(error, frame.PUBLIC)
        return
    page = st.navigation(_pages(actor), expanded=True)
    try:
        _prepare_store(str(session.unguarded().home))
        _sidebar(actor)
    except HeardError as error:
        frame.tell(error, frame.PUBLIC)
        return
    page.run()


main()
