"""What was collected for statistics."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from radarr_desktop.store.fields import TimeField
from radarr_desktop.store.models.base import Row
from radarr_desktop.store.models.releases import ReleaseRow


class CollectedRow(Row):
    release = ForeignKeyField(ReleaseRow, primary_key=True)
    grabs = IntegerField(null=True)
    seen = TimeField()
    looked_into = TimeField(null=True)
    media_info = TextField()

    class Meta:
        table_name = "collected"


class CollectingRow(Row):
    instance_id = IntegerField(primary_key=True)
    state = TextField()
    segment = IntegerField()
    page = IntegerField()
    failures = IntegerField()
    problem = TextField()
    changed = TimeField()

    class Meta:
        table_name = "collecting"
