"""Truncated SVD of the ratings as they are, absent ones zero: exact against ARPACK and PROPACK, fast against random projection."""

from math import hypot

from ..data import Data
from ..library import Prepared, library
from ..row import Check, Peer, Row
from ..statements import Session, statements

RANK = 50


def scipy_solver(data: Data, solver: str) -> Prepared:
    from scipy.sparse.linalg import svds

    matrix = data.matrix().astype("float64")

    def numbers(result) -> dict[str, float]:
        values = result[1]
        return {"σ": sorted(map(float, values), reverse=True)}

    return lambda: svds(matrix, k=RANK, solver=solver, tol=1e-6, random_state=1), numbers


def arpack(data: Data) -> Prepared:
    return scipy_solver(data, "arpack")


def propack(data: Data) -> Prepared:
    return scipy_solver(data, "propack")


def randomized(data: Data) -> Prepared:
    import numpy
    from sklearn.utils.extmath import randomized_svd

    matrix = data.matrix()

    def numbers(result) -> dict[str, float]:
        _, _, right = result
        # The part of the matrix that the factors hold, which exact ones make as large as it can be.
        return {"‖AV‖": float(numpy.linalg.norm((matrix @ right.T)))}

    return lambda: randomized_svd(matrix, RANK, random_state=1), numbers


def spectrum(session: Session, data: Data) -> dict[str, float]:
    points = session.run("plot svd")[0]["spec"]["data"]["values"]
    values = [point["y"] for point in points]
    return {"σ": values, "‖AV‖": hypot(*values)}


EXACT = statements("{data.load}", timed=f"svd k={RANK} center=none tolerance=1e-6", numbers=spectrum)
FAST = statements("{data.load}", timed=f"svd k={RANK} center=none mode=fast", numbers=spectrum)


def exact(data: str, aim: str) -> Row:
    return Row(
        work=f"SVD k={RANK}, relative error ≤ 1e-6",
        data=data,
        ours=EXACT,
        peers=(Peer("ARPACK", "scipy", library(arpack)), Peer("PROPACK", "scipy", library(propack))),
        aim=aim,
        is_long=data == "20M",
        checks=(Check("σ", 1e-6, relative=True),),
        repetitions=1 if data == "20M" else 5,
    )


def fast(data: str) -> Row:
    return Row(
        work=f"SVD k={RANK}, fast",
        data=data,
        ours=FAST,
        peers=(Peer("randomized_svd", "scikit-learn", library(randomized)),),
        aim="3",
        checks=(Check("‖AV‖", 1e-6, relative=True, better=1),),
        repetitions=1 if data == "20M" else 5,
    )


ROWS = [exact("small", "1.5"), exact("1M", "2.5"), exact("20M", "5"), fast("small"), fast("1M"), fast("20M")]
