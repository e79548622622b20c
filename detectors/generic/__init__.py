"""Identifiers that belong to no one country."""
