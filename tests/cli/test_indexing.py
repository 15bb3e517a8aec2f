"""`indexers`: how they are doing, and those that Prowlarr keeps."""

from __future__ import annotations

from contextlib import AsyncExitStack

from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.loopback.hdbits import Fault as Faulty
from radarr_desktop.loopback.prowlarr import Fault, LoopbackProwlarr
from tests.api.served import Served
from tests.cli.conftest import Run


def test_indexers_are_tried_and_what_is_wrong_is_told(run: Run, served: Served) -> None:
    assert run("indexers", "test").out == "HDBits works.\n"
    served.hdbits.fail(Faulty.WRONG_PASSKEY)
    tried = run("indexers", "test")
    assert (tried.code, tried.out.startswith("HDBits refused the passkey")) == (1, True)
    assert tried.err == "Not all of them work.\n"
    assert run("indexers", "test", "--json").json[0]["isValid"] is False


def test_indexers_are_listed_and_taken_over(run: Run, served: Served) -> None:
    assert "HDBits" in run("indexers", "list").out
    nothing = run("indexers", "sync")
    assert (nothing.code, "Add Prowlarr in the settings" in nothing.err) == (4, True)

    prowlarr, stack = LoopbackProwlarr(), AsyncExitStack()
    prowlarr.keep(1, "One site")
    served.call(stack.enter_async_context(prowlarr))
    source = {"base_url": prowlarr.url, "api_key": prowlarr.key}
    served.call(served.engine.plugins.save(Draft(PluginKind.INDEXER_SOURCE, "prowlarr", "Prowlarr", source)))
    synced = run("indexers", "sync", "--json").json
    assert [one["source"] for one in synced] == ["Prowlarr"]
    assert "One site" in run("indexers", "list").out
    assert run("indexers", "sync").out == "Prowlarr: nothing changed, 1 as they were.\n"
    prowlarr.fail(Fault.SERVER_ERROR)
    failed = run("indexers", "sync")
    assert (failed.code, "answered 500" in failed.out) == (1, True)
    assert prowlarr.key not in failed.out + failed.err
    served.call(stack.aclose())
