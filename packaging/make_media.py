"""Make tests/media: a second of formulas in every kind of picture and sound that a probe must tell apart.

Needs ffmpeg with libx264, libx265 and libsvtav1, and bsdtar (package libarchive-tools). Two kinds of metadata that
ffmpeg cannot write are put in afterwards: HDR10+ as a message in the HEVC stream, Dolby Vision as a box of an MP4.
"""

from __future__ import annotations

import re
import shlex
import struct
import subprocess
import tempfile
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "tests" / "media"
PICTURE = ("-f", "lavfi", "-i", "testsrc2=size={size}:rate=24:duration=1")
SIX = ("-f", "lavfi", "-i", "aevalsrc=0|0|0|0|0|0:channel_layout=5.1:sample_rate=48000:duration=1")
EXACT = ("-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-flags:s", "+bitexact")
AVC = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "50", "-pix_fmt", "yuv420p", "-threads", "1")
MASTER = "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50):max-cll=1000,400"
PQ = "colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc"
# One option in a line, as ffmpeg's own manual has them.
TRACKS = shlex.split("""
-c:a:0 truehd
-c:a:1 dca
-b:a:1 768k
-c:a:2 flac
-c:a:3 ac3
-b:a:3 96k
-strict -2
-c:s srt
-metadata:s:a:0 language=eng
-metadata:s:a:1 language=ger
-metadata:s:a:1 title=Commentary
-metadata:s:a:2 language=fre
-metadata:s:a:3 language=jpn
-metadata:s:s:0 language=eng
-metadata:s:s:1 language=fre
-metadata:s:s:1 title=SDH
-disposition:a:0 default
-disposition:s:0 forced
""")
SUBTITLES = "1\n00:00:00,000 --> 00:00:00,900\nNo shadow to follow.\n"


def ffmpeg(target: Path, *arguments: str) -> Path:
    """Run it once."""
    command = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-y", "-bitexact", *arguments, *EXACT, str(target)]
    subprocess.run(command, check=True)
    return target


def picture(size: str = "320x180") -> tuple[str, ...]:
    """A moving test picture of one second."""
    return (*PICTURE[:3], PICTURE[3].format(size=size))


def hevc(parameters: str) -> tuple[str, ...]:
    """Ten bits, with these settings of x265."""
    settings = f"log-level=none:pools=1:frame-threads=1:repeat-headers=1:{parameters}"
    return (
        "-c:v",
        "libx265",
        "-preset",
        "ultrafast",
        "-crf",
        "50",
        "-pix_fmt",
        "yuv420p10le",
        "-x265-params",
        settings,
    )


def with_hdr10_plus(stream: bytes) -> bytes:
    """The HEVC stream with dynamic metadata (SMPTE ST 2094-40) before each picture."""
    bits = f"{1:02b}{400:027b}0" + f"{100:017b}" * 4 + f"{0:04b}{1:010b}" + "000"
    bits += "0" * (-len(bits) % 8)
    body = bytes.fromhex("b5003c00010401") + int(bits, 2).to_bytes(len(bits) // 8, "big")
    message = bytes((4, len(body))) + body + b"\x80"
    escaped = re.sub(rb"\x00\x00(?=[\x00-\x03])", b"\x00\x00\x03", message)
    unit = b"\x00\x00\x00\x01\x4e\x01" + escaped
    parts = re.split(rb"(\x00\x00\x00?\x01)", stream)
    joined = [parts[0]]
    for start, content in zip(parts[1::2], parts[2::2], strict=True):
        is_picture = content and (content[0] >> 1) & 0x3F < 32 and content[2] & 0x80
        joined += [unit if is_picture else b"", start, content]
    return b"".join(joined)


def with_box(movie: bytes, path: tuple[bytes, ...], box: bytes) -> bytes:
    """The MP4 with one more box at the end of the one at this path. The index must be at the file's end."""
    data = bytearray(movie)
    place = end = len(data)
    for name in reversed(path):
        place = data.rindex(name, 0, place) - 4
        size = int.from_bytes(data[place : place + 4], "big")
        end = place + size if name == path[-1] else end
        data[place : place + 4] = (size + len(box)).to_bytes(4, "big")
    data[end:end] = box
    return bytes(data)


def dolby_vision(profile: int, fallback: int) -> bytes:
    """The box that says: Dolby Vision, level 6, one layer, with this fallback."""
    flags = (profile << 9) | (6 << 3) | 0b101
    body = bytes((1, 0)) + flags.to_bytes(2, "big") + bytes((fallback << 4,)) + bytes(19)
    return struct.pack(">I4s", 8 + len(body), b"dvvC" if profile > 7 else b"dvcC") + body


def make(work: Path) -> None:
    """Make them all."""
    lines = work / "lines.srt"
    lines.write_text(SUBTITLES)
    inputs = (*picture(), *SIX, *SIX, *SIX, *SIX, "-i", str(lines), "-i", str(lines))
    maps = [part for at in range(7) for part in ("-map", str(at))]
    ffmpeg(TARGET / "avc.mkv", *inputs, *maps, *AVC, *TRACKS)
    ffmpeg(TARGET / "uhd.mkv", *picture("3840x1600"), "-frames:v", "2", *AVC)
    ffmpeg(TARGET / "hdr10.mkv", *picture(), *hevc(f"hdr10=1:{PQ}:{MASTER}"))
    ffmpeg(TARGET / "pq.mkv", *picture(), *hevc(PQ))
    ffmpeg(TARGET / "hlg.mkv", *picture(), *hevc("colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc"))
    ffmpeg(TARGET / "av1.mkv", *picture(), "-c:v", "libsvtav1", "-pix_fmt", "yuv420p10le", "-crf", "60")
    raw = ffmpeg(work / "raw.hevc", *picture(), *hevc(f"bframes=0:hdr10=1:{PQ}:{MASTER}"), "-f", "hevc")
    plus = work / "plus.hevc"
    plus.write_bytes(with_hdr10_plus(raw.read_bytes()))
    ffmpeg(TARGET / "hdr10plus.mkv", "-framerate", "24", "-i", str(plus), "-c", "copy", "-bsf:v", "setts=ts=N*1000/24")
    sound = (
        "-map",
        "0",
        "-map",
        "1",
        "-c:a",
        "eac3",
        "-b:a",
        "96k",
        "-metadata:s:a:0",
        "language=eng",
        "-tag:v",
        "hvc1",
    )
    plain = ffmpeg(work / "plain.mp4", *picture(), *SIX, *hevc("bframes=0"), *sound).read_bytes()
    bright = ffmpeg(work / "bright.mp4", *picture(), *SIX, *hevc(f"hdr10=1:{PQ}:{MASTER}"), *sound).read_bytes()
    hvc1 = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"hvc1")
    (TARGET / "dv8.mp4").write_bytes(with_box(bright, hvc1, dolby_vision(8, 1)))
    (TARGET / "dv5.mp4").write_bytes(with_box(plain, hvc1, dolby_vision(5, 0)))
    subprocess.run(
        ["bsdtar", "--format", "7zip", "-cf", str(TARGET / "hdr10.7z"), "-C", str(TARGET), "hdr10.mkv"], check=True
    )
    ffmpeg(TARGET / "sound.mka", *SIX, "-c:a", "flac")


if __name__ == "__main__":
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder))
    for file in sorted(TARGET.iterdir()):
        print(f"{file.name}: {file.stat().st_size} bytes")
