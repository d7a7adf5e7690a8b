"""`Scripts/bench growth [SIZE …]`: time and memory of Recline from 1 to 100 million generated ratings.

Each work is a process of its own, so that its peak memory is known; the time is that of the statement alone.
"""

from __future__ import annotations

import argparse
import re
import subprocess
from math import log10

from . import machine
from .data import SETS, Data, generated
from .places import CACHE, PROGRAM
from .process import ProcessFailed, run_process
from .table import heading, line, quantity

SIZES = ("1M", "10M", "100M")
LISTED = 10_000
"""Users whose lists are timed; where there are more or fewer, the time is in proportion."""
MEMORY = 6e9
"""Bytes that no work may need."""

WORKS = {
    # name: the statements after `load`, of which the last ones are timed, and how many those are
    "load": ((), 1),
    "svd": (("svd",), 1),
    "als": (("als",), 1),
    "lists": (("svd center=none", "recommend users=all top=10", "save it '{folder}/lists.csv'"), 2),
}
NAMES = {
    "load": "load",
    "svd": "svd k=50",
    "als": "als k=50, 10 epochs",
    "lists": f"top-10 of {LISTED:,} users",
}


def run(data: Data, name: str) -> tuple[float, float]:
    """Seconds of a work, and the peak memory of the process in bytes."""
    statements, timed = WORKS[name]
    script = ["set timer=on", data.load, *(statement.format(folder=data.folder) for statement in statements)]
    output = data.scratch("growth.txt")
    _, memory = run_process([str(PROGRAM), "--quiet", "-c", "\n".join(script)], output)
    with open(output) as file:
        times = [float(seconds) for seconds in re.findall(r"^line \d+: ([\d.]+) s$", file.read(), re.MULTILINE)]
    return sum(times[-timed:]), memory


def draw(points: list[list]) -> str:
    """Seconds against ratings, both as powers of ten: a slope of 1 is growth in proportion. Recline draws it."""
    path = CACHE / "growth.csv"
    rows = [("id", "log10_ratings", *WORKS), *((number, *row) for number, row in enumerate(points))]
    path.write_text("".join(",".join(map(str, row)) + "\n" for row in rows))
    plot = f"plot it x=log10_ratings y={','.join(WORKS)}"
    statements = f"growth = load '{path}' as=items; head growth; {plot}"
    drawn = subprocess.run([PROGRAM, "--format", "plain", "-c", statements], capture_output=True, text=True, check=True)
    return drawn.stdout[drawn.stdout.index("value against") :]


def main() -> None:
    parser = argparse.ArgumentParser(prog="Scripts/bench growth", description=__doc__)
    parser.add_argument("sizes", nargs="*", metavar="SIZE", help=f"some of {', '.join(SIZES)}; without any, all")
    sizes = parser.parse_args().sizes or SIZES

    print(machine.description([]) + "\n")
    print(heading(("ratings", *(cell for name in NAMES.values() for cell in (name, "memory", "bytes a rating")))))
    points, failures = [], []
    for size in sizes:
        data, (users, _, count) = generated(size), SETS[size]
        cells, seconds = [], []
        for name in WORKS:
            try:
                taken, memory = run(data, name)
            except ProcessFailed as failure:
                failures.append(f"{size}, {name}: {failure}")
                cells.append("– | – | –")
                seconds.append(None)
                continue
            if name == "lists":
                taken *= LISTED / users
            over = " **over 6 GB**" if memory > MEMORY else ""
            cells.append(f"{quantity(taken, 's')} | {quantity(memory, 'B')}{over} | {memory / count:.0f}")
            seconds.append(taken)
        points.append([log10(count), *("" if taken is None else log10(taken) for taken in seconds)])
        print(line((size, *cells)), flush=True)

    print("".join(f"\n- {failure}" for failure in failures))
    print(f"\n```\n{draw(points)}```")


if __name__ == "__main__":
    main()
