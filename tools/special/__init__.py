"""Training of the weights that judge special categories."""
