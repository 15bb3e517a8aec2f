"""Torrents that hold many movies, and downloads whose files are not what they should be, through the whole program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from radarr_desktop.domain.events import ImportBlocked
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab, GrabState, PackPart, PartState
from radarr_desktop.loopback.hdbits import Listing
from radarr_desktop.loopback.tmdb import Film
from tests.fakes.film import film
from tests.fakes.pack import OTHER_PETAL, PETAL, SALT, drop_pack, want
from tests.integration.stage import Stage


def add(stage: Stage, wanted: Film) -> Movie:
    return want(stage.world, stage.running, wanted)


def drop(stage: Stage, movie: Movie, *names: str) -> Grab:
    return drop_pack(stage.world, stage.running, movie, *names)


def state(stage: Stage, grab: Grab) -> GrabState:
    return stage.running.do(stage.running.engine.downloads.get(grab.id)).state


def parts(stage: Stage, grab: Grab) -> dict[str, PackPart]:
    found = stage.running.do(stage.running.engine.packs.parts(grab.id))
    return {Path(part.path).name: part for part in found}


def test_a_pack_needs_somebody_who_says_what_it_is(quick: Stage) -> None:
    quick.add(search=False)
    with pytest.raises(Problem, match="videos of a movie's size"):
        drop(quick, replace(add(quick, PETAL), id=0), SALT, "Iron.Petal.2011.1080p.BluRay.x264-KITE.mkv")


def test_each_movie_of_a_pack_gets_its_own_file(quick: Stage) -> None:
    salt, petal = quick.add(search=False), add(quick, PETAL)
    stranger = "Glass.Harbour.1999.1080p.BluRay.x264-KITE.mkv"
    grab = drop(quick, salt, SALT, "Iron.Petal.2011.1080p.BluRay.x264-KITE.mkv", stranger)
    quick.running.wait_for(lambda: state(quick, grab) is GrabState.IMPORTED, "the import of all parts")
    for movie, name in ((salt, SALT), (petal, "Iron.Petal.2011.1080p.BluRay.x264-KITE.mkv")):
        file = quick.running.do(quick.running.engine.movies.get(movie.id)).file
        assert file is not None
        assert Path(file.path).samefile(quick.downloaded(name))
        assert file.release_title == name.removesuffix(".mkv")
    found = parts(quick, grab)
    assert {name: part.state for name, part in found.items()} == {
        SALT: PartState.IMPORTED,
        "Iron.Petal.2011.1080p.BluRay.x264-KITE.mkv": PartState.IMPORTED,
        stranger: PartState.LEFT,
    }
    assert found[stranger].problem == "No movie of the library has this name."


def test_what_cannot_be_told_is_asked_and_the_rest_imported(quick: Stage) -> None:
    salt, petal = quick.add(search=False), add(quick, PETAL)
    add(quick, OTHER_PETAL)
    unclear = "Iron.Petal.1080p.BluRay.x264-KITE.mkv"
    grab = drop(quick, salt, SALT, unclear)
    quick.running.wait_for(lambda: state(quick, grab) is GrabState.BLOCKED, "the question")
    assert quick.running.do(quick.running.engine.movies.get(salt.id)).file is not None
    part = parts(quick, grab)[unclear]
    assert (part.state, part.movie_id) == (PartState.ASKED, 0)
    asked = quick.running.do(quick.running.engine.downloads.get(grab.id))
    assert asked.cause == "SeveralMovies"
    assert "Say which movie each is." in asked.problem
    assert unclear in asked.problem
    quick.running.do(quick.running.engine.packs.give(part, petal.id))
    quick.running.do(quick.running.engine.imports.retry(grab.id))
    quick.running.wait_for(lambda: state(quick, grab) is GrabState.IMPORTED, "the rest")
    assert quick.running.do(quick.running.engine.movies.get(petal.id)).file is not None


def test_a_part_that_was_asked_about_can_be_imported_by_hand(quick: Stage) -> None:
    salt, petal = quick.add(search=False), add(quick, PETAL)
    add(quick, OTHER_PETAL)
    unclear = "Iron.Petal.1080p.BluRay.x264-KITE.mkv"
    grab = drop(quick, salt, SALT, unclear)
    quick.running.wait_for(lambda: state(quick, grab) is GrabState.BLOCKED, "the question")
    path = quick.downloaded(unclear)
    file = quick.running.do(quick.running.engine.imports.file(str(path), petal.id, grab_id=grab.id))
    assert (file.movie_id, file.release_title, file.quality.name) == (petal.id, path.stem, "Bluray-1080p")
    assert parts(quick, grab)[unclear].state is PartState.IMPORTED
    assert state(quick, grab) is GrabState.IMPORTED


def test_what_nobody_wants_of_a_pack_can_be_left(quick: Stage) -> None:
    salt = quick.add(search=False)
    add(quick, PETAL)
    add(quick, OTHER_PETAL)
    grab = drop(quick, salt, SALT, "Iron.Petal.1080p.BluRay.x264-KITE.mkv")
    quick.running.wait_for(lambda: state(quick, grab) is GrabState.BLOCKED, "the question")
    (part,) = [part for part in parts(quick, grab).values() if part.state is PartState.ASKED]
    quick.running.do(quick.running.engine.packs.leave(part))
    quick.running.do(quick.running.engine.imports.retry(grab.id))
    quick.running.wait_for(lambda: state(quick, grab) is GrabState.IMPORTED, "the end")
    assert {part.state for part in parts(quick, grab).values()} == {PartState.IMPORTED, PartState.LEFT}


def test_a_spoilt_download_is_given_up_for_the_next_best(quick: Stage) -> None:
    world, engine = quick.world.world, quick.running.engine
    spoilt = quick.running.folder / "spoilt" / "The.Salt.Meridian.2025.PROPER.1080p.BluRay.DD5.1.x264-KITE.mkv"
    spoilt.parent.mkdir()
    spoilt.write_bytes(film(size=700_000)[:633_000])
    number = int(world.movie.imdb_id.removeprefix("tt"))
    listing = Listing(name=spoilt.stem, seeders=99, imdb=number, medium=1)
    quick.world.do(world.share(spoilt, spoilt.stem, listing=listing))
    movie = quick.add(search=True)
    imported = quick.imported()
    assert Path(imported.path).samefile(quick.downloaded(world.seeded_file.name))
    bad = next(grab for grab in quick.grabs(movie) if grab.title == spoilt.stem)
    assert (bad.state, bad.cause) == (GrabState.FAILED, "CorruptedDownload")
    assert "breaks off" in bad.problem
    assert spoilt.stem in {one.title for one in quick.running.do(engine.blocklist.all())}


def test_what_the_user_took_in_spite_of_all_is_not_given_up_for_them(quick: Stage) -> None:
    movie = quick.add(search=False)
    cut = quick.running.folder / "cut" / SALT
    cut.parent.mkdir()
    cut.write_bytes(film(size=700_000)[:633_000])
    torrent = quick.world.do(quick.world.world.share(cut, cut.stem))
    quick.running.do(quick.running.engine.search.drop(torrent.data, movie_id=movie.id))
    blocked = quick.running.wait_for_event(ImportBlocked)
    assert blocked.problem.kind is Kind.REFUSED
    assert "breaks off" in str(blocked.problem)


def test_the_movie_a_torrent_was_taken_for_gets_its_file_whatever_its_name_says(quick: Stage) -> None:
    wanted, other = quick.add(search=False), add(quick, PETAL)
    grab = drop(quick, wanted, "Iron.Petal.2011.1080p.BluRay.x264-KITE.mkv")
    quick.imported(grab.id)
    files = {one.id: one.file for one in quick.running.do(quick.running.engine.movies.all())}
    assert files[other.id] is None
    placed = files[wanted.id]
    assert placed is not None
    assert Path(placed.path).name.startswith("The Salt Meridian (2025)")
    assert placed.original_path.endswith("Iron.Petal.2011.1080p.BluRay.x264-KITE.mkv")
