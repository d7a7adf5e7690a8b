#!/usr/bin/env python3
"""Writes small-imputed-svd.csv: predictions from a dense SVD of imputed matrices, by NumPy. python3 imputed-svd.py

Of small-ratings.csv (see svd.py), rank 6. Absent entries are filled, then what is centred is taken from *every* entry.
numpy 2.4.6.
"""
import csv
import pathlib

import numpy as np

here = pathlib.Path(__file__).resolve().parent
with open(here / "small-ratings.csv") as file:
    table = [(int(r["user"]) - 1, int(r["item"]) - 1, float(r["rating"])) for r in csv.DictReader(file)]
shape = (40, 30)
observed = np.full(shape, np.nan)
for user, item, rating in table:
    observed[user, item] = rating
ratings = np.array([r for _, _, r in table])
mean = ratings.mean()


def means(axis):
    counts = (~np.isnan(observed)).sum(axis)
    return np.where(counts > 0, np.nansum(observed, axis) / np.maximum(counts, 1), mean)


values, counts = np.unique(ratings, return_counts=True)
fills = {
    "mean": np.full(shape, mean),
    "median": np.full(shape, np.median(ratings)),
    "most-frequent": np.full(shape, values[counts.argmax()]),
    "constant": np.full(shape, 2.25),
    "user-mean": np.repeat(means(1)[:, None], shape[1], 1),
    "item-mean": np.repeat(means(0)[None, :], shape[0], 0),
}
known = ~np.isnan(observed)
deviations = np.where(known, observed - mean, 0)
items = deviations.sum(0) / (known.sum(0) + 5)
users = np.where(known, observed - mean - items, 0).sum(1) / (known.sum(1) + 5)
centers = {
    "none": np.zeros(shape),
    "user": np.repeat(means(1)[:, None], shape[1], 1),
    "item": np.repeat(means(0)[None, :], shape[0], 0),
    "bias": mean + users[:, None] + items[None, :],
}
with open(here / "small-imputed-svd.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["by", "center", "user", "item", "value"])
    for by, fill in fills.items():
        for center, taken in centers.items():
            u, s, vt = np.linalg.svd(np.where(known, observed, fill) - taken, full_matrices=False)
            predicted = (u[:, :6] * s[:6]) @ vt[:6] + taken
            for place, value in enumerate(s[:6]):
                writer.writerow([by, center, "", place + 1, repr(float(value))])
            for user in range(0, shape[0], 7):
                for item in range(0, shape[1], 4):
                    writer.writerow([by, center, user + 1, item + 1, repr(float(predicted[user, item]))])
