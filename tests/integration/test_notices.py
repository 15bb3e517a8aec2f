"""People are told of every fact once, even if the program ends right after its commit."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import timedelta
from pathlib import Path

from radarr_desktop.domain import events
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.records import GrabState
from radarr_desktop.engine.downloads.track import Tracker
from tests.integration.stage import Stage


def told(stage: Stage) -> list[str]:
    """The kinds of the notices that arrived, in order."""
    stage.running.do(stage.running.engine.jobs.idle())
    return [notice["eventType"] for notice in stage.world.inbox.notices]


def killed(stage: Stage, *statements: str) -> None:
    """Let the database be as a kill at that moment would have left it, and start again."""
    stage.running.stop()
    with contextlib.closing(sqlite3.connect(stage.running.paths.database)) as db, db:
        for statement in statements:
            assert db.execute(statement).rowcount > 0
    stage.running.start()


def test_every_fact_is_told_after_a_kill_behind_its_commit(quick: Stage) -> None:
    quick.add(search=True)
    quick.imported()
    assert sorted(told(quick)) == ["Download", "Grab"]
    first = {notice["eventType"]: notice for notice in quick.world.inbox.notices}
    quick.world.inbox.notices.clear()
    killed(quick, "delete from job where kind = 'notify'", "update job set state = 'running' where kind = 'announce'")
    assert sorted(told(quick)) == ["Download", "Grab"]
    assert {notice["eventType"]: notice for notice in quick.world.inbox.notices} == first


def test_nobody_is_told_twice_because_of_a_kill_before_all_were_told(quick: Stage) -> None:
    quick.add(search=True)
    quick.imported()
    assert sorted(told(quick)) == ["Download", "Grab"]
    killed(quick, "update job set state = 'running' where kind = 'announce'")
    assert sorted(told(quick)) == ["Download", "Grab"]


def test_a_blocked_import_is_told_once_for_each_reason(quick: Stage) -> None:
    movie = quick.add(search=False)
    foreign = in_the_way(movie)
    quick.running.do(quick.running.engine.search.run(movie.id))
    quick.running.wait_for_event(events.ImportBlocked)
    assert told(quick) == ["Grab", "ManualInteractionRequired"]
    (grab,) = quick.grabs(movie)
    quick.running.do(quick.running.engine.imports.retry(grab.id))
    assert told(quick) == ["Grab", "ManualInteractionRequired"]
    assert len([one for one in quick.running.events if isinstance(one, events.ImportBlocked)]) == 2
    foreign.unlink()
    quick.downloaded(quick.world.world.seeded_file.name).unlink()
    quick.running.do(quick.running.engine.imports.retry(grab.id))
    assert told(quick) == ["Grab", "ManualInteractionRequired", "ManualInteractionRequired"]
    assert "Check it in the client." in quick.world.inbox.notices[-1]["message"]


def in_the_way(movie: Movie) -> Path:
    """A file of somebody else under the name the movie will want."""
    folder = Path(movie.folder)
    folder.mkdir()
    foreign = folder / f"{folder.name} Bluray-1080p-KITE.mkv"
    foreign.write_bytes(b"somebody else's")
    return foreign


def test_a_lost_download_is_told_once(quick: Stage) -> None:
    quick.world.do(quick.world.world.seeder.limit(quick.good, 60_000))
    movie = quick.add(search=False)
    quick.running.do(quick.running.engine.search.run(movie.id))
    engine = quick.running.engine
    (grab,), (client,) = quick.grabs(movie), engine.plugins.clients()
    quick.running.do(engine.plugins.call(client, lambda plugin: plugin.remove(grab.hashes[0], delete_files=True)))
    impatient = Tracker(engine.db, engine.bus, engine.jobs, engine.plugins, lost_after=timedelta())

    def lost() -> bool:
        quick.running.do(impatient.look())
        return quick.grabs(movie)[0].state is GrabState.LOST

    quick.running.wait_for(lost, "the loss")
    assert told(quick) == ["Grab", "DownloadFailure"]
    killed(quick, "update job set state = 'running' where kind = 'announce'")
    assert told(quick) == ["Grab", "DownloadFailure"]


def test_an_undo_that_a_notice_offers_is_done_and_told_where_it_was_asked(quick: Stage) -> None:
    movie = quick.add(search=True)
    imported = quick.imported()
    engine, do = quick.running.engine, quick.running.do
    quick.running.wait_for(lambda: len(quick.world.inbox.notices) >= 2, "the notices")
    quick.world.inbox.notices.clear()
    (listener,) = engine.plugins.notifiers()
    for target in (str(imported.operation), str(imported.operation), "no number"):
        quick.running.loop.call_soon_threadsafe(
            engine.bus.publish, events.NoticeAnswered(notifier_id=listener.id, key="undo", target=target)
        )
    quick.running.wait_for(lambda: len(quick.world.inbox.notices) == 2, "both answers")
    told = {notice["eventType"]: notice["message"] for notice in quick.world.inbox.notices}
    assert "is taken back" in told["MovieFileDelete"]
    assert "It was undone already." in told["ManualInteractionRequired"]
    assert do(engine.movies.get(movie.id)).file is None
