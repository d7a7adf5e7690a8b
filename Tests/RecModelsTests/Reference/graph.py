"""Scores of graph filtering and random walks by NumPy and SciPy, from the papers' formulas, for `GraphTests`.

    OPENBLAS_NUM_THREADS=1 python graph.py ../../../../shared/data/ml-latest-small/ratings.csv > graph-scores.csv

Made with NumPy 2.4.6, SciPy 1.17.1. `small` is small-ratings.csv, `movielens` the argument. The filter is the one of Shen
et al. 2021: R~ = D_U^-1/2 R D_I^-1/2, scores r (R~' R~ + a D_I^-1/2 V V' D_I^1/2). The walk is the one of Paudel et al.
2017: transition probabilities to the power alpha, the product of the three, the target's degree to the power -beta; each
item keeps `top` followers, itself not among them.
"""

import sys

import numpy
import scipy.sparse
from scipy.sparse.linalg import svds


def ratings(path, header):
    rows = numpy.loadtxt(path, delimiter=",", skiprows=header, usecols=(0, 1, 2))
    users, user = numpy.unique(rows[:, 0].astype(int), return_inverse=True)
    items, item = numpy.unique(rows[:, 1].astype(int), return_inverse=True)
    return users, items, scipy.sparse.csr_matrix((rows[:, 2], (user, item)))


def weighted(matrix, values, lowest, highest):
    matrix = matrix.copy()
    matrix.data = 1 + 4 * (matrix.data - lowest) / (highest - lowest) if values == "rating" else numpy.ones_like(matrix.data)
    return matrix


def sums(matrix, axis):
    return numpy.asarray(matrix.sum(axis=axis)).ravel()


def filtered(matrix, k, weight):
    of_users, of_items = sums(matrix, 1), sums(matrix, 0)
    adjacency = scipy.sparse.diags(of_users**-0.5) @ matrix @ scipy.sparse.diags(of_items**-0.5)
    scores = (matrix @ adjacency.T @ adjacency).toarray()
    if weight > 0:
        if k < min(adjacency.shape) / 2:
            _, _, vt = svds(adjacency, k=k, tol=1e-13, random_state=0)
        else:
            vt = numpy.linalg.svd(adjacency.toarray())[2][:k]
        scores += weight * (matrix @ scipy.sparse.diags(of_items**-0.5) @ vt.T) @ vt * of_items**0.5
    return scores


def walked(matrix, alpha, beta, top):
    from_user = (scipy.sparse.diags(1 / sums(matrix, 1)) @ matrix).power(alpha)
    from_item = (scipy.sparse.diags(1 / sums(matrix, 0)) @ matrix.T).power(alpha)
    reached = (from_item @ from_user).toarray() * sums(matrix > 0, 0) ** -beta
    numpy.fill_diagonal(reached, 0)
    for row in reached:
        row[numpy.argsort(-row, kind="stable")[top:]] = 0
    return from_user @ reached


print("data,options,user,item,score")
for name, path, header, lowest, highest in [
    ("small", "small-ratings.csv", 1, 0.5, 5),
    ("movielens", sys.argv[1], 1, 0.5, 5),
]:
    users, items, matrix = ratings(path, header)
    is_small = name == "small"
    cases = {
        "values=binary k=%d lowpass=0.3" % (6 if is_small else 40): lambda m, k=(6 if is_small else 40): filtered(m, k, 0.3),
        "values=rating k=5 lowpass=1.5": lambda m: filtered(m, 5, 1.5),
        "values=binary lowpass=0": lambda m: filtered(m, 0, 0),
        "method=walk values=binary alpha=1 beta=0.6 neighbors=100000": lambda m: walked(m, 1, 0.6, 100000),
        "method=walk values=rating alpha=1.5 beta=0 neighbors=7": lambda m: walked(m, 1.5, 0, 7),
        "method=walk values=rating alpha=0.7 beta=0.4 neighbors=12": lambda m: walked(m, 0.7, 0.4, 12),
    }
    counts = sums(matrix > 0, 0)
    for options, scores in cases.items():
        values = options.split("values=")[1].split()[0]
        table = numpy.asarray(scores(weighted(matrix, values, lowest, highest)))
        for u in numpy.linspace(0, len(users) - 1, 12).astype(int):
            for i in numpy.linspace(0, len(items) - 1, 10).astype(int).tolist() + [int(numpy.argmax(counts))]:
                print(f"{name},{options},{users[u]},{items[i]},{table[u, i]:.9g}")
