"""The system's error numbers as halves of sentences."""

from __future__ import annotations

import errno
import os

_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your quota on this disk is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "this user may not write there",
    errno.EPERM: "this user may not write there",
    errno.ENOENT: "it is missing, perhaps its disk is not connected",
    errno.ENOTDIR: "a file is where a folder should be",
    errno.EEXIST: "a file is where a folder should be",
    errno.EISDIR: "a folder is where a file should be",
    errno.EIO: "the disk reports a fault",
    errno.ENAMETOOLONG: "a name is too long for this disk",
    errno.EADDRINUSE: "another program uses it",
    errno.EADDRNOTAVAIL: "this computer has no such address",
}


def why(number: int | None) -> str:
    """What this error number means, without a full stop."""
    if number is None:
        return "the system did not say why"
    text = os.strerror(number)
    return _WORDS.get(number, text[:1].lower() + text[1:])
