"""The session cookie: as a browser's tools copy it, or out of a cookie file."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_PAIR = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+=[\x21-\x3a\x3c-\x7e]*")
LARGEST = 100_000


def cookie_header(text: str, base_url: str) -> str:
    """What goes into the request; empty stays empty. Raises ``ValueError`` with a sentence.

    A cookie file may hold the cookies of every site: only those for this address are kept.
    """
    if len(text) > LARGEST:
        raise ValueError("This is too long to be a cookie or a cookie file.")
    if "\t" in text:
        return "; ".join(_of_file(text, urlsplit(base_url).hostname or ""))
    pairs = [part.strip() for part in text.strip().removeprefix("Cookie:").split(";") if part.strip()]
    if not all(_PAIR.fullmatch(pair) for pair in pairs):
        raise ValueError("Write the cookie as name=value; name=value, or give a cookie file (Netscape format).")
    return "; ".join(pairs)


def _of_file(text: str, host: str) -> list[str]:
    pairs = []
    for line in text.splitlines():
        fields = line.removeprefix("#HttpOnly_").split("\t")
        if line.startswith("#") and not line.startswith("#HttpOnly_"):
            continue
        if len(fields) == 7 and _is_for(fields[0], host) and _PAIR.fullmatch(f"{fields[5]}={fields[6].strip()}"):
            pairs.append(f"{fields[5]}={fields[6].strip()}")
    if not pairs:
        raise ValueError(
            f"The cookie file has no cookie for {host}. Log in there with your browser and export it anew."
        )
    return pairs


def _is_for(domain: str, host: str) -> bool:
    wanted = domain.lower().lstrip(".")
    return host == wanted or (domain.startswith(".") and host.endswith(f".{wanted}"))
