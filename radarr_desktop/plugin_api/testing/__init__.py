"""For authors of plugins: contracts to subclass in a test, and what it takes to run a plugin there.

A test of a plugin is one class, ``class TestMine(IndexerContract): ...``, that says how the service is reached and
what it answers; pytest then runs everything the engine relies on.
"""

from __future__ import annotations

import pytest

for _module in ("service", "indexer", "indexer_source", "metadata", "notifier", "download_client"):
    pytest.register_assert_rewrite(f"{__name__}.{_module}")

from radarr_desktop.plugin_api.testing.answers import Answer, AnsweringServer, Asked  # noqa: E402
from radarr_desktop.plugin_api.testing.context import context, running  # noqa: E402
from radarr_desktop.plugin_api.testing.indexer import IndexerContract  # noqa: E402
from radarr_desktop.plugin_api.testing.indexer_source import IndexerSourceContract  # noqa: E402
from radarr_desktop.plugin_api.testing.metadata import MetadataContract  # noqa: E402
from radarr_desktop.plugin_api.testing.notifier import NotifierContract  # noqa: E402
from radarr_desktop.plugin_api.testing.service import XmlContract  # noqa: E402

__all__ = [
    "Answer",
    "AnsweringServer",
    "Asked",
    "IndexerContract",
    "IndexerSourceContract",
    "MetadataContract",
    "NotifierContract",
    "XmlContract",
    "context",
    "running",
]
