"""How files get into the library, what comes along, who may read them, and how long the trash keeps the old ones."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from PySide6.QtCore import QCoreApplication

from radarr_desktop.engine.plugins.forms import Field
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.settings.form_shelf import FormShelf, Group, Values


class MediaShelf(FormShelf):
    """Everything of the media settings but names, which have a section of their own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            self.tr("Media files"),
            self.tr("How a finished download becomes a file of the library."),
            _groups(),
        )

    async def read(self) -> Values:
        """What is kept."""
        return asdict(await self.desk.bridge.call(self.desk.engine.settings.media()))

    async def write(self, values: Values) -> None:
        """Only what this form shows changes."""
        settings, call = self.desk.engine.settings, self.desk.bridge.call
        await call(settings.save_media(replace(await call(settings.media()), **values)))


def _groups() -> tuple[Group, ...]:
    return (
        Group(
            "",
            (
                _check(
                    "allow_copies",
                    _say("Copy where no link is possible"),
                    _say("Off: a download on another disk waits and asks. On: it is copied and takes its space twice."),
                ),
                _number("minimum_free_mb", _say("Keep free on the disk, in MB"), "", 100),
            ),
        ),
        Group(
            _say("Trash"),
            (
                _number(
                    "trash_days",
                    _say("Days in the trash"),
                    _say("While a file is there, its replacement can be undone. 0: until you empty it."),
                    30,
                ),
                _number("trash_gb", _say("Most of it, in GB"), _say("The oldest goes first. 0: no limit."), 0),
            ),
        ),
    )


def _field(name: str, label: str, hint: str, type: str, default: Any) -> Field:
    return Field(name, label, hint, type, default, required=False, secret=False, advanced=False)


def _check(name: str, label: str, hint: str) -> Field:
    return _field(name, label, hint, "checkbox", default=False)


def _number(name: str, label: str, hint: str, default: int) -> Field:
    return _field(name, label, hint, "number", default)


def _say(words: str) -> str:
    return QCoreApplication.translate("MediaSettings", words)
