"""The import contract of the plugins must name every part of the program but plugin_api."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path


def broken(root: Path) -> Iterator[str]:
    """Name each part that bundled plugins could import unseen."""
    linter = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    contract = next(one for one in linter["contracts"] if one.get("source_modules") == ["radarr_desktop_plugins"])
    package = root / "radarr_desktop"
    folders = {path.parent.name for path in package.glob("*/__init__.py")}
    modules = {path.stem for path in package.glob("*.py")} - {"__init__"}
    for part in sorted((folders | modules) - {"plugin_api"}):
        name = f"radarr_desktop.{part}"
        if name not in contract["forbidden_modules"]:
            yield f"pyproject.toml: the plugins' import contract does not forbid {name}"
