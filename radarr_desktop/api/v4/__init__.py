"""What the v3 API has no words for: our own resources."""
