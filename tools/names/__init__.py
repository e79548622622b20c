"""Training of the name model."""
