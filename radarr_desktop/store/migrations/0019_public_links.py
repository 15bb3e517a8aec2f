"""Releases that older versions stored keep neither link nor page that may hold a passkey."""

from __future__ import annotations

import json
from typing import Any

from radarr_desktop.plugin_api import is_open_magnet, read_magnet_hash, read_page

AT_ONCE = 1000
_WITH_LINKS = """
    SELECT id, info_hash, body FROM release
    WHERE id > ? AND (json_extract(body, '$.magnet') <> '' OR json_extract(body, '$.info_url') <> '')
    ORDER BY id LIMIT ?
"""


def up(migrator: Any, db: Any) -> None:
    """Of a magnet link stay hash and open trackers; without one of these the indexer is asked for it when needed."""
    last = 0
    while rows := db.execute_sql(_WITH_LINKS, (last, AT_ONCE)).fetchall():
        for id_, info_hash, text in rows:
            body = json.loads(text)
            magnet, page = body.get("magnet", ""), body.get("info_url", "")
            found = info_hash or read_magnet_hash(magnet)
            clean = {**body, "magnet": _opened(magnet), "info_url": read_page(page, info_hash=found)}
            if clean != body:
                values = json.dumps({**clean, "info_hash": found}, ensure_ascii=False, separators=(",", ":"))
                db.execute_sql("UPDATE release SET info_hash = ?, body = ? WHERE id = ?", (found, values, id_))
        last = rows[-1][0]


def _opened(magnet: str) -> str:
    if not magnet or is_open_magnet(magnet):
        return magnet
    parts = [part for part in magnet.partition("?")[2].split("&") if part.lower().startswith(("xt", "tr"))]
    kept = [part for part in parts if is_open_magnet(f"magnet:?{part}")]
    has_tracker = any(part.lower().startswith("tr") for part in kept)
    return f"magnet:?{'&'.join(kept)}" if has_tracker else ""
