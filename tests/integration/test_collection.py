"""An existing collection: looked through, matched, adopted; over restarts, and while the database of films is away."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.domain.collection import CollectionScan, ItemState, ScanState
from radarr_desktop.domain.events import CollectionChanged, CollectionProgressed
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from tests.fakes.collection import lay_out, shelved
from tests.fakes.film import film
from tests.fixtures_engine import world_and_engine
from tests.integration.places import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        yield Shelf(world, running)


def test_each_place_is_told_with_its_reasons_and_nothing_on_the_disk_changes(shelf: Shelf) -> None:
    shelf.know(810_001, "Amber Lantern", 2011, imdb_id="tt8100010")
    shelf.know(810_002, "Paper Harbour", 1999)
    shelf.know(810_003, "Paper Harbour", 2007)
    shelf.put("Amber Lantern (2011)/Amber.Lantern.2011.1080p.BluRay.x264-KITE.mkv")
    shelf.put("Somewhere/film.mkv")
    shelf.put("Somewhere/film.nfo", b"<movie><uniqueid type='imdb'>tt8100010</uniqueid></movie>")
    shelf.put("Paper Harbour/movie.mkv")
    shelf.put("Holidays/DSC0001.mkv")
    shelf.put("Paper.Harbour.2007.720p.WEB-DL.mkv")
    shelf.put("Books/readme.txt")
    before = sorted(os.walk(shelf.library))
    scan = shelf.scan()
    assert (scan.state, scan.done, scan.total) == (ScanState.DONE, 6, 6)
    items = shelf.items(scan)
    assert {path: item.state for path, item in items.items()} == {
        "Amber Lantern (2011)": ItemState.CERTAIN,
        "Somewhere": ItemState.CERTAIN,
        "Paper Harbour": ItemState.DOUBTFUL,
        "Holidays": ItemState.UNKNOWN,
        "Paper.Harbour.2007.720p.WEB-DL.mkv": ItemState.CERTAIN,
        "Books": ItemState.REFUSED,
    }
    assert items["Books"].note == "There is no video in it."
    assert items["Holidays"].note == "No movie of this name is known."
    assert [guess.tmdb_id for guess in items["Paper Harbour"].guesses] == [810_002, 810_003]
    assert items["Somewhere"].guesses[0].reasons[0].sentence == "The NFO file has its IMDb id."
    assert items["Paper.Harbour.2007.720p.WEB-DL.mkv"].is_file
    assert sorted(os.walk(shelf.library)) == before
    assert not shelf.running.do(shelf.running.engine.movies.all())


def test_a_choice_makes_a_doubtful_place_certain_and_zero_leaves_it_out(shelf: Shelf) -> None:
    shelf.know(810_002, "Paper Harbour", 1999)
    shelf.know(810_003, "Paper Harbour", 2007)
    shelf.put("Paper Harbour/movie.mkv", film(picture=(1280, 720)))
    shelf.put("Holidays/DSC0001.mkv")
    collection, scan = shelf.running.engine.collection, shelf.scan()
    items = shelf.items(scan)
    with pytest.raises(Problem, match="cannot be adopted: it is doubtful"):
        shelf.adopt(scan, items["Paper Harbour"])
    chosen = shelf.running.do(collection.choose(items["Paper Harbour"].id, 810_003))
    assert (chosen.state, chosen.guesses[0].reasons[0].sentence) == (ItemState.CERTAIN, "You chose it.")
    left = shelf.running.do(collection.choose(items["Holidays"].id, 0))
    assert left.state is ItemState.LEFT_OUT
    shelf.adopt(scan, chosen)
    (movie,) = shelf.running.do(shelf.running.engine.movies.all())
    assert movie.info.tmdb_id == 810_003
    assert movie.file is not None
    assert movie.file.media is not None  # looked into afterwards
    assert movie.file.quality.name == "HDTV-720p"  # all that its picture tells
    with pytest.raises(Problem, match="is not open to a choice"):
        shelf.running.do(collection.choose(chosen.id, 810_002))
    with pytest.raises(Problem, match="TMDb has nothing under this id"):
        shelf.running.do(collection.choose(left.id, 5_555_555))


def test_the_runtime_decides_between_two_movies_of_one_name_and_year(shelf: Shelf) -> None:
    shelf.know(810_004, "Iron Orchard", 2003, runtime=90)
    shelf.know(810_005, "Iron Orchard", 2003, runtime=140)
    shelf.put("Iron Orchard (2003)/movie.mkv", film(minutes=139))
    item = shelf.items(shelf.scan())["Iron Orchard (2003)"]
    assert (item.state, item.guesses[0].tmdb_id) == (ItemState.CERTAIN, 810_005)
    assert "It runs 139 minutes, as the movie does." not in [reason.sentence for reason in item.guesses[1].reasons]


def test_folders_that_sort_others_are_opened_and_several_movies_in_one_are_told_apart(shelf: Shelf) -> None:
    for number, title in enumerate(("Amber Lantern", "Paper Harbour", "Iron Orchard")):
        shelf.know(820_000 + number, title, 2000 + number)
    shelf.put("A-M/Amber Lantern (2000)/movie.mkv")
    shelf.put("A-M/Iron Orchard (2002)/CD/movie.mkv")
    shelf.put("Trilogy/Amber.Lantern.2000.720p.mkv")
    shelf.put("Trilogy/Paper.Harbour.2001.720p.mkv")
    shelf.put("Iron Orchard (2002)/Iron.Orchard.2002.1080p.mkv")
    shelf.put("Iron Orchard (2002)/Iron.Orchard.2002.720p.mkv")
    shelf.put("Paper Harbour (2001)/VIDEO_TS/VTS_01_1.VOB")
    items = shelf.items(shelf.scan())
    assert {path: item.state for path, item in items.items()} == {
        "A-M/Amber Lantern (2000)": ItemState.CERTAIN,
        "A-M/Iron Orchard (2002)": ItemState.CERTAIN,
        "Trilogy/Amber.Lantern.2000.720p.mkv": ItemState.CERTAIN,
        "Trilogy/Paper.Harbour.2001.720p.mkv": ItemState.CERTAIN,
        "Iron Orchard (2002)": ItemState.DOUBTFUL,
        "Paper Harbour (2001)": ItemState.REFUSED,
    }
    assert "It holds 2 videos that may be the movie" in items["Iron Orchard (2002)"].note


def test_links_pipes_hidden_and_foreign_names_are_not_taken(shelf: Shelf, tmp_path: Path) -> None:
    shelf.know(810_001, "Amber Lantern", 2011)
    outside = tmp_path / "outside.mkv"
    outside.write_bytes(b"x" * 100)
    (shelf.library / "Amber.Lantern.2011.mkv").symlink_to(outside)
    (shelf.library / "Amber Lantern (2011)").symlink_to(tmp_path)
    os.mkfifo(shelf.library / "Amber.Lantern.2011.avi")
    shelf.put("Empty.2011.mkv", b"")
    shelf.put(".hidden/Amber.Lantern.2011.mkv")
    shelf.put("$RECYCLE.BIN/Amber.Lantern.2011.mkv")
    Path(os.fsdecode(os.fsencode(shelf.library) + b"/Amber \xff (2011)")).mkdir()
    items = shelf.items(shelf.scan())
    assert {path: item.state for path, item in items.items()} == {
        "Amber.Lantern.2011.avi": ItemState.REFUSED,
        "Amber.Lantern.2011.mkv": ItemState.REFUSED,
        "Empty.2011.mkv": ItemState.REFUSED,
    }


def test_it_goes_on_where_it_was_after_a_restart_and_waits_while_the_source_is_away(shelf: Shelf) -> None:
    films = list(shelved(60))
    for each in films:
        shelf.tmdb.add(each.film)
    lay_out(shelf.library, films)
    running = shelf.running
    scan = running.do(running.engine.collection.start(str(shelf.library)))
    running.wait_for(lambda: running.do(running.engine.collection.scan(scan.id)).done >= 20, "some places")
    running.stop()
    running.start()
    halfway = running.do(running.engine.collection.scan(scan.id))
    assert halfway.state is ScanState.RUNNING
    running.wait_for(lambda: running.do(running.engine.collection.scan(scan.id)).done > halfway.done, "more places")
    shelf.tmdb.status = 503

    def waits() -> CollectionScan | None:
        now = running.do(running.engine.collection.scan(scan.id))
        return now if now.state is ScanState.WAITING else None

    waiting = running.wait_for(waits, "the wait")
    assert waiting is not None
    assert "it cannot work right now" in waiting.problem
    shelf.tmdb.status = 0
    for live in running.engine.plugins.metadata():
        live.guard.reset()
    running.do(running.engine.collection.resume(scan.id))

    def ended() -> bool:
        return running.do(running.engine.collection.scan(scan.id)).state is ScanState.DONE

    running.wait_for(ended, "its end", 60)
    done = running.do(running.engine.collection.scan(scan.id))
    assert done.counts == {ItemState.CERTAIN: 60}
    assert {item.guesses[0].tmdb_id for item in shelf.items(done).values()} <= {each.film.tmdb_id for each in films}
    searches = [path for path in shelf.tmdb.requests if path.startswith("/3/")]
    assert len(searches) < 100
    assert any(isinstance(event, CollectionProgressed) and event.total == 60 for event in running.events)
    assert any(isinstance(event, CollectionChanged) for event in running.events)


def test_it_can_be_paused_resumed_and_stopped(shelf: Shelf) -> None:
    films = list(shelved(60))
    lay_out(shelf.library, films)
    collection, running = shelf.running.engine.collection, shelf.running
    scan = running.do(collection.start(str(shelf.library)))
    paused = running.do(collection.pause(scan.id))
    assert paused.state is ScanState.PAUSED
    running.do(running.engine.jobs.idle())
    assert running.do(collection.scan(scan.id)).state is ScanState.PAUSED
    running.do(collection.resume(scan.id))
    running.wait_for(lambda: running.do(collection.scan(scan.id)).done > 0, "something found")
    stopped = running.do(collection.stop(scan.id))
    running.do(running.engine.jobs.idle())
    assert (stopped.state, stopped.finished is None) == (ScanState.STOPPED, False)
    with pytest.raises(Problem, match="This scan has ended") as refused:
        running.do(collection.resume(scan.id))
    assert refused.value.kind is Kind.CONFLICT
    assert running.do(collection.start(str(shelf.library))).id != scan.id
    running.do(collection.stop(running.do(collection.scans())[0].id))
    running.do(running.engine.jobs.idle())


def test_what_is_resumed_as_its_job_ends_is_gone_on_with(shelf: Shelf) -> None:
    shelf.know(810_001, "Amber Lantern", 2011)
    shelf.put("Amber Lantern (2011)/movie.mkv")
    collection, running = shelf.running.engine.collection, shelf.running
    looked, may_end = threading.Event(), threading.Event()

    async def held(payload: Mapping[str, Any]) -> None:
        if not looked.is_set():
            await collection.pause(payload["scan_id"])
        await collection.scan_job(payload)
        looked.set()
        await asyncio.to_thread(may_end.wait)

    running.engine.jobs.handle("scan_collection", held)
    scan = running.do(collection.start(str(shelf.library)))
    running.wait_for(looked.is_set, "the job finds that it is paused")
    running.do(collection.resume(scan.id))
    may_end.set()
    running.do(running.engine.jobs.idle())
    assert running.do(collection.scan(scan.id)).state is ScanState.DONE


def test_what_is_no_folder_to_look_through_is_told(shelf: Shelf) -> None:
    collection = shelf.running.engine.collection
    for path, words in (("relative", "no full path"), (str(shelf.library / "none"), "no such folder")):
        with pytest.raises(Problem, match=words):
            shelf.running.do(collection.start(path))
    with pytest.raises(Problem, match="There is no scan 7"):
        shelf.running.do(collection.scan(7))
    with pytest.raises(Problem, match="There is nothing certain to adopt"):
        shelf.adopt(shelf.scan())


def test_without_a_source_it_waits_until_there_is_one(shelf: Shelf) -> None:
    shelf.put("Amber Lantern (2011)/movie.mkv")
    shelf.know(810_001, "Amber Lantern", 2011)
    engine = shelf.running.engine
    (source,) = shelf.running.do(engine.plugins.instances("metadata"))
    shelf.running.do(engine.plugins.remove(source.id))
    scan = shelf.scan()
    assert scan.state is ScanState.WAITING
    assert "No metadata source is set up." in scan.problem
    settings = {"base_url": shelf.tmdb.url, "image_url": shelf.tmdb.url, "api_key": shelf.tmdb.api_key}
    shelf.running.do(engine.plugins.save(Draft(PluginKind.METADATA, "tmdb", "TMDb", settings)))
    assert shelf.scan().counts == {ItemState.CERTAIN: 1}
