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

from radarr_desktop.engine.plugins import forms
from radarr_desktop.engine.plugins.kinds import BASES, kind_of
from radarr_desktop.plugin_api import Plugin

NAMESPACE = "radarr_desktop_plugins"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class FailedModule:
    """A module of the namespace that gave no plugin, or not every one, and why."""

    module: str
    reason: str


@dataclass(frozen=True, slots=True)
class Discovered:
    """What was found; each class lives on its own, whatever else failed."""

    classes: tuple[type[Plugin[Any]], ...]
    failed: tuple[FailedModule, ...]


def discover(drop_in: Path) -> Discovered:
    """Import every module of the namespace; the drop-in folder comes first and may replace a bundled one."""
    classes: dict[tuple[str, str], type[Plugin[Any]]] = {}
    failed: list[FailedModule] = []
    namespace = _namespace(drop_in, failed)
    for info in pkgutil.iter_modules(namespace.__path__):
        try:
            module = importlib.import_module(f"{NAMESPACE}.{info.name}")
        except (Exception, SystemExit) as fault:
            failed.append(FailedModule(info.name, _reason(fault)))
            log.warning("plugin.import_failed", module=info.name, exc_info=True)
            continue
        candidates = _candidates(module)
        if not candidates:
            failed.append(FailedModule(info.name, "It holds no plugin class."))
        for cls in candidates:
            problem = _problem(cls, is_own=getattr(info.module_finder, "path", "") == str(drop_in))
            key = (kind_of(cls).value, cls.implementation.casefold())
            if not problem and key in classes:
                problem = f"“{cls.implementation}” comes from the module {module_name(classes[key])} already."
            if problem:
                failed.append(FailedModule(info.name, problem))
                log.warning("plugin.class_unusable", module=info.name, cls=cls.__name__, problem=problem)
            else:
                classes[key] = cls
    return Discovered(tuple(classes.values()), tuple(failed))


def _namespace(drop_in: Path, failed: list[FailedModule]) -> ModuleType:
    try:
        namespace = importlib.import_module(NAMESPACE)
    except ModuleNotFoundError:  # no plugin installed at all: the drop-in folder may still have some
        namespace = sys.modules[NAMESPACE] = ModuleType(NAMESPACE)
        namespace.__path__ = []
    spec = namespace.__spec__
    installed = list((spec.submodule_search_locations if spec else None) or [])
    if getattr(namespace, "__file__", None):
        reason = f"{namespace.__file__} hides the plugins of every other package. Remove that file."
        failed.append(FailedModule("__init__", reason))
        log.error("plugin.namespace_hidden", file=namespace.__file__)
        installed += [str(folder) for entry in sys.path if (folder := Path(entry, NAMESPACE)).is_dir()]
    namespace.__path__ = list(dict.fromkeys([str(drop_in), *installed]))
    importlib.invalidate_caches()
    return namespace


def _candidates(module: ModuleType) -> list[type[Plugin[Any]]]:
    """The plugin classes that are this module's own, or its package's; what it imported is somebody else's."""
    found: list[Any] = [
        value
        for value in vars(module).values()
        if inspect.isclass(value)
        and f"{value.__module__}.".startswith(f"{module.__name__}.")
        and issubclass(value, tuple(BASES.values()))
        and not value.__name__.startswith("_")
    ]
    bases = {base for cls in found for base in cls.__bases__}
    return [cls for cls in dict.fromkeys(found) if not (inspect.isabstract(cls) and cls in bases)]


def _problem(cls: type[Plugin[Any]], *, is_own: bool) -> str:
    """Why this class cannot be used: said now, not at first use. ``is_own``: the user's, perhaps just written."""
    if missing := sorted(getattr(cls, "__abstractmethods__", ())):
        return f"{cls.__name__} lacks {', '.join(missing)}."
    name = getattr(cls, "name", None)
    if not isinstance(name, str) or not name.strip():
        return f"{cls.__name__} has no name."
    try:
        forms.check(cls)
        if is_own:  # what is installed was tested, and takes no memory for this before it is used
            cls.settings_type().model_rebuild()
    except Exception as fault:
        log.warning("plugin.settings_unusable", cls=cls.__name__, exc_info=True)
        return _reason(fault)
    return ""


def _reason(fault: BaseException) -> str:
    if isinstance(fault, ModuleNotFoundError) and fault.name:
        return f"It needs the package “{fault.name}”, which is not installed."
    if isinstance(fault, SyntaxError):
        return f"Line {fault.lineno} cannot be read as Python."
    if isinstance(fault, SystemExit):
        return "It ended itself while it was loaded."
    text = str(fault).strip().rstrip(".")
    return f"{text}." if text else "It failed while it was loaded. The log has the details."


def module_name(cls: type[Plugin[Any]]) -> str:
    """The module of the namespace a plugin is in."""
    return cls.__module__.split(".")[1]
