"""Instances on the disk: the settings in the database, their secrets in the keyring, both or neither."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import structlog

from radarr_desktop.domain.problem import Problem
from radarr_desktop.engine.plugins import forms
from radarr_desktop.engine.plugins.drafts import Draft
from radarr_desktop.engine.secrets import Secrets
from radarr_desktop.plugin_api import Plugin, Settings
from radarr_desktop.store import plugins as store
from radarr_desktop.store.database import Database
from radarr_desktop.store.plugins import StoredInstance

log = structlog.get_logger(__name__)


class Keeper:
    """Reads and writes instances."""

    def __init__(self, db: Database, secrets: Secrets) -> None:
        self._db = db
        self._secrets = secrets

    async def all(self) -> list[StoredInstance]:
        """Everything that was set up."""
        return await self._db.read(store.all_instances)

    async def hidden(self, cls: type[Plugin[Any]], stored: StoredInstance) -> StoredInstance:
        """With all in the keyring that the plugin calls a secret by now; before, it was kept with the settings."""
        plain = {name: str(value) for name in forms.secret_names(cls) if (value := stored.settings.get(name))}
        if not plain:
            return stored
        for name, value in plain.items():
            await self._secrets.put(_key(stored.id, name), value)
        settings = {**stored.settings, **dict.fromkeys(plain, "")}
        secrets = tuple(dict.fromkeys([*stored.secrets, *plain]))
        return await self._db.run(lambda: store.save(replace(stored, settings=settings, secrets=secrets)))

    async def settings(self, cls: type[Plugin[Any]], stored: StoredInstance) -> Settings:
        """The settings of a stored instance, secrets filled in."""
        values = dict(stored.settings)
        for name in stored.secrets:
            values[name] = await self._secrets.get(_key(stored.id, name))
        return forms.validated(cls, values)

    async def drafted(self, cls: type[Plugin[Any]], draft: Draft) -> Settings:
        """The settings of a draft, masked secrets filled in."""
        values = dict(draft.settings)
        for name in forms.secret_names(cls):
            if values.get(name) == forms.MASK:
                values[name] = await self._secrets.get(_key(draft.id, name)) if draft.id else ""
        settings = forms.validated(cls, values)
        self._secrets.hide(forms.secret_values(settings).values())
        return settings

    async def differs(self, cls: type[Plugin[Any]], draft: Draft, stored: StoredInstance) -> bool:
        """Would keeping the draft change anything?"""
        settings = await self.drafted(cls, draft)
        wanted = {name: value for name, value in forms.secret_values(settings).items() if value}
        kept = {name: await self._secrets.get(_key(stored.id, name)) for name in stored.secrets}
        after = (draft.name.strip(), draft.enabled, draft.tags, forms.plain(settings), wanted)
        return after != (stored.name, stored.enabled, stored.tags, dict(stored.settings), kept)

    async def keep(self, stored: StoredInstance, secrets: Mapping[str, str], known: StoredInstance | None) -> int:
        """Store an instance; its id. What cannot be finished is taken back."""
        before = {name: await self._secrets.get(_key(known.id, name)) for name in known.secrets} if known else {}
        kept = await self._db.run(lambda: store.save(stored))
        try:
            for name, value in secrets.items():
                if before.get(name) != value:
                    await self._secrets.put(_key(kept.id, name), value)
        except BaseException:
            await self._db.run(lambda: store.delete(kept.id) if known is None else _restore(known))
            await self._forget(kept.id, secrets.keys() - before.keys())
            for name in before.keys() & secrets.keys():
                await self._secrets.put(_key(kept.id, name), before[name])
            raise
        await self._forget(kept.id, before.keys() - secrets.keys())
        return kept.id

    async def remove(self, stored: StoredInstance) -> None:
        """Forget an instance and its secrets."""
        await self._db.run(lambda: store.delete(stored.id))
        await self._forget(stored.id, set(stored.secrets))

    async def mark(self, instance_id: int, problem: str) -> None:
        """Remember why an instance must not be used, or (empty) that it may be."""
        await self._db.run(lambda: store.set_problem(instance_id, problem))

    async def _forget(self, instance_id: int, names: set[str]) -> None:
        for name in names:
            try:
                await self._secrets.delete(_key(instance_id, name))
            except Problem as problem:  # nobody reads it any more: ids are never used again
                log.warning("plugin.secret_left", instance=instance_id, name=name, problem=str(problem))


def _restore(known: StoredInstance) -> None:
    store.save(known)


def _key(instance_id: int, name: str) -> str:
    return f"plugin/{instance_id}/{name}"
