"""What all models share."""

from __future__ import annotations

from peewee import Model


class Row(Model):
    """Base of all models; the database is bound when it opens."""

    class Meta:
        legacy_table_names = False
