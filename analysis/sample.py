"""The sample consultation that ships with Heard: invented, and there from the first start."""

from __future__ import annotations

import hashlib

from analysis.access import Actor
from analysis.ingest.build import build
from analysis.ingest.mapping import dump_mapping, load_mapping, propose
from analysis.ingest.read import read
from analysis.records import Consultation
from analysis.settings import SAMPLE
from analysis.store.store import Store

ID = "sample"
HEARD = Actor("Heard", "admin")  # renews it by itself
FILE = SAMPLE / "responses.csv"
COLUMNS = SAMPLE / "columns.toml"


def sample_consultation() -> tuple[Consultation, str]:
    """The consultation and its mapping as TOML."""
    table = read(FILE)
    mapping = load_mapping(COLUMNS, propose([table], title="AI in public services"))
    return build([table], mapping), dump_mapping(mapping)


def ensure_sample(store: Store) -> bool:
    """Add the sample, or renew it when its file has changed. True: its analysis is waiting."""
    content = FILE.read_bytes()
    digest = hashlib.sha256(content + COLUMNS.read_bytes()).hexdigest()
    there = next((e for e in store.entries() if e.id == ID), None)
    if there is None or there.source != digest:
        if there is not None:
            store.delete(ID, HEARD)
        consultation, mapping = sample_consultation()
        store.create(consultation.title, [(FILE.name, content)], ident=ID, source=digest)
        store.confirm(ID, consultation, mapping)
    if store.latest_run(ID) is None and store.latest_job(ID) is None:
        store.enqueue(ID)
    job = store.latest_job(ID)
    return job is not None and job.active
