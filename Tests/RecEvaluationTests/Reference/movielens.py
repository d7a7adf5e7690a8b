#!/usr/bin/env python3
"""Writes movielens-expected.tsv: `popular` and `baseline` judged on ml-latest-small after `split test=20% by=user`.

The split is that of splits.py; the formulas are language.md's, in NumPy, with ties by exact counting; NDCG by
scikit-learn. Indices follow the ids by value, as in the program.
    pip install numpy==2.4.6 scikit-learn==1.9.1; python3 movielens.py FOLDER-OF-ml-latest-small
"""
import sys
from math import comb
from pathlib import Path

import numpy as np
from sklearn.metrics import ndcg_score

from splits import chain, half_up

K = 10
here = Path(__file__).parent
rows = [line.split(",") for line in open(Path(sys.argv[1]) / "ratings.csv").read().splitlines()[1:]]
users = sorted({int(r[0]) for r in rows})
items = sorted({int(r[1]) for r in rows})
place = {item: k for k, item in enumerate(items)}
by_user = {u: [] for u in users}
for u, i, r, _ in rows:
    by_user[int(u)].append((chain(int(u), int(i), 42), place[int(i)], float(r)))

train, test = {}, {}
for u, own in by_user.items():
    own.sort()
    count = min(half_up(0.2 * len(own)), len(own) - 1)
    test[u], train[u] = own[:count], own[count:]

counts = np.zeros(len(items), int)
total, n = 0.0, 0
for own in train.values():
    for _, i, r in own:
        counts[i] += 1
        total, n = total + r, n + 1
mean = total / n
item_sum = np.zeros(len(items))
for own in train.values():
    for _, i, r in own:
        item_sum[i] += r - mean
item_bias = item_sum / (counts + 5)

values = {name: [] for name in ["precision@10", "recall@10", "ndcg@10", "hitrate@10", "mrr"]}
squares, fallback, skipped = [], 0, 0
shown = set()
for u in users:
    user_bias = sum(r - mean - item_bias[i] for _, i, r in train[u]) / (len(train[u]) + 5)
    for _, i, r in test[u]:
        squares.append((np.clip(mean + user_bias + item_bias[i], 0.5, 5) - r) ** 2)
        fallback += counts[i] == 0
    relevant = {i for _, i, r in test[u] if r >= 4}
    if not relevant:
        skipped += bool(test[u])
        continue
    candidates = np.setdiff1d(np.arange(len(items)), [i for _, i, _ in train[u]])
    score, rel = counts[candidates], np.isin(candidates, list(relevant))
    hits, hit_free, first = 0.0, 1.0, None
    for level in sorted(set(score[rel]), reverse=True):
        above, tied = int((score > level).sum()), score == level
        t, r = int(tied.sum()), int((tied & rel).sum())
        m = max(0, min(t, K - above))
        hits += r * m / t
        if first is None:
            hit_free = comb(t - r, m) / comb(t, m)
            first = sum(comb(t - j, r - 1) / comb(t, r) / (above + j) for j in range(1, t - r + 2))
    values["precision@10"].append(hits / K)
    values["recall@10"].append(hits / len(relevant))
    values["hitrate@10"].append(1 - hit_free)
    values["mrr"].append(first)
    values["ndcg@10"].append(ndcg_score([rel.astype(float)], [score.astype(float)], k=K))
    best = sorted(candidates, key=lambda i: (-counts[i], i))[:K]
    shown.update(i for i in best if counts[i] > 0)

with open(here / "movielens-expected.tsv", "w") as file:
    for name, own in values.items():
        file.write(f"popular\t{name}\t{float(np.mean(own))!r}\n")
    file.write(f"popular\tcoverage\t{len(shown) / len(items)!r}\n")
    file.write(f"baseline\trmse\t{float(np.sqrt(np.mean(squares)))!r}\n")
    for name, count in [("users", len(values["mrr"])), ("ratings", len(squares)), ("skipped", skipped),
                        ("fallback", int(fallback))]:
        file.write(f"popular\t{name}\t{count}\n")
