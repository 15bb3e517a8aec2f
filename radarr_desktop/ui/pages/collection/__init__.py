"""An existing collection: looked through, looked over, and taken into the library."""
