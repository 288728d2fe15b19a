"""A library that a figure draws with."""
