"""What peers came to, kept in the cache: the folds are drawn once, and a key tells the
versions and the scorer, so that a value is that of the code at hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path


@cache
def environment() -> str:
    """A digest of the peers' versions and of the code that runs and judges them."""
    here = Path(__file__).parent
    files = (here.parent / "requirements.txt", here.parent / "scores.py", here / "raters.py", here / "rankers.py")
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def kept(path: Path, key: str, compute: Callable[[], float]) -> float:
    """The value of a key in a file of values; computed and added where it is not there."""
    key = f"{key} ({environment()})"
    values = json.loads(path.read_text()) if path.exists() else {}
    if key not in values:
        values[key] = compute()
        part = path.with_suffix(".part")
        part.write_text(json.dumps(values, indent=1))
        part.replace(path)
    return values[key]
