"""What names of files beside a movie say, and what such files are called in the library."""

from __future__ import annotations

import pytest

from radarr_desktop.domain.side_files import SideKind, moved, read_side, side_name

VIDEO = "The.Salt.Meridian.2025.1080p.BluRay.x264-KITE"
BASE = "The Salt Meridian (2025)"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"{VIDEO}.srt", ".srt"),
        (f"{VIDEO}.en.srt", ".en.srt"),
        (f"{VIDEO}.eng.forced.SRT", ".en.forced.srt"),
        (f"{VIDEO}.pt-BR.hi.ass", ".pt-BR.sdh.ass"),
        (f"{VIDEO}.zh-Hans.srt", ".zh-Hans.srt"),
        (f"{VIDEO}.hi.srt", ".hi.srt"),
        (f"{VIDEO}.Commentary.de.srt", ".Commentary.de.srt"),
        ("Subs/2_English.srt", ".en.srt"),
        ("Subs/English (SDH).srt", ".en.sdh.srt"),
        ("Subs/German.forced.srt", ".de.forced.srt"),
        ("Subs/Portuguese (Brazil).srt", ".pt-BR.srt"),
        ("Subs/Spanish (Latino).srt", ".es-MX.srt"),
        (f"Subs/{VIDEO}/4_French.srt", ".fr.srt"),
        ("english.idx", ".en.idx"),
        ("No.Way.It.Is.2025.1080p-KITE.srt", ".srt"),
        ("Another.Name.For.It.2025.ger.srt", ".de.srt"),
        ("Subs/nonsense.srt", ".srt"),
    ],
)
def test_a_subtitle_is_named_by_its_language_and_kind(path: str, name: str) -> None:
    side = read_side(path, VIDEO)
    assert side.kind is SideKind.SUBTITLE
    assert side_name(BASE, side, ()) == f"{BASE}{name}"


def test_two_of_a_kind_are_counted_whatever_their_capitals() -> None:
    side = read_side("Subs/2_English.srt", VIDEO)
    taken = {f"{BASE}.en.srt".casefold()}
    second = side_name(BASE, side, taken)
    assert second == f"{BASE}.en.2.srt"
    assert side_name(BASE, side, taken | {second.casefold()}) == f"{BASE}.en.3.srt"


@pytest.mark.parametrize(
    ("path", "kind"),
    [("a.nfo", SideKind.NFO), ("poster.JPG", SideKind.IMAGE), ("a.srt", SideKind.SUBTITLE), ("a.txt", SideKind.EXTRA)],
)
def test_the_ending_tells_the_kind(path: str, kind: SideKind) -> None:
    side = read_side(path, VIDEO)
    assert side.kind is kind
    assert (side.language, side.tags, side.title) == ("", (), "")


def test_a_side_file_goes_where_its_movie_goes() -> None:
    old, new = "/films/Old (2025)/Old (2025).mkv", "/films/New (2025)/New (2025) UHD.mkv"
    assert moved("/films/Old (2025)/Old (2025).en.srt", old, new) == "/films/New (2025)/New (2025) UHD.en.srt"
    assert moved("/films/Old (2025)/Subs/Old (2025).srt", old, new) == "/films/New (2025)/Subs/New (2025) UHD.srt"
    assert moved("/films/Old (2025)/poster.jpg", old, new) == "/films/New (2025)/poster.jpg"
    assert moved("/elsewhere/note.txt", old, new) == "/films/New (2025)/note.txt"
