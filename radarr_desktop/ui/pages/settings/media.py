"""How files get into the library, what comes along, who may read them, and how long the trash keeps the old ones."""

from __future__ import annotations

from dataclasses import asdict, fields, replace

from PySide6.QtCore import QCoreApplication

from radarr_desktop.engine.settings import FileDate, SidecarSettings
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.settings.fields import check, choice, number, text
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
        settings, call = self.desk.engine.settings, self.desk.bridge.call
        return asdict(await call(settings.media())) | asdict(await call(settings.sidecars()))

    async def write(self, values: Values) -> None:
        """Only what this form shows changes."""
        engine, call = self.desk.engine, self.desk.bridge.call
        beside = {field.name: values[field.name] for field in fields(SidecarSettings)}
        changed = {name: value for name, value in values.items() if name not in beside}
        changed |= {"file_date": FileDate(values["file_date"])}
        await call(engine.settings.save_media(replace(await call(engine.settings.media()), **changed)))
        wanted = SidecarSettings(**beside)
        if wanted != await call(engine.settings.sidecars()):
            await call(engine.sidecars.save(wanted))


def _groups() -> tuple[Group, ...]:
    dates = (
        (FileDate.NONE.value, _say("The day it was imported")),
        (FileDate.CINEMAS.value, _say("The day it was in cinemas")),
        (FileDate.RELEASE.value, _say("The day it was released")),
    )
    return (
        Group(
            "",
            (
                check(
                    "allow_copies",
                    _say("Copy where no link is possible"),
                    _say("Off: a download on another disk waits and asks. On: it is copied and takes its space twice."),
                ),
                check(
                    "unpack",
                    _say("Unpack archives"),
                    _say("Off: a download that is only an archive waits and asks."),
                ),
                number("minimum_free_mb", _say("Keep free on the disk, in MB"), "", 100),
            ),
        ),
        Group(
            _say("What comes along"),
            (
                check("import_extras", _say("Subtitles and other files beside the video"), ""),
                text("extra_file_extensions", _say("With these endings"), _say("Separated by commas.")),
            ),
        ),
        _for_players(),
        Group(
            _say("Trash"),
            (
                number(
                    "trash_days",
                    _say("Days in the trash"),
                    _say("While a file is there, its replacement can be undone. 0: until you empty it."),
                    30,
                ),
                number("trash_gb", _say("Most of it, in GB"), _say("The oldest goes first. 0: no limit."), 0),
                check("delete_empty_folders", _say("Remove a movie's folder when nothing is left in it"), ""),
            ),
        ),
        Group(
            _say("Permissions and dates"),
            (
                check("set_permissions", _say("Set permissions"), _say("Off: as the download has them.")),
                text("chmod_folder", _say("Mode of folders"), _say("Files get the same without the right to run.")),
                text("chown_group", _say("Group"), _say("Name or number; empty leaves it.")),
                choice("file_date", _say("Date of a file"), dates),
            ),
        ),
    )


def _for_players() -> Group:
    return Group(
        _say("For Kodi, Emby and Jellyfin"),
        (
            check("nfo", _say("Write an NFO file beside each movie"), _say("What you wrote yourself stays.")),
            check("movie_nfo", _say("Call it movie.nfo"), _say("Off: like the movie's file.")),
            check("images", _say("Save poster and backdrop beside each movie"), ""),
        ),
    )


def _say(words: str) -> str:
    return QCoreApplication.translate("MediaSettings", words)
