"""On which terms a torrent is fetched and seeded: what its indexer wants first, then what the client is set to."""

from __future__ import annotations

from radarr_desktop.plugin_api import DownloadClientSettings, IndexerSettings, Settings, Start, Terms


def terms_of(client: Settings, indexer: Settings | None, *, unseen: bool) -> Terms:
    """The terms of a new torrent. A magnet link that was not looked into does no more than tell its files at first."""
    wanted = client if isinstance(client, DownloadClientSettings) else DownloadClientSettings()
    ratio, minutes = wanted.ratio, wanted.seeding_minutes
    if isinstance(indexer, IndexerSettings) and (indexer.seed_ratio, indexer.seed_minutes) != (None, None):
        ratio, minutes = indexer.seed_ratio, indexer.seed_minutes
    return Terms(
        start=Start.METADATA if unseen else Start(wanted.initial_state.value),
        sequential=wanted.sequential,
        ratio=ratio,
        seeding_minutes=minutes,
        download_limit=wanted.torrent_download_limit * 1000,
        upload_limit=wanted.torrent_upload_limit * 1000,
    )
