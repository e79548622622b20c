"""The facts of a notice, by what the law asks."""
