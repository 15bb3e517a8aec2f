"""What a second start does: hands its arguments to the running program, before it imports anything large."""

from __future__ import annotations

import json
import socket
from collections.abc import Sequence
from pathlib import Path

PLACE = "window.json"
"""In the data folder, for the user alone: where the running program listens, and the word it wants to hear."""
ANSWER = b"ok\n"
LIMIT = 64 * 1024
PATIENCE = 2.0
_MOST_ARGUMENTS = 64
_LONGEST_ARGUMENT = 8192


def hand_over(data_dir: Path, arguments: Sequence[str]) -> bool:
    """Whether a running program has taken them."""
    try:
        told = json.loads((data_dir / PLACE).read_bytes())
        port, token = int(told["port"]), str(told["token"])
    except (OSError, ValueError, TypeError, KeyError):
        return False
    message = json.dumps({"token": token, "arguments": [_absolute(argument) for argument in arguments]}).encode()
    try:
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
            connection.sendall(message + b"\n")
            with connection.makefile("rb") as answer:
                return answer.readline(len(ANSWER)) == ANSWER
    except OSError:
        return False


def parse_message(message: bytes) -> tuple[str, list[str]] | None:
    """The word and the arguments in a message, or None for anything else: whoever can connect may send anything."""
    if len(message) > LIMIT:
        return None
    try:
        value = json.loads(message)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    token, arguments = value.get("token"), value.get("arguments")
    if not isinstance(token, str) or not isinstance(arguments, list) or len(arguments) > _MOST_ARGUMENTS:
        return None
    return (token, arguments) if all(_is_argument(one) for one in arguments) else None


def _is_argument(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_ARGUMENT and "\0" not in value


def _absolute(argument: str) -> str:
    """A file by its full path: the running program has another working directory."""
    if "://" in argument or argument.startswith(("-", "magnet:")):
        return argument
    path = Path(argument)
    try:
        return str(path.resolve()) if path.exists() else argument
    except (OSError, ValueError):
        return argument
