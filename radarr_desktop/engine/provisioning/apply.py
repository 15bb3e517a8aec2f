"""Make the program what the file says; doing it again changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import structlog

from radarr_desktop.domain.naming import Naming
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.profiles import ProfileError, QualityProfile, make_profile
from radarr_desktop.engine.engine import Engine
from radarr_desktop.engine.plugins.host import Draft, PluginHost, module_name
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.provisioning.document import ConfigError, Document, Mistake, PluginTable, Source
from radarr_desktop.engine.settings import PortSettings
from radarr_desktop.plugin_api import Plugin

log = structlog.get_logger(__name__)


async def apply_settings(engine: Engine, document: Document, source: Source) -> None:
    """What needs no plugin: port, media, root folders, profiles. Raises ``ConfigError``."""
    mistakes: list[Mistake] = []
    if document.port is not None:
        table = document.port
        try:
            await engine.settings.save_port(PortSettings(table.host, table.port, table.api_key))
        except Problem as problem:
            mistakes.append(Mistake(source.line("port", problem.field), str(problem)))
    if document.media is not None:
        try:
            await _media(engine, document)
        except Problem as problem:
            mistakes.append(Mistake(source.line("media", problem.field), str(problem)))
    for number, folder in enumerate(document.root_folder):
        try:
            await engine.folders.add(folder.path)
        except Problem as problem:
            mistakes.append(Mistake(source.line("root_folder", number, "path"), str(problem)))
    for number, profile in enumerate(document.quality_profile):
        try:
            await _profile(
                engine, make_profile(profile.name, profile.allowed, profile.cutoff, upgrades=profile.upgrades)
            )
        except (Problem, ProfileError) as problem:
            mistakes.append(Mistake(source.line("quality_profile", number), str(problem)))
    if mistakes:
        raise ConfigError(source.path, mistakes)


async def apply_plugins(engine: Engine, document: Document, source: Source) -> None:
    """Services, and the movies they are needed for. A service that is away now is set up all the same."""
    mistakes: list[Mistake] = []
    for number, table in enumerate(document.plugin):
        try:
            await _plugin(engine, table)
        except Problem as problem:
            where = (problem.field,) if problem.field in ("module", "name", "tags") else ("settings",)
            mistakes.append(Mistake(source.line("plugin", number, *where), str(problem)))
    profiles = {profile.name.casefold(): profile.id for profile in await engine.profiles.all()}
    for number, movie in enumerate(document.movie):
        if movie.quality_profile and movie.quality_profile.casefold() not in profiles:
            what = f"There is no quality profile “{movie.quality_profile}”."
            mistakes.append(Mistake(source.line("movie", number, "quality_profile"), what))
            continue
        if await engine.movies.by_tmdb(movie.tmdb_id) is None:
            wanted = {
                "tmdb_id": movie.tmdb_id,
                "profile_id": profiles.get(movie.quality_profile.casefold(), 0),
                "root_folder": movie.root_folder,
                "monitored": movie.monitored,
                "search": movie.monitored,
            }
            await engine.jobs.enqueue("add_movie", wanted)
    if mistakes:
        raise ConfigError(source.path, mistakes)


def find_module(plugins: PluginHost, module: str) -> tuple[PluginKind, type[Plugin[Any]]]:
    """The service a file calls by its module (or class) name."""
    for kind in PluginKind:
        try:
            return kind, plugins.find_class(kind, module)
        except Problem:
            continue
    names = sorted(module_name(cls) for kind in PluginKind for cls in plugins.classes(kind))
    what = f"There is no plugin module “{module}”."
    raise Problem(Kind.NOT_FOUND, what, f"Known are: {', '.join(names)}.", field="module")


async def _media(engine: Engine, document: Document) -> None:
    assert document.media is not None
    table, now = document.media, await engine.settings.media()
    naming = Naming(table.naming.folder or now.naming.folder, table.naming.file or now.naming.file)
    wanted = replace(now, allow_copies=table.allow_copies, naming=naming)
    if wanted != now:
        await engine.settings.save_media(wanted)


async def _profile(engine: Engine, wanted: QualityProfile) -> None:
    known = {profile.name.casefold(): profile for profile in await engine.profiles.all()}
    current = known.get(wanted.name.casefold())
    if current is None:
        await engine.profiles.add(wanted)
    elif replace(wanted, id=current.id) != current:
        await engine.profiles.update(replace(wanted, id=current.id))


async def _plugin(engine: Engine, table: PluginTable) -> None:
    kind, cls = find_module(engine.plugins, table.module)
    tags = tuple([(await engine.tags.add(label)).id for label in table.tags])
    known = {instance.name.casefold(): instance for instance in await engine.plugins.instances(kind)}
    current = known.get(table.name.strip().casefold())
    draft = Draft(
        kind,
        cls.implementation,
        table.name,
        table.settings,
        id=current.id if current else 0,
        enabled=table.enabled,
        tags=tags,
        priority=current.priority if current else 25,
    )
    if current is None or await engine.plugins.differs(draft):
        await engine.plugins.save(draft, force=True)
