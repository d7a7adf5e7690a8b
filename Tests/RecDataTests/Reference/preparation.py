#!/usr/bin/env python3
"""Writes preparation.json: what pandas and scikit-learn make of ratings and fields. python3 preparation.py

The versions stand in the file.
"""
import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import KBinsDiscretizer, MinMaxScaler, MultiLabelBinarizer, OneHotEncoder, OrdinalEncoder, StandardScaler

warnings.filterwarnings("ignore")
random = np.random.default_rng(2024)
here = Path(__file__).resolve().parent

# Ratings: a long tail of items, users who rate everything alike (the first two), halves of stars.
rows = []
for user in range(24):
    for item in range(18):
        if random.random() < 0.75 / (1 + item / 3) or item == user % 5:
            rows.append((user, item, 4.0 if user < 2 else random.integers(1, 11) / 2))
ratings = pd.DataFrame(rows, columns=["user", "item", "rating"])


def core(users, items):
    left, rounds = ratings, 0
    while True:
        rounds += 1
        before = len(left)
        left = left[left.groupby("user").item.transform("count") >= users]
        left = left[left.groupby("item").user.transform("count") >= items]
        if len(left) == before:
            break
    return {"users": users, "items": items, "left": left[["user", "item"]].values.tolist()}


def scaled(values, target):
    column = np.asarray(values, dtype=float).reshape(-1, 1)
    if target == "zscore":
        return StandardScaler().fit_transform(column).ravel()
    if target == "center":
        return StandardScaler(with_std=False).fit_transform(column).ravel()
    return MinMaxScaler(feature_range=(-1, 2)).fit_transform(column).ravel()


def normalized(target, axis):
    """By scikit-learn within each group; a range of equal ratings is that of all ratings, as ours is defined."""
    if axis == "all":
        return scaled(ratings.rating, target).tolist()
    result = np.empty(len(ratings))
    everything = scaled(ratings.rating, target)
    for _, group in ratings.groupby(axis):
        equal = group.rating.nunique() == 1
        result[group.index] = everything[group.index] if target == "range" and equal else scaled(group.rating, target)
    return result.tolist()



def gini(counts):
    """The mean absolute difference of all pairs, halved and divided by the mean."""
    counts = np.asarray(counts, dtype=float)
    return float(np.abs(counts[:, None] - counts[None, :]).mean() / 2 / counts.mean())


def spread(axis):
    counts = ratings.groupby(axis).rating.count().values
    return {"quartiles": np.percentile(counts, [0, 25, 50, 75, 100]).tolist(), "mean": float(counts.mean()),
            "gini": gini(counts), "singles": int((counts == 1).sum())}


# The first 60 rows as train, the others as test.
train, test = ratings[:60], ratings[60:]
is_cold = ~test.user.isin(train.user) | ~test.item.isin(train.item)
described = {
    "mean": float(ratings.rating.mean()), "deviation": float(ratings.rating.std()),
    "relevant": float((ratings.rating >= 4).mean()), "users": spread("user"), "items": spread("item"),
    "cold": [int((~test.user.drop_duplicates().isin(train.user)).sum()),
             int((~test.item.drop_duplicates().isin(train.item)).sum()), int(is_cold.sum())],
}

numbers = [3.5, None, 1.0, 8.0, 8.0, None, -2.0, 1.0, 40.0, 0.25]
frame = np.array([[np.nan if n is None else n] for n in numbers])
imputed = {
    strategy.replace("_", "-"): SimpleImputer(strategy=strategy, fill_value=7.5).fit_transform(frame).ravel().tolist()
    for strategy in ["mean", "median", "most_frequent", "constant"]
}
texts = ["red", None, "blue", "blue", "red", None, "green"]
imputed_texts = SimpleImputer(strategy="most_frequent", missing_values=None).fit_transform(
    np.array([[t] for t in texts], dtype=object)).ravel().tolist()

labels = [["Drama", "Comedy"], [], ["Comedy"], ["Film Noir"], ["Drama", "Action", "Comedy"]]
multi = MultiLabelBinarizer()
single = [["b"], ["a"], ["é"], ["a"], ["Z"]]
one = OneHotEncoder(sparse_output=False)

cut = np.round(random.gamma(2, 10, 200), 2)
discrete = random.integers(1, 6, 200).astype(float)
bins = []
for name, values in [("cut", cut), ("discrete", discrete)]:
    for strategy in ["uniform", "quantile"]:
        for count in [2, 3, 5, 8]:
            options = {"quantile_method": "linear"} if strategy == "quantile" else {}
            maker = KBinsDiscretizer(count, encode="ordinal", strategy=strategy, subsample=None, **options)
            codes = maker.fit_transform(values.reshape(-1, 1)).ravel()
            bins.append({"values": name, "rule": "width" if strategy == "uniform" else strategy, "count": count,
                         "edges": maker.bin_edges_[0].tolist(), "numbers": (codes + 1).astype(int).tolist()})

json.dump({
    "versions": {"pandas": pd.__version__, "scikit-learn": sklearn.__version__},
    "ratings": ratings.values.tolist(),
    "cores": [core(u, i) for u, i in [(1, 1), (4, 0), (0, 6), (4, 6), (5, 4), (3, 9), (60, 2)]],
    "normalized": [{"target": t, "axis": a, "values": normalized(t, a)}
                   for t in ["zscore", "center", "range"] for a in ["all", "user", "item"]],
    "constants": {axis: int((ratings.groupby(axis).rating.nunique() == 1).sum()) for axis in ["user", "item"]},
    "described": described, "numbers": numbers, "imputed": imputed, "texts": texts, "imputedTexts": imputed_texts,
    "labels": labels, "multihot": multi.fit_transform(labels).T.tolist(), "multihotLabels": multi.classes_.tolist(),
    "single": [s[0] for s in single], "onehot": one.fit_transform(single).T.tolist(),
    "ordinal": OrdinalEncoder().fit_transform(single).ravel().tolist(),
    "cut": cut.tolist(), "discrete": discrete.tolist(), "bins": bins,
}, open(here / "preparation.json", "w"), ensure_ascii=False)
