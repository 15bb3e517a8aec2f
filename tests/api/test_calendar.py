"""What comes out when, as Radarr serves it, for calendar programs, and with the searches that are planned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from radarr_desktop.loopback.tmdb import Film
from tests.api.contract import Contract
from tests.api.served import Served

TODAY = datetime.now(UTC).date()
TITLE = "Ein sehr langer Titel; mit Komma, Umlauten äöü und noch viel mehr Wörtern bis zum Ende der Zeile"


@pytest.fixture
def coming(served: Served) -> Served:
    """A movie that comes out in ten days."""
    film = Film(810_002, TITLE, TODAY.year, "tt8100020", cinemas=TODAY, digital=TODAY + timedelta(days=10))
    served.tmdb.add(film)
    body = {"tmdbId": film.tmdb_id, "rootFolderPath": str(served.library), "qualityProfileId": 1, "monitored": True}
    served.client.post("/api/v3/movie", json=body).raise_for_status()
    return served


def test_radarrs_calendar_has_the_movies_of_a_span(coming: Served) -> None:
    span = {"start": f"{TODAY + timedelta(days=5)}T00:00:00Z", "end": str(TODAY + timedelta(days=12))}
    found = coming.client.get("/api/v3/calendar", params=span).raise_for_status().json()
    assert [movie["title"] for movie in found] == [TITLE]
    assert Contract().faults("GET", "/api/v3/calendar", found) == []
    assert [movie["title"] for movie in coming.client.get("/api/v3/calendar").json()] == [TITLE]
    assert coming.client.get("/api/v3/calendar", params=span | {"tags": "nobody has it"}).json() == []
    coming.client.put(f"/api/v3/movie/{found[0]['id']}", json={"monitored": False}).raise_for_status()
    assert coming.client.get("/api/v3/calendar", params=span).json() == []
    assert len(coming.client.get("/api/v3/calendar", params=span | {"unmonitored": "true"}).json()) == 1
    refused = coming.client.get("/api/v3/calendar", params={"start": "soon"})
    assert refused.status_code == 400
    assert "2026-10-31" in refused.text


def test_calendar_programs_get_a_feed(coming: Served) -> None:
    answer = coming.client.get("/feed/v3/calendar/radarr.ics").raise_for_status()
    assert answer.headers["content-type"].startswith("text/calendar")
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))
    lines = answer.text.replace("\r\n ", "").split("\r\n")
    said = TITLE.replace(";", "\\;").replace(",", "\\,")
    assert f"SUMMARY:{said} (Digital Release)" in lines
    assert f"DTSTART;VALUE=DATE:{TODAY + timedelta(days=10):%Y%m%d}" in lines
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    only = coming.client.get("/feed/v3/calendar/radarr.ics", params={"releaseTypes": "cinemaRelease"}).text
    assert "Theatrical" in only
    assert "Digital" not in only
    assert coming.client.get("/feed/v3/calendar/radarr.ics", headers={"X-Api-Key": "x" * 32}).status_code == 401


def test_the_searches_are_told_with_their_reasons(coming: Served) -> None:
    told = coming.client.get("/api/v4/calendar").raise_for_status().json()
    assert [(one["kind"], one["day"]) for one in told["releases"] if one["title"] == TITLE] == [
        ("cinema", str(TODAY)),
        ("digital", str(TODAY + timedelta(days=10))),
    ]
    (missing, later) = told["searches"]
    assert (missing["why"], missing["reason"]) == ("new", "It was not searched there yet.")
    assert (later["title"], later["why"]) == (f"{TITLE} ({TODAY.year})", "digital")
    assert later["due"] == f"{TODAY + timedelta(days=10)}T00:00:00Z"
    one = coming.client.get("/api/v4/calendar", params={"movieId": later["movieId"]}).json()
    assert [each["indexer"] for each in one["searches"]] == ["HDBits"]
    backwards = coming.client.get("/api/v4/calendar", params={"start": "2026-01-02", "end": "2026-01-01"})
    assert backwards.status_code == 400
    assert coming.client.get("/api/v4/calendar", params={"start": "0001-01-01", "end": "9999-12-31"}).status_code == 400
