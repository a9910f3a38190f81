"""Where the server starts: the pages in main.py, behind headers that browsers obey."""

from __future__ import annotations

import re

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analysis.settings import hosts
from dashboard.stopping import ends_in_time

# Scripts, styles and data come from this server alone; Streamlit needs inline styles and blobs.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'{sockets}",
        "worker-src 'self' blob:",
        "frame-ancestors 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
HEADERS = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}


HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")


def policy(host: str) -> str:
    """POLICY for a page of `host`; some browsers do not take 'self' for its WebSocket."""
    own = f" ws://{host} wss://{host}" if HOST.fullmatch(host) else ""
    return POLICY.format(sockets=own)


class SafeHeaders:
    """Adds HEADERS and the policy to every answer over HTTP."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sender(message: Message) -> None:
            if message["type"] == "http.response.start":
                asked = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
                headers = {"Content-Security-Policy": policy(asked), **HEADERS}
                extra = [(k.lower().encode(), v.encode()) for k, v in headers.items()]
                message = {**message, "headers": [*message.get("headers", []), *extra]}
            await send(message)

        await self.app(scope, receive, sender if scope["type"] == "http" else send)


app = st.App(
    "main.py",
    lifespan=ends_in_time,
    middleware=[
        Middleware(SafeHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts(), www_redirect=False),
    ],
)
