"""A client that calls its folders by other names, as in a container: where its files lie here is found or asked."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from radarr_desktop.domain import events
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import GrabState
from tests.fakes.swarm import qbittorrent
from tests.fixtures_engine import WorldThread, config_for, running_engine
from tests.integration.stage import Stage, with_qbittorrent

pytestmark = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may mount for one program")

CONTAINER = """#!/bin/sh
exec unshare --mount sh -c 'mount --bind "$0" "$1" && shift && exec qbittorrent-nox "$@"' '{real}' '{inside}' "$@"
"""


@dataclass
class Contained:
    """A program beside a qBittorrent in whose own view ``inside`` is what is ``real`` here."""

    stage: Stage
    real: Path
    inside: Path


@pytest.fixture
def contained(tmp_path: Path) -> Iterator[Contained]:
    here = tmp_path / "here"  # the swarm's files are a twin, they lie elsewhere
    real, inside, container = here / "nas" / "torrents", tmp_path / "inside", tmp_path / "container"
    real.mkdir(parents=True)
    inside.mkdir()
    container.write_text(CONTAINER.format(real=real, inside=inside))
    container.chmod(0o755)
    with contextlib.ExitStack() as stack:
        world = WorldThread(tmp_path / "world")
        stack.callback(world.close)
        program = stack.enter_context(qbittorrent(tmp_path / "qbittorrent", str(container)))
        config = with_qbittorrent(config_for(world, here, with_movie=False), program)
        config = config.replace(
            f'base_url = "{program.url}"\n', f'base_url = "{program.url}"\nsave_path = "{inside}"\n'
        )
        stage = Stage(world, stack.enter_context(running_engine(here, config)), program)
        yield Contained(stage, real, inside)


def test_its_files_are_found_by_name_and_size_and_remembered(contained: Contained) -> None:
    stage = contained.stage
    movie = stage.add(search=True)
    imported = Path(stage.imported().path)
    assert list(contained.inside.iterdir()) == []
    assert any(imported.samefile(one) for one in contained.real.rglob("*.mkv"))
    paths = stage.running.engine.remote_paths
    (mapping,) = stage.running.do(paths.all())
    assert (mapping.host, mapping.remote, mapping.local) == ("127.0.0.1", str(contained.inside), str(contained.real))
    assert mapping.derived
    assert [grab.state for grab in stage.grabs(movie)] == [GrabState.IMPORTED]


def test_two_places_are_asked_about(contained: Contained) -> None:
    stage = contained.stage
    do, engine = stage.running.do, stage.running.engine
    twin = contained.real.parent / "twin"
    shutil.copytree(stage.running.folder.parent / "world" / "seeding", twin)
    movie = stage.add(search=True)
    blocked = stage.running.wait_for(
        lambda: [one for one in stage.running.events if isinstance(one, events.ImportBlocked)], "the question"
    )[0]
    assert blocked.problem.kind is Kind.CONFLICT
    assert str(twin) in blocked.problem.why
    assert do(engine.remote_paths.all()) == []
    (client,) = engine.plugins.clients()
    (suggestion,) = do(engine.remote_paths.suggest(client.id))
    assert (suggestion.host, suggestion.remote) == ("127.0.0.1", str(contained.inside))
    assert set(suggestion.found) == {str(contained.real), str(twin)}

    do(engine.remote_paths.add("127.0.0.1", f"{contained.inside}/", f"{contained.real}/"))
    do(engine.imports.retry(stage.grabs(movie)[0].id))
    imported = Path(stage.imported().path)
    assert any(imported.samefile(one) for one in contained.real.rglob("*.mkv"))
    assert do(engine.remote_paths.suggest(client.id)) == []


def test_what_cannot_be_a_mapping_is_told(contained: Contained) -> None:
    do, paths = contained.stage.running.do, contained.stage.running.engine.remote_paths
    known = do(paths.add("nas:", "/downloads/", str(contained.real)))
    assert (known.host, known.remote, known.derived) == ("nas", "/downloads", False)
    for host, remote, local, field, words in (
        (" ", "/a", str(contained.real), "host", "names no host"),
        ("nas", "downloads", str(contained.real), "remote_path", "is no full path"),
        ("nas", "/a/../b", str(contained.real), "remote_path", "is no full path"),
        ("nas", "/a", "/no/such/folder", "local_path", "There is no folder"),
        ("NAS", "/downloads", str(contained.real), "remote_path", "a mapping of /downloads already"),
    ):
        with pytest.raises(Problem, match=words) as caught:
            do(paths.add(host, remote, local))
        assert caught.value.field == field
    do(paths.remove(known.id))
    with pytest.raises(Problem, match="There is no remote path mapping"):
        do(paths.change(known))
