"""Identifiers of Finland."""
