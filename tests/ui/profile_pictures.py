"""Pictures of the profile editor with releases nobody ever made: ``python -m tests.ui.profile_pictures``"""

from __future__ import annotations

import os
import random
import tempfile
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from radarr_desktop.domain.profiles import QualityProfile, make_profile
from radarr_desktop.domain.quality import BY_NAME
from radarr_desktop.ui.models.forecast import Difference, Forecast, Turn
from radarr_desktop.ui.models.profile_words import GB, to_rate
from radarr_desktop.ui.pages.profile.editor import ProfileEditor
from radarr_desktop.ui.pages.profile.formats import FormatRow, PresetRow
from radarr_desktop.ui.theme import Theme, ThemeMode
from tests.ui import camera

SIZES = {"": (1216, 868), "medium-": (1056, 756), "narrow-": (944, 668), "small-": (744, 800)}
FORMATS = (
    FormatRow(1, "Dolby Vision", 88),
    FormatRow(2, "Atmos", 61),
    FormatRow(3, "Trusted groups", 140),
    FormatRow(4, "Upscaled", 0, "never matches, see why"),
    *(FormatRow(number, f"Format {number}", 3) for number in range(5, 32)),
)
PRESETS = (
    PresetRow("small", "Space saver", "Good 1080p, about 4 GB a movie"),
    PresetRow("balanced", "Balanced", "1080p with good sound, about 10 GB"),
    PresetRow("best", "Best", "2160p HDR, up to 30 GB"),
)
DIFFERENCES = (
    Difference(Turn.GRAB, 1, "Ninth Lantern", "WEB-2160p, 23.1 GB, KITE", 23_100_000_000),
    Difference(Turn.GRAB, 2, "Where the River Forgets", "23.9 GB now fits, NORTHPIER", 17_800_000_000),
    Difference(Turn.GRAB, 3, "Iron Petal", "WEB-2160p, 22.6 GB, ORM", 22_600_000_000),
    Difference(Turn.DROP, 4, "Orchid Express", "Bluray-1080p, not needed", -11_900_000_000),
    Difference(Turn.UPGRADE, 5, "Sevenfold", "Bluray-2160p, would upgrade", 3_200_000_000),
    Difference(Turn.UPGRADE, 6, "Polaris Down", "WEB-2160p, would upgrade", 8_400_000_000),
    Difference(Turn.UPGRADE, 7, "Marrow Creek", "WEB-2160p, would upgrade", 2_400_000_000),
)


def uhd() -> QualityProfile:
    """A profile in use."""
    names = ("WEB 1080p", "Bluray-1080p", "WEB 2160p", "Bluray-2160p", "Remux-2160p")
    made = make_profile("UHD", names, "WEB 2160p", id=7)
    return replace(made, format_scores={1: 300, 2: 200, 3: 120, 4: -500}, cap=22 * GB)


def samples() -> dict[int, list[float]]:
    """Sizes as they are seen, in MB per minute."""
    dice = random.Random(5)
    return {BY_NAME["webdl-2160p"].id: [to_rate(max(2.0, dice.gauss(17, 5))) for _ in range(312)]}


def editor() -> ProfileEditor:
    """The editor with a change under way."""
    made = ProfileEditor(QWidget())
    saved = uhd()
    made.show_profile(saved, replace(saved, cap=24 * GB), 402)
    made.show_facts(samples(), FORMATS, PRESETS)
    made.whatif.show_forecast(Forecast(8412, 30, 1.4, DIFFERENCES, 3_200_000_000_000))
    return made


def main() -> None:
    """Draw them."""
    app = QApplication([])
    look = Theme(Path(tempfile.mkdtemp()), "dark", reduced_motion="on", text_scale=1.0)
    look.apply(app)
    page = editor()
    page.setProperty("surface", "window")
    page.setMinimumSize(1, 1)
    page.show()
    modes: tuple[ThemeMode, ...] = ("dark", "light")
    for mode in modes:
        look.set_mode(mode)
        for name, size in {
            "": (1216, 868),
            "medium-": (1056, 756),
            "narrow-": (944, 668),
            "small-": (744, 800),
        }.items():
            page.fit("narrow" if size[0] < 1000 else "wide")
            page.resize(*size)
            for _ in range(5):
                app.processEvents()
            camera.keep(page, f"profile-{name}{mode}")


if __name__ == "__main__":
    main()
