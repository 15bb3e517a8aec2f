"""Proof that the bundled plugins speak their services' protocols."""
