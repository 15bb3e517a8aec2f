"""What is wanted: profiles, custom formats, sizes, guides."""

from __future__ import annotations

from typing import Any

from peewee import BooleanField, CompositeKey, FloatField, IntegerField, TextField

from radarr_desktop.domain.custom_formats import Specification
from radarr_desktop.domain.profiles import ProfileItem
from radarr_desktop.domain.sizes import SizeLimits
from radarr_desktop.store.fields import ValueField
from radarr_desktop.store.models.base import Row


class QualityProfileRow(Row):
    name = TextField()
    items = ValueField(tuple[ProfileItem, ...])
    cutoff = IntegerField()
    upgrades = BooleanField()
    language = IntegerField()
    format_scores = ValueField(dict[int, int])
    min_format_score = IntegerField()
    cutoff_format_score = IntegerField()
    min_upgrade_format_score = IntegerField()
    sizes = ValueField(dict[int, SizeLimits])
    cap = IntegerField(null=True)
    version = IntegerField()
    extra = ValueField(dict[str, Any])

    class Meta:
        table_name = "quality_profile"


class CustomFormatRow(Row):
    name = TextField()
    specifications = ValueField(tuple[Specification, ...])
    in_rename = BooleanField()
    extra = ValueField(dict[str, Any])

    class Meta:
        table_name = "custom_format"


class QualityDefinitionRow(Row):
    quality_id = IntegerField(primary_key=True)
    title = TextField()
    least = FloatField()
    preferred = FloatField(null=True)
    most = FloatField(null=True)

    class Meta:
        table_name = "quality_definition"


class GuideDocumentRow(Row):
    kind = TextField()
    key = TextField()
    name = TextField()
    body = ValueField(Any)

    class Meta:
        table_name = "guide_document"
        primary_key = CompositeKey("kind", "key")


class DelayProfileRow(Row):
    position = IntegerField()
    tags = ValueField(tuple[int, ...])
    torrents = BooleanField()
    delay = IntegerField()
    bypass_if_highest = BooleanField()
    bypass_if_above = BooleanField()
    minimum_score = IntegerField()
    usenet = BooleanField()
    usenet_delay = IntegerField()
    preferred = TextField()

    class Meta:
        table_name = "delay_profile"


class ReleaseProfileRow(Row):
    name = TextField()
    enabled = BooleanField()
    required = ValueField(tuple[str, ...])
    ignored = ValueField(tuple[str, ...])
    indexer_id = IntegerField()
    tags = ValueField(tuple[int, ...])

    class Meta:
        table_name = "release_profile"
