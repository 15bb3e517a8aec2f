"""Copy the bundled fonts and their licences (OFL) out of pinned packages."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from npm_tarball import read_members

TARGET = Path(__file__).parent.parent / "resources" / "radarr_desktop_resources" / "fonts"


class Family(NamedTuple):
    """One font family: where it comes from and which weights are shipped."""

    package: str
    integrity: str
    stem: str
    weights: tuple[str, ...]


FAMILIES = (
    Family(
        "@expo-google-fonts/inter@0.4.2",
        "sha512-syfiImMaDmq7cFi0of+waE2M4uSCyd16zgyWxdPOY7fN2VBmSLKEzkfbZgeOjJq61kSqPBNNtXjggiQiSD6gMQ==",
        "Inter",
        ("400Regular", "500Medium", "600SemiBold", "700Bold"),
    ),
    Family(
        "@expo-google-fonts/jetbrains-mono@0.4.1",
        "sha512-CslACrtMOcRwoWXCO7OMEI+9w3fukWSoBtvNz46OqPoogEuuoY0tkDY1O8sFumk8t0pC6Cx0Xr95O0TOQhpkug==",
        "JetBrainsMono",
        ("400Regular",),
    ),
)


def main() -> None:
    """Replace the folder's fonts by the pinned ones."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for family in FAMILIES:
        files = {f"{weight}/{family.stem}_{weight}.ttf": f"{family.stem}-{weight[3:]}.ttf" for weight in family.weights}
        files["LICENSE_FONT"] = f"{family.stem}-OFL.txt"
        for name, content in read_members(family.package, family.integrity, files).items():
            (TARGET / files[name]).write_bytes(content)
        print(f"{len(family.weights)} weights of {family.package} written")


if __name__ == "__main__":
    main()
