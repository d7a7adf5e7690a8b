"""Bayesian personalized ranking with implicit's defaults: 100 factors, 100 epochs.

Ours is told to do as implicit does: a negative is drawn once, by how often items were met, and a pair whose negative was met,
too, is left out; factors start uniform between ±1/2k, of which `spread` is the standard deviation.
"""

from math import sqrt

from ..data import Data
from ..library import Prepared, library
from ..row import NDCG, Peer, Row
from ..scores import best_lists, ndcg
from ..statements import metrics, training


def implicit(data: Data) -> Prepared:
    from implicit.cpu.bpr import BayesianPersonalizedRanking

    train = data.matrix("train")

    def work():
        model = BayesianPersonalizedRanking(
            factors=100, learning_rate=0.01, regularization=0.01, iterations=100, num_threads=2, random_state=1
        )
        model.fit(train, show_progress=False)
        return model

    def numbers(model) -> dict[str, float]:
        lists = best_lists(lambda users: model.user_factors[users] @ model.item_factors.T, train)
        return {"ndcg@10": ndcg(lists, data.matrix("test"))}

    return work, numbers


ROWS = [
    Row(
        work="BPR k=100, 100 epochs",
        data="1M",
        ours=training(
            f"bpr k=100 epochs=100 rate=0.01 reg=0.01 negatives=popular trials=1 spread={0.5 / 100 / sqrt(3):.6f}",
            metrics("bpr", "ndcg@10"),
        ),
        peers=(Peer("implicit", "implicit", library(implicit)),),
        aim="3",
        checks=(NDCG,),
        repetitions=3,
    )
]
