"""/tag: labels, and what carries them."""

from __future__ import annotations

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Id, Query
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Tag


class TagResource(Answer):
    id: int
    label: str


class TagDetailsResource(Answer):
    id: int
    label: str
    delay_profile_ids: list[int]
    import_list_ids: list[int]
    notification_ids: list[int]
    release_profile_ids: list[int]
    indexer_ids: list[int]
    download_client_ids: list[int]
    auto_tag_ids: list[int]
    movie_ids: list[int]


class TagBody(Body):
    id: Id = 0
    label: str | None = None


def _resource(tag: Tag) -> TagResource:
    return TagResource(id=tag.id, label=tag.label)


async def _tag(call: Call[Query, None]) -> Tag:
    for tag in await call.engine.tags.all():
        if tag.id == call.id:
            return tag
    raise Problem(Kind.NOT_FOUND, f"There is no tag {call.id}.")


async def _list(call: Call[Query, None]) -> list[TagResource]:
    return [_resource(tag) for tag in await call.engine.tags.all()]


async def _get(call: Call[Query, None]) -> TagResource:
    return _resource(await _tag(call))


def _label(body: TagBody) -> str:
    if not body.label or not body.label.strip():
        raise NotAccepted(failure("label", "'Label' must not be empty."))
    return body.label


async def _add(call: Call[Query, TagBody]) -> TagResource:
    return _resource(await call.engine.tags.add(_label(call.body)))


async def _rename(call: Call[Query, TagBody]) -> TagResource:
    id = call.id if "id" in call.path else call.body.id
    return _resource(await call.engine.tags.rename(id, _label(call.body)))


async def _remove(call: Call[Query, None]) -> Empty:
    await call.engine.tags.remove(call.id)
    return Empty()


async def _details(call: Call[Query, None]) -> list[TagDetailsResource]:
    return await _detailed(call, await call.engine.tags.all())


async def _detail(call: Call[Query, None]) -> TagDetailsResource:
    return (await _detailed(call, [await _tag(call)]))[0]


async def _detailed(call: Call[Query, None], tags: list[Tag]) -> list[TagDetailsResource]:
    plugins = await call.engine.plugins.instances()
    movies = await call.engine.movies.all()
    delays, words = await call.engine.rules.delays(), await call.engine.rules.words()

    def users(kind: str, tag: Tag) -> list[int]:
        return [one.id for one in plugins if one.kind == kind and tag.id in one.tags]

    return [
        TagDetailsResource(
            id=tag.id,
            label=tag.label,
            delay_profile_ids=[one.id for one in delays if tag.id in one.tags],
            import_list_ids=[],
            notification_ids=users("notifier", tag),
            release_profile_ids=[one.id for one in words if tag.id in one.tags],
            indexer_ids=users("indexer", tag),
            download_client_ids=users("download_client", tag),
            auto_tag_ids=[],
            movie_ids=[movie.id for movie in movies if tag.id in movie.tags],
        )
        for tag in tags
    ]


ENDPOINTS = (
    Endpoint("GET", "/api/v3/tag", _list, list[TagResource]),
    Endpoint("POST", "/api/v3/tag", _add, TagResource, body=TagBody, status=201),
    Endpoint("PUT", "/api/v3/tag", _rename, TagResource, body=TagBody, status=202),
    Endpoint("GET", "/api/v3/tag/detail", _details, list[TagDetailsResource]),
    Endpoint("GET", "/api/v3/tag/detail/{id}", _detail, TagDetailsResource),
    Endpoint("GET", "/api/v3/tag/{id}", _get, TagResource),
    Endpoint("PUT", "/api/v3/tag/{id}", _rename, TagResource, body=TagBody, status=202),
    Endpoint("DELETE", "/api/v3/tag/{id}", _remove),
)
