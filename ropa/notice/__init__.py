"""Reads a privacy notice: what the organisation declares, each item with its line and quote."""
