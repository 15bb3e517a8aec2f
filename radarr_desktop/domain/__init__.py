"""The rules of the program, without I/O, clock or database."""
