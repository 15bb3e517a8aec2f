"""Changes of the library's files: journalled, carried out whole or not at all, and undone."""
