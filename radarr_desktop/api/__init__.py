"""The REST port: Radarr's v3 and our own v4 additions."""
