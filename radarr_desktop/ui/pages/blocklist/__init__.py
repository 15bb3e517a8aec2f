"""The blocklist: what is never taken, why, until when, and what failed most."""
