"""A world on loopback for the demo and the pipeline check."""
