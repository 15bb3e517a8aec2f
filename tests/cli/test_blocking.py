"""`blocklist`, `stuck`, `next` and `wait` beside a real running program."""

from __future__ import annotations

from tests.api.served import Served
from tests.cli.conftest import Run


def test_the_blocklist_is_filled_shown_and_emptied(served: Served, run: Run) -> None:
    assert run("blocklist", "list").out == "Nothing is blocked.\n"
    said = run("blocklist", "add", "group", "KITE", "--movie", "The Salt Meridian", "--days", "3", "--reason", "Fakes.")
    assert said.code == 0
    assert said.out.startswith("KITE is blocked until 20")
    id_ = said.out.split()[-1].rstrip(".")
    assert run("blocklist", "add", "pattern", "/x264/").out.startswith("/x264/ is blocked for good as ")
    listed = run("blocklist", "list").out
    assert "Fakes." in listed
    assert "for good" in listed
    assert [one["title"] for one in run("blocklist", "list", "--json").json] == ["/x264/", "KITE"]
    assert run("blocklist", "remove", id_).out.replace("\N{NO-BREAK SPACE}", " ") == "1 entry removed.\n"
    assert run("blocklist", "remove", id_).code == 4
    assert run("blocklist", "add", "hash", "abc").code == 1
    assert run("blocklist", "add", "planet", "x").code == 2


def test_a_download_is_waited_for_or_replaced(served: Served, run: Run) -> None:
    assert run("grab", "The Salt Meridian").code == 0
    (item,) = run("queue", "--json").json
    id_ = str(item["id"])
    assert run("stuck").out == "Nothing is stuck.\n"
    assert "is waited for until 20" in run("wait", id_, "--days", "1").out
    looked = run("next", id_, "--look")
    assert looked.code == 0
    assert "stored releases is" in looked.out
    assert "is taken instead." in run("next", id_).out
    assert run("next", id_).code == 1
    stats = run("blocklist", "stats").out
    assert "Blocked by you" in stats
    assert run("blocklist", "stats", "--json").json["total"] >= 1
