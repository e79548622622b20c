"""`python -m tools.reference` rewrites `docs/reference/`."""

from tools.reference.pages import write

write()
