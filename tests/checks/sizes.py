"""Files stay under 400 lines and functions under 60; tables of data have no limit."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("radarr_desktop", "plugins", "resources", "tests", "packaging")
FILE_LIMIT = 400
FUNCTION_LIMIT = 60

Function = ast.FunctionDef | ast.AsyncFunctionDef


def broken(root: Path) -> Iterator[str]:
    """Name each file and function that is too long."""
    for path in sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        lines = len(text.splitlines())
        where = path.relative_to(root)
        if lines > FILE_LIMIT and not _is_table(tree):
            yield f"{where}: {lines} lines, at most {FILE_LIMIT}; split it by what it is about"
        yield from _long_functions(where, tree)


def _is_table(tree: ast.Module) -> bool:
    return not any(isinstance(node, Function | ast.ClassDef) for node in ast.walk(tree))


def _long_functions(where: Path, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, Function) and node.end_lineno is not None:
            length = node.end_lineno - node.lineno + 1
            if length > FUNCTION_LIMIT:
                yield f"{where}:{node.lineno}: {node.name}() has {length} lines, at most {FUNCTION_LIMIT}"
