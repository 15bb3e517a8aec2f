"""Radarr's v3 API, one file per resource."""
