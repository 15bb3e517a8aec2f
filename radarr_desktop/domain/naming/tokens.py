"""Every token that a pattern may have, and what it reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from radarr_desktop.domain.languages import language_by_code
from radarr_desktop.domain.naming import tracks
from radarr_desktop.domain.naming.facts import Modifier, NameFacts
from radarr_desktop.domain.naming.titles import cleaned, first_character, the_behind
from radarr_desktop.domain.quality import Quality, Revision

Read = Callable[[NameFacts, Modifier], str]


class Takes(Enum):
    """What may stand behind a token's colon."""

    NOTHING = auto()
    LENGTH = auto()
    TITLE = auto()
    """A length or languages: the title as it is called there."""
    LANGUAGE = auto()
    TRACKS = auto()
    """Languages to name or to leave out."""
    FORMATS = auto()
    ONE_FORMAT = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One of them. The name is as people write it."""

    name: str
    read: Read
    takes: Takes = Takes.NOTHING
    in_folders: bool = False
    is_title: bool = False
    """Tells movies apart, and gives way where a name gets too long."""
    bare_default: str = ""
    """What a token that stands alone writes for nothing."""


def quality_title(quality: Quality, revision: Revision) -> str:
    """``Bluray-1080p``, or ``Bluray-1080p Proper`` for a better revision."""
    return f"{quality.name} Proper" if revision > Revision() else quality.name


def find_token(name: str) -> Token | None:
    """By name, whatever its case and separators."""
    return _BY_KEY.get(_key(name))


def token_names(*, for_folder: bool) -> list[str]:
    """As people write them, in the order they are told."""
    return [token.name for token in TOKENS if token.in_folders or not for_folder]


def _title(change: Callable[[str], str] = str) -> Read:
    def read(facts: NameFacts, modifier: Modifier) -> str:
        return change(_called(facts, modifier))

    return read


def _called(facts: NameFacts, modifier: Modifier) -> str:
    """The title in the first of the wanted languages that has one."""
    info = facts.info
    for word in modifier.words:
        if (language := language_by_code(word)) is None:
            continue
        if language == language_by_code(info.original_language) and info.original_title:
            return info.original_title
        for code, title in info.translations:
            if language_by_code(code) == language:
                return title
    return info.title


def _plain(tell: Callable[[NameFacts], str]) -> Read:
    return lambda facts, _: tell(facts)


def _quality_full(facts: NameFacts) -> str:
    parts = (facts.quality or facts.parsed.quality.name, _proper(facts), _real(facts))
    return " ".join(filter(None, parts))


def _proper(facts: NameFacts) -> str:
    return "Proper" if facts.parsed.revision.version > 1 else ""


def _real(facts: NameFacts) -> str:
    return "REAL" if facts.parsed.revision.real else ""


def _formats(facts: NameFacts, modifier: Modifier) -> str:
    wanted = {word.casefold() for word in modifier.words}
    kept = [one for one in facts.formats if not wanted or (one.casefold() in wanted) is not modifier.is_without]
    return " ".join(kept)


def _filename(facts: NameFacts) -> str:
    return facts.filename or _original(facts)


def _original(facts: NameFacts) -> str:
    return facts.original or facts.parsed.name


TOKENS = (
    Token("Movie Title", _title(), Takes.TITLE, in_folders=True, is_title=True),
    Token("Movie CleanTitle", _title(cleaned), Takes.TITLE, in_folders=True, is_title=True),
    Token("Movie TitleThe", _title(the_behind), Takes.TITLE, in_folders=True, is_title=True),
    Token("Movie CleanTitleThe", _title(lambda one: the_behind(cleaned(one))), Takes.TITLE, True, True),
    Token("Movie TitleFirstCharacter", _title(first_character), Takes.LANGUAGE, in_folders=True),
    Token(
        "Movie OriginalTitle", _plain(lambda one: one.info.original_title or one.info.title), Takes.LENGTH, True, True
    ),
    Token(
        "Movie CleanOriginalTitle",
        _plain(lambda one: cleaned(one.info.original_title or one.info.title)),
        Takes.LENGTH,
        in_folders=True,
        is_title=True,
    ),
    Token("Release Year", _plain(lambda one: str(one.info.year or "")), in_folders=True),
    Token("Year", _plain(lambda one: str(one.info.year or "")), in_folders=True),
    Token("Movie Certification", _plain(lambda one: one.info.certification), in_folders=True),
    Token("Movie Collection", _plain(lambda one: one.info.collection), Takes.LENGTH, in_folders=True),
    Token("Movie CollectionThe", _plain(lambda one: the_behind(one.info.collection)), Takes.LENGTH, in_folders=True),
    Token("ImdbId", _plain(lambda one: one.info.imdb_id), in_folders=True),
    Token("TmdbId", _plain(lambda one: str(one.info.tmdb_id)), in_folders=True),
    Token("Quality", _plain(lambda one: quality_title(one.parsed.quality, one.parsed.revision))),
    Token("Quality Full", _plain(_quality_full)),
    Token("Quality Title", _plain(lambda one: one.quality or one.parsed.quality.name)),
    Token("Quality Proper", _plain(_proper)),
    Token("Quality Real", _plain(_real)),
    Token("Edition", _plain(lambda one: one.parsed.edition)),
    Token("Edition Tags", _plain(lambda one: one.parsed.edition), Takes.LENGTH),
    Token("Group", _plain(lambda one: one.parsed.group)),
    Token("Release Group", _plain(lambda one: one.parsed.group), Takes.LENGTH, bare_default="Radarr"),
    Token("MediaInfo Simple", _plain(tracks.simple)),
    Token("MediaInfo Full", _plain(tracks.full)),
    Token("MediaInfo VideoCodec", _plain(tracks.video_codec)),
    Token("MediaInfo Video", _plain(tracks.video_codec)),
    Token("MediaInfo VideoBitDepth", _plain(tracks.bit_depth)),
    Token("MediaInfo VideoDynamicRange", _plain(tracks.dynamic_range)),
    Token("MediaInfo VideoDynamicRangeType", _plain(tracks.dynamic_range_type)),
    Token("MediaInfo 3D", _plain(tracks.three_d)),
    Token("MediaInfo AudioCodec", _plain(tracks.audio_codec)),
    Token("MediaInfo Audio", _plain(tracks.audio_codec)),
    Token("MediaInfo AudioChannels", _plain(tracks.audio_channels)),
    Token("MediaInfo AudioLanguages", tracks.audio_languages, Takes.TRACKS),
    Token("MediaInfo AudioLanguagesAll", tracks.all_audio_languages, Takes.TRACKS),
    Token("MediaInfo SubtitleLanguages", tracks.subtitle_languages, Takes.TRACKS),
    Token("MediaInfo SubtitleLanguagesAll", tracks.subtitle_languages, Takes.TRACKS),
    Token("Custom Formats", _formats, Takes.FORMATS),
    Token("Custom Format", _formats, Takes.ONE_FORMAT),
    Token("Original Title", _plain(_original), is_title=True),
    Token("Original Filename", _plain(_filename), is_title=True),
)


def _key(name: str) -> str:
    return re.sub(r"[ ._-]+", "", name).casefold()


_BY_KEY = {_key(token.name): token for token in TOKENS}
_LENGTH = re.compile(r"-?[1-9]\d{0,2}")


def read_modifier(token: Token, text: str) -> Modifier | None:
    """What stands behind the colon; None where this token cannot have it."""
    text = text.strip()
    takes = token.takes
    if takes in (Takes.LENGTH, Takes.TITLE) and _LENGTH.fullmatch(text):
        return Modifier(length=int(text))
    if takes in (Takes.TITLE, Takes.LANGUAGE):
        codes = [code.strip() for code in text.split("|")]
        return Modifier(words=tuple(codes)) if all(map(language_by_code, codes)) else None
    if takes is Takes.TRACKS:
        return _track_modifier(text)
    names = tuple(filter(None, (name.strip() for name in text.removeprefix("-").split(","))))
    if takes is Takes.FORMATS and names:
        return Modifier(words=names, is_without=text.startswith("-"))
    if takes is Takes.ONE_FORMAT and text:
        return Modifier(words=(text,))
    return None


def _track_modifier(text: str) -> Modifier | None:
    is_without = text.startswith("-")
    codes = [code.strip() for code in text.removeprefix("-").rstrip("+").split("+")]
    known = [language for code in codes if (language := language_by_code(code))]
    if len(known) < len(codes):
        return None
    return Modifier(words=tuple(map(tracks.two_letters, known)), is_without=is_without, tells_rest=text.endswith("+"))
