"""Personal codes of further countries, one file each."""
