"""Web pages and cookies: what is read of them, whatever they are."""

from __future__ import annotations

from radarr_desktop_plugins.hdbits.cookies import cookie_header
from radarr_desktop_plugins.hdbits.media_info import media_info
from radarr_desktop_plugins.hdbits.tree import Element, read_page
from tests.fuzz.clock import Clock

_AROUND = (
    "{}",
    '<table id="torrent-list"><tr id="t1"><td>{}<td><a href="/details.php?id=1">{}</a></table>',
    "<pre>General\nFormat : {}\n\nVideo\n{}</pre>",
)


def pages(text: str, call: Clock) -> None:
    """A page, a row of its list, a report in it, and a session."""
    for around in _AROUND:
        page = call(read_page, around.replace("{}", text[:40_000]).encode("utf-8", "replace"))
        report = call(media_info, call(_lines, page))
        assert not report or report.startswith("General\n")
        assert "\n" not in page.text
    try:
        header = call(cookie_header, text, "https://tracker.example")
    except ValueError:
        return
    assert header.isascii()
    assert header.isprintable()


def _lines(page: Element) -> list[str]:
    return page.lines
