"""What a plugin returns is checked against what its kind promises, before anything else sees it."""

from __future__ import annotations

import dataclasses
import inspect
import math
import types
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, wraps
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from radarr_desktop.engine.plugins.kinds import BASES, kind_of
from radarr_desktop.plugin_api import Plugin, PluginError

P = TypeVar("P", bound=Plugin[Any])

_SIZES = range(-(2**63), 2**63)
"""Numbers the database can hold."""


def checked(plugin: P) -> P:
    """The plugin, seen through the promises of its kind; a broken one raises ``TypeError``."""
    return cast("P", _Checked(plugin))


class _Checked:
    def __init__(self, plugin: Plugin[Any]) -> None:
        self._plugin = plugin
        self._promises = _promises(kind_of(type(plugin)).value)
        self._last: dict[str, tuple[Any, ...]] = {}
        """What each method returned and was found good: the same frozen values again are good again."""

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._plugin, name)
        promise = self._promises.get(name)
        return value if promise is None else self._keeps(value, promise, name)

    def _keeps(self, method: Callable[..., Any], promise: Any, name: str) -> Callable[..., Any]:
        @wraps(method)
        async def call(*args: Any, **values: Any) -> Any:
            try:
                result = await method(*args, **values)
            except PluginError as error:
                if get_origin(promise) is not Sequence:
                    error.found = ()
                elif error.found:
                    self._check(name, error.found, promise)
                raise
            if get_origin(promise) is Sequence and isinstance(result, tuple):
                known = self._last.get(name, ())
                if result is not known:
                    seen = set(map(id, known))
                    self._check(name, [one for one in result if id(one) not in seen], promise)
                    self._last[name] = result
            else:
                self._check(name, result, promise)
            return result

        return call

    def _check(self, name: str, result: Any, promise: Any) -> None:
        if not conforms(result, promise):
            returned, kind = type(result).__name__, type(self._plugin).__name__
            message = f"{kind}.{name}() returned {returned} where its kind promises {promise}"
            raise TypeError(message)


@lru_cache
def _promises(kind: str) -> dict[str, Any]:
    base = next(base for each, base in BASES.items() if each.value == kind)
    hints = {name: get_type_hints(method).get("return") for name, method in inspect.getmembers(base, _is_async)}
    return {name: hint for name, hint in hints.items() if hint not in (None, type(None))}


def _is_async(value: Any) -> bool:
    return inspect.iscoroutinefunction(value)


def conforms(value: Any, hint: Any) -> bool:
    """Is the value, down to the last field, what the annotation says, and can it be stored?"""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return any(conforms(value, each) for each in arguments)
    if origin is Sequence:
        return isinstance(value, list | tuple) and all(conforms(each, arguments[0]) for each in value)
    if origin in (tuple, frozenset):
        return isinstance(value, origin) and all(conforms(each, arguments[0]) for each in value)
    if origin is not None:
        return isinstance(value, origin)
    if dataclasses.is_dataclass(hint):
        return isinstance(value, hint) and all(conforms(getattr(value, name), each) for name, each in _fields(hint))  # type: ignore[arg-type]
    return _is_plain(value, hint)


@lru_cache
def _fields(cls: type[Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(get_type_hints(cls).items())


def _is_plain(value: Any, hint: Any) -> bool:
    if hint is None or hint is type(None):
        return value is None
    if hint in (int, float) and isinstance(value, bool):
        return False
    if hint is int:
        return isinstance(value, int) and value in _SIZES
    if hint is float:
        return isinstance(value, int | float) and math.isfinite(value)
    if hint is str:
        return isinstance(value, str) and (value.isascii() or _is_text(value))
    if hint is datetime:
        return isinstance(value, datetime) and value.tzinfo is not None
    if hint is date:
        return isinstance(value, date) and not isinstance(value, datetime)
    return hint in (Any, object) or (isinstance(hint, type) and isinstance(value, hint)) or isinstance(hint, Mapping)


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return False
    return True
