"""The plugin shown in CONTRIBUTING.md works as it stands there."""

from __future__ import annotations

import asyncio
import importlib
import json
import logging
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from radarr_desktop.plugin_api import Context, Http, LoginFailed, Notifier

PAGE = Path(__file__).parents[2] / "CONTRIBUTING.md"


class _Ntfy(BaseHTTPRequestHandler):
    """Takes notices with the right token, as ntfy does."""

    received: list[dict[str, Any]]

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        allowed = self.headers["Authorization"] == "Bearer right"
        if allowed:
            self.received.append(body)
        self.send_response(200 if allowed else 403)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


def _plugin_class(folder: Path) -> type[Notifier[Any]]:
    block = re.search(r"```python\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    (folder / "shown_ntfy.py").write_text(block[1], encoding="utf-8")
    sys.path.insert(0, str(folder))
    try:
        found: type[Notifier[Any]] = importlib.import_module("shown_ntfy").Ntfy
    finally:
        sys.path.remove(str(folder))
    assert issubclass(found, Notifier)
    return found


async def _test(plugin_class: type[Notifier[Any]], base_url: str, token: str, folder: Path) -> None:
    http = Http("radarr-desktop/test")
    settings = plugin_class.settings_type().model_validate({"base_url": base_url, "topic": "movies", "token": token})
    try:
        await plugin_class(settings, Context("ntfy", folder, http, logging.getLogger("ntfy"), "0")).test()
    finally:
        await http.close()


def test_shown_plugin_sends_notices_and_names_its_errors(tmp_path: Path) -> None:
    plugin_class = _plugin_class(tmp_path)
    received: list[dict[str, Any]] = []
    with HTTPServer(("127.0.0.1", 0), type("Server", (_Ntfy,), {"received": received})) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            address = f"http://127.0.0.1:{server.server_port}"
            asyncio.run(_test(plugin_class, address, "right", tmp_path))
            with pytest.raises(LoginFailed, match="token"):
                asyncio.run(_test(plugin_class, address, "wrong", tmp_path))
        finally:
            server.shutdown()
            thread.join()
    assert received == [{"topic": "movies", "title": "radarr-desktop", "message": "This topic works."}]
