"""Two folders must never have an __init__.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

WITHOUT_INIT = {
    "plugins/radarr_desktop_plugins": "it would hide every plugin that another package installs",
    "packaging": "it would hide the PyPI package of the same name",
}


def broken(root: Path) -> Iterator[str]:
    """Name each forbidden package file."""
    for folder, reason in WITHOUT_INIT.items():
        if (root / folder / "__init__.py").exists():
            yield f"{folder}/__init__.py must not exist: {reason}"
