"""Who looks at the page: the one user of a laptop, somebody who signed in, or the public.

Streamlit knows the person by a cookie that it signed after the provider (OIDC) named them. Without
a provider the user of this machine may do everything, but only over its own address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ipaddress import ip_address, ip_network
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analysis.access import LOCAL, PUBLIC, Actor
from analysis.roles import roles
from analysis.settings import proxies
from analysis.store.store import Store

_OWN = ("localhost", "127.0.0.1", "[::1]", "::1")
_PROXIED = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-Ip")


def configured() -> bool:
    """Whether a provider is set up: Streamlit then says of everybody if they are signed in."""
    return "is_logged_in" in st.user


def actor(store: Store, *, used: bool = False) -> Actor:
    """Who asks, as things are now; `used` when a person does, not a page that looks by itself.

    Raises RolesError if the file of roles is not right.
    """
    if not configured():
        return LOCAL if _on_this_machine() else PUBLIC
    return _signed_in(store, st.user.to_dict(), used)


def later(store: Store) -> Callable[[], Actor]:
    """The same, to be asked when the page is done: a sign-in may have ended by then."""
    if not configured():
        now = actor(store)
        return lambda: now
    user = st.user.to_dict()
    return lambda: _signed_in(store, user, used=True)


def _signed_in(store: Store, user: Mapping[str, Any], used: bool) -> Actor:
    if user.get("is_logged_in") is not True:
        return PUBLIC
    limits = roles()
    found = limits.actor(user)
    if not found.named:
        if used:
            store.turned_away(str(user.get("email") or "").strip().casefold(), _issued(user))
        return PUBLIC
    return found if store.touch(found, _issued(user), limits, used=used) else PUBLIC


def source() -> str:
    """Where a request comes from: the address that the outermost proxy of ours saw, or that of the
    connection, else this browser session. Of IPv6 the network, since one household has a whole one.
    """
    seen = [
        a.strip() for a in st.context.headers.get("X-Forwarded-For", "").split(",") if a.strip()
    ]
    behind = seen[-min(proxies(), len(seen))] if seen else ""
    context = get_script_run_ctx()
    found = behind or st.context.ip_address or (context.session_id if context else "")
    try:
        address = ip_address(found)
    except ValueError:
        return found
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else found


def sign_out(store: Store, who: Actor) -> None:
    """Ends this sign-in, wherever its cookie has been copied to."""
    store.end_sign_in(who, _issued(st.user.to_dict()))
    st.logout()


def ended() -> bool:
    """Whether a sign-in is still in the browser's cookie; it does not hold if actor is PUBLIC."""
    return configured() and st.user.to_dict().get("is_logged_in") is True


def _issued(user: Mapping[str, Any]) -> float:
    """When the provider issued the identity; long ago if it does not say."""
    issued = user.get("iat")
    return float(issued) if isinstance(issued, int | float) else 0.0


def _on_this_machine() -> bool:
    """Served to this machine alone: bound to its own address, and asked for by that name.

    The name is checked too, since a proxy in front, or a page elsewhere whose name was pointed
    here, would otherwise be let in.
    """
    if st.get_option("server.address") not in _OWN:
        return False
    headers = st.context.headers
    if any(name in headers for name in _PROXIED):
        return False
    host = headers.get("Host")
    return host is None or host.rpartition(":")[0] in _OWN or host in _OWN
