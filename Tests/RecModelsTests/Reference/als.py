#!/usr/bin/env python3
"""Reference values for als, by implicit, LensKit and NumPy: python3 als.py

Writes als-small.csv (generated ratings of svd.py's small-ratings.csv) and, where ../shared/data/ml-latest-small is there,
als-movielens.csv. implicit 0.7.3, lenskit 2025.8.1, numpy 2.4.6. Both sides compute the factors to start from:
start(row, factor) = ((row * 7919 + factor * 104729) % 1009 + 1) / 1009, implicit's scaled by 0.01.

Lines are kind,user,item,value; without a user the value is an objective or an RMSE.
"""
import csv
import pathlib

import numpy as np
import pandas as pd
import scipy.sparse as sp

here = pathlib.Path(__file__).resolve().parent


def start(rows, factors):
    row, factor = np.arange(rows)[:, None], np.arange(factors)[None, :]
    return ((row * 7919 + factor * 104729) % 1009 + 1) / 1009


def implicit_als(matrix, k, reg, alpha, iterations, use_cg):
    """Confidence 1 + alpha r as Hu et al. have it: implicit takes confidences as they are."""
    from implicit.cpu import _als
    from implicit.cpu.als import AlternatingLeastSquares

    confidence = matrix.astype(np.float32).copy()
    confidence.data = (1 + alpha * matrix.data).astype(np.float32)
    model = AlternatingLeastSquares(
        factors=k, regularization=reg, alpha=1.0, iterations=iterations, use_cg=use_cg, num_threads=1)
    model.user_factors = (start(matrix.shape[0], k) * 0.01).astype(np.float32)
    model.item_factors = (start(matrix.shape[1], k) * 0.01).astype(np.float32)
    model.fit(confidence, show_progress=False)
    loss = _als.calculate_loss(confidence, model.user_factors, model.item_factors, reg, 1)
    users = model.recalculate_user(np.arange(matrix.shape[0]), confidence)
    return loss, users @ model.item_factors.T


def lenskit_als(matrix, k, reg, epochs):
    """LensKit's BiasedMF from our factors; predictions fold the user's ratings in, as its pipelines do."""
    from lenskit.als import BiasedMFScorer
    from lenskit.als._explicit import BiasedMFTrainer
    from lenskit.data import ItemList, RecQuery, from_interactions_df
    from lenskit.training import TrainingOptions

    coo = matrix.tocoo()
    data = from_interactions_df(pd.DataFrame({"user_id": coo.row, "item_id": coo.col, "rating": coo.data}))

    class Trainer(BiasedMFTrainer):
        def initial_params(self, rows, columns):
            return start(rows, columns).astype(np.float32)

    class Scorer(BiasedMFScorer):
        def create_trainer(self, data, options):
            return Trainer(self, data, options)

    scorer = Scorer(features=k, epochs=epochs, regularization=reg)
    scorer.train(data, TrainingOptions(rng=1))
    items = data.items.ids()
    predicted = np.full(matrix.shape, np.nan)
    for user in data.users.ids():
        history = ItemList(item_ids=matrix[user].indices, rating=matrix[user].data)
        predicted[user, items] = scorer(RecQuery(user_id=user, user_items=history), ItemList(item_ids=items)).scores()
    return predicted


def spark_als(matrix, k, reg, alpha, iterations, implicit):
    """Spark's ALS as its source describes it: items first, λ times the count of ratings (implicit: of positive ones),
    confidence 1 + α|r|, preference r > 0; here in Double throughout."""
    users, items = start(matrix.shape[0], k), np.zeros((matrix.shape[1], k))

    def half(rows, given, out):
        gram = given.T @ given if implicit else np.zeros((k, k))
        for row in range(rows.shape[0]):
            own = slice(rows.indptr[row], rows.indptr[row + 1])
            y, r = given[rows.indices[own]], rows.data[own].astype(float)
            if len(r) == 0:
                continue
            weight = alpha * abs(r) if implicit else np.ones(len(r))
            target = np.where(r > 0, 1 + weight, 0) if implicit else r
            count = (r > 0).sum() if implicit else len(r)
            out[row] = np.linalg.solve(gram + (y.T * weight) @ y + reg * count * np.eye(k), y.T @ target)

    by_item = matrix.T.tocsr()
    for _ in range(iterations):
        half(by_item, users, items)
        half(matrix, items, users)
    return users @ items.T


def lines(kind, predicted, pairs, users, items):
    return [[kind, users[u], items[i], f"{predicted[u, i]:.7g}"] for u, i in pairs]


def write(name, rows):
    with open(here / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["kind", "user", "item", "value"])
        writer.writerows(rows)


def table(matrix, k, pairs, users, items):
    rows = []
    for name, use_cg in (("implicit-cg", True), ("implicit-cholesky", False)):
        loss, predicted = implicit_als(matrix, k, 0.1, 2.0, 6, use_cg)
        rows += [[name, "", "", f"{loss:.9g}"]] + lines(name, predicted, pairs, users, items)
    rows += lines("lenskit", lenskit_als(matrix, k, 0.1, 6), pairs, users, items)
    return rows


ratings = pd.read_csv(here / "small-ratings.csv")
small = sp.csr_matrix((ratings.rating, (ratings.user - 1, ratings.item - 1)), shape=(40, 30))
random = np.random.default_rng(1)
pairs = sorted({(int(u), int(i)) for u, i in zip(random.integers(0, 40, 100), random.integers(0, 30, 100))})
rows = table(small, 6, pairs, range(1, 41), range(1, 31))
# A few ratings that are not positive: disliked, and no part of the count.
signed = small.copy()
signed.data = signed.data - 2
rows += lines("spark-explicit", spark_als(small, 5, 0.05, 1, 4, False), pairs, range(1, 41), range(1, 31))
rows += lines("spark-implicit", spark_als(signed, 5, 0.05, 3.0, 4, True), pairs, range(1, 41), range(1, 31))
write("als-small.csv", rows)

folder = here
while folder.parent != folder and not (folder / "shared/data/ml-latest-small").is_dir():
    folder = folder.parent
source = folder / "shared/data/ml-latest-small/ratings.csv"
if source.is_file():
    ratings = pd.read_csv(source)
    user_ids, users = np.unique(ratings.userId, return_inverse=True)
    item_ids, items = np.unique(ratings.movieId, return_inverse=True)
    # Every fifth rating is held out, for an RMSE where the starts are by chance.
    held = np.arange(len(ratings)) % 5 == 0
    shape = (len(user_ids), len(item_ids))
    train = sp.csr_matrix((ratings.rating[~held], (users[~held], items[~held])), shape)
    random = np.random.default_rng(2)
    pairs = sorted({(int(u), int(i)) for u, i in zip(random.integers(0, shape[0], 150), random.integers(0, shape[1], 150))
                    if train[:, i].nnz > 0})
    rows = table(train, 20, pairs, user_ids.tolist(), item_ids.tolist())
    from lenskit.als import BiasedMFScorer
    from lenskit.data import ItemList, RecQuery, from_interactions_df
    from lenskit.training import TrainingOptions

    coo = train.tocoo()
    data = from_interactions_df(pd.DataFrame({"user_id": coo.row, "item_id": coo.col, "rating": coo.data}))
    errors = []
    for seed in range(5):
        scorer = BiasedMFScorer()
        scorer.train(data, TrainingOptions(rng=seed))
        squares = []
        for user in range(shape[0]):
            own = held & (users == user)
            query = RecQuery(user_id=user, user_items=ItemList(item_ids=train[user].indices, rating=train[user].data))
            scores = scorer(query, ItemList(item_ids=items[own])).scores()
            truth = ratings.rating[own].to_numpy()
            squares += ((scores - truth)[np.isfinite(scores)] ** 2).tolist()
        errors.append(np.sqrt(np.mean(squares)))
    # The mean over five starts; over the held-out ratings of items that are in the training.
    rows += [["lenskit-rmse", "", "", f"{np.mean(errors):.6g}"]]
    print(errors)
    write("als-movielens.csv", rows)
