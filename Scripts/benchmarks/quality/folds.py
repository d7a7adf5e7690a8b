"""Five folds of the ratings, drawn once and kept as files, so that every library sees the same rows."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy

from ..data import Data, data_set

COUNT = 5


def folds(real: Path | None) -> list[Data]:
    """Data whose `train.csv` and `test.csv` are those of a fold; `as_folder` has the item table beside the ratings."""
    whole = data_set("small", real)
    lines = whole.ratings.read_text().splitlines(keepends=True)
    header, rows = lines[0], numpy.array(lines[1:], dtype=object)
    part = numpy.random.default_rng(1).permutation(len(rows)) % COUNT
    made = []
    for number in range(COUNT):
        folder = whole.folder / f"fold{number + 1}"
        if not (folder / "whole").exists():
            folder.mkdir(exist_ok=True)
            (folder / "test.csv").write_text(header + "".join(rows[part == number]))
            (folder / "train.csv").write_text(header + "".join(rows[part != number]))
            as_folder = as_recline_reads(folder)
            as_folder.mkdir(exist_ok=True)
            shutil.copy(folder / "train.csv", as_folder / "ratings.csv")
            for items in ("movies.csv", "items.csv"):
                if (whole.ratings.parent / items).exists():
                    shutil.copy(whole.ratings.parent / items, as_folder)
            (folder / "whole").touch()
        made.append(Data(f"{whole.name} {number + 1}", folder, whole.ratings))
    return made


def as_recline_reads(folder: Path) -> Path:
    """The folder of the training ratings with their items, as a data set is published."""
    return folder / "train"
