"""Where things are."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".build/release/recline"
SERVER = ROOT / ".build/release/recline-bench"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "recline"
"""Generated data and the peers' Python."""
THREADS = 2
"""Of each side, where it can use more than one."""
