"""The store as one person may use it: each method stands for an action, and the role decides.

A method that the table does not name is refused to everybody, so a new one opens no door.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any, cast

from analysis.access import Action, Actor, Denied, check
from analysis.store.store import Entry, Store

_OF: dict[Action, tuple[str, ...]] = {
    "open": ("home", "has_worker", "use"),
    "read": (
        "entries", "entry", "folder", "artefacts", "file", "reference", "latest_run", "latest_job",
        "redaction_edits", "labels", "theme_edits", "decided", "frames", "run_of",
        "blind_samples", "blind_codes", "challenges", "record_view",
    ),
    "import": (
        "create", "add_files", "set_files", "keep_reference", "confirm", "switch_llm",
        "switch_multilingual", "switch_keep_themes", "set_frame",
    ),
    "analyse": ("enqueue", "cancel"),
    "edit": (
        "add_redaction_edits", "add_labels", "add_theme_edits", "add_blind_sample",
        "add_blind_code", "answer_challenge",
    ),
    "export": ("receipts",),
    "check": ("check_edition", "close_on"),
    "publish": ("publish_edition",),
    "read checked": ("editions", "edition", "considered", "told_missed", "record_opening",
                     "exported"),
    "note": ("add_note",),
    "respond": ("respond",),
    "read published": ("published", "published_edition", "answer_to", "compare", "receipt",
                       "published_data", "compare_group"),
    "challenge": ("challenge",),
    "delete": ("delete",),
    "read log": ("audit", "verify_audit", "sign_ins"),
    "end own sign-ins": ("end_own_sign_ins", "end_sign_in"),
    "end sign-ins": ("end_sign_ins",),
}  # fmt: skip
METHODS: dict[str, Action] = {m: action for action, methods in _OF.items() for m in methods}
# what the worker and the sign-in do for themselves, never a page for a person
INTERNAL = frozenset(
    {"claim", "report", "finish", "beat", "leave", "add_run", "log", "touch", "turned_away",
     "replies_opened"}
)  # fmt: skip
# what replies as received come out by: whoever calls these has opened them
RAW = frozenset({"artefacts", "file", "folder"})

# what a person did that the method itself, which knows no person, does not log
LOGGED = {
    "create": "imported", "add_files": "files added", "set_files": "files read anew",
    "confirm": "columns confirmed", "switch_llm": "language model switched",
    "enqueue": "analysis asked for",
}  # fmt: skip


def _about(given: Sequence[Any]) -> str:
    """The consultation that a method is asked about."""
    found = next((a for a in given if isinstance(a, str | Entry)), "")
    return found.id if isinstance(found, Entry) else found[:64]


def _switched(given: Sequence[Any]) -> str:
    return next(("on" if a else "off" for a in given if isinstance(a, bool)), "")


class _Guard:
    def __init__(self, store: Store, actor: Actor) -> None:
        self._store, self._actor = store, actor

    def __getattr__(self, name: str) -> Any:
        action = METHODS.get(name, "")
        found = getattr(self._store, name)
        if not callable(found):
            self._check(action, name, "")
            return found
        return self._checked(action, name, found)

    def _checked(self, action: str, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def call(*args: Any, **kwargs: Any) -> Any:
            given = [*args, *kwargs.values()]
            about = _about(given)
            self._check(action, name, about)
            if any(isinstance(a, Actor) and not self._is(a) for a in given):
                self._refuse(name, about)
                raise Denied("Nobody can sign in another person’s name.")
            if name in RAW:  # first the line: what cannot be logged is not handed out
                self._store.replies_opened(about, self._actor)
            try:
                made = method(*args, **kwargs)
            except Denied:  # the method's own rule
                self._refuse(name, about)
                raise
            if name in LOGGED:
                done = made.id if isinstance(made, Entry) else about
                self._store.log(self._actor.who, LOGGED[name], done, _switched(args))
            return made

        return call

    def _is(self, other: Actor) -> bool:
        """The same person; where nobody signs in, the name is what was typed."""
        own = self._actor
        return other == (own if own.named else replace(own, name=other.name))

    def _check(self, action: str, name: str, about: str) -> None:
        try:
            check(self._actor, action)
        except Denied:
            self._refuse(name, about)
            raise

    def _refuse(self, name: str, about: str) -> None:
        self._store.log(self._actor.who, "refused", about, f"{name} as {self._actor.role}")


def guarded(store: Store, actor: Actor) -> Store:
    """`store` for `actor`: what the role does not allow raises Denied and is logged.

    A method that is given an Actor is refused when that is somebody else.
    """
    return cast(Store, _Guard(store, actor))
