"""Renaming: what would get another name, before it does."""
