"""Reading and judging releases, and remembering why."""
