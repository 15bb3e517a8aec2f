"""Figures of the program, each beside what it is measured against."""
