"""One definition of the metrics, applied to what every library predicts or lists.

They are those of Recline's `eval`: relevant is a rating of at least 4, means are over users with a relevant test item, the
ideal DCG counts min(k, relevant), and predictions are clipped to the scale.
"""

from __future__ import annotations

import numpy
from scipy.sparse import csr_matrix

RELEVANT = 4


def relevant_items(test: csr_matrix) -> csr_matrix:
    """The relevant test items of each user, as ones."""
    kept = test.copy()
    kept.data = (kept.data >= RELEVANT).astype("float32")
    kept.eliminate_zeros()
    return kept


def ndcg(lists: numpy.ndarray, test: csr_matrix) -> float:
    """Mean NDCG of the lists, (users, k), items in descending order of score, -1 where a list is shorter."""
    relevant = relevant_items(test)
    discounts = 1 / numpy.log2(numpy.arange(2, lists.shape[1] + 2))
    ideal = numpy.concatenate([[0], discounts.cumsum()])
    values = []
    for user in numpy.flatnonzero(numpy.diff(relevant.indptr)):
        items = relevant.indices[relevant.indptr[user] : relevant.indptr[user + 1]]
        gain = discounts[numpy.isin(lists[user], items)].sum()
        values.append(gain / ideal[min(len(items), lists.shape[1])])
    return float(numpy.mean(values))


def rmse(predicted: numpy.ndarray, true: numpy.ndarray, scale: tuple[float, float]) -> float:
    """Root of the mean squared error of predictions that are clipped to the scale."""
    return float(numpy.sqrt(numpy.mean((numpy.clip(predicted, *scale) - true) ** 2)))


def best_lists(scores, train: csr_matrix, k: int = 10, block: int = 1000) -> numpy.ndarray:
    """The k best items of each user without those of `train`, (users, k); `scores(users)` gives a dense block.

    Items that nobody has rated in `train` are left out: what a library says of them is what it began with.
    """
    unknown = numpy.bincount(train.indices, minlength=train.shape[1]) == 0
    lists = numpy.full((train.shape[0], k), -1, dtype="int64")
    for start in range(0, train.shape[0], block):
        users = numpy.arange(start, min(start + block, train.shape[0]))
        values = numpy.array(scores(users), dtype="float32")
        values[train[users].nonzero()] = -numpy.inf
        values[:, unknown] = -numpy.inf
        best = numpy.argpartition(-values, k, axis=1)[:, :k]
        order = numpy.take_along_axis(-values, best, axis=1).argsort(axis=1, kind="stable")
        lists[users] = numpy.take_along_axis(best, order, axis=1)
    return lists
