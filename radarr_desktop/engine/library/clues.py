"""What names tell of the movie at a place. Many names are read in the process aside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

import msgspec

from radarr_desktop.domain.matching import Clues, title_key
from radarr_desktop.domain.parsing import ParsedRelease, parse_release
from radarr_desktop.engine.decisions.aside import Aside
from radarr_desktop.engine.library.finds import Find
from radarr_desktop.engine.library.nfo import Ids

INLINE = 20
"""Places whose names are read on the loop; more would hold it up."""

Named = tuple[str, str, Ids, int]
"""A folder's name (empty for a file without one), the file's, the ids in its notes, and how many rivals it has."""

_unpack = msgspec.msgpack.Decoder(list[Clues])


async def read_clues(aside: Aside, finds: Sequence[Find]) -> list[Clues]:
    """The clues of each find, in order."""
    named = [_named(find) for find in finds]
    if len(named) <= INLINE:
        return [clues_of(*one) for one in named]
    return _unpack.decode(await aside.run(_all, named))


def clues_of(folder: str, file: str, ids: Ids, rivals: int) -> Clues:
    """What a folder's and a file's name, and notes beside it, tell together."""
    around, inside = parse_release(folder), parse_release(file)
    read = [one for one in (around, inside) if one.titles]
    # movie.mkv tells nothing beside a folder that does, nor does a folder called New beside such a file
    told = [one for one in read if one.year] or read
    titles = tuple(dict.fromkeys(title for one in told for title in one.titles))
    years = tuple(dict.fromkeys(one.year for one in told if one.year))
    named = (inside.tmdb_id or around.tmdb_id, inside.imdb_id or around.imdb_id)
    from_notes = not any(named) and bool(ids.tmdb_id or ids.imdb_id)
    tmdb_id, imdb_id = (ids.tmdb_id, ids.imdb_id) if from_notes else named
    return Clues(titles, years, tmdb_id, imdb_id, from_notes, _agree(told), 0, rivals)


def _agree(told: Sequence[ParsedRelease]) -> bool | None:
    if len(told) < 2:
        return None
    first, second = ({title_key(title) for title in one.titles} for one in told)
    if first & second:
        return told[0].year == told[1].year
    return False if told[0].year else None


def _named(find: Find) -> Named:
    file = PurePosixPath(find.video.path if find.video else find.path)
    folder = PurePosixPath(find.path).name if str(file) != find.path else ""
    return folder, file.name, find.ids, find.rivals


def _all(named: Sequence[Named]) -> bytes:
    return msgspec.msgpack.encode([clues_of(*one) for one in named])
