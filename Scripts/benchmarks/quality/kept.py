"""What peers came to, kept in the cache: their versions are pinned and the folds drawn once, so that it does not change."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path


def kept(path: Path, key: str, compute: Callable[[], float]) -> float:
    """The value of a key in a file of values; computed and added where it is not there."""
    values = json.loads(path.read_text()) if path.exists() else {}
    if key not in values:
        values[key] = compute()
        path.write_text(json.dumps(values, indent=1))
    return values[key]
