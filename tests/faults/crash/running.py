"""How the lives of this folder are started."""

from __future__ import annotations

import sys


def command(module: str, *arguments: str) -> list[str]:
    """Run the `main` of a module. By ``-m`` each worker that it starts would import that module once more."""
    return [sys.executable, "-c", f"from {module} import main; main()", *arguments]
