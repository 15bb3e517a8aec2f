"""Posters and backdrops: fetched and read off the window's thread, framed once, kept while there is room."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPixmap

from radarr_desktop.domain.problem import Problem
from radarr_desktop.plugin_api import MovieInfo
from radarr_desktop.ui.pages.desk import Desk
from radarr_desktop.ui.pages.placeholder import paint_placeholder
from radarr_desktop.ui.parts import rounded
from radarr_desktop.ui.theme import theme

_log = logging.getLogger(__name__)
_WORKERS = 4
_MOST_WAITING = 240
_FRAME_BYTES = 40 * 1024 * 1024
_IMAGE_BYTES = 16 * 1024 * 1024
_LONGEST_SIDE = 6000
_STEP = 48
_ASK_AGAIN = 60.0
_BUDGET = 0.001
"""Seconds that drawing new frames may take of one repaint: the rest comes with the next."""
_NEXT_MS = 10


@dataclass(frozen=True, slots=True)
class Dim:
    """What lies over a poster: a share of the window's colour, and whether it is grey."""

    strength: float = 0.0
    grey: bool = False


CLEAR = Dim()


SubjectKey = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose picture, and which."""

    info: MovieInfo
    kind: str = "poster"

    @property
    def key(self) -> SubjectKey:
        """The same for the same picture."""
        info = self.info
        return (info.tmdb_id, self.kind, info.poster_url if self.kind == "poster" else info.backdrop_url)


ImageKey = tuple[SubjectKey, int, int]
FrameKey = tuple[ImageKey, tuple[int, int], float, Dim, int, str, bool]


class Posters(QObject):
    """Gives a pixmap at once (a drawn placeholder first) and tells when the real one has come."""

    arrived = Signal()
    """Something new is there: repaint. At most thirty times a second."""
    go_on = Signal()
    """There is time again to draw what was left blank."""
    cleared = Signal()
    """All frames are given up; so should be what was drawn with them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._images: OrderedDict[ImageKey, QImage] = OrderedDict()
        self._image_bytes = 0
        self._absent: dict[ImageKey, float] = {}
        """Pictures that could not be had, and when they may be asked for again."""
        self._frames: OrderedDict[FrameKey, QPixmap] = OrderedDict()
        self._frame_bytes = 0
        self._waiting: OrderedDict[ImageKey, tuple[Subject, QSize]] = OrderedDict()
        self._busy: set[ImageKey] = set()
        self._workers = 0
        self._tell = QTimer(self, singleShot=True, interval=33)
        self._tell.timeout.connect(self.arrived)
        self._spent = 0.0
        self._blanks: dict[tuple[int, int, float, int], QPixmap] = {}
        self._next = QTimer(self, singleShot=True, interval=_NEXT_MS)
        self._next.timeout.connect(self._draw_more)
        theme().changed.connect(self.clear_frames)

    def frame(
        self,
        subject: Subject,
        size: QSize,
        ratio: float,
        dim: Dim = CLEAR,
        radius: int = 8,
        *,
        may_wait: bool = False,
    ) -> QPixmap:
        """The poster with round corners, dimmed and lined, ready to be drawn; one that may wait may be blank first."""
        image_key = _image_key(subject, size, ratio)
        key: FrameKey = (image_key, size.toTuple(), ratio, dim, radius, theme().tokens.theme, True)
        pixmap = self._frames.get(key)
        if pixmap is not None:
            self._frames.move_to_end(key)
            return pixmap
        image = self._image(subject, image_key)
        if image is None:
            key = (*key[:-1], False)
            if (pixmap := self._frames.get(key)) is not None:
                return pixmap
        if may_wait and not self.has_time:
            return self._blank(size, ratio, radius)
        with self.drawing():
            pixmap = _frame(subject, image, size, ratio, dim, radius)
        self._keep(key, pixmap)
        return pixmap

    @property
    def has_time(self) -> bool:
        """Whether this repaint may draw something new; else it waits for `go_on`."""
        return self._spent < _BUDGET

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Around the drawing of something new, which is then kept."""
        begin = time.perf_counter()
        yield
        self._spent += time.perf_counter() - begin
        self._next.start()

    def is_blank(self, pixmap: QPixmap) -> bool:
        """Whether this only keeps the place until there is time to draw."""
        return any(pixmap is blank for blank in self._blanks.values())

    def clear_frames(self) -> None:
        """Give the memory back, or draw anew in other colours."""
        self._frames.clear()
        self._blanks.clear()
        self._frame_bytes = 0
        self.cleared.emit()

    def image(self, subject: Subject, size: QSize, ratio: float) -> QImage | None:
        """The bare picture in at least this size, if it is there already."""
        return self._image(subject, _image_key(subject, size, ratio))

    def ask_again(self) -> None:
        """Try to get those pictures that could not be had."""
        self._absent.clear()
        self.arrived.emit()

    def _blank(self, size: QSize, ratio: float, radius: int) -> QPixmap:
        """What stands there until its turn comes."""
        key = (size.width(), size.height(), ratio, radius)
        if key not in self._blanks:
            pixmap = transparent(size, ratio)
            painter = QPainter(pixmap)
            rounded(painter, QRectF(0, 0, size.width(), size.height()), radius, fill=theme().tokens.color("raised"))
            painter.end()
            self._blanks[key] = pixmap
        return self._blanks[key]

    def _draw_more(self) -> None:
        self._spent = 0.0
        self.go_on.emit()

    def _image(self, subject: Subject, key: ImageKey) -> QImage | None:
        if key in self._images:
            self._images.move_to_end(key)
            return self._images[key]
        if key[0][2] and key not in self._busy and self._absent.get(key, 0.0) < time.monotonic():
            self._waiting[key] = (subject, QSize(key[1], key[2]))
            self._waiting.move_to_end(key)
            if len(self._waiting) > _MOST_WAITING:
                self._waiting.popitem(last=False)
            self._hire()
        return None

    def _hire(self) -> None:
        if self._workers < _WORKERS and (task := self._desk.start(self._work())) is not None:
            self._workers += 1
            task.add_done_callback(self._fire)

    def _fire(self, _task: asyncio.Task[None]) -> None:
        self._workers -= 1

    async def _work(self) -> None:
        # The newest wish first: what was scrolled past can wait.
        while self._waiting:
            key, (subject, size) = self._waiting.popitem()
            self._busy.add(key)
            try:
                image = await self._fetch(subject, size)
            finally:
                self._busy.discard(key)
            if image is None:
                self._absent[key] = time.monotonic() + _ASK_AGAIN
                continue
            self._images[key] = image
            self._image_bytes += image.sizeInBytes()
            while self._image_bytes > _IMAGE_BYTES and len(self._images) > 1:
                self._image_bytes -= self._images.popitem(last=False)[1].sizeInBytes()
            if not self._tell.isActive():
                self._tell.start()

    def _keep(self, key: FrameKey, pixmap: QPixmap) -> None:
        self._frames[key] = pixmap
        self._frame_bytes += _bytes(pixmap)
        while self._frame_bytes > _FRAME_BYTES and len(self._frames) > 1:
            self._frame_bytes -= _bytes(self._frames.popitem(last=False)[1])

    async def _fetch(self, subject: Subject, size: QSize) -> QImage | None:
        try:
            path = await self._desk.bridge.call(self._desk.engine.images.of_info(subject.info, subject.kind))
        except Problem as problem:
            _log.info("No %s for %s: %s", subject.kind, subject.info.title, problem)
            return None
        if path is None:
            return None
        return await asyncio.get_running_loop().run_in_executor(None, read_image, path, size)


def read_image(path: Path, size: QSize) -> QImage | None:
    """The picture of a file, scaled so that it covers the size; None when it is no picture."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    own = reader.size()
    if not own.isValid() or max(own.width(), own.height()) > _LONGEST_SIDE:
        return None
    reader.setScaledSize(own.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    return None if image.isNull() else image.convertToFormat(QImage.Format.Format_RGB32)


def _image_key(subject: Subject, size: QSize, ratio: float) -> ImageKey:
    # In steps, so that a window being resized does not read every file again at every width.
    width, height = size.width() * ratio, size.height() * ratio
    steps = math.ceil(width / _STEP)
    return (subject.key, steps * _STEP, math.ceil(steps * _STEP * height / width))


def _frame(subject: Subject, image: QImage | None, size: QSize, ratio: float, dim: Dim, radius: int) -> QPixmap:
    pixmap = transparent(size, ratio)
    box = QRectF(0, 0, size.width(), size.height())
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    painter.setClipPath(path)
    if image is None:
        image = paint_placeholder(subject.info, size, ratio)
    if dim.grey:
        image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    painter.drawImage(box, image, _covered(image, size))
    tokens = theme().tokens
    if dim.strength:
        painter.fillRect(box, tokens.color("window", dim.strength))
    painter.setClipping(False)
    dark = tokens.theme == "dark"
    rounded(painter, box, radius, line=tokens.color("on_fill", 0.10) if dark else tokens.color("shadow", 0.12))
    painter.end()
    return pixmap


def transparent(size: QSize, ratio: float) -> QPixmap:
    """Something to draw on."""
    pixmap = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def _bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4


def _covered(image: QImage, size: QSize) -> QRectF:
    """The middle of the image that fills the size without distortion."""
    wanted = size.scaled(image.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = (image.width() - wanted.width()) / 2
    top = (image.height() - wanted.height()) / 2
    return QRectF(left, top, wanted.width(), wanted.height())
