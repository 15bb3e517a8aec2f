"""Torrents as strangers make them: 60 that must not be downloaded, and as many good ones as one wants."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from radarr_desktop.domain.decision.contents import Promise
from radarr_desktop.domain.quality import BY_NAME
from radarr_desktop.loopback.torrents import TorrentFile, bencode, claiming, empty

KB, MB, GB = 1024, 1024**2, 1024**3
NOBODY = "http://127.0.0.1:1/announce"
NAME = "The.Salt.Meridian.2025.1080p.BluRay.x264-KITE"
MINUTES = 112
QUALITY = BY_NAME["bluray-1080p"]
USUAL = 9 * GB
_PROGRAMS = ".exe .scr .bat .cmd .com .lnk .vbs .js .msi .ps1 .jar .hta .reg .dll .pif .wsf .zipx"


@dataclass(frozen=True, slots=True)
class Offered:
    """A torrent as an indexer offers it."""

    what: str
    data: bytes
    promise: Promise


def bad() -> list[Offered]:
    """All that must be refused."""
    return [*_programs(), *_without_video(), *_packed(), *_several(), *_discs(), *_sizes(), *_hostile()]


def good(count: int, seed: int = 4) -> Iterator[Offered]:
    """Releases as groups make them: one file or a folder, with what they put beside it."""
    chance = random.Random(seed)
    for number in range(count):
        name, (low, high) = chance.choice(_QUALITIES)
        quality, minutes = BY_NAME[name], chance.choice([0, *range(71, 215)])
        size = int(chance.uniform(low, high) * (minutes or 110) * MB)
        title = f"Film.{number}.2025.{name}.x264-{chance.choice(['KITE', 'BRINE', 'EBB', 'iFT'])}"
        files = {f"{title}.{chance.choice(['mkv', 'mkv', 'mkv', 'mp4', 'avi', 'm2ts', 'ts'])}": size}
        if chance.random() < 0.6:
            files |= _beside(chance, title, size)
        torrent = claiming(files, NOBODY, name=title if len(files) > 1 else "")
        told = int(torrent.size * chance.uniform(0.96, 1.04)) if chance.random() < 0.8 else 0
        yield Offered(title, torrent.data, Promise(told, minutes, quality))


_QUALITIES = [
    ("sdtv", (1.5, 14)),
    ("dvd", (4, 30)),
    ("webdl-480p", (2.5, 15)),
    ("hdtv-720p", (6, 60)),
    ("webdl-720p", (5, 70)),
    ("bluray-720p", (5, 110)),
    ("webrip-1080p", (5, 120)),
    ("webdl-1080p", (8, 140)),
    ("bluray-1080p", (6, 220)),
    ("remux-1080p", (110, 340)),
    ("webdl-2160p", (30, 320)),
    ("bluray-2160p", (35, 500)),
    ("remux-2160p", (200, 800)),
    ("unknown", (6, 300)),
]


def _beside(chance: random.Random, title: str, size: int) -> dict[str, int]:
    usual = {
        f"{title}.nfo": 9 * KB,
        "Sample/sample.mkv": 60 * MB,
        f"{title.lower()}-sample.mkv": 45 * MB,
        "Subs/2_English.srt": 90 * KB,
        "Subs/3_French.idx": 200 * KB,
        "Subs/3_French.sub": 12 * MB,
        "Proof/proof.jpg": 3 * MB,
        "Extras/The Making Of.mkv": int(size * 0.12),
        "Featurettes/Deleted Scenes.mkv": int(size * 0.08),
        "Trailers/Trailer 2.mkv": 90 * MB,
        "www.example.org.url": 1 * KB,
        "RARBG.txt": 1 * KB,
        "Screens/0001.png": 4 * MB,
        "poster.jpg": 2 * MB,
        f"{title}.srr": 30 * KB,
        "Commentary.ac3": int(size * 0.05),
    }
    return dict(chance.sample(sorted(usual.items()), chance.randint(1, 8)))


def _offered(what: str, files: dict[str, int], *, promise: Promise | None = None) -> Offered:
    torrent = claiming(files, NOBODY, name=NAME if len(files) > 1 else "")
    return Offered(what, torrent.data, promise or Promise(torrent.size, MINUTES, QUALITY))


def _programs() -> Iterator[Offered]:
    for ending in _PROGRAMS.split():
        yield _offered(f"a program beside it ({ending})", {f"{NAME}.mkv": USUAL, f"codec{ending}": 700 * KB})
    yield _offered("a program that is called a video", {f"{NAME}.mkv.exe": USUAL})
    yield _offered("a program in capitals", {f"{NAME}.mkv": USUAL, "SETUP.EXE": 700 * KB})
    yield _offered("a screen saver deep inside", {f"{NAME}.mkv": USUAL, "a/b/c/View.Scr": 700 * KB})


def _without_video() -> Iterator[Offered]:
    yield _offered("only text", {f"{NAME}.nfo": USUAL})
    yield _offered("only music", {f"{number:02}.flac": 400 * MB for number in range(20)})
    yield _offered("only pictures", {f"{number:03}.jpg": 90 * MB for number in range(100)})
    yield _offered("a file without an ending", {NAME: USUAL})
    yield _offered("a book", {f"{NAME}.pdf": USUAL})
    yield _offered("a video beside much else", {f"{NAME}.mkv": 2 * GB, "data.bin": 7 * GB})
    yield _offered("a small video and a big unknown", {"trailer.mkv": 40 * MB, f"{NAME}.dat": USUAL})
    yield _offered("a video of no bytes", {f"{NAME}.mkv": 0, "padding.bin": USUAL})


def _packed() -> Iterator[Offered]:
    for ending in ("rar", "zip", "7z", "tar", "tar.gz"):
        yield _offered(f"one archive ({ending})", {f"{NAME}.{ending}": USUAL})
    yield _offered("old volumes", {f"k.r{number:02}": 100 * MB for number in range(90)} | {"k.rar": 100 * MB})
    yield _offered("new volumes", {f"k.part{number:02}.rar": 100 * MB for number in range(1, 91)})
    yield _offered("split", {f"k.mkv.{number:03}": 100 * MB for number in range(1, 91)})
    yield _offered("volumes and a sample", {f"k.r{n:02}": 100 * MB for n in range(90)} | {"sample.mkv": 50 * MB})
    yield _offered("an archive with a password beside a decoy", {"film.rar": USUAL, "How to open.mkv": 3 * MB})


def _several() -> Iterator[Offered]:
    yield _offered("a trilogy", {f"Salt.{number}.2025.mkv": 8 * GB for number in (1, 2, 3)})
    yield _offered("two movies", {"Salt.2025.mkv": 8 * GB, "Pepper.2024.mkv": 7 * GB})
    yield _offered("two parts", {f"{NAME}.CD1.avi": 700 * MB, f"{NAME}.CD2.avi": 690 * MB})
    yield _offered("a season", {f"Salt.S01E{number:02}.mkv": 2 * GB for number in range(1, 11)})


def _discs() -> Iterator[Offered]:
    streams = {f"BDMV/STREAM/{number:05}.m2ts": size for number, size in enumerate((30 * GB, 2 * GB, 1 * GB))}
    yield _offered("a copied Blu-ray", streams | {"BDMV/index.bdmv": KB})
    yield _offered("a copied DVD", {f"VIDEO_TS/VTS_01_{number}.VOB": GB for number in range(1, 6)})


def _sizes() -> Iterator[Offered]:
    yield _offered("20 MB for two hours", {f"{NAME}.mkv": 20 * MB})
    yield _offered("200 MB for two hours of 1080p", {f"{NAME}.mkv": 200 * MB})
    four_k = Promise(0, MINUTES, BY_NAME["remux-2160p"])
    yield _offered("3 GB for a 4K remux", {f"{NAME}.mkv": 3 * GB}, promise=four_k)
    yield _offered("80 GB of 1080p", {f"{NAME}.mkv": 80 * GB})
    yield _offered("half of what was told", {f"{NAME}.mkv": USUAL}, promise=Promise(2 * USUAL, MINUTES, QUALITY))
    yield _offered("twice what was told", {f"{NAME}.mkv": USUAL}, promise=Promise(USUAL // 2, MINUTES, QUALITY))


def _hostile() -> Iterator[Offered]:
    promise = Promise(0, MINUTES, QUALITY)

    def torrent(what: str, made: TorrentFile) -> Offered:
        return Offered(what, made.data, promise)

    yield torrent("climbs out", claiming({"../../evil.mkv": USUAL}, NOBODY, name=NAME))
    yield torrent("is a path", claiming({"C:\\evil.mkv": USUAL}, NOBODY))
    yield torrent("two on one name", claiming({"film.mkv": USUAL, "FILM.mkv": 9}, NOBODY, name=NAME))
    yield torrent("a name turned around", claiming({"film\u202evkm.exe": USUAL}, NOBODY))
    yield torrent("no content", empty(NOBODY))
    yield torrent("larger than any disk", claiming({"film.mkv": 1 << 50}, NOBODY))
    yield Offered("a web page", b"<!DOCTYPE html><title>Login</title>", promise)
    yield Offered("nothing", b"", promise)
    yield Offered("cut off", claiming({f"{NAME}.mkv": USUAL}, NOBODY).data[:900], promise)
    yield Offered("without an info", bencode({"announce": NOBODY}), promise)
