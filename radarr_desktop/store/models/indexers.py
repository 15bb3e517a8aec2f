"""What indexers were asked, and which of them are left alone."""

from __future__ import annotations

from peewee import IntegerField, TextField

from radarr_desktop.store.fields import TimeField
from radarr_desktop.store.models.base import Row


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
