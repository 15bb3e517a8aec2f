"""Buttons: primary, default, ghost, danger and icon, painted from the tokens."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from radarr_desktop.ui.parts.shapes import focus_ring, mirrored, rounded
from radarr_desktop.ui.theme import Tokens, set_role, theme

Kind = Literal["primary", "default", "ghost", "danger", "icon"]
_PADDING = 12
_GAP = 8
_ICON = 16
_SOFT = 0.45
# kind -> (text, icon, background, line, hovered, pressed)
_LOOKS: dict[str, tuple[str, str, str, str, str, str]] = {
    "primary": ("on_fill", "on_fill", "fill", "fill", "fill_hover", "fill_hover"),
    "default": ("text", "text2", "raised", "edge", "press", "sel"),
    "ghost": ("text2", "text2", "", "", "hover", "press"),
    "icon": ("text2", "text2", "", "", "hover", "press"),
    "danger": ("err", "err", "", "err", "err", "err"),
}


class Button(QPushButton):
    """A push button with an optional icon in front and a chevron when it opens a menu.

    The dynamic property `kind` says which look it has; `set_look(button, "kind", ...)` changes it.
    """

    def __init__(
        self,
        text: str,
        kind: Kind = "default",
        icon: str = "",
        *,
        small: bool = False,
        menu: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.icon_name = icon
        self.has_chevron = menu
        self.is_small = small
        self.setProperty("kind", kind)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        set_role(self, "label")

    def set_icon_name(self, name: str) -> None:
        """Show another icon."""
        self.icon_name = name
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words: a language with longer ones gets a wider button."""
        height = theme().tokens.height
        return QSize(
            self._content_width() + 2 * self._padding(), height.button_small if self.is_small else height.button
        )

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the box, the icon, the words and the chevron."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        tokens = theme().tokens
        painter = QStylePainter(self)
        self._paint_box(painter, option, tokens)
        text_role, icon_role = _LOOKS[self._kind()][:2]
        if not self.isEnabled():
            text_role = icon_role = "text3"
        elif self._kind() in {"ghost", "icon"} and option.state & QStyle.StateFlag.State_MouseOver:
            text_role = icon_role = "text"
        self._paint_content(painter, tokens.color(text_role), icon_role)

    def _paint_box(self, painter: QPainter, option: QStyleOptionButton, tokens: Tokens) -> None:
        *_, background, line, hovered, pressed = _LOOKS[self._kind()]
        held = bool(option.state & (QStyle.StateFlag.State_Sunken | QStyle.StateFlag.State_On))
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if not self.isEnabled():
            background, line = ("press", "press") if self._kind() == "primary" else ("", "line" if line else "")
        elif held or over:
            background = pressed if held else hovered
        fill = _fill(tokens, self._kind(), background)
        radius = tokens.radius.button
        rect = QRectF(self.rect())
        rounded(
            painter,
            rect,
            radius,
            fill=fill,
            line=tokens.color(line, _SOFT if line == "edge" else 1.0) if line else None,
        )
        if option.state & QStyle.StateFlag.State_HasFocus:
            if self._kind() == "primary":
                # the accent is close to the fill, so a gap in the page's colour keeps the ring visible
                rounded(painter, rect.adjusted(1, 1, -1, -1), radius - 1, line=tokens.color("window"), width=2.5)
            focus_ring(painter, rect, radius, tokens)

    def _paint_content(self, painter: QPainter, color: QColor, icon_role: str) -> None:
        left = max(self._padding(), (self.width() - self._content_width()) // 2)
        if self.icon_name:
            spot = QRect(left, (self.height() - _ICON) // 2, _ICON, _ICON)
            pixmap = theme().icons.pixmap(self.icon_name, icon_role, _ICON, self.devicePixelRatio())
            painter.drawPixmap(mirrored(self, spot).topLeft(), pixmap)
            left += _ICON + _GAP
        if self.text():
            width = self._text_width()
            painter.setPen(color)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic | Qt.TextFlag.TextSingleLine
            painter.drawText(mirrored(self, QRect(left, 0, width, self.height())), flags, self.text())
            left += width + _GAP
        if self.has_chevron:
            spot = QRect(left, (self.height() - _ICON) // 2, _ICON, _ICON)
            chevron = theme().icons.pixmap("chevron-down", icon_role, _ICON, self.devicePixelRatio())
            painter.drawPixmap(mirrored(self, spot).topLeft(), chevron)

    def _kind(self) -> str:
        return str(self.property("kind"))

    def _padding(self) -> int:
        return 8 if self._kind() == "icon" or (self.is_small and not self.text()) else _PADDING

    def _text_width(self) -> int:
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text()).width()

    def _content_width(self) -> int:
        parts = [_ICON] if self.icon_name else []
        if self.text():
            parts.append(self._text_width())
        if self.has_chevron:
            parts.append(_ICON)
        return sum(parts) + _GAP * (len(parts) - 1)


class IconButton(Button):
    """A square button with an icon only; its name is what a screen reader and the tool tip say."""

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        shortcut: str = "",
        kind: Kind = "icon",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", kind, icon, small=small, parent=parent)
        self.set_name(name, shortcut)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_name(self, name: str, shortcut: str = "") -> None:
        """Say what the button does, and by which key."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({shortcut})" if shortcut else name)

    def sizeHint(self) -> QSize:
        """A square."""
        height = theme().tokens.height
        side = height.button_small if self.is_small else height.button
        return QSize(side, side)


def _fill(tokens: Tokens, kind: str, background: str) -> QColor | None:
    if not background:
        return None
    return tokens.tint(background) if kind == "danger" else tokens.color(background)
