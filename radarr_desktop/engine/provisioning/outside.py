"""Values that a file does not hold itself: `env:NAME` and `file:PATH`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from radarr_desktop.engine.provisioning.lines import Place

LONGEST = 64 * 1024
"""Bytes of a value; a secret is shorter."""


class Outside(str):
    """A text that came from the environment or a file."""

    __slots__ = ()


def resolve(node: Any, folder: Path, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Put the values in their place; where that cannot be done, and why. ``file:`` counts from ``folder``."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in list(items):
        if isinstance(value, str) and not isinstance(value, Outside) and value.startswith(("env:", "file:")):
            try:
                node[key] = _value(value, folder)
            except ValueError as fault:
                yield (*place, key), str(fault)
        else:
            yield from resolve(value, folder, (*place, key))


def _value(value: str, folder: Path) -> Outside:
    scheme, _, rest = value.partition(":")
    if scheme == "env":
        return _from_environment(rest)
    return _from_file(rest, folder)


def _from_environment(name: str) -> Outside:
    text = os.environ.get(name)
    if text is None:
        raise ValueError(f"The environment variable {name} is not set. Set it before the start.")
    if any("\ud800" <= letter <= "\udfff" for letter in text):  # bytes that are no UTF-8
        raise ValueError(f"The environment variable {name} holds no text.")
    return Outside(text)


def _from_file(name: str, folder: Path) -> Outside:
    try:
        path = folder / Path(name).expanduser()
        with path.open("rb") as file:
            data = file.read(LONGEST + 1)
        text = data.decode()
    except OSError as fault:
        raise ValueError(f"The file {name} cannot be read: {fault.strerror}.") from None
    except (ValueError, RuntimeError):
        raise ValueError(f"The file {name} holds no text.") from None
    if len(data) > LONGEST:
        raise ValueError(f"The file {name} is too big for a value.")
    return Outside(text.rstrip("\r\n"))
