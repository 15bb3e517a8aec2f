"""A movie as players read it."""

from __future__ import annotations

from xml.etree import ElementTree as Tree

from hypothesis import given
from hypothesis import strategies as st

from radarr_desktop.domain.media import AudioTrack, MediaFacts, SubtitleTrack, VideoTrack
from radarr_desktop.domain.movie import Movie
from radarr_desktop.domain.naming.examples import example_facts, example_movie
from radarr_desktop.domain.nfo import movie_nfo
from radarr_desktop.domain.parsing import AudioCodec, Codec, Hdr
from radarr_desktop.plugin_api import MovieInfo


def read(data: bytes) -> Tree.Element:
    """As a player does."""
    return Tree.fromstring(data)


def texts(root: Tree.Element, path: str) -> list[str]:
    """Of every element there."""
    return [one.text or "" for one in root.findall(path)]


def test_a_note_tells_what_is_known() -> None:
    root = read(movie_nfo(example_movie(), example_facts().media, ("4k",)))
    assert root.tag == "movie"
    for path, told in {
        "title": ["The Salt Meridian: A Sea Story"],
        "originaltitle": ["Der Salzmeridian"],
        "sorttitle": ["Salt Meridian: A Sea Story, The"],
        "runtime": ["118"],
        "mpaa": ["PG-13"],
        "uniqueid[@type='tmdb'][@default='true']": ["900001"],
        "uniqueid[@type='imdb']": ["tt9000001"],
        "set[@tmdbcolid='900100']/name": ["The Salt Collection"],
        "tag": ["4k"],
        "premiered": ["2025-03-06"],
        "year": ["2025"],
        "fileinfo/streamdetails/video/codec": ["hevc"],
        "fileinfo/streamdetails/video/aspect": ["2.40"],
        "fileinfo/streamdetails/video/durationinseconds": ["7080"],
        "fileinfo/streamdetails/video/hdrtype": ["dolbyvision"],
        "fileinfo/streamdetails/audio/codec": ["truehd", "ac3"],
        "fileinfo/streamdetails/audio/language": ["eng", "deu"],
        "fileinfo/streamdetails/audio/channels": ["8", "6"],
        "fileinfo/streamdetails/subtitle/language": ["eng", "deu"],
        "plot": [],
        "trailer": [],
    }.items():
        assert texts(root, path) == told, path


def test_the_rest_is_told_where_it_is_known() -> None:
    info = MovieInfo(
        7, "Salt", rating=7.25, votes=12, genres=("Drama", "Sea"), studio="S", trailer_id="abc", overview="<&>"
    )
    pictures = MovieInfo(7, "Salt", poster_url="https://p/1.jpg", backdrop_url="https://p/2.jpg")
    root = read(movie_nfo(Movie(1, info, (), ""), None))
    assert texts(root, "ratings/rating[@name='themoviedb']/value") == ["7.2"]
    assert texts(root, "genre") == ["Drama", "Sea"]
    assert texts(root, "trailer") == ["plugin://plugin.video.youtube/play/?video_id=abc"]
    assert texts(root, "plot") == ["<&>"]
    assert root.find("fileinfo") is None
    root = read(movie_nfo(Movie(1, pictures, (), ""), None))
    assert texts(root, "thumb[@aspect='poster']") == ["https://p/1.jpg"]
    assert texts(root, "fanart/thumb") == ["https://p/2.jpg"]


def test_codecs_have_the_names_that_players_know() -> None:
    video = VideoTrack(Codec.AVC, "AVC", width=1920, height=800, hdr=(Hdr.HDR10,))
    tracks = (AudioTrack(AudioCodec.DTS_HD_MA, "DTS", 7.1, "pt-BR"), AudioTrack(None, "Strange", 1.0, ""))
    media = MediaFacts("mkv", 1, 60.0, 1, video, tracks, (SubtitleTrack("SRT", "xx"),))
    root = read(movie_nfo(Movie(1, MovieInfo(7, "Salt"), (), ""), media))
    assert texts(root, "fileinfo/streamdetails/video/codec") == ["h264"]
    assert texts(root, "fileinfo/streamdetails/audio/codec") == ["dtshd_ma", "Strange"]
    assert texts(root, "fileinfo/streamdetails/audio/language") == ["pt-BR"]


@given(st.text(), st.text())
def test_no_text_breaks_a_note(title: str, plot: str) -> None:
    data = movie_nfo(Movie(1, MovieInfo(7, title or "x", overview=plot, genres=(plot,)), (), ""), None)
    assert read(data).tag == "movie"
    assert data == movie_nfo(Movie(1, MovieInfo(7, title or "x", overview=plot, genres=(plot,)), (), ""), None)
