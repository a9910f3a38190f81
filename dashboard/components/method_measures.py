"""How right, how stable and how fair an edition's results are, from what the edition keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

import streamlit as st

from dashboard.components import safe
from dashboard.components.language import said, say
from dashboard.components.method import table

Facts = Mapping[str, Any]


def accuracy(found: Facts) -> None:
    st.header(say("m_right"))
    if not found["checks"]:
        st.write(say("m_no_check"))
    for check in found["checks"]:
        _check(check)
    if found["elsewhere"]:
        st.caption(say("m_elsewhere", n=found["elsewhere"]))


def _check(check: Facts) -> None:
    safe.text(check["question"])
    key = "m_check_one" if check["coders"] == 1 else "m_check"
    st.write(say(key, coders=check["coders"], replies=f"{check['replies']:,}",
                 of=f"{check['of']:,}"))  # fmt: skip
    for who, words in (("machine", "m_machine_pair"), ("people", "m_people_pair")):
        for pair in check[who]:
            st.markdown(f"- {say(words, **{k: pair[k] for k in ('value', 'low', 'high')})}")
    st.caption(say("m_range"))
    with st.expander(say("m_show")):
        heads = ("m_theme", "m_theme_right", "m_theme_found", "m_theme_count")
        table([_theme(t) for t in check["themes"]], heads, say("m_check_alt"))


def _theme(found: Facts) -> tuple[str, str, str, str]:
    name = found["theme"] or say("m_none_of")
    if found["few"]:
        return name, say("m_few"), say("m_few"), say("m_few")
    count = f"{found['machine']} / {_range(found['people'], '{:,.0f}')}"
    return name, _range(found["precision"]), _range(found["recall"]), count


def _range(share: Facts, form: str = "{:.2f}") -> str:
    if share["value"] is None:
        return say("m_few")
    value, low, high = (form.format(share[k]) for k in ("value", "low", "high"))
    return f"{value} ({low}–{high})"


def stability(found: Sequence[Facts]) -> None:
    st.header(say("m_stable"))
    known = [x["value"] for x in found if x["value"] is not None]
    if not known:
        st.write(say("m_stable_none"))
        return
    st.write(say("m_stable_says", middle=f"{median(known):.2f}"))
    rows = [
        (x["theme"], say("m_stable_people") if x["value"] is None else f"{x['value']:.2f}")
        for x in found
    ]
    with st.expander(say("m_show")):
        table(rows, ("m_theme", "m_stable_value"), say("m_stable_alt"))


def fairness(found: Facts) -> None:
    st.header(say("m_fair"))
    rows = found["rows"]
    if not rows:
        st.write(say("m_fair_none"))
        return
    st.write(say("m_fair_says", n=found["compared"]))
    worse = [r for r in rows if r["verdict"] == "worse"]
    st.write(say("m_fair_worse" if worse else "m_fair_same"))
    for row in worse:
        group = safe.escaped(_group(row))
        st.markdown(f"- {group}. {say('f_' + row['measure'])}: {_shares(row)}")
    with st.expander(say("m_show")):
        for name in dict.fromkeys(r["measure"] for r in rows):
            st.markdown(f"**{say('f_' + name)}**")
            own = [(_group(r), _shares(r), say("v_" + r["verdict"]))
                   for r in rows if r["measure"] == name]  # fmt: skip
            table(own, ("m_fair_group", "m_fair_share", "m_fair_verdict"), say("m_fair_alt"))
    if found["hidden"]:
        st.caption(say("m_fair_hidden", n=found["hidden"]))


def _group(row: Facts) -> str:
    """A group of the consultation's own is in its own words; those made by Heard are not."""
    return said(f"{row['attribute']}: {said(row['group'], 'len_')}", "by_")


def _shares(row: Facts) -> str:
    others = say("m_fair_others", share=row["others"]) if row["others"] else ""
    return f"{row['share']} {others}".strip()
