"""Says what the law asks, and where it is not met."""
