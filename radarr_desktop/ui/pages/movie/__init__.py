"""One movie: what it is, why it is (not) here, its releases, files and history."""
