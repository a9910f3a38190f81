"""How the results came about, what left the machine, and what they cannot say."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.records import Run
from analysis.settings import METHOD
from dashboard.components import frame, made, needs, safe


def show() -> None:
    st.title("Method")
    run = needs.run()
    if run is not None:
        _left(run)
        _how(run)
        made.show(run)
    for file in sorted(METHOD.glob("*.md")):
        st.markdown(file.read_text(encoding="utf-8"))


def _left(run: Run) -> None:
    st.header("What left this machine")
    usage = run.meta["left_the_machine"]
    if not usage["calls"]:
        st.write("Nothing: no call was made to any server for this run.")
    safe.table(
        pd.DataFrame([{k.replace("_", " ").capitalize(): v for k, v in usage.items()}]),
        "Calls and tokens sent to a language model",
    )
    for problem in run.meta["problems"]:
        safe.text(f"Not done by the model: {problem}")


def _how(run: Run) -> None:
    st.header("How these results were made")
    rows = [
        {"Part": part.capitalize(), "Backend": b["name"], "Why": b["reason"]}
        for part, b in run.meta["backends"].items()
    ]
    safe.table(pd.DataFrame(rows), "Backends of this run and why each was used")
    steps = [
        {"Step": name,
         "Seconds": "stored before" if c["stored"] else f"{c['seconds']:.1f}",
         "Peak memory (MB)": "" if c["stored"] else f"{c['peak_mb']:,.0f}",
         "Fingerprint": run.meta["fingerprints"][name][:16]}
        for name, c in run.meta["stages"].items()
    ]  # fmt: skip
    safe.table(pd.DataFrame(steps), "Steps of this run with time, memory and fingerprint")
    versions = ", ".join(f"{k} {v}" for k, v in run.meta["versions"].items())
    st.caption(safe.escaped(f"Run {run.id}, seed {run.meta['seed']}. {versions}."))


frame.page(show)
