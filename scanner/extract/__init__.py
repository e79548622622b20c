"""Formats: one file for each way of turning bytes into text."""
