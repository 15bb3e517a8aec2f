"""Releases matched with a library of 10,000 movies, and the making of its index."""

from __future__ import annotations

import random
import time
from functools import cache
from itertools import count
from pathlib import Path

from radarr_desktop.domain.matching import Library
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.parsing import ParsedRelease, parse_release
from radarr_desktop.plugin_api import MovieInfo
from tests.bench.figure import Figure

MOVIES = 10_000
TRANSLATIONS = 12
CORPUS = Path(__file__).parents[3] / "shared" / "parser" / "corpus.txt"
_WORDS = (
    *("salt", "meridian", "road", "iron", "petal", "harbour", "winter", "glass", "tide", "orchard", "signal"),
    *("paper", "lantern", "quiet", "ninth", "river", "stone", "copper", "garden", "mirror", "distant", "summer"),
    *("engine", "hollow", "bridge", "amber", "crossing", "hidden", "valley", "last", "northern", "ember"),
)
_ARTICLES = ("The", "A", "Der", "Die", "La", "Les", "El", "Il", "O", "De", "", "", "")


def _title(chance: random.Random) -> str:
    words = [word.title() for word in chance.sample(_WORDS, chance.randint(1, 4))]
    title = f"{chance.choice(_ARTICLES)} {' '.join(words)}".strip()
    return chance.choice((title, title, title, title.replace(" ", " & ", 1), title.replace("a", "ä"), f"{title}'s Day"))


@cache
def names() -> tuple[ParsedRelease, ...]:
    """Read releases: real ones where the corpus is, made-up ones else."""
    if CORPUS.exists():
        lines = CORPUS.read_text(encoding="utf-8").splitlines()
    else:
        chance = random.Random(2)
        lines = [
            f"{_title(chance).replace(' ', '.')}.{chance.randint(1950, 2025)}.1080p.WEB-DL.x264-TIDE"
            for _ in range(10_000)
        ]
    return tuple(parsed for line in lines if (parsed := parse_release(line)).titles)


@cache
def movies() -> tuple[Movie, ...]:
    """Half of them the releases' own; remakes, sequels and titles that differ by an article among them."""
    chance, id, made = random.Random(1), count(1), list[Movie]()

    def add(title: str, year: int) -> None:
        others = tuple(_title(chance) for _ in range(TRANSLATIONS))
        number = next(id)
        made.append(Movie(number, MovieInfo(number, title, year, f"tt{number:07d}", alternative_titles=others), (), ""))

    for parsed in chance.sample(names(), min(len(names()), MOVIES // 2)):
        add(parsed.title, parsed.year)
    while len(made) < MOVIES:
        title, year = chance.choice(made).info.title, chance.randint(1950, 2025)
        for variant in (_title(chance), title, f"The {title}", f"{title} II", f"{title} Part 3"):
            add(variant, year)
    return tuple(made[:MOVIES])


@cache
def library() -> Library:
    """The index that releases are matched with."""
    return Library(movies())


def match_release() -> float:
    """Microseconds a release, all read before."""
    index, releases = library(), names()
    begin = time.process_time()
    for parsed in releases:
        index.match(parsed)
    return (time.process_time() - begin) / len(releases) * 1e6


def _bare() -> float:
    """A title in lower case, looked up."""
    index = {(movie.info.title.lower(), movie.info.year): movie.id for movie in movies()}
    releases = names()
    begin = time.process_time()
    for parsed in releases:
        index.get((parsed.title.lower(), parsed.year))
    return (time.process_time() - begin) / len(releases) * 1e6


def make_index() -> float:
    """Milliseconds; once after the start, afterwards only changed movies are taken in."""
    known = movies()
    begin = time.process_time()
    Library(known)
    return (time.process_time() - begin) * 1e3


FIGURES = [
    Figure(
        "match.release",
        "A read release matched with 10,000 movies (reference: its title looked up as it is)",
        "µs",
        50,
        match_release,
        _bare,
    ),
    Figure(
        "match.library",
        f"Making the index of 10,000 movies with {TRANSLATIONS} more titles each",
        "ms",
        2000,
        make_index,
        rounds=3,
    ),
]
