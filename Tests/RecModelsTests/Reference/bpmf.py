#!/usr/bin/env python3
"""Reference values for bpmf: python3 bpmf.py

Writes movielens-bpmf.csv: test RMSE of myfm's Gibbs sampler on ml-latest-small, a fifth of the ratings held out by a hash of
the ids; "none" with users and items alone, "genres" with the items' genres, each film's of length 1. Mean and deviation over
three seeds. myfm 0.4.0, numpy 2.4.6, scipy 1.17.1.
"""
import csv
import pathlib

import myfm
import numpy as np
import scipy.sparse as sp

here = pathlib.Path(__file__).resolve().parent
data = here.parents[3] / "shared/data/ml-latest-small"

ratings = list(csv.reader(open(data / "ratings.csv")))[1:]
users = np.array([int(row[0]) for row in ratings])
films = np.array([int(row[1]) for row in ratings])
values = np.array([float(row[2]) for row in ratings])
test = ((users * 73856093) ^ (films * 19349663)) % 5 == 0
films_known, film = np.unique(films, return_inverse=True)
users_known, user = np.unique(users, return_inverse=True)
genres = {int(row[0]): row[2].split("|") for row in list(csv.reader(open(data / "movies.csv")))[1:]}
labels = sorted({label for row in genres.values() for label in row} - {"(no genres listed)"})
rows = np.array([[float(label in genres[known]) for label in labels] for known in films_known])
rows /= np.maximum(1, np.sqrt(rows.sum(1)))[:, None]


def error(with_genres, seed):
    mine = sp.identity(len(users_known), format="csr")
    blocks = [sp.identity(len(films_known), format="csr")] + ([sp.csr_matrix(rows)] if with_genres else [])
    theirs = sp.hstack(blocks).tocsr()
    shapes = [mine.shape[1]] + [block.shape[1] for block in blocks]
    model = myfm.MyFMGibbsRegressor(rank=8, random_seed=seed)

    def relations(chosen):
        return [myfm.RelationBlock(user[chosen], mine), myfm.RelationBlock(film[chosen], theirs)]

    model.fit(None, values[~test], X_rel=relations(~test), group_shapes=shapes, n_iter=400, n_kept_samples=300)
    predicted = np.clip(model.predict(None, X_rel=relations(test)), 0.5, 5)
    return np.sqrt(np.mean((predicted - values[test]) ** 2))


with open(here / "movielens-bpmf.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["features", "ratings", "rmse", "deviation"])
    for name in ["none", "genres"]:
        errors = [error(name == "genres", seed) for seed in (1, 2, 3)]
        writer.writerow([name, test.sum(), f"{np.mean(errors):.5f}", f"{np.std(errors, ddof=1):.5f}"])
