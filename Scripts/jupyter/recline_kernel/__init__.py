"""Recline in Jupyter: a kernel that talks JSON lines to `recline --protocol json`."""

__version__ = "1.0"
