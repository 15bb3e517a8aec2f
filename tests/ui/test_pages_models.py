"""Rows, words and stories of the pages: plain values in, plain values out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.decision import Candidate, Situation, evaluate
from radarr_desktop.domain.decision.verdict import Check, Outcome
from radarr_desktop.domain.events import ImportProgressed
from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.movie import Movie, MovieFile, Slot
from radarr_desktop.domain.parsing import parse_release
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.domain.quality import BY_NAME
from radarr_desktop.domain.records import Grab, GrabState, HistoryEntry, HistoryKind, QueueItem, StoredRelease
from radarr_desktop.domain.stuck import Trouble
from radarr_desktop.engine.decisions.history import Arrived
from radarr_desktop.engine.decisions.timeline import Turn, TurnKind
from radarr_desktop.engine.decisions.why import Why
from radarr_desktop.plugin_api import Download, DownloadState, MovieInfo, Release
from radarr_desktop.ui.models.history import LOOKS, HistoryColumn, HistoryModel, kind_word
from radarr_desktop.ui.models.movie_state import MovieRow, MovieState, make_row, meta_line
from radarr_desktop.ui.models.movies import MoviesModel, Order
from radarr_desktop.ui.models.queue import QueueModel, spoken, stage, state_sentence
from radarr_desktop.ui.models.queue_state import is_stuck
from radarr_desktop.ui.models.stuck import cause_words, fixes
from radarr_desktop.ui.models.verdicts import is_near_miss, is_suspect, name_runs
from radarr_desktop.ui.pages.movie.story import tell
from radarr_desktop.ui.pages.queue.today import arrived_words

TODAY = date(2026, 5, 1)
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
HD = make_profile("HD", ["WEBDL-720p", "WEBDL-1080p", "Bluray-1080p"], id=1)
NAME = "Copper.Saints.2021.1080p.BluRay.DTS.x264-KITE"


def movie(id: int = 1, title: str = "Copper Saints", *, quality: str = "", out: date = date(2021, 3, 2)) -> Movie:
    """A movie, with a file where a quality is named."""
    file = None
    if quality:
        file = MovieFile(id, id, id, f"/library/{title}.mkv", 1000 * id, NOW, BY_NAME[quality.casefold()])
    info = MovieInfo(1000 + id, title, 2021, runtime=100, digital_release=out)
    added = NOW - timedelta(hours=id)
    return Movie(id, info, (Slot(id, "", 1, "/library", file),), f"/library/{title}", added=added)


def item(state: GrabState = GrabState.DOWNLOADING, download: DownloadState | None = None, **facts: Any) -> QueueItem:
    """A grab in the queue."""
    parsed = parse_release(NAME)
    grab = Grab(7, 1, 1, 1, 1, NAME, ("a" * 40,), parsed, 100, 10_000, "HDBits", state, NOW, "c")
    told = Download("a" * 40, frozenset(), NAME, download, **facts) if download else None
    return QueueItem(grab, "Copper Saints (2021)", "client", told, NOW)


def row(movie: Movie, item: QueueItem | None = None) -> MovieRow:
    """Its row."""
    return make_row(movie, item, HD, TODAY)


@pytest.mark.parametrize(
    ("made", "state"),
    [
        (row(movie(quality="Bluray-1080p")), MovieState.AVAILABLE),
        (row(movie(quality="WEBDL-720p")), MovieState.UPGRADE),
        (row(movie()), MovieState.MISSING),
        (row(movie(out=date(2026, 6, 1))), MovieState.NOT_RELEASED),
        (row(replace(movie(quality="WEBDL-720p"), monitored=False)), MovieState.UNMONITORED),
        (row(movie(), item(download=DownloadState.DOWNLOADING)), MovieState.DOWNLOADING),
        (row(movie(), item(GrabState.BLOCKED)), MovieState.ATTENTION),
        (row(movie(), item(download=DownloadState.ERROR)), MovieState.ATTENTION),
    ],
)
def test_each_movie_is_in_one_state(made: MovieRow, state: MovieState) -> None:
    assert made.state is state


def test_the_line_below_a_poster_says_what_matters() -> None:
    assert meta_line(row(movie(quality="Bluray-1080p"))) == "2021 · Bluray-1080p"
    assert meta_line(row(movie())) == "2021 · Missing"
    assert meta_line(row(movie(out=date(2026, 6, 17)))).startswith("2021 · Digital 17")
    assert "left" in meta_line(row(movie(), item(download=DownloadState.DOWNLOADING, eta=360)))


def test_filters_and_orders_work_together(qtbot: QtBot) -> None:
    model = MoviesModel()
    movies = (movie(1, "The Wide Sea", quality="Bluray-1080p"), movie(2, "Anchor"), movie(3, "Zephyr"))
    model.set_rows(row(one) for one in movies)
    assert titles(model) == ["The Wide Sea", "Anchor", "Zephyr"]
    model.set_order(Order.TITLE)
    assert titles(model) == ["Anchor", "The Wide Sea", "Zephyr"]
    model.set_state_filter(MovieState.MISSING)
    model.set_text_filter("zeph 2021")
    assert titles(model) == ["Zephyr"]
    assert (model.total, model.count(MovieState.MISSING), model.is_filtered) == (3, 2, True)


def test_progress_changes_a_row_in_place(qtbot: QtBot) -> None:
    model = MoviesModel()
    model.set_rows([row(movie(), item(download=DownloadState.DOWNLOADING)), row(movie(2, "Anchor"))])
    resets = []
    model.modelReset.connect(lambda: resets.append(True))
    with qtbot.waitSignal(model.dataChanged, timeout=30_000):
        model.change(row(movie(), item(download=DownloadState.DOWNLOADING, progress=0.5)))
    assert model.row_at(0).progress == 0.5
    assert resets == []


def test_a_row_that_stays_in_its_place_or_hidden_leaves_the_others_alone(qtbot: QtBot) -> None:
    model = MoviesModel()
    model.set_rows([row(movie()), row(movie(2, "Anchor"))])
    model.set_order(Order.TITLE)
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    with qtbot.waitSignals([model.dataChanged, model.counted], timeout=30_000):
        model.change(row(movie(2, "Anchor", quality="Bluray-1080p")))
    model.set_text_filter("saints")
    model.change(row(movie(2, "Anchor")))
    assert (resets, titles(model), model.count(MovieState.MISSING)) == ([True], ["Copper Saints"], 2)
    model.change(row(movie(2, "Saints of Anchor")))
    assert (resets, titles(model)) == ([True, True], ["Copper Saints", "Saints of Anchor"])
    with qtbot.waitSignal(model.counted, timeout=30_000):
        model.change_all([row(movie(3, "All Saints")), row(movie(4, "Saints"))], [1, 77])
    assert titles(model) == ["All Saints", "Saints", "Saints of Anchor"]
    assert (len(resets), model.total) == (3, 3)


def test_a_screen_reader_hears_title_year_and_state(qtbot: QtBot) -> None:
    model = MoviesModel()
    model.set_rows([row(movie())])
    index = model.index(0, 1)
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Copper Saints, 2021, Missing"


def test_queue_rows_keep_their_place(qtbot: QtBot) -> None:
    model = QueueModel()
    model.set_items([item(download=DownloadState.DOWNLOADING)])
    resets = []
    model.modelReset.connect(lambda: resets.append(True))
    with qtbot.waitSignal(model.dataChanged, timeout=30_000):
        model.set_items([item(download=DownloadState.DOWNLOADING, progress=0.4)])
    assert stage(model.item_at(0)).progress == 0.4
    assert resets == []


def test_queue_rows_that_stay_keep_their_selection(qtbot: QtBot) -> None:
    model = QueueModel()
    first = item(download=DownloadState.DOWNLOADING)
    many = [replace(first, grab=replace(first.grab, id=id)) for id in range(5)]
    model.set_items(many)
    kept = QPersistentModelIndex(model.index(3))
    resets = []
    model.modelReset.connect(lambda: resets.append(True))
    new = replace(first, grab=replace(first.grab, id=9))
    model.set_items([new, *many[1:4]])
    assert [model.item_at(row).grab.id for row in range(model.rowCount())] == [9, 1, 2, 3]
    assert (kept.row(), resets) == (3, [])
    model.change(replace(many[3], movie_title="Other"))
    assert model.item_at(3).movie_title == "Other"
    model.set_items(list(reversed(many)))
    assert resets == [True]


@pytest.mark.parametrize(
    ("arrived", "words"),
    [
        ([Arrived("hardlink", 4, 61_000_000_000)], "4 imported, 61.0\u00a0GB, all hard links"),
        ([Arrived("copy", 1, 2_000_000)], "1 imported, 2.0\u00a0MB, a copy"),
        (
            [Arrived("copy", 1, 1_000_000), Arrived("hardlink", 2, 1_000_000)],
            "3 imported, 2.0\u00a0MB, a copy, 2 hard links",
        ),
    ],
)
def test_what_came_today_says_how(arrived: list[Arrived], words: str) -> None:
    assert arrived_words(arrived) == words


def test_a_download_is_told_in_quarters(qtbot: QtBot) -> None:
    told = {spoken(item(download=DownloadState.DOWNLOADING, progress=part / 100)) for part in range(100)}
    assert len(told) == 4


def test_a_silent_client_is_told_with_its_last_sight(qtbot: QtBot) -> None:
    sentence = state_sentence(item(download=DownloadState.DOWNLOADING), silent=True)
    assert sentence.startswith("Last seen ")
    assert sentence.endswith("state unknown")


def release(id: int, name: str, size: int = 8_000_000_000, *, checks: tuple[Check, ...] = ()) -> StoredRelease:
    """A release as it was judged."""
    found = Release(str(id), name, size, NOW, 12, 1, f"{id:040x}")
    parsed = parse_release(name)
    verdict = evaluate(Candidate(found, parsed, 1, "HDBits"), movie(), movie().slot, HD, Situation(NOW))
    if checks:
        verdict = replace(verdict, outcome=Outcome.REJECTED, checks=(*verdict.checks, *checks))
    return StoredRelease(id, found, 1, "HDBits", parsed, NOW, NOW, 1, verdict, NOW)


def test_a_name_is_cut_where_its_facts_are() -> None:
    runs = name_runs(parse_release(NAME))
    assert "".join(text for text, _ in runs) == NAME
    kinds = {kind: text for text, kind in runs if kind}
    assert kinds == {"resolution": "1080p", "source": "BluRay", "audio": "DTS", "video": "x264", "group": "KITE"}


def test_what_is_no_movie_is_never_a_near_miss() -> None:
    tempting = Check("contents", "setup.exe", "a video", Outcome.REJECTED, "It holds setup.exe, which is a program.")
    fake = release(1, NAME, checks=(tempting,))
    assert not is_near_miss(fake.verdict)
    assert is_suspect(fake.verdict)
    too_small_a_quality = release(2, "Copper.Saints.2021.480p.WEB-DL.x264-KITE", 500_000_000)
    assert is_near_miss(too_small_a_quality.verdict)


def test_the_story_is_newest_first_and_folds_what_is_alike() -> None:
    seen = [
        release(1, NAME),
        release(2, "Copper.Saints.2021.480p.WEB-DL.x264-KITE", 500_000_000),
        release(3, "Other.Thing.1999.2160p.WEB-DL.x265-ZZ"),
        release(4, "Another.Thing.1998.CAM.x264-ZZ"),
    ]
    grab = replace(item().grab, state=GrabState.IMPORTED, added=NOW + timedelta(minutes=1))
    past = [
        HistoryEntry(3, 1, HistoryKind.IMPORTED, NOW + timedelta(minutes=9), NAME, 7, data={"method": "hardlink"}),
        HistoryEntry(2, 1, HistoryKind.GRABBED, NOW + timedelta(minutes=1), NAME, 7),
        HistoryEntry(1, 1, HistoryKind.ADDED, NOW - timedelta(days=1), "Copper Saints (2021)"),
    ]
    turns = (
        Turn(NOW + timedelta(minutes=5), TurnKind.PROFILE_CHANGED, "Profile HD was changed."),
        Turn(NOW, TurnKind.SEEN, "4 releases: 1 good enough, 3 rejected.", "", (1, 2, 3, 4)),
    )
    beats = tell(Why(movie(), "", "", tuple(seen), (grab,), tuple(past), turns))
    assert [beat.title for beat in beats] == [
        "Imported as Bluray-1080p",
        "Profile HD was changed",
        "Grabbed",
        "Accepted",
        "Rejected: in a quality that is not wanted",
        "2 others rejected",
        "Added",
    ]
    assert beats[0].fact == "Hard link, no extra space"
    assert [one.id for one in beats[5].folded] == [3, 4]
    assert beats[4].tone == "miss"


def titles(model: MoviesModel) -> list[str]:
    """What is shown, in order."""
    return [model.row_at(place).movie.info.title for place in range(model.rowCount())]


def stuck(cause: Reason | None, problem: str = "It is so.", **facts: Any) -> QueueItem:
    """A blocked import."""
    made = item(GrabState.BLOCKED, DownloadState.COMPLETED, **facts)
    return replace(made, grab=replace(made.grab, cause=cause.value if cause else "", problem=problem))


@pytest.mark.parametrize(
    ("made", "words", "first"),
    [
        (stuck(None, "a.mkv cannot be linked. Copy this one, or not."), "cannot be linked", "copy"),
        (stuck(Reason.PATH_NOT_FOUND), "its folder is not found here", "map"),
        (stuck(Reason.SEVERAL_MOVIES), "which video is it?", "parts"),
        (stuck(Reason.PACKED), "only an archive", "unpack"),
        (stuck(Reason.DISK_FULL), "no room", "retry"),
        (stuck(Reason.DANGEROUS_CONTENT), "dangerous content", "next"),
        (stuck(Reason.CORRUPTED_DOWNLOAD), "damaged", "retry"),
        (stuck(None), "cannot be imported", "retry"),
        (item(download=DownloadState.ERROR), "the client reports an error", "resume"),
        (
            replace(
                item(download=DownloadState.ERROR), trouble=Trouble(Reason.FILES_MISSING, "It misses its files.", NOW)
            ),
            "its files are gone",
            "recheck",
        ),
    ],
)
def test_each_cause_has_its_words_and_its_fix(made: QueueItem, words: str, first: str) -> None:
    assert cause_words(made) == words
    assert fixes(made)[0].key == first
    assert all(fix.text and fix.icon for fix in fixes(made))


def test_every_reason_has_words_and_fixes() -> None:
    for reason in Reason:
        assert cause_words(stuck(reason))
        assert fixes(stuck(reason))


def test_a_download_that_stands_still_needs_the_user_after_its_first_strike() -> None:
    made = item(download=DownloadState.STALLED)
    trouble = Trouble(Reason.DOWNLOAD_STALLED, "No seed.", NOW, 0, 3, timedelta(hours=2), timedelta(hours=22))
    quiet = replace(made, trouble=trouble)
    assert not is_stuck(quiet)
    assert state_sentence(quiet) == "No seed."
    loud = replace(made, trouble=replace(trouble, strikes=1, lasts=timedelta(hours=26)))
    assert is_stuck(loud)
    assert cause_words(loud) == "no progress for 26\u00a0h"
    assert [fix.key for fix in fixes(loud)] == ["next", "wait"]
    alone = replace(made, trouble=replace(trouble, left=None))
    assert is_stuck(alone)
    waits = replace(quiet, grab=replace(quiet.grab, wait_until=datetime.now(UTC) + timedelta(days=2)))
    assert state_sentence(waits).startswith("No seed. Left alone until ")


def test_a_copy_shows_how_far_it_is(qtbot: QtBot) -> None:
    model = QueueModel()
    done = item(GrabState.COMPLETED, DownloadState.COMPLETED)
    model.set_items([done])
    told = ImportProgressed(movie_id=1, grab_id=7, path="/a.mkv", step="copy", done=64, size=100)
    with qtbot.waitSignal(model.dataChanged, timeout=30_000):
        model.set_importing(told)
    assert model.importing(done) == told
    assert state_sentence(done, importing=told) == "Copying, 64\u00a0%"
    assert (stage(done, importing=told).current, stage(done, importing=told).progress) == (4, 0.64)
    assert model.importing(replace(done, grab=replace(done.grab, state=GrabState.BLOCKED))) is None
    unpacking = replace(told, step="unpack")
    assert stage(done, importing=unpacking).current == 3


@pytest.mark.parametrize(
    ("place", "words"),
    [(1, "Next in line at the client"), (3, "Third in line at the client"), (12, "Number 12 in line at the client")],
)
def test_what_waits_says_its_place(place: int, words: str) -> None:
    assert state_sentence(item(download=DownloadState.QUEUED, place=place)) == words


def test_everything_that_can_happen_has_words_and_an_icon(qtbot: QtBot) -> None:
    model = HistoryModel()
    entries = [HistoryEntry(number, 1, kind, NOW, "A title") for number, kind in enumerate(HistoryKind)]
    model.set_entries(entries, {})
    for row, kind in enumerate(HistoryKind):
        assert model.index(row, HistoryColumn.WHAT).data() == kind_word(kind)
        assert LOOKS[kind]
