"""People are told of an import even if the program ends right after its commit."""

from __future__ import annotations

from pathlib import Path

import msgspec

from radarr_desktop.domain.events import MovieImported
from radarr_desktop.engine.library.movies import NewMovie
from radarr_desktop.engine.notifications.notices import ANNOUNCE
from tests.fixtures_engine import WorldThread, config_for, running_engine


def test_an_import_is_told_after_a_restart(tmp_path: Path) -> None:
    for folder in ("downloads", "library"):
        (tmp_path / folder).mkdir()
    world = WorldThread(tmp_path)
    told = f'[[plugin]]\nmodule = "webhook"\nname = "Listener"\nsettings = {{ url = "{world.inbox.url}" }}\n'
    try:
        with running_engine(tmp_path, config_for(world, tmp_path, with_movie=False) + told) as running:
            film = tmp_path / "Film.2025.1080p.BluRay-KITE.mkv"
            film.write_bytes(b"film" * 1000)
            movie = running.do(running.engine.movies.add(NewMovie(world.world.movie.tmdb_id)))
            running.do(running.engine.imports.file(str(film), movie.id))
            running.wait_for(lambda: len(world.inbox.notices) == 1, "the notice")

            event = msgspec.to_builtins(running.wait_for_event(MovieImported))
            row = running.engine.jobs.row(ANNOUNCE, event, correlation_id="c0ffee")
            running.do(running.engine.db.run(row))  # as the commit does it; nobody is woken before the end
            running.stop()
            running.start()
            running.wait_for(lambda: len(world.inbox.notices) == 2, "the notice of the interrupted announcement")
        first, second = world.inbox.notices
        assert first["eventType"] == "Download"
        assert first["movie"] == second["movie"]
    finally:
        world.close()
