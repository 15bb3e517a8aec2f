"""Made-up passkeys, API keys, sessions and passwords. All bear one mark, so that a leak of any of them is found."""

from __future__ import annotations

import hashlib
import secrets

MARK = "5ec4e75ec4e7"


def made_up(purpose: str = "") -> str:
    """32 digits as trackers give out: for a purpose always the same, without one a new one."""
    rest = hashlib.sha256(purpose.encode()).hexdigest() if purpose else secrets.token_hex(16)
    return MARK + rest[: 32 - len(MARK)]
