#!/usr/bin/env python3
"""Reference values for svd and baseline, by NumPy and SciPy: python3 svd.py

Writes guide-svd.csv (the guide's 4×4 matrix, k=2), small-ratings.csv (generated), small-svd.csv,
small-eigenrec.csv and, where
../shared/data/ml-latest-small is there, movielens-svd.csv. numpy 2.4.6, scipy 1.17.1.
"""
import csv
import pathlib

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import svds

here = pathlib.Path(__file__).resolve().parent
DAMPING = 5.0


def estimates(rows, columns, ratings, shape, damping=DAMPING):
    mean = ratings.mean()
    item_sums = np.bincount(columns, ratings - mean, shape[1])
    items = item_sums / (np.bincount(columns, minlength=shape[1]) + damping)
    user_sums = np.bincount(rows, ratings - mean - items[columns], shape[0])
    users = user_sums / (np.bincount(rows, minlength=shape[0]) + damping)
    return mean, users, items


def offsets(center, rows, columns, ratings, shape):
    """What belongs to each user and to each item."""
    mean, users, items = estimates(rows, columns, ratings, shape)
    with np.errstate(invalid="ignore"):
        user_means = np.bincount(rows, ratings, shape[0]) / np.bincount(rows, minlength=shape[0])
        item_means = np.bincount(columns, ratings, shape[1]) / np.bincount(columns, minlength=shape[1])
    zeros = (np.zeros(shape[0]), np.zeros(shape[1]))
    return {
        "bias": (mean + users, items),
        "user": (user_means, zeros[1]),
        "item": (zeros[0], item_means),
        "none": zeros,
    }[center]


def predictions(center, k, rows, columns, ratings, shape):
    """The whole predicted matrix and the singular values, by ARPACK to full accuracy (dense where k is near the rank)."""
    user_part, item_part = offsets(center, rows, columns, ratings, shape)
    centred = sp.csr_matrix((ratings - user_part[rows] - item_part[columns], (rows, columns)), shape)
    if k < min(shape) - 1 and min(shape) > 100:
        u, s, vt = svds(centred, k=k, tol=1e-12, random_state=0)
        order = np.argsort(-s)
        u, s, vt = u[:, order], s[order], vt[order]
    else:
        u, s, vt = np.linalg.svd(centred.toarray(), full_matrices=False)
        u, s, vt = u[:, :k], s[:k], vt[:k]
    return (u * s) @ vt + user_part[:, None] + item_part[None, :], s


def write(name, header, rows):
    with open(here / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def table(centers, k, pairs, data, users, items):
    rows, columns, ratings, shape = data
    lines = []
    for center in centers:
        predicted, values = predictions(center, k, rows, columns, ratings, shape)
        lines += [[center, "singular", n + 1, repr(float(v))] for n, v in enumerate(values)]
        lines += [[center, users[u], items[i], repr(float(predicted[u, i]))] for u, i in pairs]
    return lines


# The guide's example, absent entries as zeros.
guide = np.array([[5, 3, 0, 1], [4, 0, 0, 1], [1, 1, 0, 5], [0, 0, 0, 4]], float)
rows, columns = guide.nonzero()
everything = [(u, i) for u in range(4) for i in range(4)]
names = [1, 2, 3, 4]
write("guide-svd.csv", ["center", "user", "item", "value"],
      table(["none"], 2, everything, (rows, columns, guide[rows, columns], guide.shape), names, names))

# A generated matrix, so that the check runs where there is no MovieLens.
random = np.random.default_rng(20240517)
shape = (40, 30)
tastes = random.normal(size=(shape[0], 3)) @ random.normal(size=(3, shape[1]))
full = np.clip(np.round(2 * (3.5 + tastes * 0.7 + random.normal(scale=0.4, size=shape))) / 2, 0.5, 5)
rows, columns = (random.random(shape) < 0.35).nonzero()
ratings = full[rows, columns]
write("small-ratings.csv", ["user", "item", "rating"],
      [[u + 1, i + 1, r] for u, i, r in zip(rows.tolist(), columns.tolist(), ratings.tolist())])
data = (rows, columns, ratings, shape)
pairs = sorted({(int(u), int(i)) for u, i in zip(random.integers(0, 40, 120), random.integers(0, 30, 120))})
mean, users, items = estimates(*data)
lines = table(["bias", "user", "item", "none"], 6, pairs, data, range(1, 41), range(1, 31))
lines += [["baseline", u + 1, i + 1, repr(float(mean + users[u] + items[i]))] for u, i in pairs]
write("small-svd.csv", ["center", "user", "item", "value"], lines)

# EigenRec: column i of the matrix times its length to the power d - 1; a user's scores are the ratings times V Vᵀ.
lines = []
for power in [0.25, 0.5, 1.5]:
    whole = sp.csr_matrix((ratings, (rows, columns)), shape).toarray()
    weighted = whole * np.linalg.norm(whole, axis=0) ** (power - 1)
    values, vt = np.linalg.svd(weighted, full_matrices=False)[1:]
    predicted = whole @ vt[:6].T @ vt[:6]
    lines += [[power, "singular", n + 1, repr(float(v))] for n, v in enumerate(values[:6])]
    lines += [[power, u + 1, i + 1, repr(float(predicted[u, i]))] for u, i in pairs]
write("small-eigenrec.csv", ["popularity", "user", "item", "value"], lines)

# MovieLens, bias-centred, k=20.
folder = here
while folder.parent != folder and not (folder / "shared/data/ml-latest-small").is_dir():
    folder = folder.parent
source = folder / "shared/data/ml-latest-small/ratings.csv"
if source.is_file():
    table_ = np.loadtxt(source, delimiter=",", skiprows=1, usecols=(0, 1, 2))
    user_ids, rows = np.unique(table_[:, 0].astype(int), return_inverse=True)
    item_ids, columns = np.unique(table_[:, 1].astype(int), return_inverse=True)
    data = (rows, columns, table_[:, 2], (len(user_ids), len(item_ids)))
    random = np.random.default_rng(1)
    pairs = sorted({(int(u), int(i)) for u, i in zip(
        random.integers(0, len(user_ids), 200), random.integers(0, len(item_ids), 200))})
    pairs += [(int(rows[e]), int(columns[e])) for e in random.integers(0, len(rows), 200)]
    lines = table(["bias"], 20, pairs, data, user_ids.tolist(), item_ids.tolist())
    mean, users, items = estimates(*data)
    lines += [["baseline", int(user_ids[u]), int(item_ids[i]), repr(float(mean + users[u] + items[i]))] for u, i in pairs]
    write("movielens-svd.csv", ["center", "user", "item", "value"], lines)
