"""How the v3 API writes a movie."""

from __future__ import annotations

import os
from datetime import date, datetime
from typing import TYPE_CHECKING

from radarr_desktop.api.endpoint import Answer
from radarr_desktop.api.v3.languages import Language, language_of
from radarr_desktop.api.v3.movie_files import MovieFileResource, movie_file_resource
from radarr_desktop.api.v3.shapes import BEGINNING, midnight, moment
from radarr_desktop.domain.matching import title_key
from radarr_desktop.domain.movie import is_available

if TYPE_CHECKING:
    from radarr_desktop.domain.movie import Movie
    from radarr_desktop.domain.profiles import QualityProfile
    from radarr_desktop.plugin_api import MovieInfo

_ARTICLES = ("the ", "a ", "an ")


class AlternativeTitleResource(Answer):
    source_type: str
    movie_metadata_id: int
    title: str
    clean_title: str


class MediaCover(Answer):
    cover_type: str
    url: str
    remote_url: str


class RatingChild(Answer):
    votes: int
    value: float
    type: str


class Ratings(Answer):
    tmdb: RatingChild


class MovieStatisticsResource(Answer):
    movie_file_count: int
    size_on_disk: int
    release_groups: list[str]


class MovieResource(Answer, kw_only=True):
    id: int | None = None
    title: str
    original_title: str
    original_language: Language
    alternate_titles: list[AlternativeTitleResource]
    secondary_year: int | None = None
    secondary_year_source_id: int
    sort_title: str
    size_on_disk: int
    status: str
    overview: str
    in_cinemas: datetime | None = None
    physical_release: datetime | None = None
    digital_release: datetime | None = None
    release_date: datetime | None = None
    images: list[MediaCover]
    website: str
    remote_poster: str | None = None
    year: int
    you_tube_trailer_id: str
    studio: str
    path: str | None = None
    quality_profile_id: int
    has_file: bool
    movie_file_id: int
    monitored: bool
    minimum_availability: str
    is_available: bool
    folder_name: str
    runtime: int
    clean_title: str
    imdb_id: str | None = None
    tmdb_id: int
    title_slug: str
    root_folder_path: str | None = None
    folder: str | None = None
    certification: str | None = None
    genres: list[str]
    keywords: list[str]
    tags: list[int]
    added: datetime
    ratings: Ratings
    movie_file: MovieFileResource | None = None
    popularity: float
    last_search_time: datetime | None = None
    statistics: MovieStatisticsResource


def movie_resource(movie: Movie, profile: QualityProfile | None, today: date) -> MovieResource:
    """A movie of the library."""
    resource = found_resource(movie.info)
    file = movie.file
    resource.id = movie.id
    resource.images = _images(movie.info, movie.id)
    resource.alternate_titles = _titles(movie.info, movie.id)
    resource.path = resource.folder_name = movie.folder
    resource.folder = movie.folder.rpartition(os.sep)[2]
    resource.root_folder_path = movie.slot.root_folder
    resource.quality_profile_id = movie.slot.profile_id
    resource.monitored = movie.monitored
    resource.minimum_availability = movie.minimum_availability.value
    resource.is_available = is_available(movie, today)
    resource.tags = sorted(movie.tags)
    resource.added = moment(movie.added) if movie.added else BEGINNING
    resource.last_search_time = moment(movie.last_search) if movie.last_search else None
    if file is not None:
        resource.has_file = True
        resource.movie_file_id = file.id
        resource.size_on_disk = file.size
        resource.movie_file = movie_file_resource(movie, file, profile)
        groups = [file.group] if file.group else []
        resource.statistics = MovieStatisticsResource(movie_file_count=1, size_on_disk=file.size, release_groups=groups)
    return resource


def found_resource(info: MovieInfo) -> MovieResource:
    """A movie as a metadata source tells it; nothing is known of the library."""
    homes = [day for day in (info.digital_release, info.physical_release) if day]
    return MovieResource(
        title=info.title,
        original_title=info.original_title or info.title,
        original_language=language_of(info.original_language),
        alternate_titles=_titles(info),
        secondary_year=info.secondary_year or None,
        secondary_year_source_id=0,
        sort_title=_sort_title(info.title),
        size_on_disk=0,
        status=info.status,
        overview=info.overview,
        in_cinemas=midnight(info.in_cinemas),
        physical_release=midnight(info.physical_release),
        digital_release=midnight(info.digital_release),
        release_date=midnight(min(homes, default=None)),
        images=_images(info),
        website="",
        remote_poster=info.poster_url or None,
        year=info.year,
        you_tube_trailer_id=info.trailer_id,
        studio=info.studio,
        quality_profile_id=0,
        has_file=False,
        movie_file_id=0,
        monitored=False,
        minimum_availability="announced",
        is_available=False,
        folder_name="",
        runtime=info.runtime,
        clean_title=title_key(info.title),
        imdb_id=info.imdb_id or None,
        tmdb_id=info.tmdb_id,
        title_slug=str(info.tmdb_id),
        certification=info.certification or None,
        genres=list(info.genres),
        keywords=[],
        tags=[],
        added=BEGINNING,
        ratings=Ratings(tmdb=RatingChild(votes=info.votes, value=info.rating, type="user")),
        popularity=info.popularity,
        statistics=MovieStatisticsResource(movie_file_count=0, size_on_disk=0, release_groups=[]),
    )


def _titles(info: MovieInfo, movie_id: int = 0) -> list[AlternativeTitleResource]:
    return [
        AlternativeTitleResource(
            source_type="tmdb", movie_metadata_id=movie_id, title=title, clean_title=title_key(title)
        )
        for title in info.alternative_titles
    ]


def _images(info: MovieInfo, movie_id: int = 0) -> list[MediaCover]:
    covers = (("poster", info.poster_url), ("fanart", info.backdrop_url))
    return [
        MediaCover(cover_type=kind, url=f"/MediaCover/{movie_id}/{kind}.jpg" if movie_id else url, remote_url=url)
        for kind, url in covers
        if url
    ]


def _sort_title(title: str) -> str:
    lower = title.lower()
    return next((lower.removeprefix(article) for article in _ARTICLES if lower.startswith(article)), lower)
