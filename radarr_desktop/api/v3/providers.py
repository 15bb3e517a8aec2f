"""What indexers, download clients and notifications have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from starlette.responses import Response

from radarr_desktop.api.answers import Failure, NotAccepted, answer, failure, problem_failure
from radarr_desktop.api.endpoint import Answer, Body, Call, Empty, Endpoint, Id, Query
from radarr_desktop.api.v3.fields import Field, FieldBody, from_fields, to_fields
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.plugins.host import Draft
from radarr_desktop.engine.plugins.kinds import PluginKind

if TYPE_CHECKING:
    from radarr_desktop.engine.engine import Engine
    from radarr_desktop.engine.plugins.host import Instance
    from radarr_desktop.plugin_api import Plugin

_NOTHING_SENT: dict[str, Any] = {}


class ProviderBody(Body):
    id: Id = 0
    name: str | None = None
    implementation: str | None = None
    fields: list[FieldBody] | None = None
    tags: list[Id] | None = None
    priority: int | None = None


class ProviderMessage(Answer):
    message: str
    type: str


class ProviderResource(Answer, kw_only=True):
    id: int | None = None
    name: str
    fields: list[Field]
    implementation_name: str
    implementation: str
    config_contract: str
    info_link: str
    message: ProviderMessage | None = None
    tags: list[int]


class ProviderTestResult(Answer):
    id: int
    is_valid: bool
    validation_failures: list[Failure]


class SaveQuery(Query):
    force_save: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an instance, or of a class when there is none yet."""

    enabled: bool
    priority: int
    settings: Mapping[str, Any] = field(default_factory=dict)


def _nothing_beside(body: Any) -> dict[str, Any]:
    return {}


R = TypeVar("R", bound=ProviderResource)
B = TypeVar("B", bound=ProviderBody)


@dataclass(frozen=True, slots=True)
class Provider(Generic[R, B]):
    """One kind of plugin under its v3 name."""

    kind: PluginKind
    path: str
    resource: type[R]
    body: type[B]
    extra: Callable[[Facts], dict[str, Any]]
    """The properties that only this kind has."""
    enabled: Callable[[B], bool | None]
    """What a body says of being enabled; None when it does not."""
    beside: Callable[[B], dict[str, Any]] = _nothing_beside
    """Settings that a body says outside of its fields, by our own names."""

    def endpoints(self) -> tuple[Endpoint, ...]:
        """The lines of the route table."""
        root, many, shape = f"/api/v3/{self.path}", list[self.resource], self.resource  # type: ignore[name-defined]
        return (
            Endpoint("GET", root, self.all, many),
            Endpoint("POST", root, self.add, shape, SaveQuery, self.body, status=201),
            Endpoint("GET", f"{root}/schema", self.schema, many),
            Endpoint("POST", f"{root}/test", self.test, Empty, body=self.body),
            Endpoint("POST", f"{root}/testall", self.test_all, list[ProviderTestResult]),
            Endpoint("GET", f"{root}/{{id}}", self.get, shape),
            Endpoint("PUT", f"{root}/{{id}}", self.update, shape, SaveQuery, self.body, status=202),
            Endpoint("DELETE", f"{root}/{{id}}", self.remove),
        )

    async def all(self, call: Call[Query, None]) -> list[R]:
        return [self._resource(call.engine, one) for one in await call.engine.plugins.instances(self.kind)]

    async def get(self, call: Call[Query, None]) -> R:
        return self._resource(call.engine, await self._instance(call.engine, call.id))

    async def schema(self, call: Call[Query, None]) -> list[R]:
        facts = Facts(enabled=True, priority=25)
        return [
            self._make(cls, to_fields(call.engine.plugins.fields(cls), {}), facts, name="", tags=[])
            for cls in call.engine.plugins.classes(self.kind)
        ]

    async def add(self, call: Call[SaveQuery, B]) -> R:
        return await self._save(call, self._draft(call.engine, call.body, None))

    async def update(self, call: Call[SaveQuery, B]) -> R:
        instance = await self._instance(call.engine, call.id)
        return await self._save(call, self._draft(call.engine, call.body, instance))

    async def remove(self, call: Call[Query, None]) -> Empty:
        await call.engine.plugins.remove((await self._instance(call.engine, call.id)).id)
        return Empty()

    async def test(self, call: Call[Query, B]) -> Empty:
        instance = await self._instance(call.engine, call.body.id) if call.body.id else None
        try:
            await call.engine.plugins.test(self._draft(call.engine, call.body, instance))
        except Problem as problem:
            raise NotAccepted(problem_failure(problem)) from problem
        return Empty()

    async def test_all(self, call: Call[Query, None]) -> Response:
        results = [
            ProviderTestResult(
                id=id, is_valid=not problem, validation_failures=[failure("", problem)] if problem else []
            )
            for id, problem in await call.engine.plugins.test_all(self.kind)
        ]
        return answer(results, 200 if all(one.is_valid for one in results) else 400)

    async def _save(self, call: Call[SaveQuery, B], draft: Draft) -> R:
        try:
            saved = await call.engine.plugins.save(draft, force=call.query.force_save)
        except Problem as problem:
            if problem.kind is Kind.NOT_FOUND and draft.id:
                raise
            raise NotAccepted(problem_failure(problem)) from problem
        return self._resource(call.engine, saved)

    async def _instance(self, engine: Engine, id: int) -> Instance:
        for one in await engine.plugins.instances(self.kind):
            if one.id == id:
                return one
        raise Problem(Kind.NOT_FOUND, f"There is no {self.path} {id}.")

    def _class(self, engine: Engine, implementation: str) -> type[Plugin[Any]] | None:
        classes = engine.plugins.classes(self.kind)
        return next((cls for cls in classes if cls.implementation.lower() == implementation.lower()), None)

    def _draft(self, engine: Engine, body: B, instance: Instance | None) -> Draft:
        """What is to be stored: what an update leaves out stays as it is."""
        name = body.name if body.name is not None else instance.name if instance else ""
        cls = self._class(engine, body.implementation or (instance.implementation if instance else ""))
        if cls is None or not name.strip():
            raise NotAccepted(*self._unusable(body, named=bool(name.strip()), known=cls is not None))
        fields, enabled = engine.plugins.fields(cls), self.enabled(body)
        more = {name: value for name, value in self.beside(body).items() if name in {one.name for one in fields}}
        stored = instance.settings if instance else _NOTHING_SENT
        return Draft(
            kind=self.kind,
            implementation=cls.implementation,
            name=name,
            settings={**stored, **from_fields(fields, body.fields or ()), **more},
            id=instance.id if instance else 0,
            enabled=enabled if enabled is not None else instance.enabled if instance else True,
            priority=body.priority or (instance.priority if instance else 25),
            tags=tuple(body.tags) if body.tags is not None else instance.tags if instance else (),
        )

    def _unusable(self, body: B, *, named: bool, known: bool) -> list[Failure]:
        failures = []
        if not named:
            failures.append(failure("name", "'Name' must not be empty."))
        if not known:
            message = f"There is no {self.path} plugin of this implementation. See {self.path}/schema."
            failures.append(failure("implementation", message, body.implementation))
        return failures

    def _resource(self, engine: Engine, one: Instance) -> R:
        cls = self._class(engine, one.implementation)
        fields = to_fields(engine.plugins.fields(cls), one.settings) if cls else []
        facts = Facts(enabled=one.enabled, priority=one.priority, settings=one.settings)
        resource = self._make(cls, fields, facts, name=one.name, tags=list(one.tags))
        resource.id = one.id
        resource.implementation = one.implementation
        resource.message = ProviderMessage(message=one.problem, type="error") if one.problem else None
        return resource

    def _make(
        self, cls: type[Plugin[Any]] | None, fields: list[Field], facts: Facts, *, name: str, tags: list[int]
    ) -> R:
        implementation = cls.implementation if cls else ""
        return self.resource(
            name=name,
            fields=fields,
            implementation_name=cls.name if cls else implementation,
            implementation=implementation,
            config_contract=f"{implementation}Settings",
            info_link=cls.info_url if cls else "",
            tags=tags,
            **self.extra(facts),
        )
