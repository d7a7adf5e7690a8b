"""Biased matrix factorization by stochastic gradient descent: 100 factors, 20 epochs, the same rate and regularization."""

import numpy

from ..data import Data
from ..library import Prepared, library
from ..row import Check, Peer, Row
from ..scores import rmse
from ..statements import metrics, statements
from ..surprise_data import trainset

FACTORS, EPOCHS, RATE, PENALTY = 100, 20, 0.005, 0.02


def test_error(data: Data, mean, user_biases, item_biases, user_factors, item_factors) -> dict[str, float]:
    """RMSE on `test` of factors by our indices; an item that was never rated has no factors."""
    users, items, ratings = data.read(data.part("test"))
    known = numpy.bincount(data.read(data.part("train"))[1], minlength=len(item_biases)) > 0
    products = numpy.einsum("ij,ij->i", user_factors[users], item_factors[items]) * known[items]
    predicted = mean + user_biases[users] + item_biases[items] * known[items] + products
    return {"rmse": rmse(predicted, ratings, data.scale)}


def surprise(data: Data) -> Prepared:
    from surprise import SVD

    train = trainset(data)
    model = SVD(n_factors=FACTORS, n_epochs=EPOCHS, lr_all=RATE, reg_all=PENALTY, random_state=1)

    def numbers(model) -> dict[str, float]:
        return test_error(data, train.global_mean, model.bu, model.bi, model.pu, model.qi)

    return lambda: model.fit(train), numbers


def cornac(data: Data) -> Prepared:
    from cornac.data import Dataset
    from cornac.models import MF

    users, items, ratings = data.read(data.part("train"))
    train = Dataset.from_uir(list(zip(users, items, ratings)))
    model = MF(k=FACTORS, max_iter=EPOCHS, learning_rate=RATE, lambda_reg=PENALTY, num_threads=2)

    def numbers(model) -> dict[str, float]:
        user_biases, user_factors = by_index(train.uid_map, len(data.ids[0]), model.u_biases, model.u_factors)
        item_biases, item_factors = by_index(train.iid_map, len(data.ids[1]), model.i_biases, model.i_factors)
        return test_error(data, model.global_mean, user_biases, item_biases, user_factors, item_factors)

    return lambda: model.fit(train), numbers


def by_index(places: dict, count: int, *arrays):
    """Arrays by the library's own indices as arrays by ours."""
    for array in arrays:
        ours = numpy.zeros((count, *array.shape[1:]), array.dtype)
        ours[list(places)] = array[list(places.values())]
        yield ours


def row(order: str, peer: Peer, aim: str) -> Row:
    return Row(
        work=f"biased MF k={FACTORS}, {EPOCHS} epochs, order={order}",
        data="1M",
        ours=statements(
            "{data.load}",
            "{data.split}",
            timed=f"mf k={FACTORS} epochs={EPOCHS} rate={RATE} reg={PENALTY} order={order}",
            numbers=metrics("mf", "rmse"),
        ),
        peers=(peer,),
        aim=aim,
        checks=(Check("rmse", 0.003, better=-1),),
        repetitions=3,
    )


SURPRISE = Peer("Surprise SVD", "scikit-surprise", library(surprise))
CORNAC = Peer("Cornac MF", "cornac", library(cornac))
ROWS = [row("file", SURPRISE, "10"), row("stratified", CORNAC, "3")]
