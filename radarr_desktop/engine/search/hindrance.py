"""What keeps the program from searching by itself, although movies are wanted."""

from __future__ import annotations

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.plugins.host import PluginHost

NO_CLIENT = ("No download client is set up.", "Add one in the settings; the built-in one needs no account.")
"""Why, and what to do."""
_WHAT = "Movies are not searched by themselves."
LOOKS = 300.0
"""Seconds between two looks whether it is over, for what waits."""


def hindrance(plugins: PluginHost) -> Problem | None:
    """None: nothing does. What cannot be downloaded is not searched: its requests would be spent for nothing."""
    clients = plugins.clients()
    if not clients:
        return Problem(Kind.CONFLICT, _WHAT, *NO_CLIENT)
    if any(client.guard.state != "broken" for client in clients):  # one that is only away gets its torrents later
        return None
    why = f"No download client works. {clients[0].guard.problem}"
    return Problem(Kind.CONFLICT, _WHAT, why, "Change its settings, then test it.")


def waits(held: Problem | None) -> str:
    """Of searches that somebody asked for: why they do not begin, and what to do; empty where they do."""
    return f"They wait. {held.why} {held.todo}" if held else ""
