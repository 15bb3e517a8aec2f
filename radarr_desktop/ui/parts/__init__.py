"""The parts pages are built from; all follow the theme and the reading direction by themselves."""

from __future__ import annotations

from radarr_desktop.ui.parts.bulk_bar import BulkAction, BulkBar
from radarr_desktop.ui.parts.buttons import Button, IconButton, Kind
from radarr_desktop.ui.parts.card import Banner, BannerTone, Card
from radarr_desktop.ui.parts.chips import (
    FilterChip,
    RemovableChip,
    StateChip,
    Toggle,
    paint_state_chip,
    state_chip_width,
)
from radarr_desktop.ui.parts.empty import EmptyState
from radarr_desktop.ui.parts.fields import DecimalField, FormField, NumberField, SearchField, focus_first_error
from radarr_desktop.ui.parts.flow import FlowLayout
from radarr_desktop.ui.parts.icon import Icon, paint_icon
from radarr_desktop.ui.parts.labels import ElidingLabel, KeyCap, Label, Tone, hline, vline
from radarr_desktop.ui.parts.menu import Menu
from radarr_desktop.ui.parts.meters import (
    SCORE_TONES,
    Bar,
    ProgressBar,
    ProgressRing,
    ScoreBar,
    StagesBar,
    StageView,
    paint_bar,
    paint_ring,
    paint_score,
    paint_stages,
    percent,
    stage_names,
)
from radarr_desktop.ui.parts.release_name import (
    ReleaseKind,
    ReleaseName,
    Run,
    paint_release_name,
    release_name_width,
)
from radarr_desktop.ui.parts.segmented import Segment, Segmented
from radarr_desktop.ui.parts.shapes import focus_ring, mirrored, rounded, soft_shadow
from radarr_desktop.ui.parts.sheet import Sheet
from radarr_desktop.ui.parts.timeline import TimelineEntry, TimelineItem
from radarr_desktop.ui.parts.toast import Toast, ToastStack
from radarr_desktop.ui.parts.waiting import Skeleton, Spinner

__all__ = [
    "SCORE_TONES",
    "Banner",
    "BannerTone",
    "Bar",
    "BulkAction",
    "BulkBar",
    "Button",
    "Card",
    "DecimalField",
    "ElidingLabel",
    "EmptyState",
    "FilterChip",
    "FlowLayout",
    "FormField",
    "Icon",
    "IconButton",
    "KeyCap",
    "Kind",
    "Label",
    "Menu",
    "NumberField",
    "ProgressBar",
    "ProgressRing",
    "ReleaseKind",
    "ReleaseName",
    "RemovableChip",
    "Run",
    "ScoreBar",
    "SearchField",
    "Segment",
    "Segmented",
    "Sheet",
    "Skeleton",
    "Spinner",
    "StageView",
    "StagesBar",
    "StateChip",
    "TimelineEntry",
    "TimelineItem",
    "Toast",
    "ToastStack",
    "Toggle",
    "Tone",
    "focus_first_error",
    "focus_ring",
    "hline",
    "mirrored",
    "paint_bar",
    "paint_icon",
    "paint_release_name",
    "paint_ring",
    "paint_score",
    "paint_stages",
    "paint_state_chip",
    "percent",
    "release_name_width",
    "rounded",
    "soft_shadow",
    "stage_names",
    "state_chip_width",
    "vline",
]
