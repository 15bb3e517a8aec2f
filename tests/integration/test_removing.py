"""When a torrent may go: after its import, when it gave its share, and when nobody else uses its files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.domain import events
from radarr_desktop.domain.failures import Reason
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.operations import Change, OperationKind
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab, GrabState, JobState
from radarr_desktop.domain.stuck import DownloadSettings
from radarr_desktop.engine.downloads.ending import REMOVE
from radarr_desktop.engine.downloads.removing import SWEEP, still_owed
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.loopback.torrents import of_files
from radarr_desktop.plugin_api import Download, DownloadState, Terms, Torrent
from radarr_desktop.store import operations
from tests.fakes.swarm import free_port
from tests.integration.stage import Stage, staged


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Stage]:
    """With a real qBittorrent."""
    with staged(tmp_path, "qbittorrent") as made:
        yield made


def listed(stage: Stage) -> list[Download]:
    (client,) = stage.running.engine.plugins.clients()
    return list(stage.running.do(stage.running.engine.plugins.call(client, lambda plugin: plugin.downloads())))


def sweep(stage: Stage) -> None:
    stage.running.do(stage.running.engine.jobs.enqueue(SWEEP, {}))
    stage.running.do(stage.running.engine.jobs.idle())


def removing(stage: Stage, **settings: Any) -> None:
    """Switch it on for the client, with other settings."""
    plugins = stage.running.engine.plugins
    (found,) = stage.running.do(plugins.instances(PluginKind.DOWNLOAD_CLIENT))
    wanted = dict(found.settings) | {"remove_completed": True} | settings
    draft = Draft(PluginKind.DOWNLOAD_CLIENT, found.implementation, found.name, wanted, id=found.id)
    stage.running.do(plugins.save(draft, force=True))


def imported(stage: Stage) -> tuple[Movie, Grab]:
    movie = stage.add(search=True)
    done = stage.imported()
    stage.running.do(stage.running.engine.jobs.idle())
    assert Path(done.path).exists()
    return movie, stage.grabs(movie)[0]


def no_debt(stage: Stage) -> None:
    stage.running.do(stage.running.engine.settings.save_downloads(DownloadSettings(private_seed_hours=0)))


def test_an_imported_torrent_goes_when_its_goal_is_reached(stage: Stage) -> None:
    no_debt(stage)
    removing(stage, seeding_minutes=0)
    movie, _ = imported(stage)

    def gone() -> bool:
        sweep(stage)
        return not listed(stage)

    stage.running.wait_for(gone, "the torrent to go")
    file = stage.running.do(stage.running.engine.movies.get(movie.id)).file
    assert file is not None
    assert Path(file.path).read_bytes() == stage.world.world.seeded_file.read_bytes()


def test_without_the_setting_it_stays(quick: Stage) -> None:
    no_debt(quick)
    removing(quick, remove_completed=False, seeding_minutes=0)
    imported(quick)
    quick.running.wait_for(lambda: listed(quick)[0].goal_reached, "the goal")
    sweep(quick)
    assert len(listed(quick)) == 1


def test_a_private_tracker_gets_its_share_first(quick: Stage) -> None:
    removing(quick, seeding_minutes=0)
    _, grab = imported(quick)
    quick.running.wait_for(lambda: listed(quick)[0].goal_reached, "the goal")
    sweep(quick)
    assert len(listed(quick)) == 1
    (owed,) = quick.running.do(quick.running.engine.downloads.hindrances(grab.id))
    assert owed.is_owed
    assert owed.sentence.startswith("Its private tracker is owed 3")
    no_debt(quick)
    sweep(quick)
    assert listed(quick) == []


def test_it_stays_while_its_import_is_open(quick: Stage) -> None:
    no_debt(quick)
    removing(quick, seeding_minutes=0)
    movie, grab = imported(quick)
    quick.running.wait_for(lambda: listed(quick)[0].goal_reached, "the goal")
    engine, do = quick.running.engine, quick.running.do
    change = Change(OperationKind.IMPORT, movie.id, grab.title, (), slot_id=grab.slot_id, grab_id=grab.id)
    operation, _ = do(engine.db.run(lambda: operations.begin(change, "c", grab.added)))
    sweep(quick)
    assert len(listed(quick)) == 1
    do(engine.db.run(lambda: operations.withdraw(operation.id)))
    sweep(quick)
    assert listed(quick) == []


def cross_seed(stage: Stage, folder: Path, name: str) -> None:
    """The same files in another torrent of the client, as for another tracker."""
    torrent = of_files(folder, "http://127.0.0.1:1/announce", private=False)
    (client,) = stage.running.engine.plugins.clients()
    wanted = Torrent(name, (torrent.v1,), data=torrent.data, terms=Terms())
    stage.running.do(stage.running.engine.plugins.call(client, lambda plugin: plugin.add(wanted)))


def test_what_a_cross_seed_uses_is_not_deleted(outside: Stage) -> None:
    no_debt(outside)
    movie, grab = imported(outside)
    assert outside.qbittorrent is not None
    data = outside.qbittorrent.downloads / outside.world.world.good
    cross_seed(outside, data, "Elsewhere")
    outside.running.wait_for(lambda: all(one.progress == 1 for one in listed(outside)), "the recheck")
    assert len(listed(outside)) == 2
    (against,) = outside.running.do(outside.running.engine.downloads.hindrances(grab.id))
    assert (against.only_files, against.sentence) == (True, f"{outside.world.world.good} uses its files too.")
    removing(outside)
    sweep(outside)
    assert data.is_dir()
    do, engine = outside.running.do, outside.running.engine
    do(engine.failures.fail_history(_grabbed(outside, movie)))
    do(engine.jobs.idle())
    assert data.is_dir()


def _grabbed(stage: Stage, movie: Movie) -> int:
    history = stage.running.do(stage.running.engine.decisions.why(movie.id)).history
    return next(entry.id for entry in history if entry.kind.value == "grabbed")


def test_files_by_another_name_are_known_by_what_they_are(quick: Stage) -> None:
    no_debt(quick)
    _, grab = imported(quick)
    (mine,) = listed(quick)
    source = Path(mine.folder) / quick.world.world.good
    cross_seed(quick, source, "Elsewhere")
    quick.running.wait_for(lambda: len(listed(quick)) == 2, "the other torrent")
    other = next(one for one in listed(quick) if one.id != mine.id)
    target = Path(other.folder) / quick.world.world.good
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for path in source.iterdir():
        os.link(path, target / path.name)
    (against,) = quick.running.do(quick.running.engine.downloads.hindrances(grab.id))
    assert against.only_files


def test_what_another_client_seeds_is_not_deleted(quick: Stage) -> None:
    no_debt(quick)
    _, grab = imported(quick)
    do, engine = quick.running.do, quick.running.engine
    (found,) = do(engine.plugins.instances(PluginKind.DOWNLOAD_CLIENT))
    assert do(engine.downloads.hindrances(grab.id)) == []
    draft = Draft(PluginKind.DOWNLOAD_CLIENT, found.implementation, "Second", dict(found.settings) | {"port": 0})
    do(engine.plugins.save(draft, force=True))
    second = next(client for client in engine.plugins.clients() if client.name == "Second")
    wanted = Torrent("Theirs", (quick.good.v1,), data=quick.good.data, terms=Terms())
    do(engine.plugins.call(second, lambda plugin: plugin.add(wanted)))
    (against,) = do(engine.downloads.hindrances(grab.id))
    assert (against.only_files, against.passes) == (True, False)
    assert against.sentence.endswith(" uses its files too.")


@pytest.mark.expected_errors("Away")
def test_a_client_that_does_not_answer_may_use_the_files(quick: Stage) -> None:
    no_debt(quick)
    quick.world.do(quick.world.world.seeder.limit(quick.good, 20_000))
    movie = quick.add(search=True)
    quick.running.wait_for_event(events.DownloadProgressed)
    (grab,) = quick.grabs(movie)
    quick.running.wait_for(lambda: list(quick.running.downloads.rglob("*.mkv")), "the first bytes")
    do, engine = quick.running.do, quick.running.engine
    settings = {"base_url": f"http://127.0.0.1:{free_port()}", "username": "a", "password": "b"}
    do(engine.plugins.save(Draft(PluginKind.DOWNLOAD_CLIENT, "qbittorrent", "Away", settings), force=True))
    (against,) = do(engine.downloads.hindrances(grab.id))
    assert (against.only_files, against.passes) == (True, True)
    assert against.sentence == "Away does not answer, so it is not known whether it uses its files."
    do(engine.failures.fail(grab.id, Reason.DOWNLOAD_STALLED, "It stalled.", remove=True, follow=False))
    do(engine.jobs.idle())
    first = next(client for client in engine.plugins.clients() if client.name != "Away")
    assert len(do(engine.plugins.call(first, lambda plugin: plugin.downloads()))) == 1
    waiting = [job for job in do(engine.jobs.all()) if job.kind == REMOVE and job.state is JobState.QUEUED]
    assert len(waiting) == 1


def test_a_failed_download_that_a_cross_seed_shares_leaves_its_files(outside: Stage) -> None:
    no_debt(outside)
    outside.world.do(outside.world.world.seeder.limit(outside.good, 20_000))
    movie = outside.add(search=True)
    outside.running.wait_for_event(events.DownloadProgressed)
    (grab,) = outside.grabs(movie)
    name = outside.world.world.seeded_file.name
    outside.running.wait_for(lambda: outside.qbittorrent_files(name), "the first bytes")
    cross_seed(outside, outside.world.world.seeded_file.parent, "Elsewhere")
    outside.running.wait_for(lambda: len(listed(outside)) == 2, "the other torrent")
    do, engine = outside.running.do, outside.running.engine
    do(engine.failures.fail(grab.id, Reason.DOWNLOAD_STALLED, "It stalled.", follow=False))
    outside.running.wait_for(lambda: len(listed(outside)) == 1, "the removal")
    do(engine.jobs.idle())
    assert outside.qbittorrent_files(name)


def test_the_user_is_told_what_speaks_against_it(outside: Stage) -> None:
    outside.world.do(outside.world.world.seeder.limit(outside.good, 20_000))
    movie = outside.add(search=True)
    outside.running.wait_for_event(events.DownloadProgressed)
    (grab,) = outside.grabs(movie)
    engine, do = outside.running.engine, outside.running.do
    change = Change(OperationKind.IMPORT, movie.id, grab.title, (), slot_id=grab.slot_id, grab_id=grab.id)
    operation, _ = do(engine.db.run(lambda: operations.begin(change, "c", grab.added)))
    with pytest.raises(Problem, match="Its import is not finished") as refused:
        do(engine.downloads.remove(grab.id, force=True))
    assert refused.value.kind is Kind.CONFLICT
    assert len(listed(outside)) == 1
    do(engine.db.run(lambda: operations.withdraw(operation.id)))
    do(engine.downloads.remove(grab.id))
    assert listed(outside) == []


def test_a_failed_one_that_came_whole_pays_its_private_tracker_first(quick: Stage) -> None:
    movie = quick.add(search=False)
    folder = Path(movie.folder)
    folder.mkdir()
    (folder / f"{folder.name} Bluray-1080p-KITE.mkv").write_bytes(b"somebody else's")
    engine, do = quick.running.engine, quick.running.do
    do(engine.search.run(movie.id))
    quick.running.wait_for(lambda: quick.grabs(movie)[0].state is GrabState.BLOCKED, "the refusal")
    grab = quick.grabs(movie)[0]
    do(engine.failures.fail(grab.id, Reason.WRONG_MOVIE, "It is another movie.", follow=False))
    do(engine.jobs.idle())
    assert len(listed(quick)) == 1
    (later,) = [job for job in do(engine.jobs.all()) if job.kind == REMOVE and job.state is JobState.QUEUED]
    assert later.next_run - later.created > timedelta(minutes=50)
    no_debt(quick)
    do(engine.jobs.enqueue(REMOVE, {"grab_id": grab.id}))
    do(engine.jobs.idle())
    assert listed(quick) == []
    assert grab.title in {one.title for one in do(engine.blocklist.all())}


def test_what_is_owed_is_told_with_its_figures(quick: Stage) -> None:
    _, grab = imported(quick)
    seen = Download("a", frozenset({"a"}), "Salt", DownloadState.COMPLETED, seeding=7200, ratio=0.5, private=True)
    settings = DownloadSettings(private_seed_hours=24, private_ratio=1.0)
    assert still_owed(grab, seen, settings).replace("\N{NO-BREAK SPACE}", " ") == (
        "Its private tracker is owed 24 h of seeding or a ratio of 1: 2 h and 0.50."
    )
    assert still_owed(grab, seen, DownloadSettings(private_seed_hours=2)) == ""
    assert still_owed(grab, seen, DownloadSettings(private_ratio=0.5)) == ""
    assert still_owed(grab, seen, DownloadSettings(private_seed_hours=0)) == ""
