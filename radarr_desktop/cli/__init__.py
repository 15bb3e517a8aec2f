"""The commands of `radarr-desktop`; they talk to the running program."""

from __future__ import annotations

COMMANDS = (
    "status",
    "search",
    "add",
    "grab",
    "why",
    "calendar",
    "plan",
    "whatif",
    "recheck",
    "queue",
    "stuck",
    "next",
    "wait",
    "parts",
    "slow",
    "clients",
    "blocklist",
    "import",
    "library",
    "undo",
    "trash",
    "formats",
    "naming",
    "rename",
    "statistics",
    "reputation",
    "indexers",
    "collect",
    "config",
)
"""First words that mean a command; known without importing one."""
