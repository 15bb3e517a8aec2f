"""Statistics and reputation, drawn and as tables."""
