"""Webhooks: the contract, and the shape Radarr's readers expect."""

from __future__ import annotations

import asyncio
import base64
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from radarr_desktop.plugin_api import LoginFailed, NotFound, Notice, NoticeKind, PluginError, Rejected
from radarr_desktop.plugin_api.testing import Answer, AnsweringServer, Asked, NotifierContract, running
from radarr_desktop_plugins.webhook import Webhook, WebhookSettings

SECRET = NotifierContract.secret
GRAB = Notice(
    NoticeKind.GRAB,
    "Grabbed",
    "The Salt Meridian was grabbed from HDBits.",
    {
        "movie": {"id": 3, "title": "The Salt Meridian", "tmdb_id": 900001, "imdb_id": None},
        "release": {
            "release_title": "The.Salt.Meridian.2025",
            "indexerFlags": ["internal"],
            "languages": ({"id": 1},),
        },
        "file": {"relative_path": "a.mkv"},
        "download_id": "AB12",
    },
)


def settings(url: str, **more: Any) -> WebhookSettings:
    return WebhookSettings.model_validate({"url": f"{url}/hook?token={SECRET}"} | more)


class TestWebhookContract(NotifierContract):
    plugin = Webhook
    refusals = (Answer(401), Answer(403, b"<h1>Forbidden</h1>", "text/html"))

    def settings(self, base_url: str) -> WebhookSettings:
        return WebhookSettings.model_validate(
            {
                "url": f"{base_url}/hook?token={SECRET}",
                "username": "ann",
                "password": SECRET,
                "headers": f"X-Api-Key: {SECRET}",
            }
        )


def sent(notice: Notice, status: int = 200, **more: Any) -> Asked:
    async def run() -> Asked:
        async with AnsweringServer(Answer(status)) as server, running(Webhook, settings(server.url, **more)) as plugin:
            await plugin.send(notice)
            return server.requests[0]

    return asyncio.run(run())


def test_a_grab_reads_like_radarrs() -> None:
    asked = sent(GRAB)
    assert (asked.method, asked.headers["content-type"]) == ("POST", "application/json")
    assert json.loads(asked.body) == {
        "eventType": "Grab",
        "instanceName": "radarr-desktop",
        "message": "The Salt Meridian was grabbed from HDBits.",
        "movie": {"id": 3, "title": "The Salt Meridian", "tmdbId": 900001},
        "release": {
            "releaseTitle": "The.Salt.Meridian.2025",
            "indexerFlags": ["internal"],
            "languages": [{"id": 1}],
        },
        "movieFile": {"relativePath": "a.mkv"},
        "downloadId": "AB12",
    }


def test_facts_win_over_what_is_assumed() -> None:
    health = Notice(NoticeKind.HEALTH, "Title", "Sentence.", {"message": "Disk full.", "instanceName": "Cellar"})
    document = json.loads(sent(health).body)
    assert (document["message"], document["instanceName"]) == ("Disk full.", "Cellar")


def test_method_headers_and_password_are_used() -> None:
    more: dict[str, Any] = {
        "method": "PUT",
        "username": "änn",
        "password": "p:w",
        "headers": "X-Api-Key: k1\n\n X-Other:two: three ",
    }
    asked = sent(GRAB, **more)
    assert asked.method == "PUT"
    assert (asked.headers["x-api-key"], asked.headers["x-other"]) == ("k1", "two: three")
    scheme, _, pair = asked.headers["authorization"].partition(" ")
    assert (scheme, base64.b64decode(pair).decode()) == ("Basic", "änn:p:w")


@pytest.mark.parametrize("headers", ["no colon", "Näme: x", "Name: ä", "A: b\nC d: e", ": x", "A: \x07"])
def test_what_is_no_header_is_told_without_repeating_it(headers: str) -> None:
    with pytest.raises(ValidationError, match="is not a header") as raised:
        WebhookSettings.model_validate({"headers": f"{headers}"})
    assert headers not in str(raised.value)


@pytest.mark.parametrize(
    ("status", "error"),
    [(301, Rejected), (400, Rejected), (404, NotFound), (405, Rejected), (410, NotFound), (401, LoginFailed)],
)
def test_each_refusal_has_its_own_error(status: int, error: type[PluginError]) -> None:
    with pytest.raises(error) as raised:
        sent(GRAB, status)
    assert type(raised.value) is error
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize("status", [200, 201, 204])
def test_any_2xx_answer_is_a_thank_you(status: int) -> None:
    assert sent(GRAB, status).body


def test_a_picture_stays_at_home(tmp_path: Path) -> None:
    notice = Notice(NoticeKind.IMPORT, "Title", "Sentence.", {}, tmp_path / "poster.png")
    assert str(tmp_path) not in sent(notice).body.decode()
