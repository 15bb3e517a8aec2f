"""``config check``: everything that can be known of a file without starting the program."""

from __future__ import annotations

from pathlib import Path

from radarr_desktop.domain.naming import Naming, NamingError, check_naming
from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.profiles import ProfileError, make_profile
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.plugins import forms
from radarr_desktop.engine.plugins.discovery import discover
from radarr_desktop.engine.plugins.host import module_name
from radarr_desktop.engine.provisioning.document import ConfigError, Document, Mistake, Source, read_document


def check(path: Path, paths: Paths) -> list[Mistake]:
    """Every mistake with its line; an empty list for a file that can be used."""
    try:
        document, source = read_document(path)
    except ConfigError as error:
        return error.mistakes
    return sorted(
        [*_media(document, source), *_folders(document, source), *_profiles(document, source)]
        + _plugins(document, source, paths),
        key=lambda mistake: mistake.line,
    )


def _media(document: Document, source: Source) -> list[Mistake]:
    if document.media is None:
        return []
    naming = Naming()
    table = document.media.naming
    try:
        check_naming(Naming(table.folder or naming.folder, table.file or naming.file))
    except NamingError as fault:
        return [Mistake(source.line("media", "naming"), str(fault))]
    return []


def _folders(document: Document, source: Source) -> list[Mistake]:
    return [
        Mistake(source.line("root_folder", number, "path"), f"{table.path} is no folder.")
        for number, table in enumerate(document.root_folder)
        if not Path(table.path).is_dir()
    ]


def _profiles(document: Document, source: Source) -> list[Mistake]:
    mistakes = []
    for number, table in enumerate(document.quality_profile):
        try:
            make_profile(table.name, table.allowed, table.cutoff, upgrades=table.upgrades)
        except ProfileError as fault:
            mistakes.append(Mistake(source.line("quality_profile", number), str(fault)))
    return mistakes


def _plugins(document: Document, source: Source, paths: Paths) -> list[Mistake]:
    found = discover(paths.drop_in).classes
    known = {name(cls).casefold(): cls for cls in found for name in (module_name, lambda cls: cls.implementation)}
    mistakes = []
    for number, table in enumerate(document.plugin):
        cls = known.get(table.module.casefold())
        if cls is None:
            what = f"There is no plugin module “{table.module}”."
            mistakes.append(Mistake(source.line("plugin", number, "module"), what))
            continue
        try:
            forms.validated(cls, table.settings)
        except Problem as problem:
            mistakes.append(Mistake(source.line("plugin", number, "settings"), str(problem)))
    return mistakes
