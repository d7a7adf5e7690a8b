#!/usr/bin/env python3
"""Writes paired.tsv: tests of paired differences by SciPy, Holm's correction by statsmodels.

The last lines compare the two models of evaluation.py by each user's NDCG@5 (scikit-learn).
    pip install scipy==1.17.1 statsmodels scikit-learn==1.9.1; python3 paired.py
"""
from pathlib import Path

import numpy as np
from scipy import stats
from sklearn.metrics import ndcg_score
from statsmodels.stats.multitest import multipletests

here = Path(__file__).parent
rng = np.random.default_rng(1945)
rows = []


def text(values):
    return ",".join(repr(float(v)) for v in values)


for n in [2, 3, 5, 8, 20, 49, 50, 51, 120]:
    for shift in [0, 0.3, 1]:
        d = rng.normal(shift, 1, n)
        rows.append(("t", text(d), stats.ttest_1samp(d, 0).statistic))
        rows.append(("t-p", text(d), stats.ttest_rel(d, np.zeros(n)).pvalue))
        rows.append(("d_z", text(d), d.mean() / d.std(ddof=1)))
        rows.append(("wilcoxon", text(d), stats.wilcoxon(d).pvalue))
        # Rounded, so that some are zero and some equal.
        tied = np.round(d * 2) / 2
        if np.any(tied) and (np.any(tied == 0) or len(set(abs(tied))) < n):
            rows.append(("wilcoxon", text(tied), stats.wilcoxon(tied, method="approx").pvalue))
for n in [1, 2, 5, 9]:
    p = rng.random(n) ** 3
    rows.append(("holm", text(p), text(multipletests(p, method="holm")[1])))

side, ratings = np.zeros((40, 50), int), np.zeros((40, 50))
for line in open(here / "judged-ratings.tsv"):
    u, i, r, name = line.rstrip("\n").split("\t")
    side[int(u), int(i)], ratings[int(u), int(i)] = {"": 0, "train": 1, "test": 2}[name], float(r)
score = np.zeros((2, 40, 50))
for line in open(here / "judged-scores.tsv"):
    u, i, a, b = line.split("\t")
    score[:, int(u), int(i)] = np.float32(a), np.float32(b)
ndcg = []
for u in range(40):
    candidates = np.flatnonzero(side[u] != 1)
    relevant = (side[u] == 2) & (ratings[u] >= 4)
    if relevant.any():
        own = np.where(np.isinf(score[:, u, candidates]), -1e6, score[:, u, candidates])
        ndcg.append([ndcg_score([relevant[candidates].astype(float)], [own[m]], k=5) for m in range(2)])
# Differences that are equal but for the order of a sum are made equal.
d = np.round(np.diff(np.array(ndcg)[:, ::-1], axis=1)[:, 0], 12)
rows.append(("judged", "users", len(d)))
rows.append(("judged", "wins", int((d > 0).sum())))
rows.append(("judged", "ties", int((d == 0).sum())))
rows.append(("judged", "losses", int((d < 0).sum())))
rows.append(("judged", "value", d.mean()))
rows.append(("judged", "t", stats.ttest_1samp(d, 0).statistic))
rows.append(("judged", "t-p", stats.ttest_1samp(d, 0).pvalue))
rows.append(("judged", "wilcoxon", stats.wilcoxon(d, method="approx").pvalue))
rows.append(("judged", "d_z", d.mean() / d.std(ddof=1)))

with open(here / "paired.tsv", "w") as file:
    for name, values, value in rows:
        file.write(f"{name}\t{values}\t{value if isinstance(value, str) else repr(float(value))}\n")
