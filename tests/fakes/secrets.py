"""Made-up secrets of the tests, and the search for them in everything that a run wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

SECRETS = (
    "5a17" * 8,  # the loopback indexer's passkey
    "7ec5" * 8,
    "c0ffee5ec2e7c0ffee5ec2e7c0ffee5e",  # of the contract tests
    "hunter2-passkey-9",
    "5e55107c00k1e",  # a session
)
_OURS = (".log", ".db", ".db-wal", ".json", ".txt", ".html", ".md", ".csv", ".ics", ".xml", ".nfo", ".zip")
"""Endings of what the program writes: logs, databases, answers, reports. What tests give it (TOML) has some."""
_LARGEST = 64 * 1024 * 1024


def leaked(folder: Path) -> Iterator[str]:
    """Each file below that holds a secret, and which."""
    for path in sorted(folder.rglob("*")):
        if not (".log" in path.name or path.name.endswith(_OURS)) or path.is_symlink() or not path.is_file():
            continue
        if path.stat().st_size <= _LARGEST:
            written = path.read_bytes()
            yield from (f"{path} holds {secret[:4]}…" for secret in SECRETS if secret.encode() in written)
