"""Desktop notices, through a real session bus to a notification service of our own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from dbus_fast.aio.message_bus import MessageBus
from dbus_fast.errors import DBusError
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

from radarr_desktop.loopback.pictures import POSTER, gradient
from radarr_desktop.plugin_api import Notice, NoticeAction, NoticeKind, Unreachable
from radarr_desktop.plugin_api.testing import running
from radarr_desktop_plugins.desktop import Desktop, DesktopSettings

BUS = "DBUS_SESSION_BUS_ADDRESS"


class Notifications(ServiceInterface):
    """What a desktop offers as org.freedesktop.Notifications."""

    def __init__(self) -> None:
        super().__init__("org.freedesktop.Notifications")
        self.shown: list[dict[str, Any]] = []
        self.refusing = False

    @dbus_method()
    def GetCapabilities(self) -> "as":  # type: ignore[valid-type]  # noqa: F722
        return ["body", "body-markup", "actions"]

    @dbus_method()
    def GetServerInformation(self) -> "ssss":  # type: ignore[name-defined]  # noqa: F821, UP037
        return ["test", "test", "1", "1.2"]

    @dbus_method()
    def Notify(
        self,
        app: "s",  # type: ignore[name-defined]  # noqa: F821, UP037
        replaces: "u",  # type: ignore[name-defined]  # noqa: F821, UP037
        icon: "s",  # type: ignore[name-defined]  # noqa: F821, UP037
        title: "s",  # type: ignore[name-defined]  # noqa: F821, UP037
        body: "s",  # type: ignore[name-defined]  # noqa: F821, UP037
        actions: "as",  # type: ignore[valid-type]  # noqa: F722
        hints: "a{sv}",  # type: ignore[valid-type]  # noqa: F722
        timeout: "i",  # type: ignore[name-defined]  # noqa: F821, UP037
    ) -> "u":  # type: ignore[name-defined]  # noqa: F821, UP037
        if self.refusing:
            raise DBusError("org.freedesktop.Notifications.Error", "not now")
        self.shown.append({"app": app, "title": title, "body": body, "hints": hints, "actions": actions})
        return len(self.shown)

    @dbus_signal()
    def ActionInvoked(self, id: int, action: str) -> "us":  # type: ignore[name-defined]  # noqa: F821, UP037
        return [id, action]

    def press(self, words: str) -> None:
        """Press a button of the newest notice; without words, the notice itself."""
        actions = self.shown[-1]["actions"]
        by_words = dict(zip(actions[1::2], actions[::2], strict=True))
        self.ActionInvoked(len(self.shown), by_words[words] if words else "default")


@pytest.fixture
def bus() -> Iterator[str]:
    """A session bus of our own; the address is in the environment, where programs look for it."""
    command = ["dbus-daemon", "--session", "--print-address=1", "--nofork", "--nopidfile"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        try:
            assert daemon.stdout
            with environment(daemon.stdout.readline().strip()) as address:
                yield address
        finally:
            daemon.terminate()


@contextmanager
def environment(address: str) -> Iterator[str]:
    before = os.environ.get(BUS)
    os.environ[BUS] = address
    try:
        yield address
    finally:
        os.environ.pop(BUS)
        if before is not None:
            os.environ[BUS] = before


@asynccontextmanager
async def desktop() -> AsyncIterator[Notifications]:
    connection = await MessageBus().connect()
    service = Notifications()
    connection.export("/org/freedesktop/Notifications", service)
    await connection.request_name("org.freedesktop.Notifications")
    try:
        yield service
    finally:
        connection.disconnect()
        await connection.wait_for_disconnect()  # type: ignore[no-untyped-call]


def with_desktop(work: Callable[[Notifications, Desktop], Awaitable[None]]) -> None:
    async def run() -> None:
        async with desktop() as service, running(Desktop, DesktopSettings()) as plugin:
            await work(service, plugin)

    asyncio.run(run())


@pytest.mark.usefixtures("bus")
def test_a_pressed_button_is_told_to_the_engine() -> None:
    heard: list[tuple[str, str]] = []
    both = asyncio.Event()
    actions = (NoticeAction("movie", "", "7"), NoticeAction("folder", "Open folder", "/films/A"))
    notice = Notice(NoticeKind.IMPORT, "The Salt Meridian", "It is in your library.", actions=actions)

    def hear(key: str, target: str) -> None:
        heard.append((key, target))
        if len(heard) == 2:
            both.set()

    async def run() -> None:
        async with desktop() as service, running(Desktop, DesktopSettings(), answer=hear) as plugin:
            for words in ("Open folder", ""):
                await plugin.send(notice)
                assert [words for words in service.shown[-1]["actions"][1::2] if words] == ["Open folder"]
                service.press(words)
            await asyncio.wait_for(both.wait(), 60)

    asyncio.run(run())
    assert heard == [("folder", "/films/A"), ("movie", "7")]


@pytest.mark.usefixtures("bus")
def test_a_notice_is_shown_with_title_body_and_picture(tmp_path: Path) -> None:
    poster = tmp_path / "poster with space.png"
    poster.write_bytes(gradient("900001", POSTER))

    async def work(service: Notifications, plugin: Desktop) -> None:
        await plugin.test()
        await plugin.send(Notice(NoticeKind.IMPORT, "The Salt Meridian", "It is in your library.", image=poster))
        first, second = service.shown
        assert first["title"] == "Notices work"
        assert (second["app"], second["title"]) == ("radarr-desktop", "The Salt Meridian")
        assert second["body"] == "It is in your library."
        assert second["hints"]["image-path"].value == poster.as_uri()

    with_desktop(work)


@pytest.mark.usefixtures("bus")
def test_a_release_name_cannot_bring_markup_or_pictures() -> None:
    async def work(service: Notifications, plugin: Desktop) -> None:
        words = 'A<img src="http://evil.example/x.png"> & \x00\u202e' + "x" * 5000
        await plugin.send(Notice(NoticeKind.GRAB, words, words, image=Path("/no/such/picture.png")))
        (shown,) = service.shown
        assert shown["body"].startswith('A&lt;img src="http://evil.example/x.png"&gt; &amp; x')
        assert len(shown["title"]) == 400
        assert shown["title"].isprintable()
        assert "image-path" not in shown["hints"]

    with_desktop(work)


@pytest.mark.usefixtures("bus")
def test_a_service_that_refuses_is_named_and_tried_again() -> None:
    async def work(service: Notifications, plugin: Desktop) -> None:
        service.refusing = True
        with pytest.raises(Unreachable, match="refused the notice"):
            await plugin.test()
        service.refusing = False
        await plugin.test()
        assert len(service.shown) == 1

    with_desktop(work)


@pytest.mark.usefixtures("bus")
def test_a_service_that_comes_and_goes_is_found_again() -> None:
    async def run() -> None:
        async with running(Desktop, DesktopSettings()) as plugin:
            with pytest.raises(Unreachable, match="no notification service"):
                await plugin.test()
            for _ in range(2):
                async with desktop() as service:
                    await plugin.test()
                    assert len(service.shown) == 1
                with pytest.raises(Unreachable):
                    await plugin.test()

    asyncio.run(run())


@pytest.mark.parametrize("address", ["", "nonsense", "unix:path=/no/such/bus"])
def test_no_session_bus_is_a_sentence(address: str) -> None:
    async def run() -> None:
        async with running(Desktop, DesktopSettings()) as plugin:
            with pytest.raises(Unreachable, match="switch this notifier off"):
                await plugin.test()

    with environment(address):
        asyncio.run(run())


def test_the_library_is_loaded_only_when_a_notice_is_sent() -> None:
    code = "import sys, radarr_desktop_plugins.desktop; sys.exit('desktop_notifier' in sys.modules)"
    paths = os.pathsep.join([".", "plugins"])
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, env=os.environ | {"PYTHONPATH": paths}, check=False)
    assert done.returncode == 0
