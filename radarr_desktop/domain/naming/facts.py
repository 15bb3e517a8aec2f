"""What names are made from."""

from __future__ import annotations

from dataclasses import dataclass

from radarr_desktop.domain.media import MediaFacts
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.plugin_api import MovieInfo


@dataclass(frozen=True, slots=True)
class NameFacts:
    """A movie, and for a file the release it came as."""

    info: MovieInfo
    parsed: ParsedRelease = ParsedRelease("")  # noqa: RUF009  frozen
    media: MediaFacts | None = None
    """What the file's own bytes tell; without it the release's name is believed."""
    formats: tuple[str, ...] = ()
    """Names of the custom formats that match and are meant for names."""
    quality: str = ""
    """As users call it; empty: the quality's own name."""
    original: str = ""
    """The release's title, or the name the file had."""
    filename: str = ""
    """The name the file had, without its ending."""


@dataclass(frozen=True, slots=True)
class Modifier:
    """What stands behind a token's colon."""

    length: int = 0
    """At most so many characters; negative: the last ones."""
    words: tuple[str, ...] = ()
    """Languages or custom formats: only these."""
    is_without: bool = False
    """All but these."""
    tells_rest: bool = False
    """``--`` stands for those that were left out."""


NO_MODIFIER = Modifier()
