"""What the user says of a file, in place of what its name tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from radarr_desktop.domain.media import MediaFacts
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.quality import BY_ID, UNKNOWN, Revision, Source, find_quality


@dataclass(frozen=True, slots=True)
class Told:
    """None: as the name has it."""

    quality_id: int | None = None
    version: int | None = None
    """Of the revision: 2 for a proper."""
    languages: tuple[str, ...] | None = None
    group: str | None = None
    editions: tuple[str, ...] | None = None

    def amend(self, parsed: ParsedRelease) -> ParsedRelease:
        """What the name tells, with what the user said."""
        changed: dict[str, Any] = {
            name: value for name in ("languages", "group", "editions") if (value := getattr(self, name)) is not None
        }
        if self.quality_id is not None:
            if self.quality_id not in BY_ID:
                raise Problem(Kind.BAD_INPUT, f"There is no quality {self.quality_id}.", field="quality_id")
            quality = BY_ID[self.quality_id]
            changed |= {"quality": quality, "source": quality.source, "resolution": quality.resolution}
            changed["modifier"] = quality.modifier
        if self.version is not None:
            changed["revision"] = Revision(parsed.revision.real, self.version)
        return replace(parsed, **changed) if changed else parsed

    def completed(self, parsed: ParsedRelease, media: MediaFacts | None) -> Told:
        """With the quality that the picture has, where neither the user nor a name told one."""
        if self.quality_id is not None or parsed.quality != UNKNOWN or media is None or not media.resolution:
            return self
        return replace(self, quality_id=find_quality(Source.UNKNOWN, media.resolution).id)

    def values(self) -> dict[str, Any]:
        """As the journal keeps it: only what was said."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Told:
        """From what was kept."""
        known: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in values.items()}
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user decided about one file."""

    path: str
    movie_id: int
    told: Told = field(default_factory=Told)
    grab_id: int = 0
