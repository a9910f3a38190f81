"""The one base class of errors whose text may be shown to a reader."""

from __future__ import annotations


class HeardError(Exception):
    """What happened, where, and what to do next, in one plain sentence or two.

    Only texts of this class reach a page or the command line; everything else is a fault.
    """


class FileError(HeardError):
    """The file cannot be read as a consultation export."""


class MappingError(HeardError):
    """The roles given to the columns do not make a consultation."""


class BackendError(HeardError):
    """A model backend is missing, refused or unreachable."""


class StoreError(HeardError):
    """The store cannot be read or written, or does not hold what was asked for."""


class StoreAway(StoreError):
    """The database does not answer just now; what was asked of it may have been done or not."""


class Cancelled(HeardError):
    """The run was stopped on request; what was finished is kept."""
