"""Trains the model that tells documents apart."""
