"""Says what processing there is: declared and observed."""
