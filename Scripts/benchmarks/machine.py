"""What the figures were measured on and with."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version

from .places import PROGRAM


def processor() -> str:
    """The processor's name as the system tells it."""
    if platform.system() == "Darwin":
        told = subprocess.run(["sysctl", "-n", "machdep.cpu.brand_string"], capture_output=True, text=True)
        return told.stdout.strip()
    with open("/proc/cpuinfo") as file:
        names = [line.partition(":")[2].strip() for line in file if line.startswith("model name")]
    return names[0] if names else platform.machine()


def description(distributions: list[str]) -> str:
    """Processor, and the versions of ours and of libraries by their names on PyPI."""
    ours = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True).stdout.strip()
    versions = [f"Recline {ours}", f"Python {platform.python_version()}"]
    for name in sorted({*distributions, "numpy"} - {""}):
        try:
            versions.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            versions.append(f"{name} absent")
    return f"{processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}. {', '.join(versions)}."
