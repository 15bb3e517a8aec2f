"""Picking a release: what comes while others still search, what would let a rejected one in, and the keys."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.custom_formats import CustomFormat, Kind, Specification
from radarr_desktop.domain.decision.verdict import Check, Outcome
from radarr_desktop.domain.languages import ANY
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.records import StoredRelease
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.plugins.drafts import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.loopback.hdbits import Fault, LoopbackHDBits
from radarr_desktop.ui.models.fixes import fix_of
from radarr_desktop.ui.models.profile_words import GB
from radarr_desktop.ui.models.releases import ReleasesModel
from radarr_desktop.ui.models.verdicts import BAR, scale_of
from radarr_desktop.ui.pages.movie.pick import PickPage
from radarr_desktop.ui.pages.movie.releases import ReleasesView
from radarr_desktop.ui.parts import Button, Label
from radarr_desktop.ui.theme import Theme
from tests.fixtures_engine import RunningEngine, WorldThread, world_and_engine
from tests.ui.running_desktop import RunningDesktop, running_desktop, until
from tests.ui.search_pictures import releases, uhd

CTRL = Qt.KeyboardModifier.ControlModifier


class Program(NamedTuple):
    """A movie that two indexers have releases of."""

    world: WorldThread
    running: RunningEngine
    movie: Movie
    anchor: LoopbackHDBits


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Return a program whose second indexer, Anchor, can be slow."""
    folder: Path = tmp_path_factory.mktemp("picking")
    with world_and_engine(folder, with_movie=False) as (world, running):
        anchor = LoopbackHDBits()
        world.do(anchor.__aenter__())
        one = world.world.hdbits.listings[0]
        anchor.add(replace(one, id=0, name="The.Salt.Meridian.2025.1080p.BluRay.DTS.x264-ANCHOR", seeders=900))
        settings = {"base_url": anchor.url, "username": anchor.username, "passkey": anchor.passkey, "pause": 0.0}
        draft = Draft(PluginKind.INDEXER, "HDBits", "Anchor", settings)
        running.do(running.engine.plugins.save(draft))
        movie = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))
        yield Program(world, running, movie, anchor)
        world.do(anchor.__aexit__(None, None, None))


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot, look: Theme, program: Program) -> Iterator[RunningDesktop]:
    """Return its window."""
    program.anchor.heal()
    with running_desktop(qapp, program.running, look) as shown:
        yield shown


async def searched(shown: RunningDesktop, program: Program) -> PickPage:
    """Open the page, and wait for all indexers."""
    shown.workspace.open_pick(program.movie.id)
    page = shown.workspace.pick
    await until(lambda: len(page.search.status.answers) == 2 and not page.search.status.is_running, "both answered")
    return page


def test_rows_come_while_others_search_and_the_chosen_one_stays_where_it_is(
    shown: RunningDesktop, program: Program
) -> None:
    async def pick() -> None:
        page = shown.workspace.pick
        program.anchor.delay = 0.8
        program.anchor.fail(Fault.SLOW, 1)
        shown.workspace.open_pick(program.movie.id)
        await until(lambda: page.view.model.rowCount() > 3, "the first indexer's rows")
        assert "Anchor still searching" in page.search.status.sentence
        assert page.stop.isEnabled()
        table, model = page.view.table, page.view.model
        QTest.keyClick(table, Qt.Key.Key_Down)
        QTest.keyClick(table, Qt.Key.Key_Down)
        chosen = model.row_at(table.currentIndex().row())
        top = table.rowViewportPosition(table.currentIndex().row())
        await until(lambda: not page.search.status.is_running, "Anchor answers")
        assert any(row.indexer == "Anchor" for row in model.all)
        await asyncio.sleep(0)
        assert model.row_at(table.currentIndex().row()).id == chosen.id
        assert table.rowViewportPosition(table.currentIndex().row()) == top
        assert page.view.detail.release is not None
        assert page.view.detail.release.id == chosen.id
        assert page.search.status.sentence == "2 of 2 indexers answered"
        shown.picture("pick-streamed")

    shown.run(pick())


def test_stop_waits_for_nobody_and_keeps_what_came(shown: RunningDesktop, program: Program) -> None:
    async def stop() -> None:
        page = shown.workspace.pick
        program.anchor.delay = 60
        program.anchor.fail(Fault.SLOW, 1)
        shown.workspace.open_pick(program.movie.id)
        await until(lambda: page.search.status.answers, "the first indexer answers")
        QTest.mouseClick(page.stop, Qt.MouseButton.LeftButton)
        assert not page.search.status.is_running
        assert page.search.status.sentence.endswith("stopped before Anchor answered")
        assert page.view.model.rowCount() > 3
        QTest.mouseClick(page.again, Qt.MouseButton.LeftButton)
        await until(lambda: len(page.search.status.answers) == 2, "it is asked again")

    shown.run(stop())


@pytest.mark.expected_errors(r"indexer\.failed")
def test_an_indexer_that_cannot_is_named_with_its_reason(shown: RunningDesktop, program: Program) -> None:
    async def fail() -> str:
        program.anchor.fail(Fault.WRONG_PASSKEY, 1)
        page = await searched(shown, program)
        return page.search.status.sentence

    sentence = shown.run(fail())
    assert sentence.startswith("1 of 2 indexers answered")
    assert "Anchor" in sentence
    program.running.do(program.running.engine.plugins.test_all("indexer"))


def test_the_formats_behind_a_score_are_named(shown: RunningDesktop, program: Program) -> None:
    engine = program.running.engine
    made = CustomFormat(0, "Blu-ray disc", (Specification(Kind.TITLE, "word", {"value": r"\bBluRay\b"}),))
    format = program.running.do(engine.formats.add(made))
    profile = program.running.do(engine.profiles.get(program.movie.slot.profile_id))
    program.running.do(engine.profiles.update(replace(profile, format_scores={format.id: 40})))

    async def look_at_one() -> None:
        page = await searched(shown, program)
        view = page.view
        place = next(place for place, row in enumerate(_rows(view.model)) if row.parsed.group == "KITE")
        view.table.setCurrentIndex(view.model.index(place, 1))
        await until(lambda: "Blu-ray disc" in _words(view.detail), "the format's name")
        assert "+40" in _words(view.detail)

    shown.run(look_at_one())
    program.running.do(engine.profiles.update(profile))


def test_filters_show_what_they_say(shown: RunningDesktop, program: Program) -> None:
    async def filter() -> None:
        page = await searched(shown, program)
        view, model = page.view, page.view.model
        QTest.mouseClick(view.chips[True], Qt.MouseButton.LeftButton)
        assert {row.verdict.accepted for row in _rows(model) if row.verdict} == {True}
        QTest.mouseClick(view.chips[False], Qt.MouseButton.LeftButton)
        assert {row.verdict.accepted for row in _rows(model) if row.verdict} == {False}
        assert view.chips[None].accessibleName() == f"All {len(model.all)}"
        QTest.mouseClick(view.chips[None], Qt.MouseButton.LeftButton)
        QTest.keyClicks(view.filter, "anchor")
        assert {row.indexer for row in _rows(model)} == {"Anchor"}
        QTest.keyClicks(view.filter, " nothing like it")
        assert not model.rowCount()
        assert view.filter.isVisible()

    shown.run(filter())


def test_a_fix_leads_to_the_profile_with_the_change_pending(shown: RunningDesktop, program: Program) -> None:
    async def fix() -> None:
        page = await searched(shown, program)
        view = page.view
        place = next(place for place, row in enumerate(_rows(view.model)) if _first_check(row) == "quality")
        view.table.setCurrentIndex(view.model.index(place, 1))
        quality = view.model.row_at(place).parsed.quality
        button = view.detail.fix_button
        assert button is not None
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        editor = shown.workspace.profile.editor
        await until(lambda: editor.is_shown and editor.is_dirty, "the profile is shown")
        assert shown.workspace.window.current_key == "profile"
        assert editor.draft.allows(quality)
        assert not editor.saved.allows(quality)
        await until(lambda: editor.whatif.forecast, "the forecast")
        editor.discard()

    shown.run(fix())


def test_every_control_has_a_name(shown: RunningDesktop, program: Program) -> None:
    async def look_around() -> list[str]:
        await searched(shown, program)
        return shown.nameless()

    assert shown.run(look_around()) == []


# The last two take releases and indexers away.
def test_keys_block_and_grab(shown: RunningDesktop, program: Program) -> None:
    async def act() -> None:
        page = await searched(shown, program)
        view = page.view
        shown.workspace.bring_up()
        view.table.setFocus()
        await until(view.table.hasFocus, "the table has the keyboard")
        # looks best, and has a program inside
        fake = next(place for place, row in enumerate(_rows(view.model)) if row.parsed.group == "KlTE")
        view.table.setCurrentIndex(view.model.index(fake, 1))
        blocked = view.model.row_at(fake)
        QTest.keyClick(view.table, Qt.Key.Key_Delete, CTRL)
        await until(lambda: _first_check(_by_id(view.model, blocked.id)) == "blocklist", "it is blocked")
        await until(lambda: view.model.row_at(0).id != blocked.id, "it goes down")
        view.table.setCurrentIndex(view.model.index(0, 1))
        best = view.model.row_at(0)
        assert view.model.is_best(best)
        QTest.keyClick(view.table, Qt.Key.Key_Right)
        assert view.detail.grab_button is not None
        assert view.detail.grab_button.hasFocus()
        view.table.setFocus()
        QTest.keyClick(view.table, Qt.Key.Key_Return, CTRL)
        queue = shown.workspace.library.queue
        await until(lambda: any(one.grab.release_id == best.id for one in queue.items.values()), "it is in the queue")

    shown.run(act())


def test_who_answers_after_all_patience_is_named(shown: RunningDesktop, program: Program) -> None:
    (one,) = [each for each in program.running.do(program.running.engine.plugins.instances()) if each.name == "Anchor"]

    def patient(seconds: int) -> None:
        draft = Draft(one.kind, one.implementation, one.name, {**one.settings, "patience": seconds}, id=one.id)
        program.running.do(program.running.engine.plugins.save(draft, force=True))

    async def pick() -> None:
        page = shown.workspace.pick
        program.anchor.delay = 2.0
        program.anchor.fail(Fault.SLOW, 1)
        shown.workspace.open_pick(program.movie.id)
        await until(lambda: "Anchor: searching…" in page.view.lines.words, "it is searched")
        await until(lambda: page.search.status.late, "it comes too late")
        assert any("answered too late" in line for line in page.view.lines.words)
        shown.picture("pick-late")

    patient(1)
    shown.run(pick())
    patient(20)


def test_who_has_no_indexer_is_led_to_them(shown: RunningDesktop, program: Program) -> None:
    engine = program.running.engine
    for one in program.running.do(engine.plugins.instances("indexer")):
        program.running.do(engine.plugins.remove(one.id))

    async def look_for_help() -> None:
        shown.workspace.open_pick(program.movie.id)
        page = shown.workspace.pick
        await until(lambda: "No indexer is set up" in page.search.status.sentence, "the reason")
        page.view.show_releases(())
        button = next(one for one in page.findChildren(Button) if one.text() == "Indexers")
        assert button.isVisible()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert shown.workspace.window.current_key == "settings"

    shown.run(look_for_help())


def test_more_releases_are_sorted_in_and_never_come_above_what_is_held(qtbot: QtBot) -> None:
    every = releases()
    model = ReleasesModel()
    model.set_releases(every[3:])
    held = model.row_at(0)
    assert model.better_than(held.id, every[:3]) == 3
    model.merge(every[:2], held.id)
    assert model.row_at(0) is held
    assert {model.row_at(1).id, model.row_at(2).id} == {1, 2}
    model.merge(every[2:3])
    assert model.count(True) == 3
    model.merge([replace(held, times_seen=9)])
    assert model.rowCount() == len(every)
    assert model.row_at(0).times_seen == 9


def test_a_release_judged_again_goes_to_its_new_place_while_nothing_is_chosen(qtbot: QtBot, look: Theme) -> None:
    every = releases()
    view = ReleasesView(QWidget(), Button("Search again"))
    qtbot.addWidget(view)
    view.show_releases(every)
    best = view.model.row_at(0)
    assert best.verdict is not None
    no = Check.rejected("seeders", "0", "1", "Not enough seeders: 0, at least 1 needed.")
    view.add_releases([replace(best, verdict=replace(best.verdict, outcome=Outcome.REJECTED, checks=(no,)))])
    assert view.model.row_at(0).id != best.id
    assert view.table.currentIndex().row() == 0
    view.table.setCurrentIndex(view.model.index(2, 1))
    chosen = view.model.row_at(2)
    view.add_releases([best])
    assert view.model.row_at(2).id == chosen.id


def test_only_what_would_help_is_offered(qtbot: QtBot) -> None:
    named = {row.parsed.group: row for row in releases()}
    capped = fix_of(named["NORTHPIER"], uhd(), 118)
    assert capped is not None
    assert capped.words == "Allow 24\u00a0GB in UHD…"
    assert capped.profile.cap == 24 * GB
    unwanted = fix_of(named["ZZ"], uhd(), 118)
    assert unwanted is not None
    assert unwanted.profile.allows(named["ZZ"].parsed.quality)
    foreign = fix_of(named["iTM"], uhd(), 118)
    assert foreign is not None
    assert foreign.profile.language == ANY
    assert fix_of(named["KITE"], uhd(), 118) is None
    assert fix_of(named["HALFMOON"], uhd(), 118) is None
    assert fix_of(named["NORTHPIER"], None, 118) is None


def test_bars_show_what_differs_beside_the_quality(qtbot: QtBot) -> None:
    every = releases()
    scale = scale_of(every)
    bars = {row.parsed.group: dict(scale.segments(row.verdict)) for row in every}
    assert all(sum(bar.values()) <= BAR + 1 for bar in bars.values())
    kite, orm, northpier = (bars[group] for group in ("KITE", "ORM", "NORTHPIER"))
    assert kite["quality"] == orm["quality"] == northpier["quality"] <= BAR / 2
    assert northpier["size"] - orm["size"] > BAR / 30
    assert bars["iTM"]["quality"] < kite["quality"]
    assert list(kite) == ["quality", "size", "group", "peers"]


def test_a_quality_nobody_wants_is_not_drawn(qtbot: QtBot) -> None:
    every = releases()
    unwanted = next(row for row in every if row.parsed.group == "ZZ")
    bar = dict(scale_of(every).segments(unwanted.verdict))
    assert "quality" not in bar
    assert bar["size"]


def _words(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(Label) if one.isVisible()]


def _rows(model: ReleasesModel) -> list[StoredRelease]:
    return [model.row_at(place) for place in range(model.rowCount())]


def _by_id(model: ReleasesModel, id: int) -> StoredRelease:
    return next(row for row in model.all if row.id == id)


def _first_check(row: StoredRelease) -> str:
    failed = [check for check in row.verdict.checks if check.sentence] if row.verdict else []
    return failed[0].name if failed else ""
