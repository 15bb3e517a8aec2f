"""/config: how files are named and kept. To be read; they are changed in the window."""

from __future__ import annotations

from radarr_desktop.api.endpoint import Answer, Call, Endpoint, Query


class NamingConfigResource(Answer):
    id: int
    rename_movies: bool
    replace_illegal_characters: bool
    colon_replacement_format: str
    standard_movie_format: str
    movie_folder_format: str


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


async def _naming(call: Call[Query, None]) -> NamingConfigResource:
    naming = (await call.engine.settings.media()).naming
    return NamingConfigResource(
        id=1,
        rename_movies=True,
        replace_illegal_characters=True,
        colon_replacement_format="smart",
        standard_movie_format=naming.file,
        movie_folder_format=naming.folder,
    )


async def _media(call: Call[Query, None]) -> MediaManagementConfigResource:
    media = await call.engine.settings.media()
    return MediaManagementConfigResource(
        id=1,
        auto_unmonitor_previously_downloaded_movies=False,
        recycle_bin="",
        recycle_bin_cleanup_days=30,
        download_propers_and_repacks="preferAndUpgrade",
        create_empty_movie_folders=False,
        delete_empty_folders=False,
        file_date="none",
        rescan_after_refresh="always",
        auto_rename_folders=False,
        paths_default_static=False,
        set_permissions_linux=False,
        chmod_folder="755",
        chown_group="",
        skip_free_space_check_when_importing=media.minimum_free_mb == 0,
        minimum_free_space_when_importing=media.minimum_free_mb,
        copy_using_hardlinks=True,
        use_script_import=False,
        script_import_path="",
        import_extra_files=False,
        extra_file_extensions="",
        enable_media_info=False,
    )


ENDPOINTS = (
    Endpoint("GET", "/api/v3/config/naming", _naming, NamingConfigResource),
    Endpoint("GET", "/api/v3/config/naming/{id}", _naming, NamingConfigResource),
    Endpoint("GET", "/api/v3/config/mediamanagement", _media, MediaManagementConfigResource),
    Endpoint("GET", "/api/v3/config/mediamanagement/{id}", _media, MediaManagementConfigResource),
)
