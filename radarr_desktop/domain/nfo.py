"""A movie as Kodi, Emby and Jellyfin read it from a file beside it."""

from __future__ import annotations

import re
from xml.etree import ElementTree as Tree

from radarr_desktop.domain.languages import language_by_code, three_letters
from radarr_desktop.domain.media import MediaFacts
from radarr_desktop.domain.movie import Movie, home_release
from radarr_desktop.domain.naming.titles import the_behind
from radarr_desktop.domain.parsing import AudioCodec, Codec, Hdr
from radarr_desktop.plugin_api import MovieInfo

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_VIDEO = {Codec.AVC: "h264", Codec.HEVC: "hevc", Codec.VC1: "vc1", Codec.MPEG2: "mpeg2video", Codec.MPEG4: "mpeg4"}
_AUDIO = {
    AudioCodec.DTS: "dca",
    AudioCodec.DTS_HD: "dtshd_hra",
    AudioCodec.DTS_HD_HRA: "dtshd_hra",
    AudioCodec.DTS_HD_MA: "dtshd_ma",
}
_HDR = {Hdr.DV: "dolbyvision", Hdr.HDR10: "hdr10", Hdr.HDR10_PLUS: "hdr10plus", Hdr.HLG: "hlg", Hdr.PQ: "hdr10"}
_TRAILER = "plugin://plugin.video.youtube/play/?video_id="


def movie_nfo(movie: Movie, media: MediaFacts | None, tags: tuple[str, ...] = ()) -> bytes:
    """The file's bytes; the same for the same facts."""
    root, info = Tree.Element("movie"), movie.info
    _add(root, "title", info.title)
    _add(root, "originaltitle", info.original_title)
    _add(root, "sorttitle", the_behind(info.title))
    _ratings(root, info)
    _add(root, "plot", info.overview)
    _add(root, "runtime", info.runtime)
    _add(root, "thumb", info.poster_url, aspect="poster")
    if info.backdrop_url:
        _add(Tree.SubElement(root, "fanart"), "thumb", info.backdrop_url)
    _add(root, "mpaa", info.certification)
    _add(root, "id", info.imdb_id or info.tmdb_id)
    _add(root, "uniqueid", info.tmdb_id, type="tmdb", default="true")
    _add(root, "uniqueid", info.imdb_id, type="imdb")
    for genre in info.genres:
        _add(root, "genre", genre)
    if info.collection:
        _add(Tree.SubElement(root, "set", tmdbcolid=str(info.collection_id)), "name", info.collection)
    for tag in tags:
        _add(root, "tag", tag)
    first = info.in_cinemas or home_release(movie)
    _add(root, "premiered", first.isoformat() if first else "")
    _add(root, "year", info.year)
    _add(root, "studio", info.studio)
    _add(root, "trailer", f"{_TRAILER}{info.trailer_id}" if info.trailer_id else "")
    if media is not None:
        _streams(Tree.SubElement(Tree.SubElement(root, "fileinfo"), "streamdetails"), media)
    Tree.indent(root)
    written: bytes = Tree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _ratings(root: Tree.Element, info: MovieInfo) -> None:
    if not info.votes:
        return
    rating = Tree.SubElement(Tree.SubElement(root, "ratings"), "rating", name="themoviedb", max="10", default="true")
    _add(rating, "value", f"{info.rating:.1f}")
    _add(rating, "votes", info.votes)


def _streams(details: Tree.Element, media: MediaFacts) -> None:
    if media.video is not None:
        video, element = media.video, Tree.SubElement(details, "video")
        _add(element, "codec", _VIDEO.get(video.codec, video.codec.value.lower() or video.format.lower()))
        _add(element, "aspect", f"{video.width / video.height:.2f}" if video.height else "")
        _add(element, "width", video.width)
        _add(element, "height", video.height)
        _add(element, "durationinseconds", int(media.duration))
        _add(element, "hdrtype", next((_HDR[one] for one in video.hdr if one in _HDR), ""))
    for track in media.audio:
        element = Tree.SubElement(details, "audio")
        _add(element, "codec", _AUDIO.get(track.codec, track.codec.value.lower()) if track.codec else track.format)
        _add(element, "language", _language(track.language))
        _add(element, "channels", sum(divmod(round(track.channels * 10), 10)))  # 5.1 are six
    for subtitle in media.subtitles:
        _add(Tree.SubElement(details, "subtitle"), "language", _language(subtitle.language))


def _language(code: str) -> str:
    language = language_by_code(code) if code else None
    return three_letters(language) if language else ""


def _add(parent: Tree.Element, name: str, value: object, **attributes: str) -> None:
    """One element; nothing that is empty or 0."""
    if value:
        Tree.SubElement(parent, name, attributes).text = _NOT_XML.sub("", str(value))
