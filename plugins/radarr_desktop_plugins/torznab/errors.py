"""What a feed answers when it cannot do as asked, as the named error that decides what happens next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from radarr_desktop.plugin_api import (
    BadAnswer,
    LoginFailed,
    NotFound,
    PluginError,
    RateLimited,
    Rejected,
    ServerFault,
    Unreachable,
    read_line,
    read_xml,
    retry_after,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from httpx import Response

HOUR = 3600.0
_KEY = "Copy the API key again from the settings of Prowlarr, Jackett or the site, then test again."
_OURS = "This is a fault of the program, not yours; please report it."


class NotAvailable(Rejected):
    """It cannot be asked like this; another way may work."""


def of_code(name: str, error: Element, response: Response, key: str) -> PluginError:
    """The error that an ``<error code description>`` means."""
    code = int(text) if re.fullmatch(r"[0-9]{1,4}", text := error.get("code", "").strip()) else 0
    told = error.get("description") or ""
    said = read_line(told.replace(key, "…") if key else told, 200).rstrip(".")
    tail = f" (It says: {said or 'nothing more'}, code {code}.)"
    low = said.lower()
    if 100 <= code < 200 or re.search(r"(missing|wrong|invalid|incorrect).{0,20}api ?key", low):
        return LoginFailed(f"{name} refused the API key. {_KEY}{tail}")
    if code in (429, 500, 501) or "limit reached" in low or "too many requests" in low:
        wait = retry_after(response.headers)
        return RateLimited(f"{name} has had all the requests it allows for now.{tail}", HOUR if wait is None else wait)
    if code in (410, 910):
        return Unreachable(f"{name} is switched off where its feed comes from. Switch it on there.{tail}")
    if code in (201, 202, 203):
        return NotAvailable(f"{name} cannot be asked like this.{tail}")
    if code == 200:
        return Rejected(f"{name} misses a part of the request. {_OURS}{tail}")
    if code == 300:
        return NotFound(f"{name} does not have it any more.{tail}")
    return ServerFault(f"{name} cannot work right now. It is asked again later.{tail}")


def of_status(name: str, response: Response) -> PluginError | None:
    """The error that an HTTP status means where the body says nothing; None: there is none."""
    status = response.status_code
    if status == 200:
        return None
    if status == 401:
        return LoginFailed(f"{name} refused the API key (401). {_KEY}")
    if status == 403:
        return Unreachable(f"{name} turned this program away (403). Open it in a browser to see why.")
    if status == 404:
        return BadAnswer(f"{name} has nothing there (404). Check the address and the path of the API.")
    if status == 410:
        return Unreachable(f"{name} is switched off where its feed comes from (410). Switch it on there.")
    if 300 <= status < 400:
        return BadAnswer(
            f"{name} pointed elsewhere ({status}). Check the address: its host, its path, http:// or https://."
        )
    return ServerFault(f"{name} cannot work right now (it answered {status}). It is asked again later.")


def read_answer(name: str, response: Response, key: str) -> Element | None:
    """The document of an answer; errors in it are raised. None: the status says that there is none to read."""
    if response.status_code != 200 and response.content.lstrip()[:1] != b"<":
        return None
    try:
        root = read_xml(response)
    except BadAnswer:
        if response.status_code == 200:
            raise
        return None
    if root.tag == "error":
        raise of_code(name, root, response, key)
    return root if response.status_code == 200 else None
