"""Our models: a statement each, with nothing tuned; judged on the same folds by the same definitions."""

from __future__ import annotations

import numpy

from ..data import Data
from ..statements import Session, StatementFailed
from .folds import as_recline_reads

RATERS = {
    "baseline": "baseline",
    "svd": "svd",
    "mf": "mf",
    "svdpp": "svdpp",
    "als": "als",
    "knn": "knn by=item similarity=pearson-baseline",
    "slopeone": "slopeone",
    "nmf": "nmf",
    "bpmf": "bpmf",
    "blend": "blend bpmf als knn svdpp",
}
RANKERS = {
    "popular": "popular",
    "svd": "svd center=none",
    "als": "als feedback=implicit",
    "bpr": "bpr",
    "knn": "knn by=item similarity=cosine center=none",
    "ease": "ease",
    "graph": "graph",
    "blend": "blend ease graph als",
}


def open_fold(data: Data) -> Session:
    session = Session()
    session.run(f"train = load '{as_recline_reads(data.folder)}'")
    session.run(f"test = load '{data.part('test')}' like=train")
    return session


def predict(data: Data) -> dict[str, float | None]:
    """RMSE of each model; None where it could not be trained."""
    session = open_fold(data)
    errors = {}
    for name, statement in RATERS.items():
        try:
            session.run(statement)
            errors[name] = session.evaluate(name, "rmse")["rmse"]
        except StatementFailed:
            errors[name] = None
    session.close()
    return errors


def lists(data: Data) -> dict[str, numpy.ndarray | None]:
    """The lists of each model, as those of the peers."""
    session = open_fold(data)
    made = {}
    path = data.scratch("ours.csv")
    for name, statement in RANKERS.items():
        try:
            session.run(statement)
            session.run(f"recommend users=all top=10 with={name}")
            session.run(f"save it '{path}'")
            made[name] = data.lists(path)
        except StatementFailed:
            made[name] = None
    session.close()
    return made
