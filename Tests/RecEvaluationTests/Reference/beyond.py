#!/usr/bin/env python3
"""Writes beyond-expected.tsv: the judged rankings of evaluation.py by further metrics, and as libraries compute them.

Read from judged-ratings.tsv and judged-scores.tsv. LensKit's and implicit's own code is run on the lists; RecBole's and
ranx's definitions are written out from their documentation. Item i has the labels j of "abcde" with (7i + 3j) % 5 < 2.
    pip install numpy==2.4.6 scikit-learn==1.9.1 lenskit==2025.8.1 implicit==0.7.3 scipy==1.17.1; python3 beyond.py
"""
from itertools import combinations
from pathlib import Path

import numpy as np
from implicit.evaluation import ranking_metrics_at_k
from lenskit.data import ItemList
from lenskit.metrics import NDCG, Precision, Recall, RMSE, MAE
from lenskit.metrics.ranking import ListGini
from scipy.sparse import csr_matrix
from sklearn.metrics import f1_score, roc_auc_score
from sklearn.metrics.pairwise import cosine_similarity

here = Path(__file__).parent
USERS, ITEMS, K = 40, 50, 5
side, ratings = np.zeros((USERS, ITEMS), int), np.zeros((USERS, ITEMS))
for line in open(here / "judged-ratings.tsv"):
    u, i, r, name = line.rstrip("\n").split("\t")
    side[int(u), int(i)], ratings[int(u), int(i)] = {"": 0, "train": 1, "test": 2}[name], float(r)
scores = {"rater": np.zeros((USERS, ITEMS)), "ranker": np.zeros((USERS, ITEMS))}
for line in open(here / "judged-scores.tsv"):
    u, i, a, b = line.split("\t")
    scores["rater"][int(u), int(i)], scores["ranker"][int(u), int(i)] = np.float32(a), np.float32(b)

genres = np.array([[float((7 * i + 3 * j) % 5 < 2) for j in range(5)] for i in range(ITEMS)])
alike = cosine_similarity(genres)
counts = (side == 1).sum(0)
trained = int((side == 1).any(1).sum())
rows = []


def gini(x):
    """The definition by all pairs: the mean absolute difference over twice the mean."""
    return float(np.abs(x[:, None] - x[None, :]).sum() / (2 * len(x) ** 2 * x.mean()))


for name, score in scores.items():
    lists, judged = {}, []
    values = {m: [] for m in ["f1", "auc", "novelty", "popularity", "diversity", "lenskit ndcg", "lenskit graded",
                              "lenskit recall", "lenskit precision", "ranx map"]}
    gauc = []
    for u in range(USERS):
        candidates = np.flatnonzero(side[u] != 1)
        relevant = (side[u] == 2) & (ratings[u] >= 4)
        if not relevant.any():
            continue
        judged.append(u)
        own, rel = score[u, candidates], relevant[candidates]
        finite = np.where(np.isinf(own), -1e6, own)
        order = candidates[np.argsort(-finite, kind="stable")]
        top = order[:K]
        lists[u] = top
        shown = np.isin(np.arange(ITEMS), top)
        values["f1"].append(f1_score(relevant, shown))
        auc = roc_auc_score(rel, finite)
        values["auc"].append(auc)
        gauc.append((auc * rel.sum(), rel.sum()))
        values["novelty"].append(np.mean([-np.log2(max(1, counts[i]) / trained) for i in top]))
        values["popularity"].append(counts[top].mean())
        values["diversity"].append(np.mean([1 - alike[i, j] for i, j in combinations(top, 2)]))
        recs = ItemList(item_ids=[int(i) for i in top], ordered=True)
        held = np.flatnonzero(side[u] == 2)
        truth = ItemList(item_ids=[int(i) for i in np.flatnonzero(relevant)])
        graded = ItemList(item_ids=[int(i) for i in held], rating=ratings[u, held])
        values["lenskit ndcg"].append(NDCG(n=K).measure_list(recs, truth))
        values["lenskit graded"].append(NDCG(n=K, gain="rating").measure_list(recs, graded))
        values["lenskit recall"].append(Recall(n=K).measure_list(recs, truth))
        values["lenskit precision"].append(Precision(n=K).measure_list(recs, truth))
        hits = relevant[top]
        values["ranx map"].append(sum(hits[: n + 1].mean() for n in range(K) if hits[n]) / relevant.sum())
    result = {m: float(np.mean(v)) for m, v in values.items()}
    result["recbole auc"] = sum(a for a, _ in gauc) / sum(n for _, n in gauc)
    pairs = list(combinations(judged, 2))
    result["overlap"] = float(np.mean([len(set(lists[a]) & set(lists[b])) / K for a, b in pairs]))
    exposure = np.bincount(np.concatenate(list(lists.values())), minlength=ITEMS)
    result["gini"] = gini(exposure)
    frames = ListGini(n=K, items=ITEMS)
    lenskit = frames.global_aggregate(
        [frames.compute_list_data(ItemList(item_ids=[int(i) for i in l], ordered=True), None) for l in lists.values()])
    assert abs(lenskit - result["gini"]) < 1e-9, (lenskit, result["gini"])

    class Fixed:
        """What implicit needs of a model: lists of the first N."""

        def recommend(self, users, _, N):
            return np.array([lists[int(u)][:N] for u in users], dtype=np.int32), None

    matrix = csr_matrix((side == 2) & (ratings >= 4)).astype(np.float32)
    got = ranking_metrics_at_k(Fixed(), csr_matrix(side == 1).astype(np.float32), matrix, K=K, show_progress=False)
    for metric in ["precision", "map", "ndcg", "auc"]:
        result[f"implicit {metric}"] = float(got[metric])
    if name == "rater":
        test = np.argwhere(side == 2)
        own = ItemList(item_ids=np.arange(len(test)), scores=np.array([score[u, i] for u, i in test]))
        truth = ItemList(item_ids=np.arange(len(test)), rating=np.array([ratings[u, i] for u, i in test]))
        result["lenskit rmse"] = float(RMSE().measure_list(own, truth))
        result["lenskit mae"] = float(MAE().measure_list(own, truth))
    rows += [(name, metric, float(value)) for metric, value in result.items()]

with open(here / "beyond-expected.tsv", "w") as file:
    for name, metric, value in rows:
        file.write(f"{name}\t{metric}\t{value!r}\n")
