"""/rename: what files would be called. And the commands that rename and move."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import PurePath

import msgspec

from radarr_desktop.api.answers import NotAccepted, failure
from radarr_desktop.api.endpoint import Answer, Body, Call, Endpoint, Id, Query
from radarr_desktop.domain.problem import Kind, Problem
from radarr_desktop.domain.records import Job
from radarr_desktop.domain.renaming import MovedKind
from radarr_desktop.engine.engine import Engine

COMMANDS = {
    "RenameFiles": "rename_movies",
    "RenameMovie": "rename_movies",
    "RenameMovieFolder": "rename_movies",
    "MoveMovie": "move_movie",
    "BulkMoveMovie": "move_movie",
}


class RenameMovieResource(Answer):
    id: int
    movie_id: int
    movie_file_id: int
    existing_path: str
    new_path: str


class RenameQuery(Query):
    movie_id: list[Id] = msgspec.field(default_factory=list)


class MovedMovie(Body):
    movie_id: Id = 0


async def _list(call: Call[RenameQuery, None]) -> list[RenameMovieResource]:
    """Paths below the movie's folder, as Radarr tells them; only files that would get another name."""
    if not call.query.movie_id:
        raise NotAccepted(failure("movieId", "Name movieId."))
    preview = await call.engine.renaming.preview(call.query.movie_id, folders=False)
    return [
        RenameMovieResource(
            id=move.file_id,
            movie_id=rename.movie_id,
            movie_file_id=move.file_id,
            existing_path=move.old.removeprefix(f"{rename.old_folder}{os.sep}"),
            new_path=move.new.removeprefix(f"{rename.new_folder}{os.sep}"),
        )
        for rename in preview.movies
        for move in rename.moves
        if move.kind is MovedKind.MOVIE and move.old != move.new
    ]


async def rename(engine: Engine, name: str, movie_ids: Sequence[int], file_ids: Sequence[int]) -> Job:
    """Movies, with their folders where these are meant, or files. What a client names needs no further yes."""
    if name == "RenameFiles":
        if not file_ids:
            raise Problem(Kind.BAD_INPUT, "RenameFiles has no file to work on.", todo="Name files.", field="files")
        return await engine.renaming.begin_files(movie_ids[0], file_ids)
    return await engine.renaming.begin(movie_ids, folders=name == "RenameMovieFolder")


async def move(engine: Engine, movie_ids: Sequence[int], path: str, root: str) -> Job:
    """One movie to a folder, or several below another root folder under the names they have."""
    if not path and not root:
        what = "There is no folder to move to."
        raise Problem(Kind.BAD_INPUT, what, todo="Name it as destinationPath.", field="destination_path")
    if path and len(movie_ids) > 1:
        what = "Several movies cannot have one folder."
        raise Problem(Kind.BAD_INPUT, what, todo="Name a destinationRootFolder.", field="destination_path")
    jobs = []
    for movie_id in movie_ids:
        movie = await engine.movies.get(movie_id)
        below = PurePath(movie.folder)
        old_root = PurePath(movie.slot.root_folder)
        below = below.relative_to(old_root) if below.is_relative_to(old_root) else PurePath(below.name)
        jobs.append(await engine.moving.move(movie_id, path or str(PurePath(root) / below)))
    return jobs[-1]


ENDPOINTS = (Endpoint("GET", "/api/v3/rename", _list, list[RenameMovieResource], RenameQuery),)
