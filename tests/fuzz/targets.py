"""What is fed with hostile text, and what must hold whatever it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from radarr_desktop.domain.blocklist import Blocks
from radarr_desktop.domain.failure_reading import of_message
from radarr_desktop.domain.failures import STRATEGIES, Reason, label_of
from radarr_desktop.domain.matching import Certainty, Doubt, Library, certainty_of, is_of, weigh, weighed
from radarr_desktop.domain.matching.keys import title_keys
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.naming import (
    MAX_NAME,
    NameFacts,
    Naming,
    NamingError,
    check_naming,
    file_name,
    folder_name,
)
from radarr_desktop.domain.parsing import ParsedRelease, Refusal, parse_path, parse_release
from radarr_desktop.domain.reputation.groups import group_names
from radarr_desktop.domain.statistics import Tallies
from radarr_desktop.engine.library.clues import clues_of
from radarr_desktop.engine.library.nfo import Ids, ids_told
from radarr_desktop.plugin_api import MovieInfo, Release
from tests.fuzz import feeds, guides, inputs, pages
from tests.fuzz.clock import Clock, forget
from tests.fuzz.formats import formats, pattern

_MOVIES = [
    Movie(1, MovieInfo(1, "The Salt Meridian", 2025, "tt9000001", alternative_titles=("塩の子午線",)), (), ""),
    Movie(2, MovieInfo(2, "The Salt Meridian", 1987, "tt9000002"), (), ""),
    Movie(3, MovieInfo(3, "Salt Road Part II", 1999, "tt9000003"), (), ""),
    Movie(4, MovieInfo(4, "Iron Petal", 0, "tt9000004"), (), ""),
]
_LIBRARY = Library(_MOVIES)


def parse(text: str, call: Clock) -> None:
    """A release's name."""
    parsed = call(parse_release, text)
    assert parsed.name == text
    _check(parsed)


def path(text: str, call: Clock) -> None:
    """A file with the folders it is in."""
    _check(call(parse_path, text))


def _check(parsed: ParsedRelease) -> None:
    assert bool(parsed.titles) == (parsed.refused is Refusal.NONE)
    assert all(title.strip() for title in parsed.titles)
    end = 0
    for span in parsed.spans:
        assert end <= span.start < span.end <= len(parsed.name), span
        end = span.end


def match(text: str, call: Clock) -> None:
    """A title and a name, looked for in a library."""
    keys = call(title_keys, text)
    assert "" not in (*keys.exact, *keys.loose)
    for parsed in (ParsedRelease(text, (text,)), parse_release(text)):
        found = call(_LIBRARY.match, parsed, Release("1", text, imdb_id=text[:12]))
        assert not (found.movie_id and found.choices)
        assert bool(found.choices) == (found.doubt is not Doubt.NONE)
        call(is_of, _MOVIES[0], parsed)


def grow(text: str, call: Clock) -> None:
    """A movie's own titles, in a library that must forget them again."""
    library = Library(_MOVIES)
    titles = tuple(text.split("."))[:50]
    info = MovieInfo(9, text, 2025, text[:12], original_title=text[::-1], alternative_titles=titles)
    call(library.put, 9, info)
    call(library.remove, 9)
    assert library.match(ParsedRelease(text, (text,)), Release("1", text, tmdb_id=9)).movie_id != 9


def naming(text: str, call: Clock) -> None:
    """A movie's title, and a pattern for names."""
    movie = Movie(1, MovieInfo(1, text, 2025, text[:12], text[::-1], collection=text), (), "")
    facts = NameFacts(movie.info, ParsedRelease(text, (text,), group=text), formats=(text,), original=text)
    for words in (text[:1000], f"{{movie title}}{text[:900]}", "{Movie.CleanTitleThe:30}/{Original Title}"):
        made = Naming("{MOVIE TITLE}/{Movie TitleThe}", words)
        try:
            call(check_naming, made)
        except NamingError:
            continue
        for name in (*call(folder_name, movie, made).split("/"), *call(file_name, facts, ".mkv", made).split("/")):
            assert 0 < len(name.encode()) <= MAX_NAME
            assert name.strip(" .") == name


def failures(text: str, call: Clock) -> None:
    """What a tracker or client says, a code of a later version, a blocked name."""
    assert call(of_message, text, Reason.NETWORK_ERROR) in STRATEGIES
    assert call(label_of, text)
    blocks = Blocks(titles=frozenset({(text.casefold(), "")}), groups=frozenset({text.casefold()}))
    assert call(blocks.hit, text, "", text, "Pier")


def notes(text: str, call: Clock) -> None:
    """An NFO file, as it is and inside tags."""
    for words in (text, f"<uniqueid {text} type='tmdb'>{text}<", f"<id>{text}</id> imdb.com/title/{text}"):
        ids = call(ids_told, words)
        assert 0 <= ids.tmdb_id < 10**9
        assert not ids.imdb_id or ids.imdb_id.startswith("tt")


def place(text: str, call: Clock) -> None:
    """A folder's and a file's name in a collection, weighed against movies."""
    clues = call(clues_of, text, f"{text[:200]}.mkv", Ids(), 0)
    guesses = [call(weigh, clues, movie.info) for movie in _MOVIES]
    assert all(0 <= guess.confidence <= 100 for guess in guesses)
    assert certainty_of(clues, weighed(guesses)) in Certainty


def groups(text: str, call: Clock) -> None:
    """Who made a release, as written by anybody; counted among others."""
    for written in (text, f"KITE-{text}", f"{text}[site.example.org]"):
        names = call(group_names, written)
        assert all(names)
        for name in names:
            assert call(group_names, name) in ((name,), ())
    tallies = Tallies()
    call(tallies.count, replace(parse_release(text), group=text), 1, 0)
    assert tallies.statistics(1).total == 1


_DOMAIN = (parse, path, match, grow, formats, pattern, guides.guide, naming, failures, notes, place, groups)
TARGETS: dict[str, Callable[[str, Clock], None]] = {
    each.__name__: each for each in (*_DOMAIN, feeds.torznab, pages.pages)
}


def texts(name: str) -> st.SearchStrategy[str]:
    """What hypothesis makes for a target."""
    return st.one_of(guides.DOCUMENTS, inputs.TEXTS) if name == "guide" else inputs.TEXTS


def known(name: str) -> list[str]:
    """Texts that are tried of a target before any are made."""
    own = guides.SEEDS if name == "guide" else ()
    return [*own, *inputs.hostile(), *inputs.found(name)]


def seconds(name: str, text: str) -> float:
    """The slowest call of a target with this text."""
    clock = Clock()
    TARGETS[name](text, clock)
    return clock.slowest


def seconds_again(name: str, text: str) -> float:
    """The same as it is when nothing else holds the machine up: the best of three."""
    times = []
    for _ in range(3):
        forget()
        times.append(seconds(name, text))
    return min(times)
