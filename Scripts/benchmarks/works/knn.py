"""Nearest neighbours, building and using them: predictions against Surprise, lists against implicit."""

import numpy

from ..data import Data
from ..library import Prepared, library
from ..row import NDCG, RMSE, Peer, Row
from ..scores import ndcg
from ..statements import Session, statements
from ..surprise_data import testset, trainset


def surprise(data: Data) -> Prepared:
    from surprise import KNNBaseline
    from surprise.accuracy import rmse

    train, test = trainset(data), testset(data)
    options = {"name": "pearson_baseline", "user_based": False, "shrinkage": 100}
    model = KNNBaseline(k=40, sim_options=options, verbose=False)

    def numbers(predictions) -> dict[str, float]:
        return {"rmse": rmse(predictions, verbose=False)}

    return lambda: model.fit(train).test(test), numbers


def implicit(data: Data) -> Prepared:
    from implicit.nearest_neighbours import CosineRecommender

    train = data.matrix("train")
    users = numpy.arange(train.shape[0])

    def work():
        model = CosineRecommender(K=20, num_threads=2)
        model.fit(train, show_progress=False)
        return model.recommend(users, train, N=10, filter_already_liked_items=True)

    def numbers(result) -> dict[str, float]:
        return {"ndcg@10": ndcg(result[0], data.matrix("test"))}

    return work, numbers


def listed(session: Session, data: Data) -> dict[str, float]:
    session.run(f"recommend users=all; save it '{data.scratch('knn.csv')}'")
    return {"ndcg@10": ndcg(data.lists(data.scratch("knn.csv")), data.matrix("test"))}


def predicted(session: Session, data: Data) -> dict[str, float]:
    return session.evaluate("knn", "rmse")


ROWS = [
    Row(
        work="item kNN, Pearson-baseline: build and predict",
        data="small",
        ours=statements(
            "{data.load}",
            "{data.split}",
            timed="knn by=item similarity=pearson-baseline center=baseline k=40; eval knn metrics=rmse",
            numbers=predicted,
        ),
        peers=(Peer("Surprise KNNBaseline", "scikit-surprise", library(surprise)),),
        aim="10",
        checks=(RMSE,),
        repetitions=3,
    ),
    Row(
        work="item kNN, cosine k=20: build and list for all",
        data="1M",
        ours=statements(
            "{data.load}",
            "{data.split}",
            timed="knn by=item similarity=cosine center=none k=20 nearest=rated",
            listing="knn",
            numbers=listed,
        ),
        peers=(Peer("implicit", "implicit", library(implicit)),),
        aim="3",
        checks=(NDCG,),
    ),
]
