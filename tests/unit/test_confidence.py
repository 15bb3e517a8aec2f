"""How sure it is which movie something is, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from radarr_desktop.domain.matching import Certainty, Clues, Guess, certainty_of, weigh, weighed, with_runtime
from radarr_desktop.engine.library.clues import clues_of
from radarr_desktop.engine.library.nfo import Ids
from radarr_desktop.plugin_api import MovieInfo

SALT = MovieInfo(900001, "The Salt Meridian", 2025, "tt9000001", runtime=112, alternative_titles=("Der Salzmeridian",))
REMAKE = MovieInfo(2, "The Salt Meridian", 1987, "tt9000002", runtime=95)
TWIN = replace(SALT, tmdb_id=3, imdb_id="tt9000003", runtime=80)


def clues(folder: str, file: str = "movie.mkv", ids: Ids | None = None, rivals: int = 0) -> Clues:
    return clues_of(folder, file, ids or Ids(), rivals)


def judged(told: Clues, *infos: MovieInfo) -> tuple[Certainty, tuple[Guess, ...]]:
    guesses = weighed(weigh(told, info) for info in infos)
    return certainty_of(told, guesses), guesses


@pytest.mark.parametrize(
    ("folder", "file", "certainty"),
    [
        ("The Salt Meridian (2025)", "movie.mkv", Certainty.CERTAIN),
        ("Salt.Meridian.2025.1080p.BluRay.x264-KITE", "kite-salt.mkv", Certainty.CERTAIN),
        ("Der Salzmeridian (2025)", "Der.Salzmeridian.2025.German.mkv", Certainty.CERTAIN),
        ("Anything at all {tmdb-900001}", "a.mkv", Certainty.CERTAIN),
        ("The Salt Meridian [imdbid-tt9000001]", "a.mkv", Certainty.CERTAIN),
        ("The Salt Meridian", "movie.mkv", Certainty.DOUBTFUL),
        ("The Salt Meridian (2024)", "movie.mkv", Certainty.DOUBTFUL),
        ("The Salt Meridian (1987)", "The.Salt.Meridian.2025.mkv", Certainty.UNKNOWN),
        ("The Salt Meridian (1960)", "movie.mkv", Certainty.UNKNOWN),
        ("Holidays", "DSC0001.mkv", Certainty.UNKNOWN),
        ("The Salt Meridian (2025) {tmdb-900077}", "a.mkv", Certainty.UNKNOWN),
        ("", "The.Salt.Meridian.2025.1080p.mkv", Certainty.CERTAIN),
    ],
)
def test_a_name_is_certain_doubtful_or_tells_nothing(folder: str, file: str, certainty: Certainty) -> None:
    assert judged(clues(folder, file), SALT)[0] is certainty


def test_every_point_has_its_sentence() -> None:
    told = clues("The Salt Meridian (2025) {tmdb-900001}", "The.Salt.Meridian.2025.mkv")
    (guess,) = judged(replace(told, minutes=112), SALT)[1]
    said = {reason.what: reason.sentence for reason in guess.reasons}
    assert said == {
        "ids": "The name has its TMDb id.",
        "title": "The title is the same.",
        "year": "The year is the same.",
        "runtime": "It runs 112 minutes, as the movie does.",
        "folder": "Folder and file tell the same movie.",
    }
    assert all(reason.speaks_for for reason in guess.reasons)
    assert guess.confidence == 100


def test_two_movies_that_fit_alike_are_a_question_that_the_runtime_may_answer() -> None:
    told = clues("The Salt Meridian (2025)")
    certainty, guesses = judged(told, SALT, TWIN)
    assert certainty is Certainty.DOUBTFUL
    timed = replace(told, minutes=81)
    answered = with_runtime(timed, guesses)
    assert certainty_of(timed, answered) is Certainty.CERTAIN
    assert answered[0].tmdb_id == TWIN.tmdb_id
    neither = replace(told, minutes=30)
    assert certainty_of(neither, with_runtime(neither, guesses)) is not Certainty.CERTAIN


def test_the_year_tells_a_movie_from_its_remake() -> None:
    certainty, guesses = judged(clues("The Salt Meridian (1987)"), SALT, REMAKE)
    assert (certainty, guesses[0].tmdb_id) == (Certainty.CERTAIN, REMAKE.tmdb_id)


def test_several_videos_in_one_folder_are_never_certain() -> None:
    assert judged(clues("The Salt Meridian (2025) {tmdb-900001}", rivals=1), SALT)[0] is Certainty.DOUBTFUL


def test_the_ids_of_notes_count_where_names_have_none() -> None:
    certainty, (guess,) = judged(clues("Salzmeer", ids=Ids(900001, "tt9000001")), SALT)
    assert certainty is Certainty.CERTAIN
    assert guess.reasons[0].sentence == "The NFO file has its TMDb id."
    named = clues("Salt {tmdb-900001}", ids=Ids(5))
    assert (named.tmdb_id, named.from_notes) == (900001, False)


def test_who_knows_more_is_believed() -> None:
    told = replace(clues("The Salt Meridian (2025)"), minutes=3)
    (guess,) = weighed([weigh(told, replace(SALT, runtime=0)), weigh(told, SALT)])
    assert guess.certainty is Certainty.DOUBTFUL
