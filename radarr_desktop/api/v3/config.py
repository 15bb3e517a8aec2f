"""/config: how files are kept, and what is decided by. What cannot be set stays as it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, TypeVar

import msgspec

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import MAX_ID, Answer, Body, Call, Endpoint, Query
from radarr_desktop.domain.decision.policy import Propers
from radarr_desktop.engine.search.asking import terms_of
from radarr_desktop.engine.settings import FileDate

T = TypeVar("T", int, bool, str)
Number = Annotated[int, msgspec.Meta(ge=-MAX_ID, le=MAX_ID)]


class MediaManagementConfigResource(Answer):
    id: int
    auto_unmonitor_previously_downloaded_movies: bool
    recycle_bin: str
    recycle_bin_cleanup_days: int
    download_propers_and_repacks: str
    create_empty_movie_folders: bool
    delete_empty_folders: bool
    file_date: str
    rescan_after_refresh: str
    auto_rename_folders: bool
    paths_default_static: bool
    set_permissions_linux: bool
    chmod_folder: str
    chown_group: str
    skip_free_space_check_when_importing: bool
    minimum_free_space_when_importing: int
    copy_using_hardlinks: bool
    use_script_import: bool
    script_import_path: str
    import_extra_files: bool
    extra_file_extensions: str
    enable_media_info: bool


class IndexerConfigResource(Answer):
    id: int
    minimum_age: int
    maximum_size: int
    retention: int
    rss_sync_interval: int
    prefer_indexer_flags: bool
    availability_delay: int
    allow_hardcoded_subs: bool
    whitelisted_hardcoded_subs: str


class IndexerConfigBody(Body):
    minimum_age: Number | None = None
    maximum_size: Number | None = None
    retention: Number | None = None
    prefer_indexer_flags: bool | None = None
    availability_delay: Number | None = None
    allow_hardcoded_subs: bool | None = None
    whitelisted_hardcoded_subs: str | None = None


class MediaManagementConfigBody(Body):
    download_propers_and_repacks: str | None = None
    delete_empty_folders: bool | None = None
    file_date: str | None = None
    set_permissions_linux: bool | None = None
    chmod_folder: str | None = None
    chown_group: str | None = None
    import_extra_files: bool | None = None
    extra_file_extensions: str | None = None
    minimum_free_space_when_importing: Number | None = None
    skip_free_space_check_when_importing: bool = False


async def _indexer(call: Call[Query, Any]) -> IndexerConfigResource:
    policy = await call.engine.rules.policy()
    return IndexerConfigResource(
        id=1,
        minimum_age=policy.minimum_age,
        maximum_size=policy.maximum_size,
        retention=policy.retention,
        rss_sync_interval=min((terms_of(live).feed_minutes for live in call.engine.plugins.indexers()), default=15),
        prefer_indexer_flags=policy.prefer_flags,
        availability_delay=policy.availability_delay,
        allow_hardcoded_subs=policy.hardcoded_subs,
        whitelisted_hardcoded_subs=",".join(policy.known_subs),
    )


async def _save_indexer(call: Call[Query, IndexerConfigBody]) -> IndexerConfigResource:
    """What the body does not name stays."""
    body, policy = call.body, await call.engine.rules.policy()
    policy = replace(
        policy,
        minimum_age=_given(body.minimum_age, policy.minimum_age),
        maximum_size=_given(body.maximum_size, policy.maximum_size),
        retention=_given(body.retention, policy.retention),
        prefer_flags=_given(body.prefer_indexer_flags, policy.prefer_flags),
        availability_delay=_given(body.availability_delay, policy.availability_delay),
        hardcoded_subs=_given(body.allow_hardcoded_subs, policy.hardcoded_subs),
    )
    if body.whitelisted_hardcoded_subs is not None:
        words = (word.strip() for word in body.whitelisted_hardcoded_subs.split(","))
        policy = replace(policy, known_subs=tuple(word for word in words if word))
    await call.engine.rules.save_policy(policy)
    return await _indexer(call)


def _given(value: T | None, there: T) -> T:
    return there if value is None else value


async def _save_media(call: Call[Query, MediaManagementConfigBody]) -> MediaManagementConfigResource:
    """What the body does not name, and what this program does not know, stays."""
    body, engine = call.body, call.engine
    if body.download_propers_and_repacks is not None:
        known = {propers.value.lower(): propers for propers in Propers}
        propers = known.get(body.download_propers_and_repacks.lower())
        if propers is None:
            words = f"Use one of {', '.join(each.value for each in Propers)}."
            raise NotAccepted(failure("downloadPropersAndRepacks", words, body.download_propers_and_repacks))
        await engine.rules.save_policy(replace(await engine.rules.policy(), propers=propers))
    media = await engine.settings.media()
    wanted = replace(
        media,
        delete_empty_folders=_given(body.delete_empty_folders, media.delete_empty_folders),
        file_date=_file_date(body.file_date, media.file_date),
        set_permissions=_given(body.set_permissions_linux, media.set_permissions),
        chmod_folder=_given(body.chmod_folder, media.chmod_folder),
        chown_group=_given(body.chown_group, media.chown_group),
        import_extras=_given(body.import_extra_files, media.import_extras),
        extra_file_extensions=_given(body.extra_file_extensions, media.extra_file_extensions),
    )
    if body.minimum_free_space_when_importing is not None:
        least = 0 if body.skip_free_space_check_when_importing else body.minimum_free_space_when_importing
        wanted = replace(wanted, minimum_free_mb=max(0, least))
    await engine.settings.save_media(wanted)
    return await _media(call)


def _file_date(value: str | None, there: FileDate) -> FileDate:
    if value is None:
        return there
    found = next((each for each in FileDate if each.value == value.lower()), None)
    if found is None:
        words = f"Use one of {', '.join(each.value for each in FileDate)}."
        raise NotAccepted(failure("fileDate", words, value))
    return found


async def _media(call: Call[Query, Any]) -> MediaManagementConfigResource:
    media = await call.engine.settings.media()
    policy = await call.engine.rules.policy()
    return MediaManagementConfigResource(
        id=1,
        auto_unmonitor_previously_downloaded_movies=False,
        recycle_bin="",
        recycle_bin_cleanup_days=30,
        download_propers_and_repacks=policy.propers.value,
        create_empty_movie_folders=False,
        delete_empty_folders=media.delete_empty_folders,
        file_date=media.file_date.value,
        rescan_after_refresh="always",
        auto_rename_folders=False,
        paths_default_static=False,
        set_permissions_linux=media.set_permissions,
        chmod_folder=media.chmod_folder,
        chown_group=media.chown_group,
        skip_free_space_check_when_importing=media.minimum_free_mb == 0,
        minimum_free_space_when_importing=media.minimum_free_mb,
        copy_using_hardlinks=True,
        use_script_import=False,
        script_import_path="",
        import_extra_files=media.import_extras,
        extra_file_extensions=media.extra_file_extensions,
        enable_media_info=True,
    )


ENDPOINTS = (
    Endpoint("GET", "/api/v3/config/mediamanagement", _media, MediaManagementConfigResource),
    Endpoint("GET", "/api/v3/config/mediamanagement/{id}", _media, MediaManagementConfigResource),
    Endpoint(
        "PUT",
        "/api/v3/config/mediamanagement/{id}",
        _save_media,
        MediaManagementConfigResource,
        body=MediaManagementConfigBody,
        status=202,
    ),
    Endpoint("GET", "/api/v3/config/indexer", _indexer, IndexerConfigResource),
    Endpoint("GET", "/api/v3/config/indexer/{id}", _indexer, IndexerConfigResource),
    Endpoint(
        "PUT", "/api/v3/config/indexer/{id}", _save_indexer, IndexerConfigResource, body=IndexerConfigBody, status=202
    ),
)
