"""`naming`: what it shows and sets."""

from __future__ import annotations

from tests.api.served import Served
from tests.cli.conftest import Run


def test_naming_is_shown_and_set(run: Run, served: Served) -> None:
    shown = run("naming", "show")
    assert "Folder:  {Movie Title} ({Year})" in shown.out
    assert "Example: The Salt Meridian - A Sea Story (2025)/The Salt Meridian" in shown.out
    assert "Yours:" not in shown.out
    presets = run("naming", "presets")
    assert "plex: Plex reads the id and the edition from braces.\n  The Salt Meridian A Sea Story (2025) {tmdb-" in (
        presets.out
    )
    used = run("naming", "use", "jellyfin")
    assert (used.code, "[tmdbid-900001]" in used.out) == (0, True)
    assert run("naming", "show", "--json").json["folder"] == "{Movie CleanTitle} ({Release Year}) [tmdbid-{TmdbId}]"
    served.client.put("/api/v3/config/naming/1", json={"renameMovies": False})
    assert "File:    as its release is called" in run("naming", "show").out
    unknown = run("naming", "use", "betamax")
    assert unknown.code == 4
    assert "Known are: plain, plex" in unknown.err
