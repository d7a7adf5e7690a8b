"""The ten best unseen items of every user, by the same 50 factors on both sides: PureSVD of the training ratings."""

from ..data import Data
from ..library import Prepared, library
from ..row import Check, Peer, Row
from ..scores import ndcg
from ..statements import Session, statements

RANK = 50


def factor_model(train):
    """A model of implicit that holds the singular vectors."""
    from implicit.cpu.als import AlternatingLeastSquares
    from scipy.sparse.linalg import svds

    _, _, vectors = svds(train.astype("float64"), k=RANK, tol=1e-7, random_state=1)
    model = AlternatingLeastSquares(factors=RANK, num_threads=2)
    model.item_factors = vectors.T.astype("float32")
    model.user_factors = (train @ vectors.T).astype("float32")
    return model


def implicit(data: Data) -> Prepared:
    import numpy

    train = data.matrix("train")
    model = factor_model(train)
    users = numpy.arange(train.shape[0])

    def numbers(result) -> dict[str, float]:
        return {"NDCG@10": ndcg(result[0], data.matrix("test"))}

    return lambda: model.recommend(users, train, N=10, filter_already_liked_items=True), numbers


def listed(session: Session, data: Data) -> dict[str, float]:
    session.run(f"recommend users=all top=10; save it '{data.scratch('lists.csv')}'")
    return {"NDCG@10": ndcg(data.lists(data.scratch("lists.csv")), data.matrix("test"))}


def row(data: str, aim: str) -> Row:
    return Row(
        work="top-10 of all users, seen ones left out",
        data=data,
        ours=statements(
            "{data.load}", "{data.split}", f"svd k={RANK} center=none", timed="lists svd", numbers=listed
        ),
        peers=(Peer("implicit", "implicit", library(implicit)),),
        aim=aim,
        checks=(Check("NDCG@10", 1e-3),),
    )


ROWS = [row("1M", "4"), row("60k items", "2.5")]
