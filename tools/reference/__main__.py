"""`python -m tools.reference` rewrites `docs/reference/` and the code in `docs/how-to/`."""

from tools.reference import included, pages

pages.write()
included.write()
