"""Peers that list items: the ten best of each user, (users, 10), as item indices, of all items without a training rating."""

from __future__ import annotations

import numpy

from ..data import Data
from ..scores import best_lists
from .contender import Contender


def train_matrix(data: Data, values: str):
    """The training ratings, or ones in their place."""
    train = data.matrix("train")
    if values == "ones":
        train.data[:] = 1
    return train


def factor_lists(user_factors, item_factors, train) -> numpy.ndarray:
    return best_lists(lambda users: user_factors[users] @ item_factors.T, train)


def popular(data: Data) -> numpy.ndarray:
    train = data.matrix("train")
    counts = numpy.bincount(train.indices, minlength=train.shape[1])
    return best_lists(lambda users: numpy.tile(counts, (len(users), 1)), train)


def implicit_als(data: Data, values: str, **options) -> numpy.ndarray:
    from implicit.cpu.als import AlternatingLeastSquares

    train = train_matrix(data, values)
    model = AlternatingLeastSquares(num_threads=1, random_state=1, **options)
    model.fit(train, show_progress=False)
    return factor_lists(model.user_factors, model.item_factors, train)


def implicit_bpr(data: Data, **options) -> numpy.ndarray:
    from implicit.cpu.bpr import BayesianPersonalizedRanking

    train = train_matrix(data, "ones")
    model = BayesianPersonalizedRanking(num_threads=1, random_state=1, **options)
    model.fit(train, show_progress=False)
    return factor_lists(model.user_factors, model.item_factors, train)


def implicit_neighbors(data: Data, weighting: str, values: str, **options) -> numpy.ndarray:
    from implicit import nearest_neighbours

    train = train_matrix(data, values)
    model = getattr(nearest_neighbours, weighting)(num_threads=1, **options)
    model.fit(train, show_progress=False)
    return best_lists(lambda users: (train[users] @ model.similarity).toarray(), train)


def lenskit(data: Data, scorer: str, **options) -> numpy.ndarray:
    import pandas
    from lenskit.als import ImplicitMFScorer
    from lenskit.data import ItemList, RecQuery, from_interactions_df
    from lenskit.knn import ItemKNNScorer

    users, items, _ = data.read(data.part("train"))
    train = from_interactions_df(pandas.DataFrame({"user_id": users, "item_id": items}))
    model = {"ImplicitMF": ImplicitMFScorer, "ItemKNN": ItemKNNScorer}[scorer](**options)
    model.train(train)
    every = ItemList(item_ids=numpy.arange(len(data.ids[1])))
    matrix = data.matrix("train")

    def scores(block) -> numpy.ndarray:
        rows = [
            model(RecQuery(user_id=int(user), user_items=train.user_row(int(user))), every).scores() for user in block
        ]
        return numpy.nan_to_num(numpy.array(rows), nan=-1e9)

    return best_lists(scores, matrix)


def cornac_bpr(data: Data, **options) -> numpy.ndarray:
    from cornac.data import Dataset
    from cornac.models import BPR

    train = data.matrix("train")
    known = Dataset.from_uir(list(zip(*data.read(data.part("train")))), seed=1)
    model = BPR(seed=1, **options).fit(known)
    scores = numpy.full(train.shape, -numpy.inf, "float32")
    columns = list(known.iid_map)
    for user, place in known.uid_map.items():
        scores[user, columns] = model.score(place)[list(known.iid_map.values())]
    return best_lists(lambda users: scores[users], train)


def pure_svd(data: Data, values: str, k: int) -> numpy.ndarray:
    from scipy.sparse.linalg import svds

    train = train_matrix(data, values)
    _, _, right = svds(train.astype("float64"), k=k, random_state=1)
    return factor_lists(train @ right.T, right.T, train)


def ease(data: Data, values: str, penalty: float) -> numpy.ndarray:
    train = train_matrix(data, values)
    gram = (train.T @ train).toarray()
    gram[numpy.diag_indices_from(gram)] += penalty
    inverse = numpy.linalg.inv(gram)
    weights = inverse / -numpy.diag(inverse)
    weights[numpy.diag_indices_from(weights)] = 0
    return best_lists(lambda users: train[users] @ weights, train)


RANKERS = [
    Contender("most popular", popular),
    Contender(
        "implicit ALS",
        implicit_als,
        [
            {"values": "ratings", "factors": 64, "iterations": 15},
            {"values": "ones", "factors": 64, "iterations": 15, "alpha": 10, "regularization": 10},
            {"values": "ones", "factors": 32, "iterations": 15, "alpha": 5, "regularization": 1},
        ],
    ),
    Contender(
        "implicit BPR",
        implicit_bpr,
        [{"factors": 100, "iterations": 100}, {"factors": 50, "iterations": 200, "learning_rate": 0.05}],
    ),
    Contender(
        "implicit item kNN",
        implicit_neighbors,
        [
            {"weighting": "CosineRecommender", "values": "ratings", "K": 20},
            {"weighting": "CosineRecommender", "values": "ones", "K": 100},
            {"weighting": "TFIDFRecommender", "values": "ones", "K": 100},
            {"weighting": "BM25Recommender", "values": "ones", "K": 100},
        ],
    ),
    Contender(
        "LensKit ImplicitMF",
        lenskit,
        [{"scorer": "ImplicitMF"}, {"scorer": "ImplicitMF", "embedding_size": 32, "regularization": 1, "weight": 10}],
    ),
    Contender("LensKit ItemKNN", lenskit, [{"scorer": "ItemKNN", "feedback": "implicit", "max_nbrs": 20}]),
    Contender(
        "Cornac BPR", cornac_bpr, [{"k": 50, "max_iter": 200, "learning_rate": 0.01, "lambda_reg": 0.001}]
    ),
    Contender(
        "PureSVD in SciPy",
        pure_svd,
        [{"values": values, "k": k} for values in ("ratings", "ones") for k in (20, 50)],
    ),
    Contender(
        "EASE in NumPy",
        ease,
        [{"values": "ones", "penalty": penalty} for penalty in (100, 300, 1000)],
    ),
]
