"""The collection: movies, root folders, quality profiles, tags."""
