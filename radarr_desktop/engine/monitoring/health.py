"""Health: what does not work, why, and what to do."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from radarr_desktop.domain.problem import Problem
from radarr_desktop.domain.records import Job
from radarr_desktop.engine.downloads.remote_paths import RemotePaths
from radarr_desktop.engine.library.shelves import RootFolders
from radarr_desktop.engine.plugins.forms import MASK
from radarr_desktop.engine.plugins.host import Instance, PluginHost
from radarr_desktop.engine.plugins.kinds import PluginKind
from radarr_desktop.engine.search.hindrance import hindrance
from radarr_desktop.engine.secrets import Secrets

LITTLE_SPACE = 5 * 1024**3


@dataclass(frozen=True, slots=True)
class HealthItem:
    """One finding; ``level`` is ``notice``, ``warning`` or ``error``."""

    source: str
    level: str
    message: str
    todo: str = ""


async def check_health(
    plugins: PluginHost,
    folders: RootFolders,
    remote_paths: RemotePaths,
    secrets: Secrets,
    not_added: Sequence[Job],
    damage: Problem | None,
    faults: Mapping[int, str],
) -> list[HealthItem]:
    """Everything that is not fine, worst first; an empty list is good news. ``faults``: what tests of clients said."""
    instances = await plugins.instances()
    found = [*_missing(instances), *_services(instances), *_clients(instances, faults)]
    found += [
        HealthItem(failed.module, "warning", f"The plugin {failed.module} could not be loaded. {failed.reason}")
        for failed in plugins.failed
    ]
    found += [*_held_up(plugins), *_spent(plugins), *await _folders(folders), *await _remote_paths(remote_paths)]
    found += [
        HealthItem(
            f"movie {job.payload['tmdb_id']}",
            "warning",
            f"The movie with TMDb id {job.payload['tmdb_id']} could not be added. {job.problem}",
            "It is tried again at the next start.",
        )
        for job in not_added
    ]
    if damage is not None:
        found.append(HealthItem("database", "error", f"{damage.what} {damage.why}", damage.todo))
    if any(MASK in instance.settings.values() for instance in instances):
        _, limits = await secrets.describe()
        if limits:
            found.append(HealthItem("secrets", "notice", limits, "Start it where a keyring runs to use that."))
    order = {"error": 0, "warning": 1, "notice": 2}
    return sorted(found, key=lambda item: order[item.level])


def _missing(instances: list[Instance]) -> list[HealthItem]:
    needed = {
        PluginKind.INDEXER: ("No indexer is set up, so nothing can be found.", "Add an indexer."),
        PluginKind.DOWNLOAD_CLIENT: (
            "No download client is set up, so movies are not searched by themselves.",
            "Add one; the built-in one needs no account.",
        ),
        PluginKind.METADATA: ("No metadata source is set up, so movies cannot be looked up.", "Add TMDb."),
    }
    there = {instance.kind for instance in instances if instance.enabled}
    return [HealthItem(kind.value, "warning", *words) for kind, words in needed.items() if kind not in there]


def _services(instances: list[Instance]) -> list[HealthItem]:
    found = []
    for instance in instances:
        told = instance.name in instance.problem
        message = instance.problem if told else f"{instance.name} does not work. {instance.problem}"
        if instance.state == "broken":
            found.append(HealthItem(instance.name, "error", message, "Change its settings, then test it."))
        elif instance.state == "failing":
            until = instance.disabled_until
            if until and until > datetime.now(UTC):
                message = f"{message} It is left alone until {until.astimezone():%H:%M}."
            found.append(HealthItem(instance.name, "warning", message, "It is tried again by itself."))
    return found


def _held_up(plugins: PluginHost) -> list[HealthItem]:
    """Without any client a warning says so already."""
    held = hindrance(plugins) if plugins.clients() else None
    return [HealthItem("backlog", "warning", f"{held.what} {held.why}", held.todo)] if held else []


def _spent(plugins: PluginHost) -> list[HealthItem]:
    """Indexers whose hour is used up: nothing is wrong, but people wonder why nothing is found."""
    return [
        HealthItem(
            one.name,
            "notice",
            f"{one.name} has had its {one.hourly} requests of this hour.",
            f"It is asked again at {one.free_at.astimezone():%H:%M}.",
        )
        for one in plugins.limits()
        if one.free_at is not None
    ]


def _clients(instances: list[Instance], faults: Mapping[int, str]) -> list[HealthItem]:
    """What does not keep a client from answering, but from doing its work."""
    answering = [instance for instance in instances if instance.state not in ("broken", "failing")]
    todo = "Settle it, then test the client."
    return [HealthItem(one.name, "warning", faults[one.id], todo) for one in answering if one.id in faults]


async def _remote_paths(remote_paths: RemotePaths) -> list[HealthItem]:
    return [
        HealthItem(
            mapping.local,
            "error",
            f"{mapping.local}, where the downloads of {mapping.host} lie, cannot be read.",
            "Mount its disk, or change the remote path mapping.",
        )
        for mapping in await remote_paths.all()
        if not await asyncio.to_thread(Path(mapping.local).is_dir)
    ]


async def _folders(folders: RootFolders) -> list[HealthItem]:
    found = []
    for folder in await folders.all():
        if not folder.accessible:
            message = f"The root folder {folder.path} cannot be read. Its disk is probably not mounted."
            found.append(HealthItem(folder.path, "error", message, "Mount it. Nothing is removed meanwhile."))
        elif folder.free_space < LITTLE_SPACE:
            free = f"{folder.free_space / 1024**3:.1f}\N{NO-BREAK SPACE}GB"
            found.append(HealthItem(folder.path, "warning", f"{folder.path} has only {free} free.", "Make room."))
    return found
