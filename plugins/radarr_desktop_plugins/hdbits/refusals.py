"""What HDBits says when it says no, as the error that decides what happens next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from radarr_desktop.plugin_api import (
    BadAnswer,
    LoginFailed,
    PluginError,
    RateLimited,
    Rejected,
    ServerFault,
    Unreachable,
)

if TYPE_CHECKING:
    from httpx import Response

PASSKEY_LENGTH = 32
USUAL_MINUTES = 15
_OURS = "This is a fault of the program, not yours; please report it."
_ERRORS: dict[int, PluginError] = {
    1: Unreachable("HDBits could not do this right now. It is asked again later."),
    2: Rejected("HDBits only talks over an encrypted connection. Start the address with https://."),
    3: Rejected(f"HDBits could not read the request. {_OURS}"),
    4: LoginFailed("HDBits misses the user name or the passkey. Enter both, then test again."),
    5: LoginFailed("HDBits refused the passkey or the user name."),
    6: Rejected(f"HDBits misses a part of the request. {_OURS}"),
    7: Rejected(f"HDBits did not accept a part of the request. {_OURS}"),
    8: Rejected("HDBits could not look this film up on IMDb. Check its IMDb id."),
    9: Rejected("HDBits takes no IMDb id of a series. Check the film's IMDb id."),
}


def refuse(status: int, said: str, passkey: str) -> NoReturn:
    """Every status of its API; ``said``: its own words, cleaned."""
    error = _ERRORS.get(status) or BadAnswer("HDBits answered with a status it does not document.")
    advice = f" {passkey_advice(passkey)}" if status == 5 else ""
    raise type(error)(f"{error}{advice} (HDBits: {said}, status {status})")


def check_http(response: Response, refused: str) -> None:
    """Raise what a status of HTTP means; ``refused``: what to do about a 401."""
    status = response.status_code
    if status == 200:
        return
    if status == 401:
        raise LoginFailed(f"HDBits refused the login (401). {refused}")
    if status == 403:
        _check_limit(response)
        raise Unreachable(
            "HDBits turned this program away (403) without naming a limit. "
            "Open hdbits.org in a browser to see whether your account or address is blocked."
        )
    if status == 404:
        raise BadAnswer("HDBits has nothing there (404). Check the address in the settings.")
    if 300 <= status < 400:
        raise BadAnswer(f"HDBits pointed elsewhere ({status}). Check the address in the settings.")
    raise ServerFault(f"HDBits cannot work right now (it answered {status}). It is asked again later.")


def passkey_advice(passkey: str) -> str:
    """What people should do about a passkey that was refused."""
    if len(passkey) != PASSKEY_LENGTH:
        length = f"It has {len(passkey)} characters, a passkey has {PASSKEY_LENGTH}."
        return f"{length} Copy it again from your profile page."
    return "Copy the passkey again from your profile page (it is not the password), then test again."


def _check_limit(response: Response) -> None:
    text = response.content[:10_000].decode("utf-8", "replace")
    if "rate" in text.lower() and "limit" in text.lower():
        told = re.search(r"([0-9]{1,3}) minutes?", text)
        minutes = int(told[1]) if told else USUAL_MINUTES
        raise RateLimited(f"HDBits asked to slow down (403). It is left alone for {minutes} minutes.", minutes * 60)
