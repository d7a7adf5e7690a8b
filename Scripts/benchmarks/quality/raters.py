"""Peers that predict ratings: an array with a prediction for each row of `test.csv`."""

from __future__ import annotations

import numpy

from ..data import Data
from ..surprise_data import testset, trainset
from .contender import Contender


def surprise(data: Data, algorithm: str, **options) -> numpy.ndarray:
    import surprise

    if "similarity" in options:
        options["sim_options"] = {"name": options.pop("similarity"), "user_based": options.pop("by") == "user"}
        options["verbose"] = False
    model = getattr(surprise, algorithm)(**options)
    if algorithm == "BaselineOnly":
        model.verbose = False
    predictions = model.fit(trainset(data)).test(testset(data))
    return numpy.array([prediction.est for prediction in predictions])


def lenskit_biased_mf(data: Data, **options) -> numpy.ndarray:
    import pandas
    from lenskit.als import BiasedMFScorer
    from lenskit.data import ItemList, from_interactions_df

    users, items, ratings = data.read(data.part("train"))
    model = BiasedMFScorer(user_embeddings="prefer", **options)
    model.train(from_interactions_df(pandas.DataFrame({"user_id": users, "item_id": items, "rating": ratings})))
    means = numpy.full(len(data.ids[0]), ratings.mean())
    present = numpy.unique(users)
    means[present] = (numpy.bincount(users, ratings) / numpy.maximum(1, numpy.bincount(users)))[present]
    test_users, test_items, _ = data.read(data.part("test"))
    predicted = means[test_users]
    for user in numpy.unique(test_users):
        rows = numpy.flatnonzero(test_users == user)
        scores = model(int(user), ItemList(item_ids=test_items[rows])).scores()
        predicted[rows] = numpy.where(numpy.isfinite(scores), scores, predicted[rows])
    return predicted


def cornac_mf(data: Data, **options) -> numpy.ndarray:
    from cornac.data import Dataset
    from cornac.models import MF

    train = Dataset.from_uir(list(zip(*data.read(data.part("train")))), seed=1)
    model = MF(seed=1, **options).fit(train)
    users, items, _ = data.read(data.part("test"))
    unknown = -1
    return numpy.array(
        [
            model.rate(train.uid_map.get(user, unknown), train.iid_map.get(item, unknown), clipping=False)
            for user, item in zip(users, items)
        ]
    )


NEIGHBORS = {"by": "item", "k": 40}

RATERS = [
    Contender("Surprise BaselineOnly", surprise, [{"algorithm": "BaselineOnly"}]),
    Contender(
        "Surprise SVD",
        surprise,
        [{"algorithm": "SVD", "random_state": 1}, {"algorithm": "SVD", "n_epochs": 40, "reg_all": 0.1, "random_state": 1}],
    ),
    Contender("Surprise SVDpp", surprise, [{"algorithm": "SVDpp", "cache_ratings": True, "random_state": 1}]),
    Contender(
        "Surprise KNNBaseline",
        surprise,
        [
            {"algorithm": "KNNBaseline", "similarity": "pearson_baseline", **NEIGHBORS},
            {"algorithm": "KNNBaseline", "similarity": "msd", **NEIGHBORS},
        ],
    ),
    Contender("Surprise SlopeOne", surprise, [{"algorithm": "SlopeOne"}]),
    Contender("Surprise NMF", surprise, [{"algorithm": "NMF", "random_state": 1}]),
    Contender(
        "LensKit BiasedMF",
        lenskit_biased_mf,
        [
            {"embedding_size": 50, "epochs": 10, "regularization": 0.1},
            {"embedding_size": 50, "epochs": 20, "regularization": 0.2},
        ],
    ),
    Contender(
        "Cornac MF",
        cornac_mf,
        [{"k": 10, "max_iter": 20}, {"k": 50, "max_iter": 50, "learning_rate": 0.01, "lambda_reg": 0.1}],
    ),
]
