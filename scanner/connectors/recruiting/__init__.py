"""Recruiting systems: one file for each, with what it alone knows beside it."""
