#!/usr/bin/env python3
"""Writes rankings.tsv: per-user metrics of generated rankings, by scikit-learn 1.9.1 and ranx 0.3.21.

A line is one user: scores, test ratings (0: no test row), cutoff k, then the values. Relevant are ratings from 4 on.
    pip install numpy==2.4.6 scikit-learn==1.9.1 ranx==0.3.21; python3 metrics.py
"""
from pathlib import Path

import numpy as np
from ranx import Qrels, Run, evaluate
from sklearn.metrics import average_precision_score, ndcg_score

rng = np.random.default_rng(20240)
NAMES = ["precision", "recall", "hitrate", "mrr", "mrr@k", "map", "map-all", "ndcg", "ndcg-graded"]


def without_ties(scores, ratings, k):
    relevant = ratings >= 4
    qrels = Qrels({"u": {f"i{j}": 1 for j in np.flatnonzero(relevant)}})
    run = Run({"u": {f"i{j}": float(s) for j, s in enumerate(scores)}})
    graded = Qrels({"u": {f"i{j}": int(ratings[j]) for j in np.flatnonzero(ratings > 0)}})
    got = evaluate(
        qrels, run, [f"precision@{k}", f"recall@{k}", f"hit_rate@{k}", "mrr", f"mrr@{k}", f"map@{k}", f"ndcg@{k}"])
    # ranx divides by all relevant items, we by min(k, relevant).
    ours = got[f"map@{k}"] * relevant.sum() / min(k, relevant.sum())
    return [got[f"precision@{k}"], got[f"recall@{k}"], got[f"hit_rate@{k}"], got["mrr"], got[f"mrr@{k}"], ours,
            average_precision_score(relevant, scores), got[f"ndcg@{k}"], evaluate(graded, run, f"ndcg_burges@{k}")]


def with_ties(scores, ratings, k):
    """scikit-learn averages NDCG over ties; the other metrics are checked by enumeration in Swift."""
    relevant = (ratings >= 4).astype(float)
    gains = np.where(ratings > 0, 2.0**ratings - 1, 0)
    return [float("nan")] * 7 + [ndcg_score([relevant], [scores], k=k), ndcg_score([gains], [scores], k=k)]


with open(Path(__file__).parent / "rankings.tsv", "w") as file:
    file.write("\t".join(["scores", "ratings", "k"] + NAMES) + "\n")
    for case in range(120):
        n = int(rng.integers(5, 41))
        ratings = np.where(rng.random(n) < 0.45, rng.integers(1, 6, n), 0)
        ratings[rng.integers(n)] = 5
        k = int(rng.choice([1, 2, 3, 5, 10, 50]))
        if case < 60:
            scores = rng.permutation(n).astype(float) / 4 + 0.6 * ratings
            scores += np.arange(n) / 1024
        else:
            scores = np.round(rng.random(n) * rng.integers(1, 6) + 0.3 * ratings)
        values = (without_ties if len(set(scores)) == n else with_ties)(scores, ratings, k)
        file.write("\t".join(
            [",".join(repr(float(s)) for s in scores), ",".join(str(r) for r in ratings), str(k)]
            + [repr(float(v)) for v in values]) + "\n")
