"""Names of folders and files in the library."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.quality import Quality, Revision

MAX_NAME = 255
"""Bytes of one name on every common file system."""
LONGEST_SUFFIX = 32
"""Bytes kept free behind a file's stem for ``.forced.zh-Hant.srt`` and the like."""

FOLDER_TOKENS = frozenset({"Movie Title", "Year", "TmdbId", "ImdbId"})
FILE_TOKENS = FOLDER_TOKENS | {"Quality", "Group", "Edition"}

_TOKEN = re.compile(r"\{(?P<lead>[^\w{}]*)(?P<name>[A-Za-z ]+)(?P<tail>[^\w{}]*)\}")
_BRACES = re.compile(r"[{}]")
_FORBIDDEN = re.compile(r'[\\/<>"|?*]')
_SPACES = re.compile(r"\s+")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(?= *(?:\.|$))", re.IGNORECASE)
_JOINERS = "\u200c\u200d"
"""Invisible, but letters of some scripts need them."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Patterns with ``{Token}``; ``{-Group}`` writes the hyphen only where there is a group."""

    folder: str = "{Movie Title} ({Year})"
    file: str = "{Movie Title} ({Year}) {Quality}{-Group}"


class NamingError(ValueError):
    """A pattern that cannot make names; the message says which part and why."""


def check_naming(naming: Naming) -> None:
    """Raise ``NamingError`` for unknown tokens, stray braces, no title, or a path in a pattern."""
    for label, pattern, known in (("folder", naming.folder, FOLDER_TOKENS), ("file", naming.file, FILE_TOKENS)):
        names = [match["name"].strip() for match in _TOKEN.finditer(pattern)]
        for name in names:
            if name not in known:
                raise NamingError(f"The {label} name uses {{{name}}}. Known are: {', '.join(sorted(known))}.")
        if brace := _BRACES.search(_TOKEN.sub("", pattern)):
            why = "Braces are for tokens, like {Year}."
            raise NamingError(f"The {label} name has a “{brace[0]}” that belongs to no token. {why}")
        if "Movie Title" not in names:
            raise NamingError(f"The {label} name has no {{Movie Title}}: two movies would get the same name.")
        if "/" in pattern or "\\" in pattern:
            raise NamingError(f"The {label} name has a slash in it. Folders cannot be nested.")


def folder_name(movie: Movie, naming: Naming) -> str:
    """The movie's folder inside its root folder."""
    return _fitted(naming.folder, _facts(movie), MAX_NAME)


def file_name(movie: Movie, parsed: ParsedRelease, extension: str, naming: Naming, *, limit: int = MAX_NAME) -> str:
    """The file's name in the movie's folder, at most ``limit`` bytes; ``extension`` with its dot."""
    facts = _facts(movie) | {
        "Quality": quality_title(parsed.quality, parsed.revision),
        "Group": parsed.group,
        "Edition": parsed.edition,
    }
    room = limit - LONGEST_SUFFIX - len(extension.encode())
    return _fitted(naming.file, facts, room) + extension


def quality_title(quality: Quality, revision: Revision) -> str:
    """``Bluray-1080p``, or ``Bluray-1080p Proper`` for a better revision."""
    return f"{quality.name} Proper" if revision > Revision() else quality.name


def shorten(name: str, limit: int) -> str:
    """Cut to ``limit`` bytes of UTF-8 without splitting a character."""
    return name.encode()[:limit].decode(errors="ignore").rstrip(" .")


def clean(text: str) -> str:
    """Text that is one safe name everywhere: no separators, invisible or reserved characters, NFC."""
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).replace(": ", " - ").replace(":", "-")
    text = "".join(letter for letter in _FORBIDDEN.sub("", text) if _is_visible(letter))
    text = _SPACES.sub(" ", text).strip(" .")
    return _RESERVED.sub(r"\1_", text)


def _facts(movie: Movie) -> dict[str, str]:
    info = movie.info
    return {
        "Movie Title": info.title,
        "Year": str(info.year or ""),
        "TmdbId": str(info.tmdb_id),
        "ImdbId": info.imdb_id,
    }


def _is_visible(letter: str) -> bool:
    """No control character, half of a surrogate pair, or mark that turns the direction of what follows."""
    return letter in _JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs")


def _fitted(pattern: str, facts: dict[str, str], limit: int) -> str:
    """A name of at most ``limit`` bytes; what is too long loses the end of its title, not its year and quality."""
    name = _fill(pattern, facts)
    excess = len(name.encode()) - limit
    if excess > 0:
        title = clean(facts["Movie Title"])
        uses = max(1, sum(match["name"].strip() == "Movie Title" for match in _TOKEN.finditer(pattern)))
        shorter = shorten(title, max(1, len(title.encode()) - -(-excess // uses)))
        name = _fill(pattern, facts | {"Movie Title": shorter})
    return shorten(name, limit)


def _fill(pattern: str, facts: dict[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        text = clean(facts.get(match["name"].strip(), ""))
        return f"{match['lead']}{text}{match['tail']}" if text else ""

    filled = _TOKEN.sub(value, pattern).replace("()", "").replace("[]", "")
    return clean(filled) or "Movie"
