"""What the engine relies on whatever the service: named errors, and secrets that stay where they belong."""

from __future__ import annotations

import asyncio
import email.utils
import logging
import socket
import time
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

import pytest

from radarr_desktop.plugin_api.errors import BadAnswer, LoginFailed, PluginError, RateLimited, TimedOut, Unreachable
from radarr_desktop.plugin_api.plugin import Plugin, Settings
from radarr_desktop.plugin_api.testing.answers import Answer, AnsweringServer, Asked
from radarr_desktop.plugin_api.testing.context import running
from radarr_desktop.plugin_api.testing.hostile import bent_json, bent_xml, renamed_json, renamed_xml

Reply = Answer | Callable[[Asked], Answer] | None


class ServiceContract(ABC):
    """Any plugin that talks to a service over HTTP."""

    plugin: ClassVar[type[Plugin[Any]]]
    secret: ClassVar[str] = "5ec4e75ec4e7c0ffee5ec2e7c0ffee5e"
    """A made-up one, looked for in everything that gets out; use it wherever ``settings`` wants a secret."""
    refusals: ClassVar[Sequence[Answer]]
    """What the service answers to wrong credentials, one for each way it has."""

    @abstractmethod
    def settings(self, base_url: str) -> Settings:
        """Settings for a service at this address, made with ``self.secret``."""

    @abstractmethod
    async def use(self, plugin: Any) -> object:
        """One ordinary call that needs the service."""

    def test_settings_speak_for_themselves(self) -> None:
        """Every field has a label, and every secret is one."""
        for name, field in self.plugin.settings_type().model_fields.items():
            assert field.title, f"{name} needs a title: it is the label of the form"
        settings = self.settings("http://127.0.0.1:1")
        for shown in (repr(settings), str(settings), settings.model_dump_json(), repr(self.plugin)):
            assert self.secret not in shown, "a secret shows: declare the field as SecretStr"

    def test_service_that_is_not_there(self, caplog: pytest.LogCaptureFixture) -> None:
        """A closed port is ``Unreachable``."""
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        self.fails(None, Unreachable, caplog, url=f"http://127.0.0.1:{port}")

    def test_address_that_is_none(self, caplog: pytest.LogCaptureFixture) -> None:
        """A half-written address is a named error, not a bug."""
        self.fails(None, PluginError, caplog, url="no address")

    def test_wrong_credentials(self, caplog: pytest.LogCaptureFixture) -> None:
        """Each way the service refuses credentials is ``LoginFailed``."""
        assert self.refusals, "say what the service answers to wrong credentials"
        for refusal in self.refusals:
            self.fails(refusal, LoginFailed, caplog)

    def test_rate_limit(self, caplog: pytest.LogCaptureFixture) -> None:
        """429 is ``RateLimited`` with the wait the service asked for."""
        for error in self.fails(Answer(429, b"slow down", headers={"Retry-After": "7"}), RateLimited, caplog):
            assert isinstance(error, RateLimited)
            assert error.retry_after == 7

    def test_rate_limit_until_a_date(self, caplog: pytest.LogCaptureFixture) -> None:
        """The same where it is asked for with a date."""
        until = email.utils.formatdate(time.time() + 90, usegmt=True)
        for error in self.fails(Answer(429, b"slow down", headers={"Retry-After": until}), RateLimited, caplog):
            assert isinstance(error, RateLimited)
            assert error.retry_after is not None
            assert 60 < error.retry_after <= 90

    def test_service_that_takes_too_long(self, caplog: pytest.LogCaptureFixture) -> None:
        """No answer in time is ``TimedOut``."""
        self.fails(Answer(body=b"{}", late=20.0), TimedOut, caplog, timeout=0.2)

    @pytest.mark.parametrize("status", [500, 502, 503, 504])
    def test_service_in_trouble(self, status: int, caplog: pytest.LogCaptureFixture) -> None:
        """A server's own fault is ``Unreachable``."""
        self.fails(Answer(status, b"<h1>Error</h1>", "text/html"), Unreachable, caplog)

    def test_connection_that_breaks(self, caplog: pytest.LogCaptureFixture) -> None:
        """Hanging up without an answer, or within one, is ``Unreachable``."""
        self.fails(None, Unreachable, caplog)
        self.fails(Answer(body=b"{", missing=100), Unreachable, caplog)

    def test_redirect(self, caplog: pytest.LogCaptureFixture) -> None:
        """A redirect is not followed: what we know stays with the service it is for."""

        async def redirected() -> list[Asked]:
            async with AnsweringServer(Answer()) as stranger:
                answer = Answer(302, headers={"Location": f"{stranger.url}/elsewhere"})
                await self.failing(answer, PluginError)
                return stranger.requests

        caplog.set_level(logging.DEBUG)
        assert asyncio.run(redirected()) == []
        assert self.secret not in caplog.text

    def fails(
        self,
        reply: Reply,
        expected: type[PluginError],
        caplog: pytest.LogCaptureFixture,
        *,
        url: str = "",
        timeout: float = 30.0,
    ) -> list[PluginError]:
        """Both ``test()`` and an ordinary call raise this error, and no secret gets out by it."""
        caplog.set_level(logging.DEBUG)
        errors = asyncio.run(self.failing(reply, expected, url=url, timeout=timeout))
        assert self.secret not in caplog.text, "a secret was logged"
        return errors

    async def failing(
        self, reply: Reply, expected: type[PluginError], *, url: str = "", timeout: float = 30.0
    ) -> list[PluginError]:
        """Do the same on a loop of the caller's."""
        errors: list[PluginError] = []
        for call in (lambda plugin: plugin.test(), self.use):
            async with AnsweringServer(reply) as server:
                try:
                    async with running(self.plugin, self.settings(url or server.url), timeout=timeout) as plugin:
                        await call(plugin)
                except PluginError as raised:
                    errors.append(raised)
        assert len(errors) == 2, f"test() and an ordinary call must both raise a named error, got {errors}"
        for error in errors:
            assert isinstance(error, expected), f"{error!r} should be {expected.__name__}"
            assert len(str(error).split()) > 3, f"a user cannot read this: {error!r}"
            told = "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))
            assert self.secret not in told, f"a secret shows in {type(error).__name__}"
        return errors


class DocumentContract(ServiceContract):
    """A service that answers in documents, and whose every word is checked."""

    samples: ClassVar[Sequence[bytes]]
    """Whole honest answers to what ``use`` asks; they are bent in every place."""
    content_type: ClassVar[str]
    """Of these answers."""

    def well_formed(self, result: Any) -> None:
        """Assert that what ``use`` returned may be handed to the engine."""

    @abstractmethod
    def broken(self, sample: bytes) -> Iterable[bytes]:
        """What is no whole document."""

    def renamed(self, sample: bytes) -> Iterable[bytes]:
        """The answer of another day: whole, with names that nobody knows."""
        return ()

    @abstractmethod
    def bent(self, sample: bytes) -> Iterable[tuple[str, bytes]]:
        """Whole documents with one hostile place each, with a word on where."""

    def reply(self, body: bytes) -> Answer | Callable[[Asked], Answer]:
        """What the service answers so that ``use`` gets to see this document."""
        return Answer(body=body, content_type=self.content_type)

    def test_web_page(self, caplog: pytest.LogCaptureFixture) -> None:
        """A web page instead of a document is ``BadAnswer``, even if it repeats what we sent."""
        page = f"<!DOCTYPE html><html><body>Login {self.secret}</body></html>".encode()
        self.fails(Answer(body=page, content_type="text/html; charset=utf-8"), BadAnswer, caplog)
        self.fails(Answer(body=page, content_type="text/html; charset=zlib"), BadAnswer, caplog)

    def test_incomplete_document(self, caplog: pytest.LogCaptureFixture) -> None:
        """A document that ends too early, or is none, is ``BadAnswer``."""
        for sample in self.samples:
            for body in self.broken(sample):
                self.fails(Answer(body=body, content_type=self.content_type), BadAnswer, caplog)

    def test_hostile_fields(self, caplog: pytest.LogCaptureFixture) -> None:
        """Whatever stands in a field, the outcome is a sound result or a named error."""
        caplog.set_level(logging.INFO)  # thousands of requests; what DEBUG adds, the other tests look at
        asyncio.run(self._take_bent_answers())
        assert self.secret not in caplog.text

    async def _take_bent_answers(self) -> None:
        async with AnsweringServer() as server, running(self.plugin, self.settings(server.url)) as plugin:
            for sample in self.samples:
                for where, body in self.bent(sample):
                    server.answer = self.reply(body)
                    try:
                        self.well_formed(await self.use(plugin))
                    except PluginError:
                        continue
                    except Exception as bug:
                        message = f"The plugin cannot take an answer in which {where}"
                        raise AssertionError(message) from bug


class JsonContract(DocumentContract):
    """A service that answers in JSON."""

    content_type = "application/json"

    def broken(self, sample: bytes) -> Iterable[bytes]:
        """What is no JSON, or no object."""
        return b"", sample[: len(sample) // 2], b"\xff\xfe" + sample, b"[" * 100_000, b"null", b"[1]", b'"x"'

    def renamed(self, sample: bytes) -> Iterable[bytes]:
        """Every name in its lists is another."""
        yield renamed_json(sample)

    def bent(self, sample: bytes) -> Iterable[tuple[str, bytes]]:
        """Every value replaced by every hostile one."""
        return bent_json(sample)


class XmlContract(DocumentContract):
    """A service that answers in XML; name it before a contract that is made for JSON."""

    content_type = "application/xml"

    def broken(self, sample: bytes) -> Iterable[bytes]:
        """What is no XML, or declares what must not be read."""
        bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
        file = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
        deep = b"<a>" * 100_000
        other = b'<?xml version="1.0"?><anything/>'
        return b"", sample[: len(sample) // 2], b"\xff\xfe" + sample, bomb, file, deep, b'{"a": 1}', other

    def renamed(self, sample: bytes) -> Iterable[bytes]:
        """Every part of its items has another name."""
        yield renamed_xml(sample)

    def bent(self, sample: bytes) -> Iterable[tuple[str, bytes]]:
        """Every text and attribute replaced by every hostile one."""
        return bent_xml(sample)
