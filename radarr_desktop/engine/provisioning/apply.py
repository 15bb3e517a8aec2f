"""Make the program what the file says; doing it again changes nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import structlog

from radarr_desktop.domain.custom_formats import FormatError
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.profiles import ProfileError
from radarr_desktop.domain.remote_path import as_remote
from radarr_desktop.engine.engine import Engine
from radarr_desktop.engine.library.shelves import plain_path
from radarr_desktop.engine.plugins.host import Draft, PluginHost, module_name
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.provisioning.document import (
    ConfigError,
    CustomFormatTable,
    Document,
    MediaTable,
    Mistake,
    MovieTable,
    PluginTable,
    PortTable,
    QualityProfileTable,
    RemotePathTable,
    Table,
)
from radarr_desktop.engine.provisioning.lines import Place, Source
from radarr_desktop.engine.provisioning.naming import wanted_naming
from radarr_desktop.engine.provisioning.wanted import is_address, profile_name, wanted_format, wanted_profile
from radarr_desktop.engine.provisioning.watching import wanted_watch
from radarr_desktop.engine.settings import PortSettings
from radarr_desktop.plugin_api import Plugin

log = structlog.get_logger(__name__)


async def apply_settings(engine: Engine, document: Document, source: Source) -> None:
    """What needs no plugin: port, media, root folders, profiles. Raises ``ConfigError``."""
    found: list[tuple[Place, str]] = []
    if document.port is not None:
        try:
            await _port(engine, document.port)
        except Problem as problem:
            found.append((("port", problem.field), str(problem)))
    if document.media is not None:
        try:
            await _media(engine, document.media)
        except Problem as problem:
            found.append((("media", *problem.field.split(".")), str(problem)))
    if document.downloads is not None:
        try:
            told = document.downloads.model_dump(include=document.downloads.model_fields_set)
            await engine.settings.save_downloads(replace(await engine.settings.downloads(), **told))
        except Problem as problem:
            found.append((("downloads", problem.field), str(problem)))
    found += [fault async for fault in _folders(engine, document)]
    found += [fault async for fault in _watch_folders(engine, document)]
    for number, format in enumerate(document.custom_format):
        try:
            await _format(engine, format, document, source.path.parent)
        except (Problem, FormatError) as problem:
            found.append((("custom_format", number), str(problem)))
    for number, profile in enumerate(document.quality_profile):
        try:
            await _profile(engine, profile, document)
        except (Problem, ProfileError) as problem:
            found.append((("quality_profile", number), str(problem)))
    _refuse(source, found)


async def apply_plugins(engine: Engine, document: Document, source: Source) -> None:
    """Services, and the movies they are needed for. A service that is away now is set up all the same."""
    found: list[tuple[Place, str]] = []
    for number, plugin in enumerate(document.plugin):
        try:
            await _plugin(engine, plugin)
        except Problem as problem:
            inside = (problem.field,) if problem.field in ("module", "name", "tags") else ("settings", problem.field)
            found.append((("plugin", number, *inside), str(problem)))
    for number, movie in enumerate(document.movie):
        try:
            await _movie(engine, movie)
        except Problem as problem:
            found.append((("movie", number), str(problem)))
    _refuse(source, found)


def find_module(plugins: PluginHost, module: str) -> tuple[PluginKind, type[Plugin[Any]]]:
    """The service a file calls by its module (or class) name."""
    for kind in PluginKind:
        try:
            return kind, plugins.find_class(kind, module)
        except Problem:
            continue
    names = sorted({module_name(cls) for kind in PluginKind for cls in plugins.classes(kind)})
    what = f"There is no plugin module “{module}”."
    raise Problem(Kind.NOT_FOUND, what, f"Known are: {', '.join(names)}.", field="module")


def _refuse(source: Source, found: list[tuple[Place, str]]) -> None:
    if found:
        raise ConfigError(source.path, [Mistake(source.line(*place), message) for place, message in found])


async def _port(engine: Engine, table: PortTable) -> None:
    now = await engine.settings.port()
    wanted = PortSettings(table.host, table.port, table.api_key or now.api_key)
    if wanted != now:
        await engine.settings.save_port(wanted)


async def _media(engine: Engine, table: MediaTable) -> None:
    now = await engine.settings.media()
    naming = wanted_naming(table.naming, now.naming)
    allow_copies, unpack = _told(table, "allow_copies", now.allow_copies), _told(table, "unpack", now.unpack)
    wanted = replace(now, allow_copies=allow_copies, unpack=unpack, naming=naming)
    if wanted != now:
        await engine.settings.save_media(wanted)
    beside = await engine.settings.sidecars()
    told = {name: getattr(table.sidecars, name) for name in table.sidecars.model_fields_set}
    if (changed := replace(beside, **told)) != beside:
        await engine.sidecars.save(changed)


async def _folders(engine: Engine, document: Document) -> AsyncIterator[tuple[Place, str]]:
    known = {folder.path for folder in await engine.folders.all()}
    for number, folder in enumerate(document.root_folder):
        try:
            if str(plain_path(folder.path)) not in known:
                await engine.folders.add(folder.path)
        except Problem as problem:
            yield ("root_folder", number, "path"), str(problem)
    for number, mapping in enumerate(document.remote_path):
        try:
            await _remote_path(engine, mapping)
        except Problem as problem:
            key = {"remote_path": "remote", "local_path": "local"}.get(problem.field, problem.field)
            yield ("remote_path", number, key), str(problem)


async def _watch_folders(engine: Engine, document: Document) -> AsyncIterator[tuple[Place, str]]:
    known = {folder.path: folder for folder in await engine.watch_folders.all()}
    for number, table in enumerate(document.watch_folder):
        try:
            wanted = wanted_watch(table, known.get(str(plain_path(table.path))))
            if not wanted.id:
                await engine.watch_folders.add(wanted)
            elif wanted != known[wanted.path]:
                await engine.watch_folders.change(wanted)
        except Problem as problem:
            yield ("watch_folder", number, problem.field or "path"), str(problem)


async def _remote_path(engine: Engine, table: RemotePathTable) -> None:
    named = (table.host.strip().casefold(), str(as_remote(table.remote)))
    known = {(one.host.casefold(), one.remote): one for one in await engine.remote_paths.all()}
    current = known.get(named)
    if current is None or current.derived:
        await engine.remote_paths.add(table.host, table.remote, table.local)
    elif current.local != str(plain_path(table.local)):
        await engine.remote_paths.change(replace(current, local=table.local))


async def _format(engine: Engine, table: CustomFormatTable, document: Document, folder: Path) -> None:
    """What is elsewhere is fetched by a job: the program starts without a network, too."""
    if is_address(table.source):
        scores = {profile_name(one): dict(one.scores) for one in document.quality_profile if one.scores}
        await engine.jobs.enqueue("take_guide", {"source": table.source, "scores": scores})
    elif table.source:
        source = table.source if table.source.startswith("~") else str(folder / table.source)
        taken = await engine.guides.take(source)
        if taken.problems:
            raise Problem(Kind.BAD_INPUT, f"{table.source} cannot be used.", taken.problems[0], field="source")
    else:
        wanted = wanted_format(table)
        known = {format.name.casefold(): format for format in await engine.formats.all()}
        current = known.get(wanted.name.casefold())
        if current is None:
            await engine.formats.add(wanted)
        elif current.specifications != wanted.specifications:
            await engine.formats.update(replace(current, specifications=wanted.specifications))


async def _profile(engine: Engine, table: QualityProfileTable, document: Document) -> None:
    if table.preset:
        await engine.profiles.preset(table.preset)  # makes the custom formats it needs
    ids = {format.name.casefold(): format.id for format in await engine.formats.all()}
    if any(is_address(format.source) for format in document.custom_format):  # its job gives the scores that are missing
        known = {name: score for name, score in table.scores.items() if name.strip().casefold() in ids}
        table = table.model_copy(update={"scores": known})
    by_name = {profile.name.casefold(): profile for profile in await engine.profiles.all()}
    current = by_name.get(profile_name(table).casefold())
    wanted = wanted_profile(table, ids, current)
    if current is None:
        await engine.profiles.add(wanted)
    elif wanted != current:
        await engine.profiles.update(wanted)


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
        enabled=_told(table, "enabled", current.enabled) if current else table.enabled,
        tags=tags if current is None or "tags" in table.model_fields_set else current.tags,
        priority=current.priority if current else 25,
    )
    if current is None or await engine.plugins.differs(draft):
        await engine.plugins.save(draft, force=True)


async def _movie(engine: Engine, table: MovieTable) -> None:
    """Adding needs the metadata source, so a job does it; what the file says of a movie that is there is changed."""
    profiles = {profile.name.casefold(): profile.id for profile in await engine.profiles.all()}
    profile_id = profiles.get(table.quality_profile.strip().casefold(), 0)
    movie = await engine.movies.by_tmdb(table.tmdb_id)
    if movie is None:
        wanted = {
            "tmdb_id": table.tmdb_id,
            "profile_id": profile_id,
            "root_folder": table.root_folder,
            "monitored": table.monitored,
            "search": table.monitored,
        }
        await engine.jobs.enqueue("add_movie", wanted)
        return
    monitored = _told(table, "monitored", movie.monitored)
    profile_id = profile_id or movie.slot.profile_id
    if (monitored, profile_id) != (movie.monitored, movie.slot.profile_id):
        await engine.movies.update(movie.id, monitored=monitored, profile_id=profile_id)


def _told(table: Table, name: str, now: bool) -> bool:
    """A switch of the file; what the file leaves out stays as the user has it now."""
    return bool(getattr(table, name)) if name in table.model_fields_set else now
