"""What run.json says: how a result came about and what left the machine."""

from __future__ import annotations

import platform
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from analysis.embed import encode
from analysis.judge import tone
from analysis.llm import Client
from analysis.parallel import where
from analysis.prepare import privacy_ner
from analysis.records import Consultation
from analysis.settings import Settings
from analysis.wording import Named, Translated, Written, revision


def size(consultation: Consultation) -> dict[str, int]:
    """How much there was to read: answers to open questions, and the letters in them."""
    texts = consultation.responses["text"]
    return {"answers": len(texts), "letters": int(texts.str.len().sum())}


def provenance(
    consultation: Consultation,
    settings: Settings,
    prints: dict[str, str],
    costs: dict[str, dict[str, Any]],
    client: Client | None,
    by_model: tuple[Named, Translated, Written],
    llm_reason: str,
    embed_reason: str,
    inference: dict[str, Any],
    made: dict[str, dict[str, Any]],
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
        "settings": {**asdict(settings), "disclosure_min": settings.disclosure_min},
        "seed": settings.seed,
        "backends": {
            "embedding": {"name": encode.name(settings.embedder),
                          "revision": encode.revision(settings.embedder),
                          "reason": embed_reason or usual},
            "personal data": {"name": privacy_ner.revision(), "reason": privacy_ner.reason()},
            "themes": {"name": "BERTopic with Leiden communities", "reason": themes_reason(made)},
            "tone": {"name": tone.method(settings.embedder),
                     "reason": tone.reason(settings.embedder)},
            "position": {"name": _position_method(inference), "reason": inference["reason"]},
            "wording": {"name": revision(client), "reason": llm_reason},
            "work": {"name": where(), "reason": "gives the same results anywhere"},
        },
        "fingerprints": prints,
        "themes": made,
        "size": size(consultation),
        "stages": costs,
        "left_the_machine": {k: sum(w.usage[k] for w in by_model) for k in named.usage},
        "problems": [*named.problems, *translated.problems],
        "struck": written.struck,
        "merges": {"proposed": [asdict(m) for m in named.merges],
                   "left_out": named.merges_left_out},
    }  # fmt: skip


def _position_method(inference: dict[str, Any]) -> str:
    learnt = "logistic regression on the vectors and words of those who ticked, for others marked"
    return f"as ticked; {learnt}" if inference["done"] else "as ticked"


def themes_reason(made: dict[str, dict[str, Any]]) -> str:
    """How the themes of the questions came about, in a few plain words."""
    words = {
        "found": "found among all points",
        "sample": "found on a sample of the points, the others placed in them",
        "kept": "kept from an earlier analysis, later replies placed in them",
        "frame": "of a code frame that people wrote, replies placed in them",
    }
    how = [m["how"] for m in made.values()]
    return "; ".join(
        f"{text} ({how.count(key)} of {len(how)} questions)"
        for key, text in words.items()
        if key in how
    )
