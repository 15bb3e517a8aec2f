"""Pictures of a search whose releases nobody ever made: ``python -m tests.ui.search_pictures``"""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from radarr_desktop.domain.decision import Candidate, Purpose, Situation, evaluate
from radarr_desktop.domain.movie import Movie, MovieFile, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.profiles import QualityProfile, make_profile
from radarr_desktop.domain.quality import BY_NAME
from radarr_desktop.domain.records import HistoryEntry, HistoryKind, StoredRelease
from radarr_desktop.engine.decisions.answer import explain, rank
from radarr_desktop.engine.decisions.timeline import Turn, TurnKind
from radarr_desktop.engine.decisions.why import Why
from radarr_desktop.engine.search.mass import SearchPlan, Share
from radarr_desktop.plugin_api import MovieInfo, Release
from radarr_desktop.ui.models.movie_state import make_row
from radarr_desktop.ui.models.search_status import SearchStatus
from radarr_desktop.ui.pages.movie.releases import ReleasesView
from radarr_desktop.ui.pages.movie.why import WhyTab
from radarr_desktop.ui.pages.search_plan import SearchPlanSheet
from radarr_desktop.ui.parts import Button
from radarr_desktop.ui.theme import Theme, ThemeMode
from tests.ui import camera

NOW = datetime.now(UTC)
GB = 1_000_000_000
NAMES = (
    ("Where.the.River.Forgets.2024.2160p.WEB-DL.EAC3.Atmos.DV.HDR10.H.265-KITE", "HDBits", 19.4, 214, 3),
    ("Where.the.River.Forgets.2024.2160p.WEB-DL.EAC3.5.1.HDR10.H.265-ORM", "Pier", 17.0, 61, 5),
    ("Where.the.River.Forgets.2024.Extended.1080p.BluRay.DTS-HD.MA.5.1.x264-TIDE", "HDBits", 15.8, 88, 48),
    ("Where.the.River.Forgets.2024.2160p.WEB-DL.EAC3.Atmos.DV.HDR10.H.265-NORTHPIER", "HDBits", 23.9, 301, 6),
    ("Where.the.River.Forgets.2024.REMUX.2160p.UHD.BluRay.TrueHD.7.1.DV.HEVC-LANTERN", "HDBits", 58.2, 120, 24),
    ("Where.the.River.Forgets.2024.1080p.WEB-DL.EAC3.5.1.H.264-LANTERN", "HDBits", 6.1, 410, 984),
    ("Dove.il.Fiume.Dimentica.2024.iTALiAN.1080p.WEB-DL.AC3.5.1.H.264-iTM", "Pier", 5.4, 33, 288),
    ("Where.the.River.Forgets.2024.1080p.WEBRip.AAC.5.1.x265-HALFMOON", "HDBits", 2.2, 0, 288),
    ("Where.the.River.Forgets.2024.720p.HDTV.AAC.2.0.x264-TIDE", "Pier", 1.9, 5, 720),
    ("Where.the.River.Forgets.2024.480p.CAM.x264-ZZ", "Pier", 1.1, 2, 1464),
)


def uhd() -> QualityProfile:
    """What is wanted."""
    names = ("WEB 1080p", "Bluray-1080p", "WEB 2160p", "Bluray-2160p", "Remux-2160p")
    return replace(make_profile("UHD", names, "Bluray-2160p", id=7), cap=22 * GB)


def movie() -> Movie:
    """What it is wanted for."""
    had = BY_NAME["webdl-1080p"]
    file = MovieFile(1, 1, 1, "/data/river.mkv", 6 * GB, NOW, had, release_title=NAMES[5][0])
    info = MovieInfo(
        910_014,
        "Where the River Forgets",
        2024,
        runtime=118,
        alternative_titles=("Dove il Fiume Dimentica",),
        original_language="en",
    )
    return Movie(1, info, (Slot(1, "", 7, "/data", file),), "/data/river")


def releases() -> list[StoredRelease]:
    """All of them, judged by the one evaluator."""
    situation = Situation(NOW, Purpose.USER)
    made = []
    for id, (name, indexer, size, seeds, hours) in enumerate(NAMES, 1):
        published = NOW - timedelta(hours=hours)
        release = Release(str(id), name, int(size * GB), published, seeds, 3, info_url="https://example.org/1")
        candidate = Candidate(release, parse_release(name), 1, indexer)
        verdict = evaluate(candidate, movie(), movie().slot, uhd(), situation)
        made.append(StoredRelease(id, release, 1, indexer, candidate.parsed, published, NOW, 3, verdict, NOW))
    return made


def why() -> Why:
    """The story of the same movie."""
    seen = tuple(sorted((row for row in releases() if row.verdict and not row.verdict.accepted), key=rank))
    sentence, detail = explain(movie(), uhd(), seen, (), NOW.date())
    past = (
        HistoryEntry(2, 1, HistoryKind.IMPORTED, NOW - timedelta(days=40), NAMES[5][0], 3, data={"method": "hardlink"}),
        HistoryEntry(1, 1, HistoryKind.ADDED, NOW - timedelta(days=49), "Where the River Forgets (2024)"),
    )
    changed = Turn(NOW - timedelta(days=2), TurnKind.PROFILE_CHANGED, "Profile UHD was changed.")
    return Why(movie(), sentence, detail, seen, (), past, (changed,))


def draw_why(look: Theme, app: QApplication) -> None:
    """Why? with a near miss."""
    tab = WhyTab()
    tab.setProperty("surface", "window")
    following = "It is searched next tomorrow at 12:00, at HDBits. Again after 3 days (last: 14 Oct)."
    tab.show_why(why(), make_row(movie(), None, uhd(), NOW.date()), uhd(), following)
    tab.show()
    modes: tuple[ThemeMode, ...] = ("dark", "light")
    for mode in modes:
        look.set_mode(mode)
        for name, width in {"": 1216, "narrow-": 944}.items():
            tab.resize(width, 760)
            tab.column.set_two_columns(two=not name)
            for _ in range(5):
                app.processEvents()
            camera.keep(tab, f"why-{name}{mode}")


def draw_plan(look: Theme, app: QApplication) -> None:
    """What a search of many movies takes."""
    window = QWidget()
    window.setProperty("surface", "window")
    window.show()
    shares = (
        Share("HDBits", 312, 18_720.0, 2.0, 60),
        Share("Torznab: Pier", 312, 640.0, 2.0, 0),
        Share("Anchor", 280, float("inf"), 2.0, 100),
    )
    modes: tuple[ThemeMode, ...] = ("dark", "light")
    for mode in modes:
        look.set_mode(mode)
        for name, size in {"": (1216, 760), "narrow-": (800, 560)}.items():
            window.resize(*size)
            sheet = SearchPlanSheet(window, "Search 312 missing movies?", SearchPlan(tuple(range(312)), 14, shares))
            sheet.open()
            for _ in range(5):
                app.processEvents()
            camera.keep(window, f"search-plan-{name}{mode}")
            sheet.close_sheet()


def main() -> None:
    """Draw them."""
    app = QApplication([])
    look = Theme(Path(tempfile.mkdtemp()), "dark", reduced_motion="on", text_scale=1.0)
    look.apply(app)
    draw_why(look, app)
    draw_plan(look, app)
    window = QWidget()
    view = ReleasesView(window, Button("Search again", icon="refresh-cw"))
    view.setProperty("surface", "window")
    view.show()
    view.show_terms(uhd(), 118)
    view.show_releases(releases())
    status = SearchStatus(True, ("HDBits", "Pier", "Anchor", "Halfmoon", "Old"))
    status = status.with_answer("HDBits", 6, "").with_answer("Pier", 4, "")
    status = status.with_answer("Halfmoon", 0, "Halfmoon asked to slow down (429).", NOW + timedelta(minutes=14))
    view.show_status(status.with_answer("Old", 0, "Old answered something that is not Torznab. Check the address."))
    modes: tuple[ThemeMode, ...] = ("dark", "light")
    for mode in modes:
        look.set_mode(mode)
        for name, size in {"": (1216, 760), "narrow-": (944, 600)}.items():
            view.resize(*size)
            view.fit("narrow" if name else "wide")
            near = next(row for row in view.model.all if row.release.title.endswith("NORTHPIER"))
            view.table.setCurrentIndex(view.model.index(view.model.place_of(near.id) or 0, 1))
            for _ in range(5):
                app.processEvents()
            camera.keep(view, f"search-{name}{mode}")


if __name__ == "__main__":
    main()
