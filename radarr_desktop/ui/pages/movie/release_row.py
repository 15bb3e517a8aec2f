"""How a release's row is painted: two lines and the numbers."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from radarr_desktop.domain.records import StoredRelease
from radarr_desktop.ui.models.releases import RIGHT, ReleaseColumn, ReleasesModel
from radarr_desktop.ui.models.table import ROW
from radarr_desktop.ui.models.times import number
from radarr_desktop.ui.models.verdicts import BAR, name_runs, short_reason, verdict_icon, verdict_tone
from radarr_desktop.ui.pages.rows import Index, RowDelegate, RowTable, draw_text, elide
from radarr_desktop.ui.parts import mirrored, paint_icon, paint_release_name, paint_score
from radarr_desktop.ui.theme import theme

_FAINT, _QUIET = 0.55, 0.75
_NUMBER = 60


class ReleaseDelegate(RowDelegate):
    """The name as read, and who has it, at what quality, with which verdict."""

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, table: RowTable) -> None:
        """The chosen row has a bar before it, like a place in the sidebar."""
        super().paint_row(painter, option, index, table)
        if index.column() == 0 and table.selectionModel().rowIntersectsSelection(index.row()):
            bar = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height() - 1)
            painter.fillRect(mirrored(table, bar, option.rect), theme().tokens.color("accent"))

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index, table: RowTable) -> None:
        """One cell of a release's row."""
        row: StoredRelease = index.data(ROW)
        column = ReleaseColumn(index.column())
        if column is ReleaseColumn.STATE:
            tone = verdict_tone(row.verdict)
            paint_icon(painter, rect, verdict_icon(row.verdict), tone, 16, table.devicePixelRatio())
        elif column is ReleaseColumn.NAME:
            self._paint_name(painter, rect, index, row, table)
        elif column is ReleaseColumn.SCORE:
            _paint_score(painter, rect, index, row, table)
        else:
            draw_text(painter, rect, index.data() or "", "body", "text2", table, right=column in RIGHT)

    def _paint_name(self, painter: QPainter, rect: QRect, index: Index, row: StoredRelease, table: RowTable) -> None:
        half = rect.height() // 2
        line = QRect(rect.left(), rect.top() + 7, rect.width(), half - 6)
        tone = verdict_tone(row.verdict)
        painter.setOpacity(_QUIET if tone == "off" else 1.0)
        paint_release_name(painter, line, name_runs(row.parsed))
        painter.setOpacity(1.0)
        below = QRect(rect.left(), rect.top() + half + 1, rect.width(), half - 9)
        where = f"{row.indexer} · {row.parsed.quality.name} · "
        draw_text(painter, below, where, "secondary", "text2", table)
        width = painter.fontMetrics().horizontalAdvance(where)
        rest = mirrored(table, below.adjusted(width, 0, 0, 0), below)
        model = index.model()
        words = short_reason(row.verdict)
        if isinstance(model, ReleasesModel) and model.is_best(row):
            words = QApplication.translate("ReleaseRow", "Best of {count}").format(count=number(model.count(None)))
        shown = elide(words, max(0, rest.width()), "chip", theme().tokens.type["chip"].size)
        draw_text(painter, rest, shown, "chip", "text2" if tone == "off" else tone, table)


def _paint_score(painter: QPainter, rect: QRect, index: Index, row: StoredRelease, table: RowTable) -> None:
    model = index.model()
    if isinstance(model, ReleasesModel) and rect.width() > _NUMBER + 30:
        bar = mirrored(table, rect.adjusted(0, 0, -_NUMBER - 8, 0), rect)
        rejected = row.verdict is not None and not row.verdict.accepted
        painter.setOpacity(_FAINT if rejected else 1.0)
        paint_score(painter, bar, model.scale.segments(row.verdict), BAR, widget=table)
        painter.setOpacity(1.0)
    figure = QRect(rect.right() - _NUMBER + 1, rect.top(), _NUMBER, rect.height())
    words = index.data(Qt.ItemDataRole.DisplayRole) or ""
    draw_text(painter, mirrored(table, figure, rect), words, "row", "text", table, right=True)
