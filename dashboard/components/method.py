"""What the public page on an edition's method says, part by part, from what the edition keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import safe
from dashboard.components.language import few, say

COMMAND = "python -m analysis run FILE --out DIR --columns columns.toml --seed {seed}"
Facts = Mapping[str, Any]


def table(rows: Sequence[Sequence[object]], heads: Sequence[str], alt: str) -> None:
    """A table under words of the reader's language; nothing for no rows."""
    if rows:
        safe.table(pd.DataFrame(rows, columns=[say(h) for h in heads]), alt)


def steps(model: bool) -> None:
    st.header(say("m_how"))
    wording = "m_step_model" if model else "m_step_words"
    for key in ("m_step_read", "m_step_hide", "m_step_group", "m_step_count", wording,
                "m_step_sign"):  # fmt: skip
        st.markdown(f"- {say(key)}")


def ledger(found: Facts) -> None:
    st.header(say("m_ledger"))
    received, analysed = found["received"], found["analysed"]
    out = received - analysed
    st.write(say("m_ledger_sum", received=f"{received:,}", analysed=f"{analysed:,}",
                 out=f"{out:,}"))  # fmt: skip
    table(_parts(found["excluded"]), ("m_ledger_why", "m_ledger_n"), say("m_ledger_alt"))
    st.caption(say("m_ledger_small"))
    for number, question in enumerate(found["questions"], 1):
        with st.expander(say("m_ledger_q", n=number)):
            safe.text(question["text"])
            rows = [(say("l_blank"), f"{question['blank']:,}"), *_parts(question["out"]),
                    *_parts(question["in"])]  # fmt: skip
            table(rows, ("m_ledger_why", "m_ledger_n"), say("m_ledger_q_alt", n=number))


def _parts(found: Sequence[tuple[Sequence[str], int]]) -> list[tuple[str, str]]:
    between = f" {say('l_or')} "
    named = [(between.join(say(f"l_{k}").lower() for k in keys), n) for keys, n in found]
    return [(f"{name[:1].upper()}{name[1:]}", f"{n:,}") for name, n in named]


def letters(found: Facts) -> None:
    st.header(say("m_letters"))
    if not found["letters"]:
        st.write(say("m_letters_none"))
        return
    st.write(say("m_letters_n", n=len(found["letters"])))
    st.write(say(f"count_{found['counting']}"))
    rows = [_letter(n, x) for n, x in enumerate(found["letters"], 1)]
    table(rows, ("m_letter", "m_letter_people", "m_letter_changed"), say("m_letters_alt"))


def _letter(number: int, found: Facts) -> tuple[str, str, str]:
    whole = found["question"] == "all"
    name = say("m_letter_all", n=number) if whole else say(
        "m_letter_q", n=number, q=found["question"]
    )  # fmt: skip
    apart = f"{found['standard']} / {found['edited']}" if found["standard"] else "–"
    return name, few(found["people"]), apart


def hidden(found: Facts) -> None:
    st.header(say("m_hidden"))
    st.write(say("m_hidden_rule", minimum=found["minimum"]))
    if found["nearest"]:
        st.write(say("m_hidden_round", nearest=found["nearest"]))
    cells = {"hidden": f"{found['cells_hidden']:,}", "cells": f"{found['cells']:,}"}
    st.write(say("m_hidden_cells", **cells))
    small = {k: found[f] for k, f in (("small", "themes_small"), ("themes", "themes"))}
    st.write(say("m_hidden_themes", minimum=found["minimum"], **small))


def decisions(found: Facts) -> None:
    st.header(say("m_people"))
    st.write(say("m_people_themes", checked=f"{found['checked']:,}", of=f"{found['of']:,}"))
    kinds = {"d_": "themes", "d_hiding_": "hiding", "d_label_": "labels"}
    rows = [
        (say(start + kind), f"{n:,}")
        for start, group in kinds.items()
        for kind, n in found[group].items()
    ]
    if not rows:
        st.write(say("m_people_none"))
        return
    table(rows, ("m_people_what", "m_ledger_n"), say("m_people_alt"))
    st.write(say("m_people_who", people=found["people"]))
    if found["not_carried"]:
        st.write(say("m_people_lost", n=found["not_carried"]))


def left(found: Facts) -> None:
    st.header(say("m_left"))
    if not found["calls"]:
        st.write(say("m_left_nothing"))
        return
    tokens = {"tokens_in": f"{found['prompt_tokens']:,}",
              "tokens_out": f"{found['completion_tokens']:,}"}  # fmt: skip
    st.write(say("m_left_sent", calls=f"{found['calls']:,}", **tokens))


def tools(found: Facts) -> None:
    st.header(say("m_tools"))
    st.write(say("m_tools_says"))
    with st.expander(say("m_show")):
        rows = [(p["part"], f"{p['name']} {p['revision']}".strip(), p["reason"])
                for p in found["parts"]]  # fmt: skip
        table(rows, ("m_tools_part", "m_tools_name", "m_tools_why"), say("m_tools_alt"))
        versions = ", ".join(f"{k} {v}" for k, v in found["versions"].items())
        st.caption(safe.escaped(f"{say('m_versions')}: {versions}."))
        settings = list(found["settings"].items())
        table(settings, ("m_setting", "m_value"), say("m_settings_alt"))


def record(rows: Sequence[Sequence[str]]) -> None:
    st.header(say("m_record"))
    st.write(say("m_record_says"))
    sections = dict.fromkeys(section for section, _, _ in rows)
    with st.expander(say("m_show")):
        for name in sections:
            st.markdown(f"**{safe.escaped(name)}**")
            own = [(f, e) for section, f, e in rows if section == name]
            table(own, ("m_record_field", "m_record_entry"), name)


def again(found: Facts, hashes: Mapping[str, str], digest: str) -> None:
    st.header(say("m_again"))
    st.write(say("m_again_says", version=safe.escaped(found["heard"])))
    own = found["again"]
    st.code(COMMAND.format(seed=own["seed"]), language=None, wrap_lines=True)
    st.write(say("m_again_run", run=safe.escaped(own["run"]), seed=own["seed"]))
    with st.expander(say("m_again_marks")):
        lines = [*hashes.items(), ("edition", digest), *own["fingerprints"].items()]
        st.code("\n".join(f"{k}: {v}" for k, v in lines), language=None, wrap_lines=True)
