"""Several downloads at once: what is asked of one is asked of all, and one that cannot does not keep the others."""

from __future__ import annotations

import pytest

from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Grab, GrabState
from radarr_desktop.plugin_api import DownloadState, Order
from tests.integration.stage import Stage


def dropped(stage: Stage, movie: Movie, count: int) -> list[Grab]:
    """Magnets that nobody seeds, in the client."""
    engine, found = stage.running.engine, []
    for number in range(1, count + 1):
        magnet = f"magnet:?xt=urn:btih:{number:040x}&dn=The.Salt.Meridian.2025.1080p.WEB-DL.H.264-K{number}"
        grab = stage.running.do(engine.search.drop(magnet, movie_id=movie.id)).grab
        assert grab is not None
        found.append(grab)
    stage.running.wait_for(lambda: set(states(stage)) == {DownloadState.METADATA}, "the client has them")
    return found


def states(stage: Stage) -> list[DownloadState | None]:
    """Of every download, as the client says now."""
    engine = stage.running.engine
    stage.running.do(engine.downloads.refresh())
    return [item.download.state if item.download else None for item in stage.running.do(engine.downloads.queue())]


def test_several_downloads_are_paused_ordered_resumed_and_removed_at_once(quick: Stage) -> None:
    engine, do = quick.running.engine, quick.running.do
    grabs = dropped(quick, quick.add(search=False), 3)
    ids = [grab.id for grab in grabs]
    do(engine.downloads.pause(*ids[:2]))
    quick.running.wait_for(lambda: states(quick).count(DownloadState.PAUSED) == 2, "two stand still")
    do(engine.downloads.order(Order.REANNOUNCE, *ids))
    do(engine.downloads.resume(*ids[:2]))
    quick.running.wait_for(lambda: DownloadState.PAUSED not in states(quick), "they go on")
    do(engine.downloads.remove(*ids[1:]))
    assert [item.grab.id for item in do(engine.downloads.queue())] == ids[:1]
    assert do(engine.blocklist.all()) == []


def test_what_its_client_does_not_let_go_stays_in_the_queue(quick: Stage) -> None:
    engine, do = quick.running.engine, quick.running.do
    grab, *_ = dropped(quick, quick.add(search=False), 1)
    (client,) = engine.plugins.clients()
    do(engine.plugins.remove(client.id))
    with pytest.raises(Problem) as refused:
        do(engine.downloads.remove(grab.id))
    assert refused.value.kind is Kind.CONFLICT
    assert "is not set up any more" in str(refused.value)
    assert [item.grab.id for item in do(engine.downloads.queue())] == [grab.id]
    do(engine.downloads.remove(grab.id, from_client=False))
    assert do(engine.downloads.queue()) == []
    with pytest.raises(Problem, match="not in the queue any more"):
        do(engine.downloads.remove(grab.id))
    assert do(engine.downloads.get(grab.id)).state is GrabState.REMOVED
