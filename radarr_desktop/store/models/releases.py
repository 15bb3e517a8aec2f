"""Releases that were seen, and what was decided about them."""

from __future__ import annotations

from peewee import BlobField, ForeignKeyField, IntegerField, TextField

from radarr_desktop.domain.parsing import ParsedRelease
from radarr_desktop.plugin_api import Release
from radarr_desktop.store.fields import TimeField, ValueField
from radarr_desktop.store.models.base import Row
from radarr_desktop.store.models.library import SlotRow


class ReleaseRow(Row):
    indexer_id = IntegerField()
    indexer = TextField()
    indexer_priority = IntegerField()
    guid = TextField()
    info_hash = TextField()
    title = TextField()
    body = ValueField(Release)
    parsed = ValueField(ParsedRelease)
    formats = ValueField(tuple[int, ...])
    formats_of = TextField()
    first_seen = TimeField()
    last_seen = TimeField()
    times_seen = IntegerField()

    class Meta:
        table_name = "release"


class WordRow(Row):
    hash = IntegerField()
    text = TextField()
    used = IntegerField()

    class Meta:
        table_name = "word"


class SheetRow(Row):
    profile_id = IntegerField()
    version = IntegerField()
    used = IntegerField()
    body = BlobField()

    class Meta:
        table_name = "sheet"


class VerdictRow(Row):
    slot = ForeignKeyField(SlotRow)
    release = ForeignKeyField(ReleaseRow)
    sheet_id = IntegerField()
    first = IntegerField()
    last = IntegerField()
    body = BlobField()

    class Meta:
        table_name = "verdict"


class PendingRow(Row):
    slot = ForeignKeyField(SlotRow)
    release = ForeignKeyField(ReleaseRow)
    reason = TextField()
    added = TimeField()
    due = TimeField()

    class Meta:
        table_name = "pending"
