"""The HTTP client plugins get: bounded, quiet about keys, and never silenced for long."""

from __future__ import annotations

import asyncio
import gzip
import logging

import pytest

from radarr_desktop.plugin_api import BadAnswer, Http, Unreachable, retry_after
from radarr_desktop.plugin_api.testing import Answer, AnsweringServer

NOW = 1_750_000_000.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 7 ", 7.0),
        ("9" * 400, 86_400.0),
        ("Sun, 15 Jun 2025 15:07:20 GMT", 40.0),
        ("Sun, 15 Jun 2025 15:00:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400.0),
        ("Mon, 01 Jan 0001 00:00:00 +2359", 0.0),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("Sun, 15 Jun 2025 15:07:20 +999999", None),
        ("Sun, 99 Jun 2025 15:07:20 GMT", None),
    ],
)
def test_a_wait_is_read_in_all_its_forms_and_capped_at_a_day(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, now=NOW) == seconds


def test_addresses_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> None:
        http = Http("test/1")
        async with AnsweringServer(Answer(body=b"{}")) as server:
            await http.request("GET", f"{server.url}/path", params={"passkey": "s3cr3t"})
        await http.close()

    caplog.set_level(logging.DEBUG)
    asyncio.run(run())
    assert "s3cr3t" not in caplog.text


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://no-such-host.invalid/", "its name is not known here. Check the address, and the network."),
        ("http://127.0.0.1:1/", "nothing listens there. Check the address, and whether it runs."),
    ],
)
def test_why_there_is_no_connection_is_told_in_words(url: str, words: str) -> None:
    async def run() -> None:
        http = Http("test/1")
        try:
            await http.request("GET", url)
        finally:
            await http.close()

    with pytest.raises(Unreachable) as raised:
        asyncio.run(run())
    assert str(raised.value) == f"{url.rstrip('/')} cannot be reached: {words}"


def test_an_answer_that_does_not_end_is_cut_off() -> None:
    async def run(answer: Answer) -> None:
        http = Http("test/1")
        try:
            async with AnsweringServer(answer) as server:
                await http.request("GET", server.url, max_answer=10_000)
        finally:
            await http.close()

    packed = gzip.compress(b"x" * 1_000_000)
    for answer in (Answer(body=b"x" * 20_000), Answer(body=packed, headers={"Content-Encoding": "gzip"})):
        with pytest.raises(BadAnswer, match="was cut off"):
            asyncio.run(run(answer))
    with pytest.raises(Unreachable):
        asyncio.run(run(Answer(body=b"no gzip", headers={"Content-Encoding": "gzip"})))


@pytest.mark.parametrize(
    "address", ["", "nowhere", "hdbits.org/api", "ftp://127.0.0.1/x", "http://", "http://[::1", "http://a\nb/"]
)
def test_an_address_that_is_none_is_named(address: str) -> None:
    async def run() -> None:
        http = Http("test/1")
        try:
            await http.request("GET", address)
        finally:
            await http.close()

    with pytest.raises(Unreachable, match="write it in full"):
        asyncio.run(run())
