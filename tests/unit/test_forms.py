"""A plugin's settings as a form."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import Field, SecretStr, field_validator

from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.engine.plugins import forms
from radarr_desktop.plugin_api import Notice, Notifier, Settings


class Colour(StrEnum):
    RED = "red"
    DARK_BLUE = "blue"


class AllSettings(Settings):
    base_url: str = Field("https://x", title="Server", description="Where it is")
    passkey: SecretStr = Field(title="Passkey", min_length=4)
    spare: SecretStr | None = Field(None, title="Spare key")
    port: int = Field(8080, ge=1, le=65535)
    ratio: float = 1.5
    quiet: bool = False
    folder: Path = Field(Path("/tmp"), json_schema_extra={"advanced": True})
    colour: Colour = Colour.RED
    size: Literal["small", "large"] = "small"
    words: tuple[str, ...] = ("a",)
    colours: frozenset[Colour] = frozenset({Colour.RED})
    note: str = Field("", max_length=5, json_schema_extra={"type": "select"})

    @field_validator("note")
    @classmethod
    def no_bang(cls, value: str) -> str:
        if "!" in value:
            raise ValueError("Leave out the exclamation mark.")
        return value


class All(Notifier[AllSettings]):
    name = "All"

    async def send(self, notice: Notice) -> None:
        """Send nothing."""

    async def test(self) -> None:
        """Test nothing."""


class Nested(Notifier[Any]):
    name = "Nested"

    class Keys(Settings):
        keys: tuple[SecretStr, ...] = ()

    @classmethod
    def settings_type(cls) -> type[Any]:
        return cls.Keys

    async def send(self, notice: Notice) -> None:
        """Send nothing."""

    async def test(self) -> None:
        """Test nothing."""


def by_name() -> dict[str, forms.Field]:
    return {field.name: field for field in forms.fields(All)}


def test_one_declaration_makes_the_form() -> None:
    assert {name: field.type for name, field in by_name().items()} == {
        "base_url": "url",
        "passkey": "password",
        "spare": "password",
        "port": "number",
        "ratio": "number",
        "quiet": "checkbox",
        "folder": "path",
        "colour": "select",
        "size": "select",
        "words": "list",
        "colours": "list",
        "note": "select",
    }
    fields = by_name()
    assert (fields["base_url"].label, fields["base_url"].hint) == ("Server", "Where it is")
    assert fields["quiet"].label == "Quiet"
    assert [name for name, field in fields.items() if field.required] == ["passkey"]
    assert [name for name, field in fields.items() if field.advanced] == ["folder"]
    assert fields["colour"].choices == (("red", "Red"), ("blue", "Dark blue"))
    assert fields["size"].choices == (("small", "small"), ("large", "large"))
    assert fields["colours"].choices == fields["colour"].choices
    assert (fields["folder"].default, fields["colours"].default, fields["passkey"].default) == ("/tmp", ["red"], None)
    assert forms.secret_names(All) == ["passkey", "spare"]


def test_settings_are_split_into_plain_values_and_secrets() -> None:
    settings = forms.validated(All, {"passkey": "hunter2", "folder": "/films"})
    plain = forms.plain(settings)
    assert "hunter2" not in str(plain)
    assert (plain["passkey"], plain["spare"], plain["folder"]) == ("", None, "/films")
    assert forms.secret_values(settings) == {"passkey": "hunter2"}
    assert "hunter2" not in repr(settings)
    assert forms.validated(All, {**plain, **forms.secret_values(settings)}) == settings


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({}, "passkey", "Passkey: this is needed."),
        ({"passkey": "abc"}, "passkey", "Passkey: it is too short, at least 4 are needed."),
        ({"port": 0}, "port", "Port: it must be at least 1."),
        ({"port": 70000}, "port", "Port: it must be at most 65535."),
        ({"port": "many"}, "port", "Port: a whole number is needed."),
        ({"ratio": "x"}, "ratio", "Ratio: a number is needed."),
        ({"quiet": "perhaps"}, "quiet", "Quiet: yes or no is needed."),
        ({"colour": "green"}, "colour", "Colour: it must be 'red' or 'blue'."),
        ({"size": "huge"}, "size", "Size: it must be 'small' or 'large'."),
        ({"words": 3}, "words", "Words: a list is needed."),
        ({"note": "too long"}, "note", "Note: it is too long, at most 5 characters fit."),
        ({"note": "hi!"}, "note", "Note: Leave out the exclamation mark."),
        ({"colour_": "red"}, "colour_", "colour_: there is no such setting."),
    ],
)
def test_the_first_thing_to_change_is_named_in_plain_words(values: dict[str, Any], field: str, said: str) -> None:
    complete = values if field == "passkey" else {"passkey": "hunter2", **values}
    with pytest.raises(Problem) as caught:
        forms.validated(All, complete)
    assert (caught.value.kind, caught.value.field, str(caught.value)) == (Kind.BAD_INPUT, field, said)


def test_a_secret_that_is_too_short_is_not_repeated() -> None:
    with pytest.raises(Problem) as caught:
        forms.validated(All, {"passkey": "s3c"})
    assert "s3c" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_secrets_that_could_not_be_kept_are_refused_beforehand() -> None:
    forms.check(All)
    with pytest.raises(TypeError, match="use SecretStr itself"):
        forms.check(Nested)
