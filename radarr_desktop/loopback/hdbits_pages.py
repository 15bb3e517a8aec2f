"""The pages of the loopback indexer: rows and details laid out as HDBits' are known to be."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from radarr_desktop.loopback.hdbits import Listing

ROWS = 50
"""On a page."""
_HEAD = (
    '<!DOCTYPE html><html><head><title>HDBits</title></head><body><a href="/">Home</a> <a href="/my.php">me</a>'
    ' <a href="/logout.php?key=1">Log out</a>'
)
_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")


def browse(listings: Sequence[Listing], page: int, *, discounts: bool) -> str:
    """A page of the list; ``discounts``: in the newer layout, which has a column more."""
    shown = listings[page * ROWS : (page + 1) * ROWS]
    if not shown:
        return f'{_HEAD}<div id="resultsarea"><h2>Nothing here!</h2></div></body></html>'
    rows = "\n".join(_row(one, discounts=discounts) for one in shown)
    return f'{_HEAD}<div id="resultsarea"><table id="torrent-list"><tbody>{rows}</tbody></table></div></body></html>'


def changed(listings: Sequence[Listing]) -> str:
    """The list in a layout of another day."""
    rows = "".join(f'<li class="torrent" data-id="{one.id}">{escape(one.name)}</li>' for one in listings[:ROWS])
    return f'{_HEAD}<main><ul class="torrents">{rows}</ul></main></body></html>'


def details(one: Listing) -> str:
    """The page of a torrent."""
    report = f'<div class="mediainfo"><pre>{escape(one.media_info)}</pre></div>' if one.media_info else ""
    return (
        f'{_HEAD}<h1>{escape(one.name)}</h1><table id="details"><tr><td>Description<td>{report}'
        "<p>Made for loopback: general words.</p></tr></table></body></html>"
    )


def _row(one: Listing, *, discounts: bool) -> str:
    free = '<a title="100% FL: no download is counted." href="/rules.php">FL</a>' if one.freeleech else ""
    only = '<a href="/browse.php?exclusive=1">Exclusive</a>' if one.exclusive else ""
    inside = '<a href="/browse.php?origin=1">Internal</a>' if one.origin == 1 else ""
    imdb = f'<a data-imdb-link="tt{one.imdb:07d}" href="/film/info?id={one.imdb}">IMDb</a>' if one.imdb else ""
    name = (
        f'<td class="browse_td_name_cell"><b><a href="/details.php?id={one.id}&amp;hit=1">{escape(one.name)}</a></b>'
        f' {free} {only} {inside} {imdb} <a href="/download.php/{one.id}.torrent?id={one.id}">dl</a></td>'
    )
    cells = [
        f'<td class="catcell"><a href="?cat={one.category}">c</a>',  # ends of cells may be left out, and are
        "<td>",
        name,
        '<td><a href="#comments">0</a></td>',
        "<td>3<br>weeks</td>",
        *(["<td>50%</td>"] if discounts else []),
        f"<td>{_size(one.size)}</td>",
        f"<td>{one.seeders * 3:,}</td>",
        f"<td><a>{one.seeders}</a></td>",
        f"<td>{one.leechers}</td>",
    ]
    return f'<tr id="t{one.id}">{"".join(cells)}'


def _size(size: int) -> str:
    number, unit = float(size), 0
    while number >= 1024 and unit < len(_UNITS) - 1:
        number, unit = number / 1024, unit + 1
    return f"{number:.2f}<br>{_UNITS[unit]}"
