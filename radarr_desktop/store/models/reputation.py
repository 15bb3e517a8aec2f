"""What became of releases."""

from __future__ import annotations

from peewee import IntegerField, TextField

from radarr_desktop.store.fields import TimeField, ValueField
from radarr_desktop.store.models.base import Row


class EvidenceRow(Row):
    origin = TextField()
    at = TimeField()
    outcome = TextField()
    title = TextField()
    release_group = TextField()
    names = ValueField(tuple[str, ...])
    quality_id = IntegerField()
    movie_id = IntegerField()
    operation_id = IntegerField()
    why = TextField()

    class Meta:
        table_name = "evidence"


class EvidenceMarkRow(Row):
    source = TextField(primary_key=True)
    last = IntegerField()

    class Meta:
        table_name = "evidence_mark"
