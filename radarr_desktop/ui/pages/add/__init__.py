"""Adding a movie, and telling which movie a torrent is of."""
