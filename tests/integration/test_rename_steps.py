"""Whatever movies are called and shall be called: no file is lost, replaced or left half way, and all goes back."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from radarr_desktop.domain.movie import Movie, MovieFile, Slot
from radarr_desktop.domain.naming import NameFacts, Naming, file_name, folder_name, path_key
from radarr_desktop.domain.operations import JournalEntry, Step
from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.domain.renaming import MovieRename, renamed, with_rivals
from radarr_desktop.domain.side_files import SideFile, SideKind
from radarr_desktop.engine.journal import moves
from radarr_desktop.engine.library import rename_steps
from radarr_desktop.plugin_api import MovieInfo

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TITLES = ("Salt", "SALT", "salt", "Salt: Sea", "Salt/Sea", "塩", "Cafe\u0301", "Café")
PATTERNS = (
    Naming("{Movie Title}", "{Movie Title}"),
    Naming("{MOVIE TITLE}", "{movie title} {TmdbId}"),
    Naming("{Movie TitleFirstCharacter}/{Movie Title} {TmdbId}", "{TmdbId}/{Movie Title}"),
    Naming("{Movie Title} {TmdbId}", "{Movie Title} - {TmdbId}"),
    Naming("Salt/{Movie Title}", "{Movie Title}"),
)

Shape = tuple[str, bool, bool]
"""Title, a subtitle beside it, a file of somebody else's in its folder."""
SHAPES = st.lists(st.tuples(st.sampled_from(TITLES), st.booleans(), st.booleans()), min_size=1, max_size=4)


def placed(root: Path, shapes: Sequence[Shape], naming: Naming) -> list[tuple[Movie, list[SideFile]]]:
    """A library by these rules on the disk; movies whose folder is taken are left out."""
    made: list[tuple[Movie, list[SideFile]]] = []
    taken: set[str] = set()
    for id, (title, has_side, has_foreign) in enumerate(shapes, 1):
        info = MovieInfo(id, title)
        folder = root / folder_name(Movie(id, info, (), ""), naming)
        if path_key(str(folder)) in taken:
            continue
        taken.add(path_key(str(folder)))
        path = folder / file_name(NameFacts(info, ParsedRelease(title)), ".mkv", naming)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"film {id}", encoding="utf-8")
        sides = []
        if has_side:
            side = path.with_suffix(".en.srt")
            side.write_text(f"side {id}", encoding="utf-8")
            sides.append(SideFile(id, id, id, str(side), SideKind.SUBTITLE))
        if has_foreign:
            (folder / "mine.txt").write_text(f"mine {id}", encoding="utf-8")
        file = MovieFile(id, id, id, str(path), 1, NOW)
        made.append((Movie(id, info, (Slot(id, "", 1, str(root), file),), str(folder)), sides))
    return made


def wanted(root: Path, made: Sequence[tuple[Movie, list[SideFile]]], naming: Naming) -> list[MovieRename]:
    """What other rules make of it, with what stands in the way."""
    renames = []
    owners = {path_key(movie.folder): movie.id for movie, _ in made}
    for movie, sides in made:
        owners |= {path_key(file.path): movie.id for file in (movie.file, *sides) if file is not None}
        names = {movie.id: file_name(NameFacts(movie.info, ParsedRelease(movie.info.title)), ".mkv", naming)}
        renames.append(renamed(movie, sides, str(root), str(root / folder_name(movie, naming)), names))
    return [rename_steps.looked_at(one) for one in with_rivals(renames, owners, {})]


def contents(root: Path) -> dict[str, str]:
    """Every file."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {str(path): path.read_text(encoding="utf-8") for path in files}


def entry(step: Step) -> JournalEntry:
    """A step as the journal has it."""
    return JournalEntry(1, 1, step.action, step.source, step.target, open=True, at=NOW, data=step.data)


@given(SHAPES, st.sampled_from(PATTERNS), st.sampled_from(PATTERNS))
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=60, deadline=None)
def test_every_file_is_where_it_was_said_and_comes_back(shapes: list[Shape], old: Naming, new: Naming) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        made = placed(root, shapes, old)
        before = contents(root)
        done: list[JournalEntry] = []
        expected = dict(before)
        for rename in wanted(root, made, new):
            if rename.conflicts or rename_steps.looked_at(rename).conflicts:
                continue
            for step in map(entry, rename_steps.steps(rename)):
                moves.move(step)
                moves.move(step) if Path(step.target).exists() else None  # a crash may have it done again
                done.append(step)
            texts = {move.new: expected.pop(move.old) for move in rename.moves}
            expected |= texts
        assert contents(root) == expected
        for step in reversed(done):
            assert moves.take_back(step)
        assert contents(root) == before
