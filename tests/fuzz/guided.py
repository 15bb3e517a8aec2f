"""One target under the coverage-guided fuzzer: `python -m tests.fuzz.guided TARGET SECONDS FOLDER`.

What broke is written to the folder as it is found: the fuzzer ends the process by itself.
"""

from __future__ import annotations

import hashlib
import sys
import traceback
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["radarr_desktop.domain"]):
    from tests.fuzz import inputs, targets
    from tests.fuzz.clock import LIMIT

MOST = 20
"""Failures in different places that are kept."""


def prepare(folder: Path, seeds: list[str]) -> list[str]:
    """Make the seeds and the dictionary; returns what the fuzzer is to be told of them."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(seeds):
        (corpus / f"seed-{number}").write_bytes(text.encode("utf-8", "surrogatepass"))
    words = sorted({word for word in inputs.UNITS if word.isascii() and word.isprintable()})
    escaped = (word.replace("\\", "\\\\").replace('"', '\\"') for word in words)
    (folder / "words").write_text("".join(f'"{word}"\n' for word in escaped), encoding="ascii")
    return [str(corpus), f"-dict={folder / 'words'}", f"-artifact_prefix={folder}/stopped-"]


def main(name: str, seconds: int, folder: Path) -> None:
    """Fuzz until the time is over."""
    seen: set[str] = set()

    def one(data: bytes) -> None:
        text = inputs.from_bytes(data)
        try:
            spent = targets.seconds(name, text)
        except Exception as error:  # noqa: BLE001  every exception is a finding
            last = traceback.extract_tb(error.__traceback__)[-1]
            keep("broke", text, f"{type(error).__name__} {last.filename} {last.lineno}")
            return
        if spent > LIMIT:  # to be measured again without the instruments
            keep("slow", text, f"slow {len(text) // 10_000}")

    def keep(kind: str, text: str, place: str) -> None:
        if place not in seen and len(seen) < MOST:
            seen.add(place)
            raw = text.encode("utf-8", "surrogatepass")
            (folder / f"{kind}-{hashlib.sha256(raw).hexdigest()[:12]}").write_bytes(raw)

    seeds = [text for text in targets.known(name) if 0 < len(text) <= 400]
    options = [f"-max_total_time={seconds}", "-max_len=2000", "-timeout=20", "-rss_limit_mb=2000", "-verbosity=1"]
    atheris.Setup([sys.argv[0], *options, *prepare(folder, seeds)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
