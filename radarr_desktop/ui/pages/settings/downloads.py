"""How patient the program is with downloads, and what it does when it gives one up."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import QCoreApplication

from radarr_desktop.domain.stuck import DownloadSettings
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.settings.fields import check, number
from radarr_desktop.ui.pages.settings.form_shelf import FormShelf, Group, Values


class DownloadsShelf(FormShelf):
    """The rules for all clients."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            self.tr("Download rules"),
            self.tr("When a download that does not come on is given up, and what follows. 0 hours: never for this."),
            _groups(),
        )

    async def read(self) -> Values:
        """What is kept."""
        return asdict(await self.desk.bridge.call(self.desk.engine.settings.downloads()))

    async def write(self, values: Values) -> None:
        """Keep others."""
        await self.desk.bridge.call(self.desk.engine.settings.save_downloads(DownloadSettings(**values)))


def _groups() -> tuple[Group, ...]:
    strikes = _say("The hours are parted into so many; each part that ends badly is one.")
    return (
        Group(
            _say("Given up after"),
            (
                number("stalled_hours", _say("Hours without progress"), default=24.0),
                number("incomplete_hours", _say("Hours in which nobody has all of it"), default=72.0),
                number("metadata_hours", _say("Hours a magnet link asks what is in it"), default=12.0),
                number("error_hours", _say("Hours with an error of the client"), default=6.0),
                number("unregistered_hours", _say("Hours its tracker does not know it"), default=1.0),
                number("slow_hours", _say("Hours slower than this:"), default=24.0),
                number("slow_kb", _say("KB a second that are too slow"), _say("0: nothing is."), 0),
                number("strikes", _say("Strikes"), strikes, 3),
            ),
        ),
        Group(
            _say("Then"),
            (
                check("redownload", _say("Take the next best release")),
                check("redownload_by_user", _say("Also after one that you picked")),
                check("search_again", _say("Search where none that is known will do")),
            ),
        ),
        Group(
            _say("Private trackers"),
            (
                check(
                    "act_on_private",
                    _say("Give their torrents up, too"),
                    _say("Off: they are shown as stuck and left alone."),
                ),
                number(
                    "private_seed_hours", _say("Seed at least so many hours"), _say("0: as long as you like."), 72.0
                ),
                number("private_ratio", _say("Or until this ratio"), default=1.0),
            ),
        ),
    )


def _say(words: str) -> str:
    return QCoreApplication.translate("DownloadRules", words)
