"""Find plugin classes: bundled, from other wheels, and from the user's drop-in folder."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import structlog

from radarr_desktop.engine.plugins.kinds import BASES
from radarr_desktop.plugin_api import Plugin

NAMESPACE = "radarr_desktop_plugins"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FailedModule:
    """A module of the namespace that gave no plugin, and why."""

    module: str
    reason: str


@dataclass(frozen=True, slots=True)
class Discovered:
    """What was found; each class lives on its own, whatever else failed."""

    classes: tuple[type[Plugin[Any]], ...]
    failed: tuple[FailedModule, ...]


def discover(drop_in: Path) -> Discovered:
    """Import every module of the namespace; the drop-in folder comes first and may replace a bundled one."""
    classes: dict[str, type[Plugin[Any]]] = {}
    failed: list[FailedModule] = []
    namespace = _namespace(drop_in, failed)
    for info in pkgutil.iter_modules(namespace.__path__):
        try:
            module = importlib.import_module(f"{NAMESPACE}.{info.name}")
            found = list(_classes(module))
        except Exception as fault:
            failed.append(FailedModule(info.name, f"{type(fault).__name__}: {fault}"))
            log.warning("plugin.import_failed", module=info.name, exc_info=True)
            continue
        if not found:
            failed.append(FailedModule(info.name, "It holds no plugin class."))
        for cls in found:
            classes.setdefault(cls.implementation, cls)
    return Discovered(tuple(classes.values()), tuple(failed))


def _namespace(drop_in: Path, failed: list[FailedModule]) -> ModuleType:
    try:
        namespace = importlib.import_module(NAMESPACE)
    except ModuleNotFoundError:  # no plugin installed at all: the drop-in folder may still have some
        namespace = sys.modules[NAMESPACE] = ModuleType(NAMESPACE)
        namespace.__path__ = []
    if getattr(namespace, "__file__", None):
        reason = f"{namespace.__file__} hides the plugins of every other package. Remove that file."
        failed.append(FailedModule("__init__", reason))
        log.warning("plugin.namespace_hidden", file=namespace.__file__)
    bundled = [path for path in namespace.__path__ if path != str(drop_in)]
    namespace.__path__ = [str(drop_in), *bundled]
    importlib.invalidate_caches()
    return namespace


def _classes(module: ModuleType) -> list[type[Plugin[Any]]]:
    found: list[type[Plugin[Any]]] = []
    for value in vars(module).values():
        if not inspect.isclass(value) or value.__module__ != module.__name__ or inspect.isabstract(value):
            continue
        if issubclass(value, Plugin) and issubclass(value, tuple(BASES.values())):
            value.settings_type()  # says now, not at first use, when it has none
            found.append(value)
    return found
