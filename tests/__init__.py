"""Proof that the program does what it says."""
