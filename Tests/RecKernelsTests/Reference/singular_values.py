"""Writes singular_values.json: values and vectors by NumPy's dense SVD (LAPACK gesdd in double precision).

Run:  python3 singular_values.py [path to ml-latest-small]      (numpy 2.4, scipy 1.17)
With `--time` it prints how long SciPy's svds takes on the MovieLens ratings instead.
"""
import json
import sys
import time

import numpy as np
import scipy.sparse as sparse
from scipy.sparse.linalg import svds


def fixed_sign(u, vt):
    for i in range(vt.shape[0]):
        if vt[i, np.argmax(np.abs(vt[i]))] < 0:
            vt[i] *= -1
            u[:, i] *= -1
    return u, vt


def ratings(folder):
    table = np.loadtxt(folder + "/ratings.csv", delimiter=",", skiprows=1)
    _, users = np.unique(table[:, 0], return_inverse=True)
    _, items = np.unique(table[:, 1], return_inverse=True)
    values = table[:, 2].astype(np.float32)
    return sparse.csr_matrix((values.astype(np.float64), (users, items)))


def centred(matrix):
    """Minus the mean and the damped item and user means of the residuals (damping 5), stored as 32-bit floats."""
    matrix = matrix.tocoo()
    mean = matrix.data.mean()
    rest = matrix.data - mean
    item = np.bincount(matrix.col, rest) / (np.bincount(matrix.col) + 5)
    rest = rest - item[matrix.col]
    user = np.bincount(matrix.row, rest) / (np.bincount(matrix.row) + 5)
    rest = rest - user[matrix.row]
    return sparse.csr_matrix((rest.astype(np.float32).astype(np.float64), (matrix.row, matrix.col)), matrix.shape)


def lattice(rows, columns, step):
    """A reproducible sparse matrix: entry (i, j) is there where (7 i + 13 j + i j) % step == 0."""
    i, j = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
    value = ((3 * i + 5 * j + i * i * j) % 11) / 2 + 0.5
    return np.where((7 * i + 13 * j + i * j) % step == 0, value, 0.0)


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    folder = arguments[0] if arguments else "../../../../shared/data/ml-latest-small"
    raw = ratings(folder)
    if "--time" in sys.argv:
        for name, matrix in [("raw", raw), ("centred", centred(raw))]:
            exact = np.linalg.svd(matrix.toarray(), compute_uv=False)[:50]
            for solver in ["arpack", "propack"]:
                best = 1e9
                for _ in range(7):
                    start = time.perf_counter()
                    _, s, _ = svds(matrix, k=50, solver=solver, random_state=1)
                    best = min(best, time.perf_counter() - start)
                error = np.abs(np.sort(s)[::-1] / exact - 1).max()
                print(f"{name} {solver}: {1000 * best:.1f} ms, relative error {error:.1e}")
        return
    result = {}
    guide = np.array([[5, 3, 0, 1], [4, 0, 0, 1], [1, 1, 0, 5], [0, 0, 0, 4]], dtype=float)
    cases = {"guide": (guide, 2), "wide": (lattice(90, 301, 5), 10), "tall": (lattice(400, 77, 7), 12)}
    for name, (matrix, k) in cases.items():
        u, s, vt = np.linalg.svd(matrix, full_matrices=False)
        u, vt = fixed_sign(u[:, :k], vt[:k])
        result[name] = {"left": u[:, :3].tolist() if name != "guide" else u.tolist(), "values": s[:k].tolist(),
                        "right": vt[:3].T.tolist() if name != "guide" else vt.T.tolist()}
    for name, matrix in [("movielens", raw), ("movielensCentred", centred(raw))]:
        result[name] = {"values": np.linalg.svd(matrix.toarray(), compute_uv=False)[:50].tolist()}
    with open("singular_values.json", "w") as file:
        json.dump(result, file, indent=1)


main()
