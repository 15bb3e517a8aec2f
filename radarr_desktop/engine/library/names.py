"""Names by the rules as they are now: patterns, titles of qualities, custom formats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from radarr_desktop.domain.custom_formats import CompiledFormats, subject_of
from radarr_desktop.domain.events import RulesChanged
from radarr_desktop.domain.guide import DocumentKind
from radarr_desktop.domain.media import MediaFacts
from radarr_desktop.domain.movie import Movie, MovieFile
from radarr_desktop.domain.naming import MAX_NAME, NameFacts, Naming, file_name, folder_name
from radarr_desktop.domain.parsing import ParsedRelease, parse_release
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.bus import Bus
from radarr_desktop.engine.quality.definitions import Definitions
from radarr_desktop.engine.quality.formats import Formats
from radarr_desktop.engine.quality.guides import Guides
from radarr_desktop.engine.settings import AppSettings
from radarr_desktop.plugin_api import IndexerFlag

if TYPE_CHECKING:
    from radarr_desktop.domain.naming.examples import NamingExamples
    from radarr_desktop.domain.naming.presets import NamingPreset


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a file came as."""

    parsed: ParsedRelease
    title: str = ""
    """The release's."""
    filename: str = ""
    """The name the file had, without its ending."""
    media: MediaFacts | None = None
    size: int = 0
    flags: frozenset[IndexerFlag] = frozenset()


@dataclass(frozen=True, slots=True)
class NameMaker:
    """The rules at one moment; makes names without waiting for anything."""

    naming: Naming
    titles: Mapping[int, str]
    """Of qualities, by id."""
    formats: CompiledFormats | None
    """None where no pattern asks for them: matching 200 takes longer than all the rest."""

    def folder(self, movie: Movie) -> str:
        """The movie's folder below its root folder."""
        return folder_name(movie, self.naming)

    def file(self, movie: Movie, came: Provenance, extension: str, *, limit: int = MAX_NAME) -> str:
        """The file below the movie's folder; ``extension`` with its dot."""
        matched = _matched(self.formats, movie, came) if self.formats else ()
        quality = self.titles.get(came.parsed.quality.id, "")
        facts = NameFacts(movie.info, came.parsed, came.media, matched, quality, came.title, came.filename)
        return file_name(facts, extension, self.naming, limit=limit)

    def of_file(self, movie: Movie, file: MovieFile, *, limit: int = MAX_NAME) -> str:
        """What a file of the library should be called, by the release it came as."""
        path = Path(file.path)
        title = file.release_title or path.stem
        parsed = file.as_told(parse_release(title))
        parsed = replace(parsed, quality=file.quality, revision=file.revision, group=file.group)
        filename = Path(file.original_path).stem
        came = Provenance(parsed, title, filename, file.media, file.release_size or file.size, file.flags)
        return self.file(movie, came, path.suffix, limit=limit)


class Names:
    """Makes them, and knows the patterns one can start from."""

    def __init__(
        self, bus: Bus, settings: AppSettings, formats: Formats, definitions: Definitions, guides: Guides
    ) -> None:
        self._settings = settings
        self._formats = formats
        self._definitions = definitions
        self._guides = guides
        self._titles: Mapping[int, str] = {}
        """Of qualities; empty until they are asked for, as after every change."""
        self._changes = 0
        bus.subscribe(RulesChanged, self._forget)

    async def maker(self, naming: Naming | None = None) -> NameMaker:
        """The rules as they are now; with ``naming`` where they were just read, which every import does."""
        if naming is None:
            naming = (await self._settings.media()).naming
        while not self._titles:
            changes = self._changes
            titles = {one.quality.id: one.title for one in await self._definitions.all()}
            if changes == self._changes:
                self._titles = titles
        formats = await self._formats.compiled() if _asks_formats(naming) else None
        return NameMaker(naming, self._titles, formats)

    async def presets(self) -> list[NamingPreset]:
        """Ours, then those of a guide that was imported."""
        from radarr_desktop.domain.naming.presets import PRESETS, guide_presets  # here: asked for rarely

        found = list(PRESETS)
        for document in await self._guides.documents(DocumentKind.NAMING):
            found += guide_presets(document.body)
        return found

    def examples(self, naming: Naming) -> NamingExamples:
        """What rules make of a movie that nobody made."""
        from radarr_desktop.domain.naming.examples import examples  # here: asked for rarely

        return examples(naming)

    async def save(self, naming: Naming) -> Naming:
        """Make these the rules; files keep their names until they are renamed. Raises a ``Problem``."""
        await self._settings.save_media(replace(await self._settings.media(), naming=naming))
        return naming

    async def use(self, key: str) -> Naming:
        """Make a preset's patterns the rules."""
        presets = await self.presets()
        for preset in presets:
            if key.strip().casefold() in (preset.key, preset.title.casefold()):
                return await self.save(preset.applied((await self._settings.media()).naming))
        known = ", ".join(preset.key for preset in presets)
        has_guide = any(preset.is_of_guide for preset in presets)
        todo = "" if has_guide else "Those of TRaSH's guide come with “formats import”."
        raise Problem(Kind.NOT_FOUND, f"There is no naming preset “{key}”.", f"Known are: {known}.", todo, field="name")

    def _forget(self, event: RulesChanged) -> None:
        self._changes += 1
        self._titles = {}


def _asks_formats(naming: Naming) -> bool:
    return "custom" in naming.file.lower()


def _matched(formats: CompiledFormats, movie: Movie, came: Provenance) -> tuple[str, ...]:
    subject = subject_of(came.parsed, size=came.size, flags=came.flags, movie=movie.info)
    ids = set(formats.match(subject))
    return tuple(one.name for one in formats.formats if one.id in ids and one.in_rename)
