"""Changes of a profile as the editor makes them, and the words for them: plain values in, plain values out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from radarr_desktop.domain.decision.replay import Choice, Compared, Loop
from radarr_desktop.domain.decision.replay import Difference as Replayed
from radarr_desktop.domain.languages import ANY
from radarr_desktop.domain.profiles import QualityProfile, check_profile, make_profile
from radarr_desktop.domain.quality import BY_NAME
from radarr_desktop.domain.sizes import SizeLimits
from radarr_desktop.engine.decisions.whatif import WhatIfAnswer
from radarr_desktop.ui.models import profile_edit
from radarr_desktop.ui.models.forecast import Turn, basis_sentence, forecast_of, space_sentence, summary
from radarr_desktop.ui.models.profile_words import GB, changes, gb, members, signed, to_gb, to_rate
from radarr_desktop.ui.models.times import number
from radarr_desktop.ui.pages.profile.formats import FormatRow, FormatsCard
from radarr_desktop.ui.pages.profile.histogram import Histogram, Wanted
from radarr_desktop.ui.pages.profile.quality_list import HEIGHT, QualityList, QualityRow
from radarr_desktop.ui.theme import Theme

WEB, BLURAY, HDTV = "WEB 1080p", "Bluray-1080p", "HDTV-1080p"
HD = make_profile("HD", [HDTV, WEB, BLURAY], BLURAY, id=3)


def titles(profile: QualityProfile) -> list[str]:
    """What is wanted, best first."""
    return [item.title for item in profile_edit.best_first(profile) if item.allowed]


def key(title: str) -> int:
    """The key of an item of HD."""
    return next(item.key for item in HD.items if item.title == title)


def test_an_item_goes_where_it_is_put() -> None:
    assert titles(profile_edit.move(HD, key(HDTV), 0)) == [HDTV, BLURAY, WEB]
    assert titles(profile_edit.move(HD, key(BLURAY), 2)) == [WEB, HDTV, BLURAY]
    assert len(profile_edit.move(HD, key(BLURAY), 999).items) == len(HD.items)


def test_a_cutoff_that_is_not_wanted_any_more_moves_to_its_neighbour() -> None:
    without = profile_edit.allow(HD, HD.cutoff, allowed=False)
    assert without.cutoff == key(WEB)
    check_profile(without)
    nothing = without
    for title in (WEB, HDTV):
        nothing = profile_edit.allow(nothing, key(title), allowed=False)
    assert titles(nothing) == []
    again = profile_edit.stop_at(nothing, key(HDTV))
    assert again.cutoff == key(HDTV)
    check_profile(again)


def test_groups_are_made_named_and_taken_apart() -> None:
    both = profile_edit.group(HD, [key(BLURAY), key(HDTV)])
    assert titles(both)[0] == "Bluray-1080p / HDTV-1080p"
    made = profile_edit.best_first(both)[[item.allowed for item in profile_edit.best_first(both)].index(True)]
    assert both.cutoff == made.key
    check_profile(both)
    named = profile_edit.name_group(both, made.key, "  Full HD ")
    assert titles(named)[0] == "Full HD"
    assert profile_edit.name_group(both, made.key, " ") == both
    apart = profile_edit.ungroup(named, made.key)
    assert titles(apart)[:2] == [BLURAY, HDTV]
    assert apart.cutoff == BY_NAME[BLURAY.casefold()].id
    check_profile(apart)
    assert profile_edit.group(HD, [key(WEB)]) == HD


def test_changes_are_told_in_a_few_words(qtbot: QtBot) -> None:
    web = BY_NAME["webdl-1080p"]
    limited = profile_edit.limit(HD, web, SizeLimits(0, to_rate(8), to_rate(12)))
    assert changes(HD, HD) == []
    assert changes(HD, replace(HD, cap=24 * GB)) == ["Size cap 24\u00a0GB"]
    assert changes(replace(HD, cap=22 * GB), replace(HD, cap=24 * GB)) == ["Size cap 22\u00a0GB → 24\u00a0GB"]
    assert changes(HD, profile_edit.allow(HD, key(HDTV), allowed=False)) == ["HDTV-1080p not wanted"]
    assert changes(HD, profile_edit.move(HD, key(HDTV), 0)) == ["Order of qualities"]
    assert changes(HD, replace(HD, language=ANY, upgrades=False)) == ["Upgrades off", "Language Any"]
    assert changes(HD, profile_edit.score(HD, 5, 100)) == ["One format score"]
    assert "WEBDL-1080p target" in changes(HD, limited)[1]
    assert profile_edit.usual_limits(limited, web) == HD


def test_sizes_are_told_for_two_hours(qtbot: QtBot) -> None:
    assert to_gb(to_rate(24)) == pytest.approx(24)
    assert gb(23.96) == "24\u00a0GB"
    assert gb(9.5) == "9.5\u00a0GB"
    assert (signed(300), signed(-500), signed(0)) == ("+300", "−500", "0")
    assert (signed(29_000), number(30_056)) == ("+29,000", "30,056")
    assert members(HD, key(WEB)) == "WEBDL, WEBRip"


def choice(quality: str, size: float) -> Choice:
    """A release that would be taken."""
    return Choice(1, "Name", round(size * GB), quality, 100)


def test_a_replay_is_shown_in_four_numbers_and_a_sentence(qtbot: QtBot) -> None:
    small, large = choice("WEBDL-1080p", 6), choice("Bluray-2160p", 20)
    differences = (
        Replayed(1, 1, "Ninth Lantern", False, None, large, "2 GB over the size cap."),
        Replayed(2, 2, "Orchid Express", False, small, None, "Not wanted."),
        Replayed(3, 3, "Sevenfold", True, None, large, ""),
        Replayed(4, 4, "Iron Petal", False, small, large, ""),
    )
    answer = WhatIfAnswer(30, 4, 1.4, Compared(8412, differences, (Loop(5, "Tin", ("A", "B")),)))
    forecast = forecast_of(answer, 3_200 * GB)
    counts = {turn: len(forecast.of(turn)) for turn in Turn}
    assert counts == {Turn.GRAB: 1, Turn.DROP: 1, Turn.UPGRADE: 1, Turn.LOOP: 1, Turn.SWAP: 1}
    assert forecast.change() == (20 - 6 + 20 + 14) * GB
    assert not forecast.is_weak
    assert space_sentence(forecast) == "It needs 48.0\u00a0GB of the 3.2\u00a0TB that are free."
    assert summary(forecast) == "5 movies, +48.0\u00a0GB"
    assert summary(replace(forecast, differences=())) == "Nothing would change"
    assert "Make room first" in space_sentence(replace(forecast, free_space=GB))
    assert basis_sentence(12, 30).startswith("Your changes, run on the 12 releases")


def test_handles_push_each_other_and_end_in_no_limit(qtbot: QtBot, look: Theme) -> None:
    chart = Histogram()
    qtbot.addWidget(chart)
    chart.resize(420, chart.sizeHint().height())
    chart.show_sizes([12.0, 14.0, 90.0], Wanted(2, 8, 12))
    chart.show()
    told: list[Wanted] = []
    chart.changed.connect(lambda: told.append(chart.wanted))
    QTest.keyClick(chart.target, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert told[-1] == Wanted(2, 13, 13)
    QTest.keyClick(chart.most, Qt.Key.Key_End)
    assert chart.most.gigabytes is None
    assert chart.most.accessibleName() == "Most, no limit"
    x = chart.most.geometry().center().x() - 60
    QTest.mousePress(chart.most, Qt.MouseButton.LeftButton)
    QTest.mouseMove(chart.most, chart.most.mapFrom(chart, QPoint(x, chart.most.geometry().center().y())))
    QTest.mouseRelease(chart.most, Qt.MouseButton.LeftButton)
    assert told[-1].most is not None
    assert "3 stored releases" in chart.accessibleDescription()


def test_a_quality_is_dragged_to_another_place(qtbot: QtBot, look: Theme) -> None:
    rows = QualityList("Qualities")
    qtbot.addWidget(rows)
    names = ("Remux", "Bluray", "WEB", "HDTV")
    rows.set_rows([QualityRow(place, name, "", True, place == 0, False) for place, name in enumerate(names)])
    rows.resize(360, rows.height())
    rows.show()
    moved: list[tuple[int, int]] = []
    toggled: list[int] = []
    rows.moved.connect(lambda key, place: moved.append((key, place)))
    rows.toggled.connect(toggled.append)
    view, middle = rows.viewport(), HEIGHT // 2
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(120, middle))
    for y in (HEIGHT, 2 * HEIGHT, 3 * HEIGHT):
        QTest.mouseMove(view, QPoint(120, y))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(120, 3 * HEIGHT))
    assert moved == [(0, 2)]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(48, HEIGHT + middle))
    assert toggled == [1]
    index = rows.quality_model.index(0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Remux, wanted, upgrades stop here, 1 of 4"


def test_a_format_is_found_by_name_scored_and_taken_out(qtbot: QtBot, look: Theme) -> None:
    card = FormatsCard()
    qtbot.addWidget(card)
    card.edited.connect(card.show_profile)
    drafts: list[dict[int, int]] = []
    card.edited.connect(lambda profile: drafts.append(dict(profile.format_scores)))
    card.show_formats([FormatRow(1, "Dolby Vision", 88), FormatRow(2, "Upscaled", 0, "It can never match.")])
    card.show_profile(HD)
    card.show()
    QTest.keyClicks(card.add, "upscaled")
    QTest.keyClick(card.add, Qt.Key.Key_Return)
    assert drafts[-1] == {2: 0}
    points = card._rows[2].points
    assert points.accessibleDescription() == "It can never match."
    points.selectAll()
    QTest.keyClicks(points, "-500")
    assert drafts[-1] == {2: -500}
    QTest.keyClick(points, Qt.Key.Key_Up)
    assert drafts[-1] == {2: -490}
    assert points.text() == "−490"
    QTest.mouseClick(card._rows[2].remove, Qt.MouseButton.LeftButton)
    assert drafts[-1] == {}
