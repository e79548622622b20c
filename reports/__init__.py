"""Shows the result of an audit to the people who act on it."""
