"""One quality profile: what it wants, how large, by which rules, and what a change would do."""
