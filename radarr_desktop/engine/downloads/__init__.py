"""What the download clients do, and the queue."""
