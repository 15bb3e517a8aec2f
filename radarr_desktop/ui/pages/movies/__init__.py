"""The library: poster grid, table and what filters them."""
