"""Run every house rule; print what is broken and exit 1."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.checks import colours, namespaces, public_names, settings_page, sizes

RULES = (sizes, namespaces, colours, public_names, settings_page)


def main() -> int:
    """Print one line for each broken rule."""
    root = Path(__file__).parents[2]
    broken = [line for rule in RULES for line in rule.broken(root)]
    for line in broken:
        print(line)
    print(f"House rules: {len(broken)} broken." if broken else "House rules: kept.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
