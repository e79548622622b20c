"""Kartta's packages lie inside it where it is installed from a wheel; importing it finds them."""

import kartta  # noqa: F401 - for what importing it does
