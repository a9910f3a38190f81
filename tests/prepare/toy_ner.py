"""A recogniser as a department could bring it: one name, found by looking for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

revision = "7"


def toy(texts: Sequence[str], /) -> list[list[tuple[int, int, str]]]:
    return [[(*m.span(), "ALIEN") for m in re.finditer("Zorblax", text)] for text in texts]
