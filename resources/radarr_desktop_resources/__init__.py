"""Icons, themes, sample media and other data, read with importlib.resources."""
