"""What HDBits wants to know, and what is wanted of it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from radarr_desktop.plugin_api import IndexerSettings
from radarr_desktop_plugins.hdbits.cookies import cookie_header


class Category(StrEnum):
    """The parts of HDBits that hold films."""

    MOVIES = "movies"
    DOCUMENTARIES = "documentaries"


class Codec(StrEnum):
    """What the picture is packed with."""

    H264 = "H.264"
    MPEG2 = "MPEG-2"
    VC1 = "VC-1"
    XVID = "XviD"
    HEVC = "HEVC"
    VP9 = "VP9"


class Medium(StrEnum):
    """What it was made from."""

    DISC = "full disc"
    ENCODE = "encode"
    CAPTURE = "capture"
    REMUX = "remux"
    WEB = "WEB-DL"


class Origin(StrEnum):
    """Who made it."""

    OTHERS = "others"
    INTERNAL = "internal"


CATEGORIES = {Category.MOVIES: 1, Category.DOCUMENTARIES: 3}
CODECS = {Codec.H264: 1, Codec.MPEG2: 2, Codec.VC1: 3, Codec.XVID: 4, Codec.HEVC: 5, Codec.VP9: 6}
MEDIA = {Medium.DISC: 1, Medium.ENCODE: 3, Medium.CAPTURE: 4, Medium.REMUX: 5, Medium.WEB: 6}
ORIGINS = {Origin.OTHERS: 0, Origin.INTERNAL: 1}


class HDBitsSettings(IndexerSettings):
    """One account."""

    base_url: str = Field(
        default="https://hdbits.org",
        title="Address",
        description="Change it only for a proxy of your own.",
        json_schema_extra={"advanced": True},
    )
    username: str = Field(
        default="", title="User name", description="Your name on HDBits.", json_schema_extra={"required": True}
    )
    passkey: SecretStr = Field(
        default=SecretStr(""),
        title="Passkey",
        description="32 characters from your HDBits profile page. It is not your password.",
        json_schema_extra={"required": True},
    )
    cookie: SecretStr = Field(
        default=SecretStr(""),
        title="Session cookie",
        description="Only for statistics of all that HDBits lists: from your browser, as name=value, or a cookie file.",
        json_schema_extra={"advanced": True},
    )
    categories: tuple[Category, ...] = Field(
        default=(Category.MOVIES, Category.DOCUMENTARIES),
        title="Categories",
        description="Where to search.",
        min_length=1,
    )
    codecs: tuple[Codec, ...] = Field(
        default=(),
        title="Codecs",
        description="Only these. None chosen: all.",
        json_schema_extra={"advanced": True},
    )
    media: tuple[Medium, ...] = Field(
        default=(),
        title="Media",
        description="Only these. None chosen: all.",
        json_schema_extra={"advanced": True},
    )
    origins: tuple[Origin, ...] = Field(
        default=(),
        title="Origin",
        description="Only these. None chosen: all.",
        json_schema_extra={"advanced": True},
    )
    most_pages: int = Field(
        default=3,
        ge=1,
        le=10,
        title="Pages of a search",
        description="HDBits lists 100 releases on a page; each page is a request.",
        json_schema_extra={"advanced": True},
    )

    @field_validator("cookie")
    @classmethod
    def _as_header(cls, cookie: SecretStr, info: ValidationInfo) -> SecretStr:
        """As a request has it, whatever it was given as."""
        return SecretStr(cookie_header(cookie.get_secret_value(), str(info.data.get("base_url", ""))))

    def filters(self) -> dict[str, list[int]]:
        """As the API wants them; what is not narrowed is left out."""
        chosen = {
            "category": [CATEGORIES[one] for one in self.categories],
            "codec": [CODECS[one] for one in self.codecs],
            "medium": [MEDIA[one] for one in self.media],
            "origin": [ORIGINS[one] for one in self.origins],
        }
        return {name: numbers for name, numbers in chosen.items() if numbers}
