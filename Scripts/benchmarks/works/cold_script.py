"""What a practised user of pandas and SciPy writes for load, split, SVD, evaluate, recommend; run as a process of its own.

The first argument is the file of ratings; a second one, a file of those to hold out instead of ones drawn here.
"""

import sys

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

# Load.
ratings = pd.read_csv(sys.argv[1])
ratings.columns = ["user", "item", "rating", *ratings.columns[3:]]
users, user_ids = pd.factorize(ratings.user, sort=True)
items, item_ids = pd.factorize(ratings.item, sort=True)
values = ratings.rating.to_numpy(float)
shape = len(user_ids), len(item_ids)

# Split: a fifth of each user's ratings.
draw = np.random.default_rng(42).random(len(values))
order = np.lexsort((draw, users))
place = np.empty(len(values), int)
starts = np.concatenate([[0], np.bincount(users).cumsum()[:-1]])
place[order] = np.arange(len(values)) - starts[users[order]]
is_test = place < np.round(0.2 * np.bincount(users)[users])
if len(sys.argv) > 2:
    held = pd.read_csv(sys.argv[2]).iloc[:, :2].set_axis(["user", "item"], axis=1)
    is_test = pd.MultiIndex.from_frame(ratings[["user", "item"]]).isin(pd.MultiIndex.from_frame(held))
train = ~is_test

# Damped biases, then the SVD of what they leave.
mean = values[train].mean()
item_bias = np.bincount(items[train], values[train] - mean, shape[1]) / (np.bincount(items[train], minlength=shape[1]) + 5)
rest = values[train] - mean - item_bias[items[train]]
user_bias = np.bincount(users[train], rest, shape[0]) / (np.bincount(users[train], minlength=shape[0]) + 5)
rest -= user_bias[users[train]]
matrix = csr_matrix((rest, (users[train], items[train])), shape)
_, _, right = svds(matrix, k=50, tol=1e-6, random_state=42)
left = matrix @ right.T

# Evaluate: RMSE, and precision, recall, NDCG and coverage of lists of ten.
products = np.einsum("ij,ij->i", left[users[is_test]], right.T[items[is_test]])
predicted = np.clip(mean + item_bias[items[is_test]] + user_bias[users[is_test]] + products, values.min(), values.max())
print("RMSE", np.sqrt(np.mean((predicted - values[is_test]) ** 2)))
seen = csr_matrix((np.ones(train.sum(), bool), (users[train], items[train])), shape)
liked = is_test & (values >= 4)
relevant = csr_matrix((np.ones(liked.sum(), bool), (users[liked], items[liked])), shape)
never_rated = np.bincount(items[train], minlength=shape[1]) == 0
discounts = 1 / np.log2(np.arange(2, 12))
precision, recall, ndcg, listed = [], [], [], set()
for start in range(0, shape[0], 500):
    block = np.arange(start, min(start + 500, shape[0]))
    scores = left[block] @ right + item_bias
    scores[seen[block].toarray()] = -np.inf
    scores[:, never_rated] = -np.inf
    best = np.argpartition(-scores, 10, axis=1)[:, :10]
    best = np.take_along_axis(best, np.take_along_axis(-scores, best, 1).argsort(1), 1)
    hits = np.take_along_axis(relevant[block].toarray(), best, 1)
    counts = np.diff(relevant[block].indptr)
    judged = counts > 0
    ideal = discounts.cumsum()[np.minimum(counts[judged], 10) - 1]
    precision.append(hits[judged].mean(1))
    recall.append(hits[judged].sum(1) / counts[judged])
    ndcg.append(hits[judged] @ discounts / ideal)
    listed.update(best.ravel())
print("precision@10", np.concatenate(precision).mean(), "recall@10", np.concatenate(recall).mean())
print("NDCG@10", np.concatenate(ndcg).mean(), "coverage", len(listed) / shape[1])

# Recommend to one user.
user = np.searchsorted(user_ids, 42)
scores = mean + user_bias[user] + item_bias + left[user] @ right
scores[seen[user].indices] = -np.inf
for item in np.argsort(-scores)[:10]:
    print(item_ids[item], round(scores[item], 3))
