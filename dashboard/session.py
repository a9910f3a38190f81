"""What one browser session looks at: the store, the chosen consultation, its latest run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analysis.access import Actor
from analysis.capture.check import Checker
from analysis.capture.report import from_run
from analysis.errors import FileError, HeardError, StoreError
from analysis.fingerprint import fingerprint
from analysis.ingest.read import read
from analysis.ingest.stored import read_stored
from analysis.pipeline import load
from analysis.records import Run, Table, Vectors
from analysis.settings import UPLOAD_MOST, UPLOAD_TYPES, runtime
from analysis.store.artefacts import Artefacts
from analysis.store.guard import guarded
from analysis.store.store import Entry, Store, StoredRun
from dashboard import identity

CHOSEN = "consultation"  # in the session state; also ?consultation= in the address

FAILED = "This did not work"
KINDS = ", ".join(UPLOAD_TYPES)


@st.cache_resource(show_spinner=False)
def _store(home: str) -> Store:
    return Store()


def unguarded() -> Store:
    """The store for what Heard does by itself: its start, and who is there."""
    return _store(str(runtime()))


def store() -> Store:
    """The store as whoever looks at the page may use it; anything else raises Denied."""
    return of(actor())


def of(who: Actor) -> Store:
    """The store as `who` may use it."""
    return guarded(unguarded(), who)


def actor() -> Actor:
    """Who looks at the page. Raises RolesError if the file of roles is not right."""
    return identity.actor(unguarded())


def choose(consultation_id: str | None) -> None:
    """Look at this consultation from now on, also after a reload of the page."""
    st.session_state[CHOSEN] = consultation_id
    if consultation_id:
        st.query_params[CHOSEN] = consultation_id
    else:
        st.query_params.pop(CHOSEN, None)


def chosen() -> Entry | None:
    """The chosen consultation, or the newest there is, or none."""
    entries = {e.id: e for e in store().entries()}
    wanted = st.session_state.get(CHOSEN) or st.query_params.get(CHOSEN)
    if wanted in entries:
        choose(wanted)
        return entries[wanted]
    return next(iter(entries.values()), None)


@st.cache_resource(show_spinner="Opening the results …", max_entries=4)
def _run(
    _stored: StoredRun, _artefacts: Artefacts, home: str, consultation_id: str, run_id: str
) -> Run:
    return load(_stored.fingerprints, _stored.meta, _artefacts)


@st.cache_resource(show_spinner=False, max_entries=2)
def _vectors(home: str, consultation_id: str, fp: str) -> Vectors:
    return store().artefacts(consultation_id).load("embed", fp, Vectors)


def vectors(consultation_id: str) -> Vectors:
    """The vectors of the latest run's points. Raises StoreError if they are missing."""
    stored = store().latest_run(consultation_id)
    if stored is None:
        raise StoreError("This consultation has not been analysed yet.")
    return _vectors(str(store().home), consultation_id, stored.fingerprints["embed"])


def latest_run(entry: Entry) -> Run | None:
    stored = store().latest_run(entry.id)
    if stored is None:
        return None
    return _opened(entry, stored)


def _opened(entry: Entry, stored: StoredRun) -> Run:
    """From the cache or not, it is opened by way of the guarded store."""
    own = store()
    return _run(stored, own.artefacts(entry.id), str(own.home), entry.id, stored.id)


def run_of(entry: Entry, run_id: str) -> Run:
    """A run of the consultation, also an earlier one. Raises StoreError if it is gone."""
    stored = store().run_of(entry.id, run_id)
    if stored is None:
        raise StoreError("The analysis that this belongs to is not in the store any more.")
    return _opened(entry, stored)


@st.cache_resource(show_spinner=False, max_entries=2)
def _checker(_run: Run, home: str, run_id: str) -> Checker:
    return Checker(from_run(_run))


def checker(run: Run) -> Checker:
    """Ready to check submissions against a run; made once."""
    return _checker(run, str(store().home), run.id)


@st.cache_resource(show_spinner="Reading the file …", max_entries=4)
def _tables(_entry: Entry, home: str, key: str) -> list[Table]:
    return read_stored(_entry.files, lambda file: store().file(_entry, file))


def tables(entry: Entry) -> list[Table]:
    """The consultation's files as read; raises FileError."""
    own = store()
    own.folder(entry.id)  # whoever is served from the cache has opened the replies too
    return _tables(entry, str(own.home), fingerprint(entry.files))


def uploaded(*files: UploadedFile) -> list[tuple[str, bytes]]:
    """Names and contents. Raises FileError for a file that is too large, or of another kind.

    The browser is told the same, but need not obey.
    """
    for file in files:
        if file.size > UPLOAD_MOST:
            most = f"“{file.name}” is over {UPLOAD_MOST // 2**20} MB, the most that is taken."
            raise FileError(f"{most} Split it, or leave out columns that nobody needs.")
        if Path(file.name).suffix[1:].lower() not in UPLOAD_TYPES:
            raise FileError(f"“{file.name}” is not of a kind that can be read: {KINDS}.")
    return [(file.name, file.getvalue()) for file in files]


def readable(contents: Sequence[tuple[str, bytes]]) -> None:
    """Raises FileError for the first file that cannot be read, before anything is kept."""
    for name, content in contents:
        read(content, name=name)


def shown_error(error: HeardError, head: str = FAILED, text: str = "") -> None:
    """An error that may be shown, in a box, letter for letter; `text`: in another language."""
    with st.container(border=True):
        st.markdown(f"**{head}**")
        st.text(text or str(error))
