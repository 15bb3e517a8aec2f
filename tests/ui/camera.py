"""The one place that keeps pictures of windows, and beside each the words that were painted in it or wait to be."""

from __future__ import annotations

import itertools
from pathlib import Path
from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QIODevice, QModelIndex, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QAbstractItemView, QGraphicsEffect, QWidget

PICTURES = Path("build/screenshots")
"""What is in here is searched for secrets at the end of a run, so a picture never comes without its words."""


def keep(widget: QWidget, name: str) -> None:
    """Keep what a widget looks like now."""
    keep_drawn(widget.grab(), name)
    (PICTURES / f"{name}.txt").write_text(words(widget), encoding="utf-8")


def keep_drawn(picture: QPixmap, name: str) -> None:
    """Keep a picture without words, such as an icon's."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    assert picture.save(str(PICTURES / f"{name}.png"))


def words(widget: QWidget) -> str:
    """All that a picture's widget says, at once or where the mouse rests."""
    return painted(widget) + _tips(widget)


def painted(widget: QWidget) -> str:
    """The words that a widget paints, a line for each piece, and once more without gaps: some are wrapped."""
    effects = [effect for one in (widget, *widget.findChildren(QWidget)) if (effect := _effect(one))]
    for effect in effects:  # what has one is drawn as a picture
        effect.setEnabled(False)
    try:
        drawn = _as_svg(widget)
    finally:
        for effect in effects:
            effect.setEnabled(True)
    pieces = ["".join(one.itertext()) for one in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]
    return "\n".join([*pieces, "", "".join(pieces), ""])


def _tips(widget: QWidget) -> str:
    said = [one.toolTip() for one in (widget, *widget.findChildren(QWidget))]
    for view in widget.findChildren(QAbstractItemView):
        model, root = view.model(), view.rootIndex()
        for row in range(model.rowCount(root)):  # a list does not tell how many columns it has
            cells = itertools.takewhile(
                QModelIndex.isValid, (model.index(row, each, root) for each in itertools.count())
            )
            said += [str(cell.data(Qt.ItemDataRole.ToolTipRole) or "") for cell in cells]
    return "\n".join(filter(None, said))


def _effect(widget: QWidget) -> QGraphicsEffect | None:
    effect = widget.graphicsEffect()
    return effect if effect is not None and effect.isEnabled() else None


def _as_svg(widget: QWidget) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(widget.rect())
    widget.render(generator)
    return bytes(buffer.data().data())
