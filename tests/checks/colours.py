"""Colours are written in the token file only, so that both themes have one source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

UI = Path("radarr_desktop/ui")
TOKEN_FILE = "tokens.py"
HEX = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")


def broken(root: Path) -> Iterator[str]:
    """Name each line outside the token file that spells a colour."""
    for path in sorted((root / UI).rglob("*.py")):
        if path.name != TOKEN_FILE:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                yield from _literal(path.relative_to(root), node)
    for path in sorted((root / "resources").rglob("*.qss")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if found := HEX.search(line):
                yield f"{path.relative_to(root)}:{number}: {found[0]} belongs into {UI}'s {TOKEN_FILE}"


def _literal(where: Path, node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and (found := HEX.search(node.value)):
        yield f"{where}:{node.lineno}: {found[0]} belongs into {UI}'s {TOKEN_FILE}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "QColor":
        numbers = [arg for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, int)]
        if len(numbers) >= 3:
            yield f"{where}:{node.lineno}: QColor with fixed numbers belongs into {UI}'s {TOKEN_FILE}"
