"""A rule pack: the folder of this package, as `kartta rules test` knows it."""
