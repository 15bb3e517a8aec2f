"""What is put into watched folders: torrents are fetched, finished media is imported."""
