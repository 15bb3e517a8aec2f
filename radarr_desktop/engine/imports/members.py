"""What an archive holds, one file after the other: zip by Python's own reader, the rest by libarchive."""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

CHUNK = 1 << 20

_NAMES = ("libarchive.so.13", "libarchive.so", "libarchive.13.dylib", "libarchive.dylib", "archive.dll")
_FORMATS = ("format_rar", "format_rar5", "format_7zip", "format_tar")
_FILTERS = ("filter_gzip", "filter_bzip2")
_EOF, _OK, _WARN = 1, 0, -20
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError)


class NoReader(Exception):
    """libarchive is not installed."""


class Damaged(Exception):
    """The archive cannot be read on; the message is the reader's."""


@dataclass(frozen=True, slots=True)
class Member:
    """One entry, as the archive describes it: nothing of it may be believed."""

    name: str
    size: int
    mode: int
    """File type as in ``stat``; a link is one even where the type says otherwise."""
    is_encrypted: bool
    read: Callable[[], bytes]
    """The next bytes, none at the end. Only until the next member is asked for."""


def members(kind: str, volumes: Sequence[str]) -> Iterator[Member]:
    """The entries in their order. Raises ``Damaged``, ``NoReader``, ``OSError`` and ``MemoryError``."""
    if kind == "zip" and len(volumes) == 1:
        return _zipped(volumes[0])
    return _read(volumes)


def _zipped(path: str) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                mode = stat.S_IFDIR if info.is_dir() else info.external_attr >> 16
                encrypted = bool(info.flag_bits & 1)
                if encrypted or info.is_dir():
                    yield Member(info.filename, info.file_size, mode or stat.S_IFREG, encrypted, bytes)
                    continue
                with archive.open(info) as content:

                    def read(content: Any = content) -> bytes:
                        try:
                            return bytes(content.read(CHUNK))
                        except _DAMAGED as fault:
                            raise Damaged(str(fault)) from fault

                    kept = mode if stat.S_IFMT(mode) else mode | stat.S_IFREG
                    yield Member(info.filename, info.file_size, kept, False, read)
    except _DAMAGED as fault:
        raise Damaged(str(fault)) from fault
    except OSError as fault:
        if fault.errno != errno.EINVAL:  # a place before the file's beginning, as only a damaged index names it
            raise
        raise Damaged("its index leads out of it") from fault


@cache
def _library() -> Any:
    for name in _NAMES:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        for function in ("archive_read_new", "archive_error_string", "archive_entry_pathname"):
            getattr(library, function).restype = ctypes.c_char_p if function != "archive_read_new" else ctypes.c_void_p
        for function in ("pathname_utf8", "symlink", "hardlink"):
            getattr(library, f"archive_entry_{function}").restype = ctypes.c_char_p
        library.archive_entry_size.restype = ctypes.c_int64
        library.archive_read_data.restype = ctypes.c_ssize_t
        return library
    raise NoReader


def _read(volumes: Sequence[str]) -> Iterator[Member]:
    library = _library()
    archive = ctypes.c_void_p(library.archive_read_new())
    if archive.value is None:
        raise MemoryError
    try:
        for name in (*_FORMATS, *_FILTERS):
            getattr(library, f"archive_read_support_{name}")(archive)
        paths = (ctypes.c_char_p * (len(volumes) + 1))(*map(os.fsencode, volumes), None)
        _check(library, archive, library.archive_read_open_filenames(archive, paths, ctypes.c_size_t(65536)))
        entry = ctypes.c_void_p()
        while True:
            code = library.archive_read_next_header(archive, ctypes.byref(entry))
            if code == _EOF:
                return
            if code < _WARN and library.archive_read_has_encrypted_entries(archive) == 1:
                yield Member("", 0, stat.S_IFREG, True, bytes)
                return
            _check(library, archive, code)
            yield _member(library, archive, entry)
    finally:
        library.archive_read_free(archive)


def _member(library: Any, archive: ctypes.c_void_p, entry: ctypes.c_void_p) -> Member:
    name = library.archive_entry_pathname_utf8(entry) or library.archive_entry_pathname(entry) or b""
    is_link = library.archive_entry_symlink(entry) or library.archive_entry_hardlink(entry)
    buffer = ctypes.create_string_buffer(CHUNK)

    def read() -> bytes:
        count = library.archive_read_data(archive, buffer, ctypes.c_size_t(CHUNK))
        _check(library, archive, min(count, 0))
        return buffer.raw[:count]

    return Member(
        os.fsdecode(name),
        library.archive_entry_size(entry),
        stat.S_IFLNK if is_link else library.archive_entry_filetype(entry),
        library.archive_entry_is_encrypted(entry) == 1,
        read,
    )


def _check(library: Any, archive: ctypes.c_void_p, code: int) -> None:
    """A warning is of a name's letters or a time; nothing that a movie needs."""
    if code < _WARN:
        said = library.archive_error_string(archive) or b"it gives no reason"
        if b"allocate" in said or b"memory" in said.lower():
            raise MemoryError
        raise Damaged(said.decode("utf-8", "replace"))
