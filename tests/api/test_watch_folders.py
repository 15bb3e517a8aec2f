"""Watched folders over the port, and from the configuration file."""

from __future__ import annotations

from pathlib import Path

import pytest

from radarr_desktop.domain.watching import Afterwards
from radarr_desktop.engine.paths import Paths
from radarr_desktop.engine.provisioning import ConfigError, check
from tests.api.served import Served
from tests.fixtures_engine import EMPTY, running_engine


def test_folders_are_added_changed_listed_and_removed(bare: Served, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    added = bare.client.post("/api/v4/watchfolder", json={"path": str(inbox), "media": True})
    assert added.status_code == 201, added.text
    folder = added.json()
    assert (folder["torrents"], folder["media"], folder["afterwards"]) == (True, True, "move")
    changed = bare.client.put(f"/api/v4/watchfolder/{folder['id']}", json=folder | {"afterwards": "keep"})
    assert changed.json()["afterwards"] == "keep"
    assert [each["path"] for each in bare.client.get("/api/v4/watchfolder").json()] == [str(inbox)]
    for body in ({"path": "x"}, {"path": str(inbox), "afterwards": "burn"}, {}, {"path": str(inbox)}):
        assert bare.client.post("/api/v4/watchfolder", json=body).status_code == 400
    assert bare.client.delete(f"/api/v4/watchfolder/{folder['id']}").status_code == 200
    assert bare.client.delete(f"/api/v4/watchfolder/{folder['id']}").status_code == 404


def test_the_file_declares_them(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    table = f'[[watch_folder]]\npath = "{inbox}"\nmedia = true\nafterwards = "delete"\n'
    with running_engine(tmp_path, EMPTY + table) as running:
        for _ in range(2):
            (folder,) = running.do(running.engine.watch_folders.all())
            assert (folder.media, folder.torrents, folder.afterwards) == (True, True, Afterwards.DELETE)
            running.stop()
            running.start()
        running.stop()
        inbox.rename(tmp_path / "away")  # a disk that is not mounted keeps nothing from starting
        running.start()
        running.wait_for(
            lambda: any(item.source == "watch folder" for item in running.do(running.engine.health())), "the finding"
        )


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('path = "/nowhere/at/all"', "no such folder"),
        ('path = "INBOX"\nafterwards = "burn"', "nothing that can be done"),
        ('path = "INBOX"\ntorrents = false', "nothing to watch for"),
        ('path = "INBOX"\n[[root_folder]]\npath = "INBOX"', "movies are kept there"),
        ('path = "INBOX"\n[[watch_folder]]\npath = "INBOX"', "named twice"),
    ],
)
def test_what_the_file_cannot_mean_is_told_with_its_line(tmp_path: Path, table: str, words: str) -> None:
    (tmp_path / "inbox").mkdir()
    file = tmp_path / "wrong.toml"
    file.write_text(f"[[watch_folder]]\n{table}\n".replace("INBOX", str(tmp_path / "inbox")))
    assert any(words in str(one) for one in check(file, Paths.default(tmp_path / "data")))
    with pytest.raises(ConfigError, match=words), running_engine(tmp_path, EMPTY + file.read_text()):
        pass
