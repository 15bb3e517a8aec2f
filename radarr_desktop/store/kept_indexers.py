"""What a source of indexers told last of each that it keeps; secrets and addresses are no part of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from radarr_desktop.store.models import KeptIndexerRow


def told() -> dict[int, dict[str, Any]]:
    """By the indexer's id; one that no source ever told of has none."""
    return {row.indexer_id: row.told for row in KeptIndexerRow.select()}


def remember(indexer_id: int, told: Mapping[str, Any]) -> None:
    """This was told now."""
    KeptIndexerRow.replace(indexer=indexer_id, told=dict(told)).execute()
