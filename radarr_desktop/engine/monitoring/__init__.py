"""What the program says of itself: log and health."""
