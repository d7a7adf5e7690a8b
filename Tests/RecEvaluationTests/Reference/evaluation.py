#!/usr/bin/env python3
"""Writes judged-ratings.tsv, judged-scores.tsv and judged-expected.tsv: two models judged from beginning to end.

NumPy formulas after language.md, "Judging, as a reviewer would want it"; NDCG by scikit-learn, whose ties are averaged.
    pip install numpy==2.4.6 scikit-learn==1.9.1; python3 evaluation.py
"""
from math import comb
from pathlib import Path

import numpy as np
from sklearn.metrics import mean_absolute_error, ndcg_score, root_mean_squared_error

rng = np.random.default_rng(77)
USERS, ITEMS, K = 40, 50, 5
here = Path(__file__).parent

# side: 0 none, 1 train, 2 test; user 38 is in test only, user 39 in train only, item 49 in test only.
side = np.where(rng.random((USERS, ITEMS)) < 0.35, 1, 0)
side[(side == 1) & (rng.random(side.shape) < 0.35)] = 2
side[38][side[38] == 1] = 2
side[39][side[39] == 2] = 1
side[:, 49] = np.where(rng.random(USERS) < 0.2, 2, 0)
side[39, 49] = 0
ratings = rng.integers(1, 11, side.shape) / 2
ratings[0, :2], side[0, :2] = (0.5, 5.0), 1  # the scale occurs

# "rater" predicts ratings, some beyond the scale; "ranker" only ranks and cannot score every fifth item.
taste = ratings + rng.normal(0, 1.2, side.shape)
rater = np.round(taste, 6)
ranker = np.round(taste + rng.normal(0, 2, side.shape), 6)
ranker[:, ::5] = -np.inf

with open(here / "judged-ratings.tsv", "w") as file:
    for u, i in np.argwhere(side > 0):
        file.write(f"{u}\t{i}\t{ratings[u, i]}\t{['', 'train', 'test'][side[u, i]]}\n")
with open(here / "judged-scores.tsv", "w") as file:
    for u, i in np.ndindex(side.shape):
        file.write(f"{u}\t{i}\t{np.float32(rater[u, i])!s}\t{np.float32(ranker[u, i])!s}\n")


def first_rank(scores, relevant):
    """The expected reciprocal rank of the first relevant candidate; ties in any order."""
    best = max(scores[relevant])
    above, tied = int((scores > best).sum()), scores == best
    t, r = int(tied.sum()), int((tied & relevant).sum())
    return sum(comb(t - j, r - 1) / comb(t, r) / (above + j) for j in range(1, t - r + 2))


def judge(scores, predicts):
    scores = np.float32(scores).astype(float)
    per_user, shown = [], set()
    for u in range(USERS):
        candidates = np.flatnonzero(side[u] != 1)
        relevant = (side[u] == 2) & (ratings[u] >= 4)
        if not relevant.any():
            continue
        own, rel = scores[u, candidates], relevant[candidates]
        finite = np.where(np.isinf(own), -1e6, own)
        order = np.argsort(-finite, kind="stable")
        assert len(set(own[order[:K]])) == K and not np.isinf(own[order[:K]]).any()
        shown.update(candidates[order[:K]])
        hits = rel[order[:K]]
        ap = sum(hits[: n + 1].mean() for n in range(K) if hits[n]) / min(K, rel.sum())
        gains = np.where(side[u, candidates] == 2, 2 ** ratings[u, candidates] - 1, 0)
        per_user.append([hits.sum() / K, hits.sum() / rel.sum(), float(hits.any()), first_rank(own, rel), ap,
                         ndcg_score([rel.astype(float)], [finite], k=K), ndcg_score([gains], [finite], k=K)])
    test = side == 2
    skipped = int((test.any(1)).sum()) - len(per_user)
    known = (side == 1).any(1)[:, None] & (side == 1).any(0)[None, :]
    clipped = np.clip(scores, 0.5, 5)
    values = dict(zip(["precision", "recall", "hitrate", "mrr", "map", "ndcg", "graded"], np.mean(per_user, axis=0)))
    values["coverage"] = len(shown) / ITEMS
    if predicts:
        values["rmse"] = root_mean_squared_error(ratings[test], clipped[test])
        values["mae"] = mean_absolute_error(ratings[test], clipped[test])
    values |= {"users": len(per_user), "ratings": int(test.sum()), "skipped": skipped,
               "fallback": int((test & ~known).sum())}
    return values


with open(here / "judged-expected.tsv", "w") as file:
    for name, scores, predicts in [("rater", rater, True), ("ranker", ranker, False)]:
        for metric, value in judge(scores, predicts).items():
            file.write(f"{name}\t{metric}\t{float(value)!r}\n")
