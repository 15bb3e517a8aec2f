"""HDBits' JSON API: one request, one answer, or the error it means."""

from __future__ import annotations

from typing import Any

from radarr_desktop.plugin_api import BadAnswer, Context, NotFound, read_json
from radarr_desktop_plugins.hdbits.refusals import check_http, passkey_advice, refuse
from radarr_desktop_plugins.hdbits.rows import clean, number
from radarr_desktop_plugins.hdbits.settings import HDBitsSettings

LARGEST_TORRENT = 16 * 1024 * 1024


class Api:
    """The account that asks; answers carry a status of their own, whatever HTTP says."""

    def __init__(self, settings: HDBitsSettings, context: Context) -> None:
        self._http = context.http
        self._base = settings.base_url.rstrip("/")
        self._username = settings.username
        self._passkey = settings.passkey.get_secret_value()

    def url(self, path: str) -> str:
        """An address below that of the settings, whose own path is kept."""
        return self._base + path

    async def ask(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """What the API answered; it went well."""
        response = await self._http.request(
            "POST",
            self.url(path),
            json={"username": self._username, "passkey": self._passkey} | body,
            headers={"Accept": "application/json"},
        )
        check_http(response, passkey_advice(self._passkey))
        answer = read_json(response)
        if not isinstance(answer, dict) or "status" not in answer:
            raise BadAnswer("HDBits answered something that is not its API. Check the address, or wait.")
        if (status := number(answer["status"], -1)) != 0:
            said = str(answer.get("message") or "no reason given")
            said = said.replace(self._passkey, "…") if self._passkey else said
            refuse(status, clean(said)[:200].rstrip("."), self._passkey)
        return answer

    async def rows(self, wanted: dict[str, Any]) -> list[object]:
        """The torrents of a search."""
        rows = (await self.ask("/api/torrents", wanted)).get("data")
        if not isinstance(rows, list):
            raise BadAnswer("HDBits answered without a list of torrents. It is asked again later.")
        return rows

    async def torrent(self, id_: str, title: str) -> bytes:
        """A .torrent; the address with the passkey exists only here."""
        response = await self._http.request(
            "GET",
            self.url("/download.php"),
            params={"id": id_, "passkey": self._passkey},
            max_answer=LARGEST_TORRENT,
        )
        if response.status_code == 404:
            raise NotFound(f"{title} is no longer on HDBits (404).")
        check_http(response, passkey_advice(self._passkey))
        kind = response.headers.get("content-type", "").lower()
        if response.content[:1] != b"d" or not ("bittorrent" in kind or "octet-stream" in kind):
            sent = "a web page" if response.content.lstrip()[:1] == b"<" else "something that is no torrent"
            raise BadAnswer(
                f"HDBits sent {sent if response.content else 'an empty file'} instead of the torrent of "
                f"{title}. Open the release on HDBits to see why, or take another one."
            )
        return response.content
