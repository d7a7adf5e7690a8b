"""The works by name: a new one is a file here, with its `ROWS`, and a line in `WORKS`."""

from importlib import import_module

from ..row import Row

WORKS = (
    "load",
    "svd",
    "mf",
    "svdpp",
    "als",
    "bpr",
    "knn",
    "ease",
    "documents",
    "lists",
    "evaluation",
    "cold",
    "prompt",
)
"""In the order of the table."""


def all_rows(names: list[str]) -> list[Row]:
    """The rows of some works, or of all where none is named."""
    return [row for name in WORKS if name in names or not names for row in import_module(f".{name}", __name__).ROWS]
