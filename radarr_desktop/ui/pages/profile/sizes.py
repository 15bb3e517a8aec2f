"""The card of sizes: one quality at a time, over the releases that were really seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from radarr_desktop.domain.profiles import QualityProfile
from radarr_desktop.domain.quality import BY_ID, Quality
from radarr_desktop.domain.sizes import SizeLimits, usual_definition
from radarr_desktop.ui.models import profile_edit
from radarr_desktop.ui.models.profile_words import GB, to_gb, to_rate
from radarr_desktop.ui.models.times import number
from radarr_desktop.ui.pages.profile.histogram import Histogram, Wanted
from radarr_desktop.ui.parts import Button, Card, ElidingLabel, Label


class SizesCard(Card):
    """Least, target and most are MB per minute to the profile; people see them as GB of a movie of two hours."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._profile: QualityProfile | None = None
        self._samples: Mapping[int, Sequence[float]] = {}
        self._is_chosen = False
        self.quality = QComboBox()
        self.quality.setAccessibleName(self.tr("Quality the sizes are for"))
        self.histogram = Histogram()
        self._count = ElidingLabel("", "secondary", "text3")
        self._hint = Label("", "secondary", "text2", wrap=True)
        self.usual = Button(self.tr("Usual sizes"), "ghost", "undo-2", small=True)
        self._build()
        self.quality.currentIndexChanged.connect(lambda _place: self._show_quality())
        self.quality.activated.connect(lambda _place: self._choose())
        self.histogram.changed.connect(self._take)
        self.usual.clicked.connect(self._forget)

    @property
    def current(self) -> Quality:
        """Which quality is shown."""
        return BY_ID[self.quality.currentData()]

    def show_samples(self, samples: Mapping[int, Sequence[float]]) -> None:
        """What was seen, in MB per minute by quality id."""
        self._samples = samples
        if not self._is_chosen and samples:
            self.quality.setCurrentIndex(max(0, self.quality.findData(self._most_seen(self._ids()))))
        self._show_quality()

    def show_profile(self, profile: QualityProfile, *, fresh: bool = False) -> None:
        """Show another, or the same one as it is now."""
        was = self.quality.currentData()
        self._profile = profile
        self._is_chosen = self._is_chosen and not fresh
        allowed = [one for item in profile_edit.best_first(profile) if item.allowed for one in item.qualities]
        shown = [quality.id for quality in allowed]
        if self._ids() != shown or fresh:
            blocked = self.quality.blockSignals(True)
            self.quality.clear()
            for quality in allowed:
                self.quality.addItem(quality.name, quality.id)
            wanted = was if was in shown and not fresh else self._most_seen(shown)
            self.quality.setCurrentIndex(max(0, self.quality.findData(wanted)))
            self.quality.blockSignals(blocked)
        self._show_quality(rescale=fresh or was != self.quality.currentData())

    def choose(self, quality: Quality) -> None:
        """Show the sizes of a quality that is wanted."""
        place = self.quality.findData(quality.id)
        if place >= 0:
            self._choose()
            self.quality.setCurrentIndex(place)

    def _choose(self) -> None:
        self._is_chosen = True

    def _ids(self) -> list[int]:
        return [self.quality.itemData(place) for place in range(self.quality.count())]

    def _most_seen(self, ids: Sequence[int]) -> int | None:
        return max(ids, key=lambda id: len(self._samples.get(id, ())), default=None)

    def _show_quality(self, *, rescale: bool = True) -> None:
        some = self.quality.count() > 0
        for widget in (self.quality, self.histogram):
            widget.setVisible(some)
        if self._profile is None or not some:
            self._count.setText("")
            self._hint.setText(self.tr("Want a quality first: then its sizes are set here."))
            self.usual.hide()
            return
        quality = self.current
        limits = self._limits(quality)
        sizes = [to_gb(rate) for rate in self._samples.get(quality.id, ())]
        wanted = Wanted(
            to_gb(limits.least),
            None if limits.preferred is None else to_gb(limits.preferred),
            None if limits.most is None else to_gb(limits.most),
            None if self._profile.cap is None else self._profile.cap / GB,
        )
        self.histogram.show_sizes(sizes, wanted, rescale=rescale)
        words = self.tr("{count} stored releases, for 120 min").format(count=number(len(sizes)))
        self._count.setText(words if sizes else self.tr("no release seen yet, for 120 min"))
        curve = self.tr("Green curve: what the score prefers. Blue bars: allowed. Drag a handle or use arrow keys.")
        empty = self.tr("Drag a handle or use arrow keys. Bars appear when releases of this quality have been seen.")
        self._hint.setText(curve if sizes else empty)
        self.usual.setVisible(quality.id in self._profile.sizes)

    def _limits(self, quality: Quality) -> SizeLimits:
        # without the profile's own cap: that is a rule of its own
        if self._profile is None:
            return usual_definition(quality).limits
        return replace(self._profile, cap=None).limits(quality)

    def _take(self) -> None:
        if self._profile is None:
            return
        quality, wanted = self.current, self.histogram.wanted
        before = self._limits(quality)
        limits = SizeLimits(
            _rate(wanted.least, before.least) or 0.0,
            _rate(wanted.target, before.preferred),
            _rate(wanted.most, before.most),
            before.cap,
        )
        self.edited.emit(profile_edit.limit(self._profile, quality, limits))

    def _forget(self) -> None:
        if self._profile is not None:
            self.edited.emit(profile_edit.usual_limits(self._profile, self.current))
            self._show_quality()

    def _build(self) -> None:
        self.head.addWidget(Label(self.tr("Size"), "card"))
        self.head.addWidget(self._count, 1)
        self.head.addWidget(self.usual)
        self.quality.setMinimumWidth(148)
        self.head.addWidget(self.quality)
        self.body.insertLayout(0, self.head)
        self.body.addSpacing(4)
        self.body.addWidget(self.histogram)
        foot = QHBoxLayout()
        foot.addWidget(self._hint, 1)
        self.body.addLayout(foot)


def _rate(gigabytes: float | None, before: float | None) -> float | None:
    """MB per minute; what was not moved stays exactly what it was."""
    if gigabytes is None:
        return None
    if before is not None and abs(to_gb(before) - gigabytes) < 0.06:
        return before
    return round(to_rate(gigabytes), 2)
