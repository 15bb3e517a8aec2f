"""How far feeds were read, how indexers answered, and the backlog."""

from __future__ import annotations

from peewee import CompositeKey, ForeignKeyField, IntegerField, TextField

from radarr_desktop.store.fields import TimeField, ValueField
from radarr_desktop.store.models.base import Row
from radarr_desktop.store.models.library import MovieRow
from radarr_desktop.store.models.program import PluginInstanceRow


class FeedPlaceRow(Row):
    indexer = ForeignKeyField(PluginInstanceRow, primary_key=True)
    guids = ValueField(tuple[str, ...])
    published = TimeField(null=True)
    at = TimeField()
    missed = TextField()
    missed_at = TimeField(null=True)

    class Meta:
        table_name = "feed_place"


class IndexerAnswerRow(Row):
    indexer = ForeignKeyField(PluginInstanceRow)
    at = TimeField()
    kind = TextField()
    took = IntegerField()
    found = IntegerField()
    problem = TextField()

    class Meta:
        table_name = "indexer_answer"


class BacklogRow(Row):
    movie = ForeignKeyField(MovieRow)
    indexer = ForeignKeyField(PluginInstanceRow)
    step = IntegerField()
    asked = TimeField(null=True)
    due = TimeField()
    why = TextField()
    profile = TextField()

    class Meta:
        table_name = "backlog"
        primary_key = CompositeKey("movie", "indexer")
