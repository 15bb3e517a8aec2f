"""Texts that break readers: known bad ones, made-up ones, and those that once did."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

LONGEST = 100_000
"""Characters of the longest text that is tried."""
DOUBLINGS = 16
FOUND = Path(__file__).with_name("found")
NAMES = (
    "The.Salt.Meridian.2025.1080p.BluRay.DD5.1.x264-KITE",
    "Iron Petal (2019) [imdb-tt9000003] [2160p] [UHD Remux] [DV HDR10+] [TrueHD Atmos 7.1]-TIDE.mkv",
    "Salt.Road.Part.II.1999.MULTi.DUAL.REPACK2.DVDRip.XviD.CD1-TIDE [site.example]",
    "塩の子午線.2020.日本語.WEB-DL.1080p",
    "Соляной меридиан / The Salt Meridian (2025) WEB-DLRip-AVC | D, P, A",
    "Der.Pfad.&.das.Salz.AKA.Salt.&.Path.2021.German.DL.EAC3.1080p.NF.WEB.H265-TIDE",
    "2012.2009.Extended.Cut.Open.Matte.3D.HSBS.1080p.10bit.HEVC.KORSUB-TIDE [A1B2C3D4]",
    "Salt Movies/The Salt Meridian (2025)/Sample/salt-sample.mkv",
)
PATTERNS = (
    r"\b(?<salt>re-?mux)\b(?!.*hdr)",
    r"^(?=.*\bDV\b)(?i:hdr10(\+|plus))?.{0,20}[^\W\d_-[aeiou]]+$",
    r"(?:(a+)+|b*)*\1",
    r"(?<=^|[ .])x?(26[45])(?#salt)\k<1>",
    r"[\p{L}\x41-\u0042\d-[0-4]]{2,3}?",
)
UNITS = (
    *(" ", ".", "-", "(", "[", "{", "_", "/", "\\", "'", "&", ",", "+", "0", "1", "19", "2020.", "a", "a.", "tt1"),
    *("I ", "1080p ", "x264", "DTS-HD.MA.", "[a]", "-a", "(1999)", " AKA ", " and ", "Part ", "Part II ", "the "),
    *(", the", "A.", "aaaa-", "German.", "TS.", "RERIP.", "DD5.", "x.x", "[[", "]]", "www.a.b ", "@", "="),
    *("%20", "&amp;", ".mkv"),
    *("é", "ü", "ﷺ", "\u0315\u0300\u0301", "\u0301", "\u202e", "\u200f", "\u200b", "\ud800", "\udfff"),
    *("\U0001f9c2", "塩", "が", "한", "\u1100", "\0", "\x07", "\x1b[", "\n", "\r\n", "\t", "\x85", "\u2028", "\ufeff"),
    *("\uffff", "½", "ß", "İ", "ŉ", "Ⅻ", "²", "٣"),
)  # fmt: skip


def hostile() -> list[str]:
    """The known bad ones; those of 100 kB last."""
    short = ["", *NAMES, *PATTERNS, *UNITS, *(unit * 50 for unit in UNITS)]
    mixed = [f"{NAMES[0][:18]}{unit * 40}{NAMES[0][18:]}" for unit in UNITS]
    shuffled = ["".join(chr(0x300 + (n * 37) % 0x70) for n in range(length)) for length in (60, 5_000, LONGEST)]
    long = [(unit * LONGEST)[:size] for unit in UNITS for size in (1_000, 9_999, LONGEST)]
    return [*short, *mixed, *(f"salt{marks}" for marks in shuffled), *long]


def found(target: str) -> list[str]:
    """Inputs that broke this target once."""
    return [path.read_bytes().decode("utf-8", "surrogatepass") for path in sorted(FOUND.glob(f"{target}.*.txt"))]


def from_bytes(data: bytes) -> str:
    """What a fuzzer's bytes stand for; a low first byte doubles the rest so many times.

    What takes longer than in proportion shows only when a few characters are said again and again.
    """
    times = 1
    if data and 0 < data[0] <= DOUBLINGS:
        times, data = 1 << data[0], data[1:]
    return (data.decode("utf-8", "surrogateescape") * times)[:LONGEST]


TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from((*UNITS, *NAMES, *PATTERNS)), max_size=12).map("".join),
    st.builds(
        lambda name, unit, place, times: name[:place] + unit * times + name[place:],
        st.sampled_from((*NAMES, *PATTERNS)),
        st.sampled_from(UNITS),
        st.integers(0, 60),
        st.integers(1, 40),
    ),
    st.builds(lambda unit, times: unit * times, st.text(min_size=1, max_size=6), st.integers(1, 2_000)),
    st.text(st.characters(categories=("Cs", "Cc", "Cf", "Mn", "Zs")), max_size=100),
)
"""What hypothesis makes."""
