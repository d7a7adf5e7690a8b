"""EASE in closed form: the inverse of the regularized Gram matrix of the items."""

import numpy

from ..data import Data
from ..library import Prepared, library
from ..places import THREADS
from ..row import NDCG, Peer, Row
from ..scores import best_lists, ndcg
from ..statements import metrics, training

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


def numpy_ease_on_two_threads(data: Data) -> Prepared:
    from threadpoolctl import threadpool_limits

    work, numbers = numpy_ease(data)

    def on_two_threads():
        with threadpool_limits(THREADS):
            return work()

    return on_two_threads, numbers


ALONE = Peer("NumPy", "numpy", library(numpy_ease))
ON_TWO = Peer("NumPy, BLAS on two threads", "threadpoolctl", library(numpy_ease_on_two_threads))


def row(data: str, repetitions: int, *peers: Peer) -> Row:
    return Row(
        work="EASE",
        data=data,
        ours=training(f"ease reg={PENALTY} values=binary", metrics("ease", "ndcg@10")),
        peers=peers,
        aim="1.5",
        checks=(NDCG,),
        repetitions=repetitions,
        is_long=repetitions == 1,
    )


ROWS = [row("1M", 5, ALONE, ON_TWO), row("20k items", 1, ALONE)]
