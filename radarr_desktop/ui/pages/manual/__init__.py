"""Manual import: files with what they probably are, and what the user makes of them."""
