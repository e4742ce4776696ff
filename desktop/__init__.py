"""Small Works Registry: the window program for registering small works and minor operations."""

__version__ = "0.1.0"
