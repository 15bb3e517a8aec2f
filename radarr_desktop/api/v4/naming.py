"""/naming: what names are made like, and patterns to start from."""

from __future__ import annotations

from radarr_desktop.api.endpoint import Answer, Body, Call, Endpoint, Query
from radarr_desktop.domain.naming import Naming
from radarr_desktop.engine.engine import Engine


class NamingAnswer(Answer):
    folder: str
    file: str
    rename: bool
    replace_illegal: bool
    colon: str
    folder_example: str
    file_example: str
    of_library: list[str]
    """The newest files of the library, as they would be called."""


class NamingPresetAnswer(Answer):
    key: str
    title: str
    note: str
    folder: str
    file: str
    folder_example: str
    file_example: str


class UseBody(Body):
    key: str


async def _told(engine: Engine, naming: Naming) -> NamingAnswer:
    made = engine.names.examples(naming)
    return NamingAnswer(
        folder=naming.folder,
        file=naming.file,
        rename=naming.rename,
        replace_illegal=naming.replace_illegal,
        colon=naming.colon.value,
        folder_example=made.folder,
        file_example=made.file,
        of_library=await engine.renaming.examples(naming),
    )


async def _get(call: Call[Query, None]) -> NamingAnswer:
    return await _told(call.engine, (await call.engine.settings.media()).naming)


async def _presets(call: Call[Query, None]) -> list[NamingPresetAnswer]:
    naming = (await call.engine.settings.media()).naming
    found = []
    for preset in await call.engine.names.presets():
        made = call.engine.names.examples(preset.applied(naming))
        found.append(
            NamingPresetAnswer(
                key=preset.key,
                title=preset.title,
                note=preset.note,
                folder=preset.folder,
                file=preset.file,
                folder_example=made.folder,
                file_example=made.file,
            )
        )
    return found


async def _use(call: Call[Query, UseBody]) -> NamingAnswer:
    return await _told(call.engine, await call.engine.names.use(call.body.key))


ENDPOINTS = (
    Endpoint("GET", "/api/v4/naming", _get, NamingAnswer),
    Endpoint("GET", "/api/v4/naming/preset", _presets, list[NamingPresetAnswer]),
    Endpoint("POST", "/api/v4/naming/preset", _use, NamingAnswer, body=UseBody),
)
