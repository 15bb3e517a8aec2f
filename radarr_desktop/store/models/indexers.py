"""What indexers were asked, which of them are left alone, and what sources told of them."""

from __future__ import annotations

from typing import Any

from peewee import ForeignKeyField, IntegerField, TextField

from radarr_desktop.store.fields import TimeField, ValueField
from radarr_desktop.store.models.base import Row
from radarr_desktop.store.models.program import PluginInstanceRow


class IndexerRequestRow(Row):
    instance_id = IntegerField()
    at = TimeField()

    class Meta:
        table_name = "indexer_request"


class IndexerPauseRow(Row):
    instance_id = IntegerField(primary_key=True)
    level = IntegerField()
    until = TimeField(null=True)
    problem = TextField()

    class Meta:
        table_name = "indexer_pause"


class KeptIndexerRow(Row):
    indexer = ForeignKeyField(PluginInstanceRow, primary_key=True)
    told = ValueField(dict[str, Any])

    class Meta:
        table_name = "kept_indexer"
