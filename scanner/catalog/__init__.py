"""The catalog: what is remembered between runs, and never a scanned value."""
