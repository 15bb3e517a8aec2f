"""Trying the services of a kind: `test` of `indexers` and `clients`."""

from __future__ import annotations

from typing import Any

from radarr_desktop.cli.exits import Exit, Stop
from radarr_desktop.cli.options import show
from radarr_desktop.cli.program import Program
from radarr_desktop.cli.text import one_line


def try_all(program: Program, kind: str, *, as_json: bool) -> None:
    """Ask every service of a kind that is on, and say what each answers; ``kind`` as in the v3 API."""
    names = {one["id"]: one["name"] for one in program.get(f"/api/v3/{kind}")}
    tried = program.post(f"/api/v3/{kind}/testall", {})
    lines = [_line(names.get(one["id"], ""), one) for one in tried]
    show(tried, "\n".join(map(one_line, lines)) if lines else "None is set up and switched on.", as_json=as_json)
    if not all(one["isValid"] for one in tried):
        raise Stop(Exit.PROBLEM, "Not all of them work.")


def _line(name: str, tried: dict[str, Any]) -> str:
    said = " ".join(fault["errorMessage"] for fault in tried["validationFailures"])
    return f"{name} works." if tried["isValid"] else said if name in said else f"{name}: {said}"
