"""What the port needs of uvicorn, without its command line: 1.2 MB and 10 ms that a start can do without."""

from __future__ import annotations

import sys
from types import ModuleType

_COMMAND_LINE = "uvicorn.main"

if "uvicorn" not in sys.modules:
    # the package fetches three names from there, whoever imports it
    stand_in = ModuleType(_COMMAND_LINE)
    vars(stand_in).update(Server=None, main=None, run=None)
    sys.modules[_COMMAND_LINE] = stand_in
    import uvicorn  # noqa: F401  here it is loaded, without that

    del sys.modules[_COMMAND_LINE]

from uvicorn.config import Config  # noqa: E402
from uvicorn.server import Server  # noqa: E402

__all__ = ["Config", "Server"]
