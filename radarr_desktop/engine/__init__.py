"""The verbs of the program, without Qt."""
