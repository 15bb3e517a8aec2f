"""How far each indexer's feed was read."""

from __future__ import annotations

from radarr_desktop.domain.feed import Place
from radarr_desktop.store.models import FeedPlaceRow


def places() -> dict[int, Place]:
    """Of every indexer that was looked at."""
    return {
        row.indexer_id: Place(row.guids, row.published, row.at, row.missed, row.missed_at)
        for row in FeedPlaceRow.select()
    }


def put(indexer_id: int, place: Place) -> None:
    """Remember how far it was read now."""
    FeedPlaceRow.replace(
        indexer=indexer_id,
        guids=place.guids,
        published=place.published,
        at=place.at,
        missed=place.missed,
        missed_at=place.missed_at,
    ).execute()
