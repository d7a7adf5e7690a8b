"""Where things are, and the variables that both sides run with."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "recline"
"""Generated data and the peers' Python; `Scripts/bench` makes it."""

VARIABLES = {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "VECLIB_MAXIMUM_THREADS": "1"}
"""Linear algebra on one thread on both sides: parallel work is the libraries' own."""


def environment() -> dict[str, str]:
    return {**os.environ, **VARIABLES}
