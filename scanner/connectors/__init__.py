"""Connectors: a folder for each family, and one file in it for each kind of source."""
