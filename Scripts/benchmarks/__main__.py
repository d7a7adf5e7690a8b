"""The command line: `Scripts/bench [WORK …] [--quick] [--data PATH]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import machine, measure, table
from .data import data_set
from .places import THREADS
from .works import WORKS, all_rows


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="Scripts/bench",
        description="Times Recline and other libraries at the same work, alternately in one run.",
        epilog=f"Works: {', '.join(WORKS)}. Also: Scripts/bench growth, quality, kernels [SUITE …].",
    )
    parser.add_argument("works", nargs="*", metavar="WORK", help="rows to run; without any, all")
    parser.add_argument("--quick", action="store_true", help="one repetition, and none of the rows that take minutes")
    parser.add_argument("--data", type=Path, metavar="PATH", help="a folder with ratings.csv, for the small rows")
    options = parser.parse_args()
    if options.data and not options.data.exists():
        parser.error(f"no file or folder {options.data}")
    unknown = set(options.works) - set(WORKS)
    if unknown:
        parser.error(f"no work {', '.join(sorted(unknown))}; there are {', '.join(WORKS)}")
    rows = [row for row in all_rows(options.works) if not (options.quick and (row.is_long or row.data == "20M"))]

    print(machine.description([peer.distribution for row in rows for peer in row.peers]))
    turns = "One run of each by turns" if options.quick else "Medians of five runs by turns where no note tells another number"
    print(f"\n{turns}; ratio: theirs / ours. One thread for linear algebra, {THREADS} for the rest.\n")
    print(table.heading())
    notes = []
    for row in rows:
        show_progress(row.work)
        result = measure.run(row, data_set(row.data, options.data), 1 if options.quick else row.repetitions)
        show_progress("")
        print(table.result_line(result), flush=True)
        notes += [f"{row.work}, {result.data.name}: {note}" for note in result.notes]
        if row.repetitions != 5 and not options.quick:
            notes.append(f"{row.work}, {result.data.name}: median of {row.repetitions}")
    if notes:
        print("\n" + "\n".join(f"- {note}" for note in notes))


def show_progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
