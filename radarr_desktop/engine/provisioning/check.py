"""Everything that can be known of a provisioning file without starting the program."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from radarr_desktop.domain.naming import Naming
from radarr_desktop.domain.naming.examples import examples
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.remote_path import as_remote, is_full
from radarr_desktop.domain.stuck import DownloadSettings, SettingsError, check_settings
from radarr_desktop.engine.library.shelves import checked_label, plain_path, unusable
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.plugins import complaints, forms
from radarr_desktop.engine.plugins.discovery import Discovered, discover, module_name
from radarr_desktop.engine.plugins.kinds import kind_of
from radarr_desktop.engine.provisioning.document import (
    ConfigError,
    Document,
    Mistake,
    PluginTable,
    Reading,
    read_document,
)
from radarr_desktop.engine.provisioning.lines import Place
from radarr_desktop.engine.provisioning.naming import wanted_naming
from radarr_desktop.engine.provisioning.salvage import is_within
from radarr_desktop.engine.provisioning.wanted import profile_name, wrong_formats, wrong_profile
from radarr_desktop.engine.provisioning.watching import wrong_watches
from radarr_desktop.engine.settings import PortSettings, check_port
from radarr_desktop.plugin_api import Plugin

Found = Iterator[tuple[Place, str]]


def check(path: Path, paths: Paths) -> list[Mistake]:
    """Every mistake with its line; an empty list for a file that can be used."""
    try:
        return mistakes(read_document(path), paths)
    except ConfigError as error:
        return error.mistakes


def mistakes(reading: Reading, paths: Paths, known_folders: Collection[str] = ()) -> list[Mistake]:
    """All that is wrong with a file. A folder known before may be away: a disk that is not mounted."""
    document, faults = reading.document, reading.faults
    found = [
        *_port(document),
        *_media(document),
        *_downloads(document),
        *_folders(document, known_folders),
        *wrong_watches(document, known_folders),
        *_remote_paths(document, known_folders),
        *_profiles(document),
        *_plugins(document, discover(paths.drop_in) if document.plugin else Discovered((), ())),
        *_movies(document, faults),
    ]
    said = [*faults.items(), *((place, message) for place, message in found if not is_within(place, faults))]
    return sorted(Mistake(reading.source.line(*place), message) for place, message in said)


def _port(document: Document) -> Found:
    if document.port is not None:
        table = document.port
        try:
            check_port(PortSettings(table.host, table.port, table.api_key))
        except Problem as problem:
            yield ("port", problem.field), str(problem)


def _media(document: Document) -> Found:
    if document.media is None:
        return
    try:
        naming = wanted_naming(document.media.naming, Naming())
    except Problem as problem:
        yield ("media", *problem.field.split(".")), str(problem)
        return
    for error in examples(naming).errors:
        yield ("media", "naming", error.field), str(error)


def _downloads(document: Document) -> Found:
    if document.downloads is not None:
        try:
            check_settings(DownloadSettings(**document.downloads.model_dump()))
        except SettingsError as fault:
            yield ("downloads", fault.field), str(fault)


def _folders(document: Document, known_before: Collection[str]) -> Found:
    known: list[Path] = []
    for number, table in enumerate(document.root_folder):
        place, folder = ("root_folder", number, "path"), plain_path(table.path)
        problem = "" if str(folder) in known_before else unusable(folder)
        if problem:
            yield place, f"{table.path} cannot be a root folder. {problem}"
        elif folder in known:
            yield place, f"{table.path} is named twice. Remove one."
        elif other := next((each for each in known if each in folder.parents or folder in each.parents), None):
            yield place, f"{table.path} cannot be a root folder. It lies in {other}, or {other} lies in it."
        known.append(folder)


def _remote_paths(document: Document, known_before: Collection[str]) -> Found:
    names = [(table.host.strip().casefold(), str(as_remote(table.remote))) for table in document.remote_path]
    yield from _twice("remote_path", names, "remote")
    for number, table in enumerate(document.remote_path):
        local = plain_path(table.local)
        if not is_full(table.remote):
            yield ("remote_path", number, "remote"), f"“{table.remote}” is no full path."
        if str(local) not in known_before and not (local.is_absolute() and local.is_dir()):
            yield ("remote_path", number, "local"), f"There is no folder {table.local} here."


def _profiles(document: Document) -> Found:
    yield from wrong_formats(document)
    yield from _twice("quality_profile", [profile_name(one).casefold() for one in document.quality_profile], "name")
    for number, table in enumerate(document.quality_profile):
        if wrong := wrong_profile(table):
            yield ("quality_profile", number, wrong[0]), wrong[1]


def _plugins(document: Document, found: Discovered) -> Found:
    classes = {name(cls).casefold(): cls for cls in found.classes for name in _NAMES}
    named: list[Any] = []
    for number, table in enumerate(document.plugin):
        cls = classes.get(table.module.casefold())
        named.append((kind_of(cls), table.name.strip().casefold()) if cls else number)
        if cls is None:
            yield ("plugin", number, "module"), _no_module(table.module, found)
        else:
            yield from _settings(cls, table, ("plugin", number, "settings"))
        if not table.name.strip():
            yield ("plugin", number, "name"), "The name is empty. Give it a name."
        for index, label in enumerate(table.tags):
            try:
                checked_label(label)
            except Problem as problem:
                yield ("plugin", number, "tags", index), str(problem)
    yield from _twice("plugin", named, "name")


_NAMES: tuple[Callable[[type[Plugin[Any]]], str], ...] = (module_name, lambda cls: cls.implementation)


def _no_module(wanted: str, found: Discovered) -> str:
    for failed in found.failed:
        if failed.module.casefold() == wanted.casefold():
            return f"The plugin module “{wanted}” could not be loaded. {failed.reason}"
    known = ", ".join(sorted({module_name(cls) for cls in found.classes}))
    return f"There is no plugin module “{wanted}”. Known are: {known}."


def _settings(cls: type[Plugin[Any]], table: PluginTable, place: Place) -> Found:
    try:
        cls.settings_type().model_validate(table.settings)
    except ValidationError as fault:
        labels = {field.name: field.label for field in forms.fields(cls)}
        for error in fault.errors(include_input=False, include_url=False):
            name = str(error["loc"][0]) if error["loc"] else ""
            yield (*place, *error["loc"]), f"{labels.get(name, name) or 'The settings'}: {complaints.sentence(error)}"


def _movies(document: Document, faults: Collection[Place]) -> Found:
    """A movie may only name what the file itself declares: so the file means the same on every machine."""
    yield from _twice("movie", [table.tmdb_id for table in document.movie], "tmdb_id")
    profiles_known = _all_named("quality_profile", "name", faults)
    folders_known = _all_named("root_folder", "path", faults)
    profiles = {profile_name(table).casefold() for table in document.quality_profile}
    folders = {plain_path(table.path) for table in document.root_folder}
    for number, table in enumerate(document.movie):
        place = ("movie", number)
        if profiles_known:
            if table.quality_profile and table.quality_profile.strip().casefold() not in profiles:
                text = f"No [[quality_profile]] of this file is called “{table.quality_profile}”."
                yield (*place, "quality_profile"), text
            elif not profiles:
                yield place, "A movie needs a [[quality_profile]] in this file."
        if folders_known:
            if table.root_folder and plain_path(table.root_folder) not in folders:
                yield (*place, "root_folder"), f"{table.root_folder} is no [[root_folder]] of this file."
            elif not folders:
                yield place, "A movie needs a [[root_folder]] in this file."


def _all_named(table: str, key: str, faults: Collection[Place]) -> bool:
    """Could all names be read? A movie may mean the one that could not."""
    return not any(place[0] == table and place[2:3] in ((), (key,)) for place in faults)


def _twice(table: str, names: Iterable[Any], key: str) -> Found:
    seen: set[Any] = set()
    for number, name in enumerate(names):
        if name in seen:
            yield (
                (table, number, key),
                f"This {table.replace('_', ' ')} is there twice. Remove one, or change its {key}.",
            )
        seen.add(name)
