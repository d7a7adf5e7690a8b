"""EASE in closed form: the inverse of the regularized Gram matrix of the items."""

import numpy

from ..data import Data
from ..library import Prepared, library
from ..row import Check, Peer, Row
from ..scores import best_lists, ndcg
from ..statements import metrics, statements

PENALTY = 500


def numpy_ease(data: Data) -> Prepared:
    train = data.matrix("train")
    train.data[:] = 1

    def work():
        gram = (train.T @ train).toarray()
        gram[numpy.diag_indices_from(gram)] += PENALTY
        inverse = numpy.linalg.inv(gram)
        weights = inverse / -numpy.diag(inverse)
        weights[numpy.diag_indices_from(weights)] = 0
        return weights

    def numbers(weights) -> dict[str, float]:
        lists = best_lists(lambda users: train[users] @ weights, train)
        return {"ndcg@10": ndcg(lists, data.matrix("test"))}

    return work, numbers


def row(data: str, repetitions: int) -> Row:
    return Row(
        work="EASE",
        data=data,
        ours=statements(
            "{data.load}", "{data.split}", timed=f"ease reg={PENALTY} values=binary", numbers=metrics("ease", "ndcg@10")
        ),
        peers=(Peer("NumPy", "numpy", library(numpy_ease)),),
        aim="1.5",
        checks=(Check("ndcg@10", 1e-3, better=1),),
        repetitions=repetitions,
    )


ROWS = [row("1M", 5), row("20k items", 1)]
