"""The films and releases of the loopback world: one good release among all that can be wrong with the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from radarr_desktop.loopback.hdbits import Listing
from radarr_desktop.loopback.tmdb import Film

THE_SALT_MERIDIAN = Film(
    tmdb_id=900001,
    title="The Salt Meridian",
    year=2025,
    imdb_id="tt9000001",
    overview=(
        "A surveyor follows an old map line across a dried-up sea. The further she walks, the less the land agrees "
        "with what was drawn, and with what she remembers."
    ),
    runtime=1,
    genres=("Drama", "Mystery"),
    cinemas=date(2025, 3, 7),
    digital=date(2025, 6, 10),
    physical=date(2025, 7, 22),
    alternatives=("El meridiano de sal", "Der Salzmeridian"),
    studio="Lantern Tide",
    certification="PG-13",
)
THE_SALT_MERIDIAN_ROAD = Film(
    tmdb_id=900002,
    title="The Salt Meridian Road",
    year=2019,
    imdb_id="tt9000002",
    overview="Two brothers drive a lorry of salt through a winter without snow.",
    runtime=97,
    cinemas=date(2019, 10, 4),
    digital=date(2020, 1, 14),
)
GOOD = "The.Salt.Meridian.2025.1080p.BluRay.DD5.1.x264-KITE"
FAKE = "The.Salt.Meridian.2025.1080p.BluRay.DTS-HD.MA.5.1.x264-KlTE"
NEWEST = datetime(2025, 8, 9, 9, 34, 25, tzinfo=UTC)
KB, MB, GB = 1024, 1024**2, 1024**3


@dataclass(frozen=True, slots=True)
class Rival:
    """A release that nobody seeds: how it is listed, and what its .torrent says it holds."""

    listing: Listing
    files: dict[str, int] = field(default_factory=dict)


def rivals() -> list[Rival]:
    """Everything that competes with the good release. Sizes are honest for a film of one minute, or far off it."""
    title = "The.Salt.Meridian.2025"
    return [
        _rival(f"{title}.2160p.UHD.BluRay.REMUX.DV.HDR.HEVC.TrueHD.7.1.Atmos-KITE", 58 * GB, 88, medium=5),
        _rival(f"{title}.1080p.WEBRip.DDP5.1.x264-BRINE", 4 * GB, 61, medium=6),
        _rival(f"{title}.1080p.WEB-DL.DDP5.1.H.264-BRINE", 540 * KB, 120, medium=6),
        _rival(f"{title}.720p.BluRay.DD5.1.x264-KITE", 310 * KB, 44),
        _rival(f"{title}.CAM.x264-SHAKY", 210 * KB, 9, medium=4),
        _rival(
            FAKE,
            690 * KB,
            412,
            freeleech=True,
            files={f"{title}.1080p.mkv.exe": 689 * KB, "READ ME password.txt": KB},
        ),
        _rival("The.Salt.Meridian.Road.2019.1080p.BluRay.DD5.1.x264-TIDE", 640 * KB, 230),
        _rival(f"{title}.1080p.BluRay.DTS.x264-EBB", 655 * KB, 0),
        _rival(
            "Salt.and.Light.The.Making.of.The.Salt.Meridian.2024.1080p.WEB-DL.AAC2.0.H.264-DOCU",
            400 * KB,
            14,
            category=3,
            medium=6,
        ),
        _rival("[SHAKY] salt meridian, the (2025) dvdscr FINAL (2)", 190 * KB, 2, codec=4),
    ]


def _rival(
    name: str,
    size: int,
    seeders: int,
    *,
    category: int = 1,
    codec: int = 1,
    medium: int = 3,
    freeleech: bool = False,
    files: dict[str, int] | None = None,
) -> Rival:
    listing = Listing(
        name=name.replace(".", " "),
        filename=f"{name}.torrent",
        size=size,
        seeders=seeders,
        category=category,
        codec=codec,
        medium=medium,
        freeleech=freeleech,
        added=NEWEST - timedelta(hours=1 + len(name) % 40),
    )
    return Rival(listing, files or {f"{name}.mkv": size})
