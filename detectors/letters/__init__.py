"""What letters about applications say, and to whom."""
