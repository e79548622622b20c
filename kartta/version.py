"""The version, which no module of the package needs the package for."""

__version__ = "0.1.0"
