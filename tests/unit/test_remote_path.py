"""A client's folder, by the mappings that are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from radarr_desktop.domain.remote_path import RemotePath, is_full, mapped

KNOWN = (
    RemotePath(1, "nas", "/downloads", "/mnt/nas"),
    RemotePath(2, "nas", "/downloads/movies", "/mnt/movies"),
    RemotePath(3, "nas", "D:\\Torrents", "/mnt/d"),
    RemotePath(4, "other", "/", "/mnt/other"),
)


@pytest.mark.parametrize(
    ("host", "folder", "expected"),
    [
        ("nas", "/downloads", "/mnt/nas"),
        ("NAS", "/downloads/tv/", "/mnt/nas/tv"),
        ("nas", "/downloads/movies/new", "/mnt/movies/new"),
        ("nas", "/downloads2", None),
        ("nas", "d:\\torrents\\Movies", "/mnt/d/Movies"),
        ("nas", "D:/Torrents/Movies", "/mnt/d/Movies"),
        ("other", "/downloads", "/mnt/other/downloads"),
        ("third", "/downloads", None),
        ("nas", "/downloads/../etc", None),
        ("nas", "D:\\Torrents\\..\\..\\etc", None),
        ("nas", "", None),
    ],
)
def test_the_longest_one_counts(host: str, folder: str, expected: str | None) -> None:
    assert mapped(host, folder, KNOWN) == (Path(expected) if expected else None)


@pytest.mark.parametrize(
    ("folder", "full"),
    [
        ("/downloads", True),
        ("C:\\Downloads", True),
        ("\\\\nas\\share\\x", True),
        ("downloads", False),
        ("C:Downloads", False),
        ("/a/../b", False),
        ("/a\0b", False),
        ("", False),
    ],
)
def test_full_paths(folder: str, full: bool) -> None:
    assert is_full(folder) is full
