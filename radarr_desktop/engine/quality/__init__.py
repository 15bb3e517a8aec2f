"""What is wanted: quality profiles, custom formats, sizes, and guides to all of them."""
