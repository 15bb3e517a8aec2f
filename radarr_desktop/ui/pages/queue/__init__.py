"""The queue: what is on its way, and what needs the user."""
