#!/usr/bin/env python3
"""Reference values for mf, svdpp, nmf and baseline, by Surprise: python3 sgd.py

Writes small-sgd.csv (of small-ratings.csv, which svd.py generated) and, where ../shared/data/ml-latest-small is there,
movielens-sgd.csv and movielens-sgd-rmse.csv. scikit-surprise 1.1.5, numpy 2.4.6.

Factors begin with numbers by formula, which the tests compute too: of the row r and the column f of matrix m (0 users,
1 items, 2 implicit items), ((31 r² + 17 f² + 13 r f + 7 m + 5 r + 3 f) mod 101) / 101, spread over a range.
"""
import csv
import pathlib

import numpy as np
from surprise import NMF, SVD, BaselineOnly, Dataset, Reader, SVDpp

here = pathlib.Path(__file__).resolve().parent


def formula(matrix, rows, columns):
    r = np.asarray(rows, dtype=np.int64)[:, None]
    f = np.arange(columns, dtype=np.int64)[None, :]
    return ((31 * r * r + 17 * f * f + 13 * r * f + 7 * matrix + 5 * r + 3 * f) % 101) / 101


class Formula(np.random.RandomState):
    """Hands out the formula's numbers where Surprise draws: first for users, then for items, then for implicit items."""

    def __init__(self, users, items):
        super().__init__(0)
        self.rows = [users, items, items]
        self.matrix = 0

    def next(self, size):
        values = formula(self.matrix, self.rows[self.matrix], size[1])
        assert values.shape == tuple(size)
        self.matrix += 1
        return values

    def normal(self, loc, scale, size):
        return loc + scale * 3 * (self.next(size) - 0.5)

    def uniform(self, low, high, size):
        return low + (high - low) * (0.1 + 0.9 * self.next(size))


def trainset(rows, scale):
    return Dataset(Reader(rating_scale=scale)).construct_trainset([(u, i, r, None) for u, i, r in rows])


def ranks(train):
    """The places of users and items among the ids, in Surprise's order."""
    users = [train.to_raw_uid(u) for u in range(train.n_users)]
    items = [train.to_raw_iid(i) for i in range(train.n_items)]
    return np.argsort(np.argsort(users)), np.argsort(np.argsort(items))


def algorithms(train, factors):
    users, items = ranks(train)
    start = lambda: Formula(users, items)
    yield "mf", SVD(n_factors=factors, random_state=start())
    yield "mf unbiased", SVD(n_factors=factors, biased=False, random_state=start())
    yield "svdpp", SVDpp(n_factors=factors, random_state=start(), cache_ratings=True)
    yield "nmf", NMF(n_factors=factors, random_state=start())
    yield "baseline als", BaselineOnly(verbose=False)
    yield "baseline sgd", BaselineOnly(bsl_options={"method": "sgd"}, verbose=False)


def write(name, header, lines):
    with open(here / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def predictions(rows, scale, factors, pairs, names=None):
    train = trainset(rows, scale)
    lines = []
    for name, algorithm in algorithms(train, factors):
        if names and name not in names:
            continue
        algorithm.fit(train)
        for u, i in pairs:
            estimate = algorithm.estimate(train.to_inner_uid(u), train.to_inner_iid(i))
            lines.append([name, u, i, repr(float(estimate))])
        print(name, flush=True)
    return lines


# The generated matrix: a check where there is no MovieLens.
with open(here / "small-ratings.csv") as file:
    small = [(int(u), int(i), float(r)) for u, i, r in list(csv.reader(file))[1:]]
random = np.random.default_rng(7)
users = sorted({u for u, _, _ in small})
items = sorted({i for _, i, _ in small})
pairs = sorted({(int(random.choice(users)), int(random.choice(items))) for _ in range(100)})
write("small-sgd.csv", ["model", "user", "item", "value"], predictions(small, (0.5, 5), 6, pairs))

folder = here
while folder.parent != folder and not (folder / "shared/data/ml-latest-small").is_dir():
    folder = folder.parent
source = folder / "shared/data/ml-latest-small/ratings.csv"
if source.is_file():
    table = np.loadtxt(source, delimiter=",", skiprows=1, usecols=(0, 1, 2))
    rows = [(int(u), int(i), float(r)) for u, i, r in table]
    random = np.random.default_rng(1)
    pairs = sorted({(rows[e][0], rows[f][1]) for e, f in random.integers(0, len(rows), (150, 2))})
    write("movielens-sgd.csv", ["model", "user", "item", "value"], predictions(rows, (0.5, 5), 20, pairs))

    # Held out: every fifth row of the file. Starts by chance, so a mean over three of them.
    test = rows[4::5]
    train = trainset([row for place, row in enumerate(rows) if place % 5 != 4], (0.5, 5))
    lines = []
    makers = {
        "mf": lambda seed: SVD(random_state=seed),
        "svdpp": lambda seed: SVDpp(random_state=seed, cache_ratings=True),
        "nmf": lambda seed: NMF(random_state=seed),
        "baseline als": lambda seed: BaselineOnly(verbose=False),
        "baseline sgd": lambda seed: BaselineOnly(bsl_options={"method": "sgd"}, verbose=False),
    }
    for name, make in makers.items():
        errors = []
        for seed in range(1 if name.startswith("baseline") else 3):
            algorithm = make(seed).fit(train)
            errors.append(np.sqrt(np.mean([(algorithm.predict(u, i).est - r) ** 2 for u, i, r in test])))
        lines.append([name, repr(float(np.mean(errors))), repr(float(np.max(errors) - np.min(errors)))])
        print(lines[-1], flush=True)
    write("movielens-sgd-rmse.csv", ["model", "rmse", "spread"], lines)
