"""What is known of release groups by what became of their releases."""
