"""NDCG@10 of implicit's BPR on MovieLens' small data set, for `BPRTests`.

    OPENBLAS_NUM_THREADS=1 python bpr.py ../../../../shared/data/ml-latest-small/ratings.csv > bpr-ndcg.csv

Made with implicit 0.7.3, NumPy 2.4.6, SciPy 1.17.1. `mixed` holds a fifth of the ratings out; candidates are the items with a training rating that the user has not rated in training, relevant are held-out ratings
from 4 on; the mean is over users with such a rating.
"""

import sys

import numpy
import scipy.sparse
from implicit.cpu.bpr import BayesianPersonalizedRanking

rows = numpy.loadtxt(sys.argv[1], delimiter=",", skiprows=1, usecols=(0, 1, 2))
users, items = rows[:, 0].astype(int), rows[:, 1].astype(int)


def mixed(user, item):
    h = user.astype("u8") * numpy.uint64(0x9E3779B97F4A7C15) + item.astype("u8") * numpy.uint64(0xBF58476D1CE4E5B9)
    h = (h ^ (h >> numpy.uint64(30))) * numpy.uint64(0x94D049BB133111EB)
    return h >> numpy.uint64(40)


held = mixed(users, items) % 5 == 0
_, user = numpy.unique(users, return_inverse=True)
_, item = numpy.unique(items, return_inverse=True)
shape = (user.max() + 1, item.max() + 1)


def part(chosen):
    matrix = scipy.sparse.csr_matrix((rows[chosen, 2].astype("f4"), (user[chosen], item[chosen])), shape=shape)
    matrix.sort_indices()
    return matrix


train, test = part(~held), part(held)
unknown = numpy.bincount(train.indices, minlength=shape[1]) == 0
discounts = 1 / numpy.log2(numpy.arange(2, 12))


def ndcg(scores):
    values = []
    scores[:, unknown] = -1e30
    for u in range(shape[0]):
        relevant = test[u].indices[test[u].data >= 4]
        if len(relevant) == 0:
            continue
        own = scores[u]
        own[train[u].indices] = -numpy.inf
        top = numpy.argsort(-own, kind="stable")[:10]
        values.append(discounts[numpy.isin(top, relevant)].sum() / discounts[: len(relevant)].sum())
    return numpy.mean(values)


print("seed,ndcg@10")
for seed in range(20):
    model = BayesianPersonalizedRanking(
        factors=16, learning_rate=0.01, regularization=0.01, iterations=100, num_threads=2, random_state=seed)
    model.fit(train, show_progress=False)
    print(f"{seed},{ndcg(model.user_factors @ model.item_factors.T):.6f}", flush=True)
