"""Plugins: found, set up, called behind a guard."""
