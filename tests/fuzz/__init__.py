"""Hostile input for everything that reads other people's words."""
