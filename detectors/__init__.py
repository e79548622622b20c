"""Says what personal data a text holds."""
