"""`Scripts/bench quality [--data PATH]`: RMSE of predictions and NDCG@10 of lists, means of five folds."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy

from .. import machine
from ..data import Data
from ..scores import ndcg, rmse
from ..table import heading, line
from . import ours
from .contender import Contender, Judge, told
from .folds import COUNT, folds
from .kept import kept
from .rankers import RANKERS
from .raters import RATERS

Entry = tuple[str, str, float | None]
"""Who, how, and the mean over the folds."""


def error(predicted: numpy.ndarray, data: Data) -> float:
    return rmse(predicted, data.read(data.part("test"))[2], data.scale)


def gain(lists: numpy.ndarray, data: Data) -> float:
    return ndcg(lists, data.matrix("test"))


def judge(contender: Contender, data: list[Data], judged: Judge, best) -> Entry:
    """The best configuration of a peer."""
    means = []
    for configuration in contender.configurations:
        try:
            values = [
                kept(
                    fold.folder / "peers.json",
                    f"{contender.name}: {told(configuration)}",
                    lambda fold=fold: judged(contender.run(fold, **configuration), fold),
                )
                for fold in data
            ]
        except Exception as failure:
            print(f"{contender.name}: {type(failure).__name__}: {failure}", file=sys.stderr)
            continue
        means.append((float(numpy.mean(values)), told(configuration)))
    value, configuration = best(means, default=(None, ""))
    return contender.name, configuration, value


def judge_ours(folds_of_values: list[dict[str, float | None]], statements: dict[str, str]) -> list[Entry]:
    entries = []
    for name, statement in statements.items():
        values = [fold[name] for fold in folds_of_values]
        mean = None if None in values else float(numpy.mean(values))
        entries.append((f"**Recline {name}**", f"`{statement}`", mean))
    return entries


def print_table(title: str, measure: str, entries: list[Entry], descending: bool) -> None:
    known = sorted((entry for entry in entries if entry[2] is not None), key=lambda entry: entry[2], reverse=descending)
    print(f"\n### {title}\n\n{heading(('', 'configuration', measure))}")
    for name, configuration, value in known + [entry for entry in entries if entry[2] is None]:
        print(line((name, configuration, "–" if value is None else f"{value:.4f}")), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="Scripts/bench quality", description=__doc__)
    parser.add_argument("--data", type=Path, metavar="PATH", help="a folder with ratings.csv, in place of ml-latest-small")
    data = folds(parser.parse_args().data)

    print(f"{machine.description(['scikit-surprise', 'lenskit', 'cornac', 'implicit', 'scipy'])}\n")
    print(
        f"Means of {COUNT} folds of {data[0].ratings.parent.name}, the same rows for all; one scorer for all lists; relevant "
        "is a rating of 4 or more. A peer with several configurations is told with the one that the test ratings favour; "
        "ours is untuned."
    )
    ours_rmse = judge_ours([ours.predict(fold) for fold in data], ours.RATERS)
    peers = [judge(contender, data, error, min) for contender in RATERS]
    print_table("Predicted ratings", "RMSE", ours_rmse + peers, descending=False)

    our_lists = [
        {name: None if lists is None else gain(lists, fold) for name, lists in ours.lists(fold).items()} for fold in data
    ]
    peers = [judge(contender, data, gain, max) for contender in RANKERS]
    print_table("Lists of ten", "NDCG@10", judge_ours(our_lists, ours.RANKERS) + peers, descending=True)


if __name__ == "__main__":
    main()
