"""The torrent behind an address that a feed tells: fetched wherever it leads, or the error that comes in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from radarr_desktop.plugin_api import BadAnswer, Context, NotFound, Release, read_line
from radarr_desktop_plugins.torznab.errors import of_status, read_answer

if TYPE_CHECKING:
    from httpx import Response

LARGEST_TORRENT = 16 * 1024 * 1024
MOST_REDIRECTS = 5
_MAGNET = "magnet:"


async def download(context: Context, address: str, release: Release, key: str) -> bytes | str:
    """Its bytes, or the magnet link that it leads to. ``key`` is the feed's, which no error tells."""
    me, title = context.name, read_line(release.title)
    for _ in range(MOST_REDIRECTS + 1):
        if address.lower().startswith(_MAGNET):
            return address
        if not address.lower().startswith(("http://", "https://")):
            raise BadAnswer(f"{me} leads to something else than a torrent of {title}.")
        response = await context.http.request("GET", address, max_answer=LARGEST_TORRENT)
        if not response.is_redirect:
            return _content(response, me, title, key)
        address = urljoin(address, response.headers.get("location", ""))
    raise BadAnswer(f"{me} leads in a circle instead of to the torrent of {title}.")


def _content(response: Response, me: str, title: str, key: str) -> bytes | str:
    content = response.content
    if response.status_code in (404, 410) and b"disabled" not in content[:2000].lower():
        raise NotFound(f"{title} is no longer to be had from {me} ({response.status_code}).")
    if content[:1] == b"d" and response.status_code == 200:
        return content
    if content[:7].lower() == b"magnet:" and response.status_code == 200:
        return content[:32_768].decode("utf-8", "replace").strip()
    if response.status_code != 200:
        read_answer(me, response, key)  # raises what it says
        raise of_status(me, response) or BadAnswer(f"{me} sent no torrent of {title}.")
    page = content.lstrip()[:1] == b"<"
    if page and b"<error" in content[:500]:
        read_answer(me, response, key)
    sent = "a web page" if page else "something that is no torrent" if content else "an empty file"
    raise BadAnswer(f"{me} sent {sent} instead of the torrent of {title}. Take another one, or try it later.")
