"""Webhook: tells another program what happened, in the shape Radarr's webhooks have."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from pydantic import Field, SecretStr, field_validator

from radarr_desktop.plugin_api import (
    LoginFailed,
    NotFound,
    Notice,
    NoticeKind,
    Notifier,
    Rejected,
    ServerFault,
    Settings,
)

RADARR_NAMES = {"file": "movieFile"}
SAMPLE_MOVIE = {"id": 1, "title": "Test Title", "year": 1970, "folderPath": "/movies/Test Title (1970)", "tags": []}
SAMPLE_RELEASE = {"releaseTitle": "Test.Title.1970.1080p.BluRay", "quality": "Bluray-1080p", "size": 9999999}


class Method(StrEnum):
    """How the notice is sent."""

    POST = "POST"
    PUT = "PUT"


class WebhookSettings(Settings):
    """Where notices go."""

    url: SecretStr = Field(
        default=SecretStr(""),
        title="Address",
        description="The whole address, with http:// or https://; a key in it stays secret.",
    )
    method: Method = Field(default=Method.POST, title="Method", json_schema_extra={"advanced": True})
    username: str = Field(default="", title="User name", description="Only if the other program asks for one.")
    password: SecretStr = Field(default=SecretStr(""), title="Password")
    headers: SecretStr = Field(
        default=SecretStr(""),
        title="Headers",
        description="One “Name: value” a line. Kept in the keyring, for headers often carry a key.",
        json_schema_extra={"advanced": True},
    )

    @field_validator("headers")
    @classmethod
    def _read_headers(cls, value: SecretStr) -> SecretStr:
        for number, line in enumerate(filter(None, value.get_secret_value().splitlines()), 1):
            if not re.fullmatch(r"[A-Za-z0-9-]+:[ -~]*", line.strip()):
                message = f"Line {number} is not a header. Write it as Name: value, in plain letters."
                raise ValueError(message)
        return value


class Webhook(Notifier[WebhookSettings]):
    """One JSON document for each notice."""

    name = "Webhook"
    description = "Sends every notice to an address of your choice, as Radarr's webhooks do."

    async def test(self) -> None:
        """Send a notice of the kind Test."""
        facts: dict[str, object] = {"movie": SAMPLE_MOVIE, "release": SAMPLE_RELEASE}
        await self.send(Notice(NoticeKind.TEST, "Test", "Notices arrive here.", facts))

    async def send(self, notice: Notice) -> None:
        """Deliver the notice; any 2xx answer is a thank-you."""
        response = await self.context.http.request(
            self.settings.method.value,
            self.settings.url.get_secret_value(),
            json=_document(notice),
            headers=self._headers(),
            max_answer=1024 * 1024,
        )
        status = response.status_code
        if status in (401, 403):
            raise LoginFailed(f"{self._who} refused the user name, password or headers ({status}). Check them.")
        if status in (404, 410):
            raise NotFound(f"{self._who} has no webhook at this address ({status}). Copy the address again.")
        if 300 <= status < 400:
            raise Rejected(f"{self._who} points elsewhere ({status}). Enter the final address.")
        if status >= 500:
            raise ServerFault(f"{self._who} cannot take notices right now (it answered {status}).")
        if not 200 <= status < 300:
            raise Rejected(f"{self._who} did not accept the notice (it answered {status}). Check address and method.")

    @property
    def _who(self) -> str:
        return f"The webhook “{self.context.name}”"

    def _headers(self) -> dict[str, str]:
        headers = {}
        for line in filter(None, self.settings.headers.get_secret_value().splitlines()):
            name, _, value = line.strip().partition(":")
            headers[name] = value.strip()
        password = self.settings.password.get_secret_value()
        if self.settings.username or password:
            pair = f"{self.settings.username}:{password}".encode()
            headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        return headers


def _document(notice: Notice) -> dict[str, object]:
    """The notice in Radarr's words; the sentence rides along as ``message``, which Radarr's readers skip."""
    facts = {RADARR_NAMES.get(key, key): value for key, value in notice.facts.items()}
    told: dict[str, object] = {"eventType": notice.kind.value, "instanceName": "radarr-desktop"}
    return _radarr_object(told | {"message": notice.body} | facts)


def _radarr_object(facts: Mapping[Any, object]) -> dict[str, object]:
    """The same facts with camelCase keys and nothing that is unknown."""
    return {_camel(str(key)): _radarr(value) for key, value in facts.items() if value is not None}


def _radarr(value: object) -> object:
    if isinstance(value, Mapping):
        return _radarr_object(value)
    return [_radarr(one) for one in value] if isinstance(value, list | tuple) else value


def _camel(key: str) -> str:
    first, *rest = key.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in rest)
