"""How the C library keeps memory: in few places."""

from __future__ import annotations

import ctypes
import sys

_M_ARENA_MAX = -8
_ARENAS = 2


def share_arenas() -> None:
    """Call it before there are threads: glibc would make an arena for each, and none of them ever shrinks.

    Python's threads take turns anyway, so that sharing costs nothing.
    """
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        mallopt(_M_ARENA_MAX, _ARENAS)
