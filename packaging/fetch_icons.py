"""Copy the icons the window uses, and their licence, out of the pinned Lucide package."""

from __future__ import annotations

from pathlib import Path

from npm_tarball import read_members

PACKAGE = "lucide-static@1.62.0"
INTEGRITY = "sha512-WBZA/m2PvkFpMGHDtsBck5P2A9G4ehLlYu4GwwICcmEm1BvYVgj00lCDxKRWLlbMlOibLaiwdQ88G5pHkSWgwA=="
TARGET = Path(__file__).parent.parent / "resources" / "radarr_desktop_resources" / "icons"

NAMES = """
activity app-window archive arrow-down arrow-down-wide-narrow arrow-left arrow-right arrow-up ban bell bookmark
calendar calendar-clock calendar-plus captions chart-no-axes-column check chevron-down chevron-left chevron-right
chevron-up chevrons-up circle circle-alert circle-check circle-dashed circle-dot circle-minus circle-pause circle-play
circle-plus circle-question-mark circle-x clapperboard clipboard-paste clock cloud-off columns-3 compass copy
copy-plus corner-down-left database disc-3 download ellipsis external-link eye eye-off file file-video film
flask-conical folder folder-input folder-open folder-search folder-tree funnel gauge globe grip-vertical group
hard-drive history hourglass image image-off info key-round keyboard layout-grid link list-checks list-filter
list-plus list-video loader-circle lock log-in magnet minus monitor-play mouse-pointer-2 network palette panel-left
pause pencil play plug plug-zap plus power puzzle radar redo-2 refresh-cw repeat rows-3 rss ruler save scroll-text
search server settings shield-check skip-forward sliders-horizontal square star tag terminal text-cursor-input timer
trash-2 triangle-alert undo-2 ungroup unlink unplug upload users wrench x zap
"""


def main() -> None:
    """Replace the folder's icons by the pinned ones."""
    members = read_members(PACKAGE, INTEGRITY, ["LICENSE", *(f"icons/{name}.svg" for name in NAMES.split())])
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.svg"):
        old.unlink()
    for name, content in members.items():
        (TARGET / Path(name).name).write_bytes(content)
    print(f"{len(members) - 1} icons of {PACKAGE} written")


if __name__ == "__main__":
    main()
