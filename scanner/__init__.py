"""Reads sources and remembers what it saw."""
