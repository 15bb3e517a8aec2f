"""The pages of the window and the sheets over them."""
