"""The public names of plugin_api change on purpose only: strangers' plugins import them.

`python -m tests.checks.public_names` accepts the names as they are now.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

PACKAGE = "radarr_desktop.plugin_api"
ACCEPTED = Path("tests/checks/plugin_api_names.txt")


def public_names() -> set[str]:
    """Return the dotted names that plugin_api and its modules offer in `__all__`."""
    package = importlib.import_module(PACKAGE)
    modules = [PACKAGE, *(f"{PACKAGE}.{found.name}" for found in pkgutil.iter_modules(package.__path__))]
    return {f"{name}.{public}" for name in modules for public in getattr(importlib.import_module(name), "__all__", ())}


def broken(root: Path) -> Iterator[str]:
    """Name each public name that came or went without being accepted."""
    accepted = set((root / ACCEPTED).read_text(encoding="utf-8").split())
    current = public_names()
    for name in sorted(current - accepted):
        yield f"{name} is new in the public names; accept it with python -m tests.checks.public_names"
    for name in sorted(accepted - current):
        yield f"{name} is gone from the public names: plugins that import it break"


if __name__ == "__main__":
    names = sorted(public_names())
    (Path(__file__).parents[2] / ACCEPTED).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    print(f"{len(names)} public names accepted in {ACCEPTED}.")
