"""The collection: find, add, change and remove movies; folders, profiles, tags; what is told of them."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Coroutine, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.domain.events import MovieAdded, MovieChanged, MovieImported, MovieRemoved, NoticeSent
from radarr_desktop.domain.movie import Availability, Counts, Movie, MovieFile
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.profiles import make_profile
from radarr_desktop.domain.records import HistoryKind
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.library.terms import Term, read_term
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.loopback.made_up import made_up
from radarr_desktop.loopback.tmdb import Film
from radarr_desktop.store import movies as store
from tests.fixtures_engine import RunningEngine, WorldThread, running_engine, world_and_engine

SALT = 900001


class Home:
    """A program with a library, and the world it asks."""

    def __init__(self, world: WorldThread, running: RunningEngine) -> None:
        self.world = world.world
        self.inbox = world.inbox
        self.running = running
        self.do = running.do
        self.engine = running.engine
        self.movies = running.engine.movies

    def add(self, tmdb_id: int = SALT, folder: str = "", *, search: bool = False) -> Movie:
        return self.do(self.movies.add(NewMovie(tmdb_id, folder=folder, search=search)))

    def film(self, tmdb_id: int, title: str, year: int) -> None:
        self.world.tmdb.add(Film(tmdb_id, title, year, f"tt{tmdb_id:07}", cinemas=date(year, 1, 1)))

    def lookup(self, term: str) -> list[tuple[str, int]]:
        return [(one.info.title, one.movie_id) for one in self.do(self.movies.lookup(term))]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with world_and_engine(tmp_path, with_movie=False) as (world, running):
        yield Home(world, running)


def refused(home: Home, work: Coroutine[Any, Any, object]) -> Problem:
    with pytest.raises(Problem) as caught:
        home.do(work)
    return caught.value


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("tmdb:603", Term(tmdb_id=603)),
        ("https://www.themoviedb.org/movie/603-the-matrix", Term(tmdb_id=603)),
        ("tt0133093", Term(imdb_id="tt0133093")),
        ("https://m.imdb.com/de/title/tt0133093/?ref=x", Term(imdb_id="tt0133093")),
        ("imdbid: TT0133093", Term(imdb_id="tt0133093")),
        ("The Matrix (1999)", Term("The Matrix", 1999)),
        ("Wonder Woman 1984", Term("Wonder Woman", 1984, "Wonder Woman 1984")),
        ("1984", Term("1984")),
        ("The.Matrix.1999.1080p.BluRay.x264-KITE", Term("The Matrix", 1999)),
        ("  M*A*S*H ", Term("M*A*S*H")),
        ("tt12", Term("tt12")),
    ],
)
def test_what_people_type_is_understood(typed: str, term: Term) -> None:
    assert read_term(typed) == term


def test_a_movie_is_found_by_title_year_id_and_release_name(home: Home) -> None:
    added = home.add()
    for term in ("Salt Meridian 2025", f"tmdb:{SALT}", "tt9000001", "The.Salt.Meridian.2025.1080p.WEB-DL.x264-KITE"):
        assert home.lookup(term)[0] == ("The Salt Meridian", added.id)
    assert home.lookup("   ") == home.lookup("tmdb:999999") == home.lookup("tt9999999") == []


def test_a_number_that_belongs_to_the_title_is_no_year(home: Home) -> None:
    home.film(500, "Salt Runner 2049", 2017)
    assert home.lookup("Salt Runner 2049") == [("Salt Runner 2049", 0)]


def test_a_source_that_is_away_is_not_taken_for_one_that_knows_nothing(home: Home) -> None:
    kind = PluginKind.METADATA
    away = {"api_key": made_up("tmdb"), "base_url": "http://127.0.0.1:9", "image_url": "http://127.0.0.1:9"}
    home.do(home.engine.plugins.save(Draft(kind, "TMDb", "Away", away, priority=1), force=True))
    assert home.lookup(f"tmdb:{SALT}") == [("The Salt Meridian", 0)]
    problem = refused(home, home.movies.lookup("tmdb:999999"))
    assert problem.kind in (Kind.UNREACHABLE, Kind.RATE_LIMITED)


def test_without_a_source_it_says_what_to_do(tmp_path: Path) -> None:
    with running_engine(tmp_path) as running, pytest.raises(Problem, match="Add TMDb in the settings"):
        running.do(running.engine.movies.lookup("Salt"))


def test_a_movie_is_added_with_its_folder_and_history(home: Home, tmp_path: Path) -> None:
    movie = home.add()
    assert movie.folder == str(tmp_path / "library" / "The Salt Meridian (2025)")
    assert not Path(movie.folder).exists(), "a folder is made with its first file"
    assert [event.title for event in home.running.events if isinstance(event, MovieAdded)] == [movie.title]
    page = home.do(home.engine.history.page(movie_id=movie.id))
    assert [entry.kind for entry in page.entries] == [HistoryKind.ADDED]
    why = home.do(home.engine.decisions.why(movie.id))
    assert why.sentence == "No release of The Salt Meridian has been seen yet."


def test_what_cannot_be_added_says_why(home: Home, tmp_path: Path) -> None:
    home.add()
    home.film(500, "The Salt Meridian", 2025)
    assert "is in the library already" in str(refused(home, home.movies.add(NewMovie(SALT))))
    taken = refused(home, home.movies.add(NewMovie(500)))
    assert "belongs to The Salt Meridian (2025) already" in taken.what
    assert taken.kind is Kind.CONFLICT
    nowhere = refused(home, home.movies.add(NewMovie(500, root_folder=str(tmp_path))))
    assert (nowhere.field, nowhere.todo) == ("root_folder", "Add it as a root folder first.")
    for folder in ("relative", f"{tmp_path}/library/../x"):
        assert refused(home, home.movies.add(NewMovie(500, folder=folder))).field == "folder"
    assert refused(home, home.movies.add(NewMovie(500, profile_id=99))).field == "profile_id"
    assert refused(home, home.movies.add(NewMovie(999_999))).kind is Kind.NOT_FOUND
    assert refused(home, home.movies.get(99)).kind is Kind.NOT_FOUND
    assert len(home.do(home.movies.all())) == 1


def test_missing_is_what_is_wanted_and_out_and_not_there(home: Home) -> None:
    for tmdb_id, year in ((501, 2001), (502, 2002), (503, 2003), (504, 2999)):
        home.film(tmdb_id, f"Salt {year}", year)
    wanted, unwanted, there, _not_out = (home.add(tmdb_id) for tmdb_id in (501, 502, 503, 504))
    home.do(home.movies.update(unwanted.id, monitored=False))
    file = MovieFile(0, there.id, there.slot.id, f"{there.folder}/Salt.mkv", 5, datetime.now(UTC))
    home.do(home.engine.db.run(lambda: store.set_file(file)))
    assert [one.id for one in home.do(home.movies.missing())] == [wanted.id]
    assert home.do(home.movies.counts()) == Counts(4, 1, 2)


def test_a_movie_whose_first_slot_is_filled_is_not_missing(home: Home) -> None:
    movie = home.add()
    two = replace(movie, id=0, info=replace(movie.info, tmdb_id=7, imdb_id=""), folder=f"{movie.folder} 2")
    two = replace(two, slots=(movie.slot, replace(movie.slot, name="4K")))

    def work() -> None:
        inserted = store.insert(two)
        first = inserted.slots[0].id
        store.set_file(MovieFile(0, inserted.id, first, f"{two.folder}/Salt.mkv", 5, datetime.now(UTC)))

    home.do(home.engine.db.run(work))
    assert [one.id for one in home.do(home.movies.missing())] == [movie.id]
    assert home.do(home.movies.counts()) == Counts(2, 1, 1)


def test_a_refresh_does_not_undo_what_the_user_changes_meanwhile(home: Home) -> None:
    movie = home.add()
    home.world.tmdb.add(replace(home.world.movie, title="The Salt Meridian Again"))

    async def both() -> None:
        await asyncio.gather(
            home.movies.refresh(movie.id),
            home.movies.update(movie.id, monitored=False),
            home.movies.update(movie.id, tags=(7,)),
            home.movies.update(movie.id, minimum_availability=Availability.ANNOUNCED),
        )

    home.do(both())
    now = home.do(home.movies.get(movie.id))
    assert now.info.title == "The Salt Meridian Again"
    assert (now.monitored, now.tags, now.minimum_availability) == (False, (7,), Availability.ANNOUNCED)
    assert len([event for event in home.running.events if isinstance(event, MovieChanged)]) >= 4


def test_a_movie_is_removed_and_its_file_waits_in_the_trash(home: Home, tmp_path: Path) -> None:
    movie = home.add(search=True)
    imported = home.running.wait_for_event(MovieImported)
    assert isinstance(imported, MovieImported)
    home.do(home.engine.jobs.idle())
    home.do(home.movies.remove(movie.id, delete_files=True))
    assert home.do(home.movies.all()) == []
    assert not Path(imported.path).exists()
    kept = (tmp_path / "library").rglob("*.mkv")
    assert [path.read_bytes() for path in kept] == [home.world.seeded_file.read_bytes()]
    assert any(isinstance(event, MovieRemoved) for event in home.running.events)


def test_a_file_that_cannot_go_to_the_trash_keeps_its_movie(home: Home, tmp_path: Path) -> None:
    movie = home.add(search=True)
    imported = home.running.wait_for_event(MovieImported)
    assert isinstance(imported, MovieImported)
    home.do(home.engine.jobs.idle())
    trash = tmp_path / "library" / ".radarr-desktop-trash"
    trash.write_text("in the way")
    problem = refused(home, home.movies.remove(movie.id, delete_files=True))
    assert problem.kind is not Kind.INTERNAL
    assert Path(imported.path).read_bytes() == home.world.seeded_file.read_bytes()
    assert home.do(home.movies.get(movie.id)).file is not None
    trash.unlink()
    home.do(home.movies.remove(movie.id, delete_files=True))
    assert not Path(imported.path).exists()


def test_notices_tell_the_whole_way_in_sentences(home: Home) -> None:
    settings = {"url": home.inbox.url}
    home.do(home.engine.plugins.save(Draft(PluginKind.NOTIFIER, "Webhook", "Hook", settings)))
    home.add(search=True)

    def told() -> list[str]:
        return [event.title for event in home.running.events if isinstance(event, NoticeSent)]

    home.running.wait_for(lambda: len(told()) >= 2, "two notices")
    assert sorted(told()) == [
        "The Salt Meridian (2025) is being downloaded.",
        "The Salt Meridian (2025) is in your library.",
    ]
    assert len(home.inbox.notices) >= 2


def test_a_poster_is_fetched_once_and_a_missing_one_is_none(home: Home) -> None:
    movie = home.add()

    async def twice() -> list[Path | None]:
        return list(await asyncio.gather(*(home.engine.images.of_movie(movie.id) for _ in range(5))))

    paths = home.do(twice())
    assert len(set(paths)) == 1
    assert paths[0]
    assert paths[0].read_bytes().startswith(b"\x89PNG")
    assert sum("-poster" in path for path in home.world.tmdb.requests) == 1
    shutil.rmtree(home.running.paths.images)
    home.world.tmdb.status = 503
    assert home.do(home.engine.images.of_movie(movie.id)) is None
    assert refused(home, home.engine.images.of_movie(movie.id, "banner")).kind is Kind.NOT_FOUND


def test_root_folders_must_be_usable_and_apart(home: Home, tmp_path: Path) -> None:
    inner, apart = tmp_path / "library" / "inner", tmp_path / "apart"
    inner.mkdir()
    (apart / "Iron Petal (2011)").mkdir(parents=True)
    folders = home.engine.folders
    for path, words in (
        ("relative", "It is no full path."),
        (str(tmp_path / "nowhere"), "There is no such folder."),
        (str(inner), "or"),
        (str(tmp_path), "or"),
        ("/etc/passwd", "There is a file of that name."),
    ):
        assert words in str(refused(home, folders.add(path)))
    added = home.do(folders.add(f"{apart}/x/.."))
    assert (added.path, added.unmapped) == (str(apart), ("Iron Petal (2011)",))
    apart.rename(tmp_path / "away")
    gone = next(one for one in home.do(home.engine.health()) if one.source == str(apart))
    assert (gone.level, "probably not mounted" in gone.message) == ("error", True)
    home.do(folders.remove(added.id))
    assert refused(home, folders.remove(added.id)).kind is Kind.NOT_FOUND


def test_a_profile_in_use_stays(home: Home) -> None:
    profiles = home.engine.profiles
    movie = home.add()
    other = home.do(profiles.add(make_profile("Any", ["CAM", "DVD"])))
    used = refused(home, profiles.remove(movie.slot.profile_id))
    assert (used.kind, used.why) == (Kind.CONFLICT, "A movie uses it.")
    assert "There is a profile “Any” already." in str(refused(home, profiles.add(make_profile("any", ["CAM"]))))
    assert refused(home, profiles.update(replace(other, name=" "))).field == "name"
    assert refused(home, profiles.update(replace(other, cutoff=99))).field == "cutoff"
    home.do(home.movies.update(movie.id, profile_id=other.id))
    home.do(profiles.remove(movie.slot.profile_id))
    assert [one.name for one in home.do(profiles.all())] == ["Any"]


def test_tags_are_known_by_their_label(home: Home) -> None:
    tags = home.engine.tags
    first, again = home.do(tags.add("HD")), home.do(tags.add(" hd "))
    assert first == again
    other = home.do(tags.add("slow"))
    assert refused(home, tags.rename(other.id, "hd")).kind is Kind.CONFLICT
    assert refused(home, tags.add("not fine")).field == "label"
    home.do(tags.remove(other.id))
    assert refused(home, tags.remove(other.id)).kind is Kind.NOT_FOUND
    assert home.do(tags.all()) == [first]


def test_an_empty_program_says_what_it_lacks(tmp_path: Path) -> None:
    with running_engine(tmp_path) as running:
        health = running.do(running.engine.health())
        assert {one.source for one in health} == {"indexer", "download_client", "metadata"}
        assert all(one.todo and one.message.endswith(".") for one in health)
