"""What came with which version of qBittorrent's Web API."""

from __future__ import annotations

OLDEST = (2, 0)
"""qBittorrent 4.1: before it the API was another one."""
REANNOUNCES = (2, 0, 2)
LISTS_CATEGORIES = (2, 1, 1)
"""Before, they are only in its list of differences."""
TAGS_NEW_ONES = (2, 6, 2)
LIMITS_NEW_ONES = (2, 8, 1)
"""Before, seeding goals are set once a torrent is there."""
STOPS_AT_METADATA = (2, 8, 6)
"""qBittorrent 4.5."""
STOP_AND_START = (2, 11, 0)
"""qBittorrent 5.0: pause and resume have these names."""
LISTS_FOLDERS = (2, 11, 0)
