"""Which earlier run a new one is based on, so that themes keep their ids and names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.embed.encode import revision
from analysis.errors import FileError, StoreError
from analysis.fingerprint import fingerprint
from analysis.pipeline import earlier
from analysis.records import Consultation, Themes
from analysis.settings import Settings, runtime
from analysis.stages import STAGES
from analysis.store.artefacts import Artefacts
from analysis.store.rows import Entry
from analysis.store.store import Store
from analysis.themes.group import Earlier

NEEDED = ("consultation", "points", "embed", "themes", "name")
# stages whose settings must not have changed: the texts of points and their vectors
SAME = ("points", "embed")


@dataclass(frozen=True)
class Base:
    """The fingerprints of the run whose themes are kept, or None, and why in plain words."""

    prints: dict[str, str] | None
    why: str


def folder_of(consultation: Consultation) -> Path:
    """Where the command line keeps the results of a consultation."""
    return _folder(fingerprint("consultation", consultation))


def _folder(consultation_fp: str) -> Path:
    return runtime() / "runs" / consultation_fp[:16] / "artefacts"


def of_folder(folder: Path, settings: Settings) -> Earlier:
    """The run that `run --out` wrote into `folder`. Raises FileError if it cannot be built on."""
    try:
        meta = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        prints = meta["fingerprints"]
    except (OSError, ValueError, KeyError) as cause:
        raise FileError(
            f"{folder} holds no run: name the folder that “run --out” made for the earlier files."
        ) from cause
    if _changed(meta, settings):
        raise FileError(
            f"The run in {folder} was made with another encoder or other points. Give this run the "
            "same switches (--multilingual), or run the earlier files again."
        )
    artefacts = Artefacts(_folder(prints["consultation"]))
    if not _whole(prints, artefacts):
        raise FileError(
            f"The stored results of the run in {folder} are not on this machine any more, or of "
            "another version of Heard. Run the earlier files again, then this."
        )
    return earlier(prints, artefacts)


def base(store: Store, entry: Entry, consultation: Consultation, settings: Settings) -> Base:
    """What a new run of a stored consultation is based on.

    The latest run of fewer replies; for a consultation that was analysed already, whatever that
    run was based on, so that running again changes nothing.
    """
    last = store.latest_run(entry.id)
    if last is None:
        return Base(None, "")
    prints: dict[str, str] | None = last.fingerprints
    if last.fingerprints.get("consultation") == entry.consultation_fp:
        prints = (last.meta.get("onto") or {}).get("fingerprints")
    if prints is None:
        return Base(None, "")
    if not entry.keep_themes:
        return Base(None, "The team chose to have the themes found anew.")
    if _changed(last.meta, settings):
        return Base(None, "Themes are found anew: the encoder has changed since.")
    artefacts = store.artefacts(entry.id)
    if not _whole(prints, artefacts):
        return Base(None, "Themes are found anew: the earlier results are not stored any more.")
    before = artefacts.load("consultation", prints["consultation"], Consultation)
    new = len(consultation.responses) - len(before.responses)
    if new > settings.theme_late_most * len(consultation.responses):
        return Base(None, f"Themes are found anew: {new:,} answers have come since, too many.")
    added = f"{new:,} answers have come since." if new > 0 else "No answers have come since."
    return Base(prints, f"The themes of the last analysis keep their numbers and names. {added}")


def _changed(meta: dict[str, Any], settings: Settings) -> bool:
    """Whether points or vectors would be others than in the run that `meta` is of."""
    names = {n for s in STAGES if s.name in SAME for n in s.settings}
    if any(meta["settings"].get(n) != getattr(settings, n) for n in names):
        return True
    return bool(meta["backends"]["embedding"]["revision"] != revision(settings.embedder))


def _whole(prints: dict[str, str], artefacts: Artefacts) -> bool:
    if not all(n in prints and artefacts.has(n, prints[n]) for n in NEEDED):
        return False
    try:
        artefacts.load("themes", prints["themes"], Themes)
    except StoreError:  # stored by another version
        return False
    return True
