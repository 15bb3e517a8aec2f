"""Services, jobs, settings."""

from __future__ import annotations

from typing import Any

from peewee import BooleanField, IntegerField, TextField

from radarr_desktop.store.fields import TimeField, ValueField
from radarr_desktop.store.models.base import Row


class PluginInstanceRow(Row):
    kind = TextField()
    implementation = TextField()
    name = TextField()
    enabled = BooleanField()
    priority = IntegerField()
    settings = ValueField(dict[str, Any])
    secrets = ValueField(tuple[str, ...])
    tags = ValueField(tuple[int, ...])
    problem = TextField()

    class Meta:
        table_name = "plugin_instance"


class JobRow(Row):
    kind = TextField()
    payload = ValueField(dict[str, Any])
    unique_key = TextField()
    state = TextField()
    priority = IntegerField()
    attempts = IntegerField()
    max_attempts = IntegerField()
    next_run = TimeField()
    created = TimeField()
    started = TimeField(null=True)
    finished = TimeField(null=True)
    correlation = TextField()
    problem = TextField()

    class Meta:
        table_name = "job"


class SettingRow(Row):
    key = TextField(primary_key=True)
    value = ValueField(Any)

    class Meta:
        table_name = "setting"


class ScheduledTaskRow(Row):
    name = TextField(primary_key=True)
    last_run = TimeField()

    class Meta:
        table_name = "scheduled_task"
