"""Which addresses of a release are stored, and which may hold a key."""

from __future__ import annotations

import pytest

from radarr_desktop.engine.search.offers import public
from radarr_desktop.plugin_api import Release, read_page
from radarr_desktop.plugin_api.addresses import without_keys

KEY = "4f5ec4e7" * 4
HASH = "ab12" * 10
OPEN = f"magnet:?xt=urn:btih:{HASH}&dn=A.Film.2020&tr=http%3A%2F%2Ftracker.example%2Fannounce"


@pytest.mark.parametrize("magnet", ["", OPEN, f"magnet:?xt=urn:btih:{HASH}"])
def test_an_open_link_is_kept(magnet: str) -> None:
    release = Release("1", "A.Film.2020", info_url="https://site.example/t/a-film-2020.1", magnet=magnet)
    assert public(release) is release


@pytest.mark.parametrize(
    "private",
    [
        f"&tr=http%3A%2F%2Ftracker.example%2F{KEY}%2Fannounce",
        f"&tr=http://tracker.example/announce%3Fpasskey%3D{KEY}",
        f"&tr.1=udp://ann:{KEY}@tracker.example/announce",
        f"&ws=http://seed.example/{KEY}/",
        f"&xs=http://site.example/download/1?token={KEY}",
    ],
)
def test_a_link_that_may_hold_a_key_is_asked_for_again_instead(private: str) -> None:
    kept = public(Release("1", "A.Film.2020", info_hash=HASH, magnet=f"{OPEN}{private}"))
    assert (kept.magnet, kept.info_hash) == ("", HASH)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        (f"https://site.example/t?id=7&torrent_pass={KEY}", "https://site.example/t?id=7"),
        (f"https://site.example/rss/{KEY}/7", ""),
        (f"https://ann:{KEY}@site.example/7", ""),
        (f"https://site.example/torrent/{HASH}", f"https://site.example/torrent/{HASH}"),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_page_is_kept_without_keys(url: str, kept: str) -> None:
    assert public(Release("1", "A.Film.2020", info_url=url, info_hash=HASH)).info_url == kept
    assert read_page(url, info_hash=HASH) == kept


def test_a_tracker_that_repeats_the_passkey_is_not_quoted_in_full() -> None:
    assert without_keys(f"Passkey {KEY} is unknown, see rules.") == "Passkey ******** is unknown, see rules."
    assert without_keys("unregistered torrent: internationalization") == "unregistered torrent: internationalization"
