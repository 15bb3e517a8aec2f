"""An indexer that does what a file tells it, for the drop-in folder of a test."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

from pydantic import Field, SecretStr

from radarr_desktop.plugin_api import Context, Indexer, LoginFailed, Query, Release, Settings

ODD: dict[str, Callable[[], object]] = {
    "none": lambda: None,
    "generator": lambda: (Release(str(number), "x") for number in range(3)),
    "words": lambda: ["a", "b"],
    "bad field": lambda: [Release("1", "x", size=cast("int", "12"))],
    "huge": lambda: [Release("1", "x", size=2**70)],
    "half a letter": lambda: [Release("1", "\ud800")],
}
FAULTS: dict[str, Callable[[str], Exception]] = {
    "login": lambda key: LoginFailed(f"The key {key} is refused."),
    "bug": KeyError,
}


class MoodySettings(Settings):
    """``moods`` names the file with the word for what happens next."""

    moods: Path = Field(title="Moods")
    passkey: SecretStr = Field(SecretStr(""), title="Passkey")
    note: str = ""


class Moody(Indexer[MoodySettings]):
    """Keeps a diary of starts and ends beside the moods."""

    name = "Moody"

    def __init__(self, settings: MoodySettings, context: Context) -> None:
        super().__init__(settings, context)
        if self.mood == "not born":
            raise ValueError("no")

    @property
    def mood(self) -> str:
        """The word in the file."""
        return self.settings.moods.read_text(encoding="utf-8")

    @property
    def spacing(self) -> float:
        """Nothing, or a fault."""
        if self.mood == "bad spacing":
            raise ValueError("no")
        return 0.0

    async def start(self) -> None:
        """Note it."""
        self.note("start")

    async def close(self) -> None:
        """Note it; then perhaps misbehave."""
        self.note("close")
        if self.mood == "bad close":
            sys.exit(1)
        if self.mood == "hanging close":
            await asyncio.Event().wait()

    def note(self, word: str) -> None:
        """Write into the diary."""
        with self.settings.moods.with_suffix(".diary").open("a", encoding="utf-8") as diary:
            diary.write(f"{word}\n")

    async def test(self) -> None:
        """As the mood is."""
        await self.answer()

    async def recent(self) -> Sequence[Release]:
        """As the mood is."""
        return await self.answer()

    async def search(self, query: Query) -> Sequence[Release]:
        """As the mood is."""
        return await self.answer()

    async def torrent(self, release: Release) -> bytes | str:
        """A magnet."""
        return "magnet:?xt=urn:btih:" + "0" * 40

    async def answer(self) -> list[Release]:
        """A release, something odd, or no answer."""
        mood, key = self.mood, self.settings.passkey.get_secret_value()
        if mood == "exit":
            sys.exit(3)
        if mood == "hang":
            await asyncio.Event().wait()
        if mood == "slow":
            self.note("begun")
            await asyncio.to_thread(self.wait_for_another_mood)
        if mood in ODD:
            return cast("list[Release]", ODD[mood]())
        if mood in FAULTS:
            raise FAULTS[mood](key)
        return [Release("1", f"{len(key)} letters")]

    def wait_for_another_mood(self) -> None:
        """Block until the file says something else."""
        while self.mood == "slow":
            time.sleep(0.01)
