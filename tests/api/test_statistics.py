"""Statistics of the releases seen and the reputation of groups over the port."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from radarr_desktop.domain.blocklist import Subject
from radarr_desktop.domain.failures import Failure, Reason
from radarr_desktop.engine.downloads.blocklist import remember
from radarr_desktop.loopback.releases import GOOD
from tests.api.served import Served
from tests.api.test_acquiring import movie_of


def fake(served: Served, title: str, times: int = 1) -> None:
    """So many releases that were something else."""
    movie = movie_of(served)
    for _ in range(times):
        subject = Subject(movie["id"], title, "", "HDBits", "", "")
        failure = Failure(Reason.NO_VIDEO, "It holds no video.")
        served.call(served.engine.db.run(partial(remember, failure, subject, datetime.now(UTC))))
    served.call(served.engine.reputations.gather())


def test_groups_and_the_events_behind_them(served: Served) -> None:
    assert served.client.get("/api/v4/reputation").json() == []
    fake(served, GOOD, 3)
    (group,) = served.client.get("/api/v4/reputation").json()
    assert (group["name"], group["events"]) == (group["written"].casefold(), 3)
    (standing,) = group["qualities"]
    assert (standing["quality"], standing["events"]) == ("Bluray-1080p", 3)
    assert standing["points"] < 0 < standing["share"] < 0.85
    events = served.client.get("/api/v4/reputation/events", params={"group": group["written"]}).json()
    assert [(one["outcome"], one["label"], one["title"]) for one in events] == [("fake", "Fake or damaged", GOOD)] * 3
    assert events[0]["why"] == "It holds no video."
    assert 1.49 < events[0]["weight"] <= 1.5


def test_a_group_nobody_knows_is_told(served: Served) -> None:
    answer = served.client.get("/api/v4/reputation/events", params={"group": "NOBODY"})
    assert answer.status_code == 404
    assert "NOBODY" in answer.json()["message"]
    assert served.client.get("/api/v4/reputation/events").status_code == 400


def test_what_was_seen_is_counted(served: Served) -> None:
    assert served.client.get("/api/v4/statistics").json()["total"] == 0
    movie = movie_of(served)
    served.client.get("/api/v3/release", params={"movieId": movie["id"]})
    told = served.client.get("/api/v4/statistics", params={"days": 7}).json()
    assert told["days"] == 7
    assert told["total"] > 3
    assert sum(one["count"] for one in told["resolutions"]) == told["total"]
    assert {one["name"] for one in told["faults"]} >= {"2160p without HDR"}
    assert all(one["low"] <= one["middle"] <= one["high"] for one in told["sizes"])
    assert served.client.get("/api/v4/statistics", params={"days": 0}).status_code == 400


def test_the_report_needs_nothing_else_and_bears_hostile_names(served: Served) -> None:
    movie = movie_of(served)
    served.client.get("/api/v3/release", params={"movieId": movie["id"]})
    fake(served, "The.Salt.Meridian.2025.1080p.BluRay.x264-<script>alert(1)")
    html = served.client.get("/api/v4/statistics/report").json()["html"]
    assert html.startswith("<!doctype html>")
    for word in ("Resolution", "Common faults", "Size by quality", "Reputation", "1080p"):
        assert word in html
    assert "<script" not in html
    assert "http" not in html
