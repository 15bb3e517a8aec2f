"""Qt item models: rows made once from domain values, changed in place."""
