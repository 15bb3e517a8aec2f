"""The running program, as a command reaches it."""

from __future__ import annotations

import http.client
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from radarr_desktop.cli.exits import Exit, Stop
from radarr_desktop.engine.paths import Paths

PATIENCE = 180.0
"""Seconds; a search asks many indexers."""


class Program:
    """Sends requests to the port that the program named in its data folder."""

    def __init__(self, data_dir: Path | None) -> None:
        self._file = Paths.default(data_dir).port_file

    def get(self, path: str, /, **query: Any) -> Any:
        """Ask for something."""
        return self._send("GET", path, query, b"", "")

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Have something done."""
        return self._send("POST", path, {}, json.dumps(body).encode(), "application/json")

    def put(self, path: str, body: dict[str, Any]) -> Any:
        """Have something set."""
        return self._send("PUT", path, {}, json.dumps(body).encode(), "application/json")

    def delete(self, path: str, **query: Any) -> Any:
        """Have something removed."""
        return self._send("DELETE", path, query, b"", "")

    def post_bytes(self, path: str, body: bytes, /, **query: Any) -> Any:
        """Hand over a file."""
        return self._send("POST", path, query, body, "application/octet-stream")

    def _send(self, method: str, path: str, query: dict[str, Any], body: bytes, kind: str) -> Any:
        host, port, key = self._address()
        headers = {"X-Api-Key": key} | ({"Content-Type": kind} if kind else {})
        target = f"{path}?{urlencode(query, doseq=True)}" if query else path
        connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
        try:
            connection.request(method, target, body or None, headers)
            response = connection.getresponse()
            data = response.read()
        except ConnectionRefusedError:
            text = f"radarr-desktop is not running. Nothing answers at http://{host}:{port}. Start it first."
            raise Stop(Exit.NOT_RUNNING, text) from None
        except TimeoutError:
            text = f"radarr-desktop did not answer within {PATIENCE:g} s. Its log says what it waits for."
            raise Stop(Exit.PROBLEM, text) from None
        except (OSError, http.client.HTTPException) as fault:
            text = "The connection to radarr-desktop broke off. It may have been closed; look at its status."
            raise Stop(Exit.PROBLEM, text) from fault
        finally:
            connection.close()
        return _understood(response.status, data)

    def _address(self) -> tuple[str, int, str]:
        try:
            said = json.loads(self._file.read_text(encoding="utf-8"))
            parts = urlsplit(str(said["url"]))
            if not parts.hostname or not parts.port:
                raise ValueError("no address")
            return parts.hostname, parts.port, str(said["api_key"])
        except FileNotFoundError:
            text = f"radarr-desktop is not running. There is no {self._file}. Start it first."
            raise Stop(Exit.NOT_RUNNING, text) from None
        except (OSError, ValueError, KeyError, TypeError) as fault:
            text = f"{self._file} cannot be read, so the running program is not found. Start radarr-desktop again."
            raise Stop(Exit.PROBLEM, text) from fault


def _understood(status: int, data: bytes) -> Any:
    if status == 401:
        text = "radarr-desktop did not accept the key of its own data folder. Was another one started there?"
        raise Stop(Exit.PROBLEM, text)
    try:
        said = json.loads(data or b"null")
    except ValueError:
        raise Stop(Exit.PROBLEM, "The answer is not radarr-desktop's. Another program uses its port.") from None
    if status < 400 or (isinstance(said, list) and said and all("isValid" in one for one in said)):
        return said  # what each service of several answered is no fault of the question, as Radarr's status has it
    if isinstance(said, list):
        raise Stop(Exit.PROBLEM, "\n".join(one.get("errorMessage", "") for one in said))
    text = " ".join(part for part in (said.get("message"), said.get("description")) if part)
    code = Exit.NOT_FOUND if status == 404 else Exit.PROBLEM
    raise Stop(Exit.REJECTED if said.get("kind") == "refused" else code, text)
