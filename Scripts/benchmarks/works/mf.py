"""Biased matrix factorization by stochastic gradient descent: 100 factors, 20 epochs, the same rate and regularization."""

import numpy

from ..data import Data
from ..library import Prepared, library
from ..row import RMSE, Peer, Row
from ..scores import rmse
from ..statements import metrics, training
from ..surprise_data import trainset

FACTORS, EPOCHS, RATE, PENALTY = 100, 20, 0.005, 0.02


def test_error(data: Data, mean: float, users: tuple, items: tuple) -> dict[str, float]:
    """RMSE on `test` of the biases and factors of users and of items.

    They come with the place of each of our indices that the library knows; who was never rated has neither.
    """
    user_biases, user_factors = by_index(len(data.ids[0]), *users)
    item_biases, item_factors = by_index(len(data.ids[1]), *items)
    rows, columns, ratings = data.read(data.part("test"))
    products = numpy.einsum("ij,ij->i", user_factors[rows], item_factors[columns])
    return {"rmse": rmse(mean + user_biases[rows] + item_biases[columns] + products, ratings, data.scale)}


def by_index(count: int, places: dict[int, int], *arrays):
    """Arrays by the library's places as arrays by our indices."""
    for array in arrays:
        ours = numpy.zeros((count, *array.shape[1:]), array.dtype)
        ours[list(places)] = array[list(places.values())]
        yield ours


def surprise(data: Data) -> Prepared:
    from surprise import SVD

    train = trainset(data)
    model = SVD(n_factors=FACTORS, n_epochs=EPOCHS, lr_all=RATE, reg_all=PENALTY, random_state=1)

    def numbers(model) -> dict[str, float]:
        users = train._raw2inner_id_users, model.bu, model.pu
        return test_error(data, train.global_mean, users, (train._raw2inner_id_items, model.bi, model.qi))

    return lambda: model.fit(train), numbers


def cornac(data: Data) -> Prepared:
    from cornac.data import Dataset
    from cornac.models import MF

    users, items, ratings = data.read(data.part("train"))
    train = Dataset.from_uir(list(zip(users, items, ratings)))

    def work():
        # A model of its own each time: a second fit would go on where the first one ended.
        return MF(k=FACTORS, max_iter=EPOCHS, learning_rate=RATE, lambda_reg=PENALTY, num_threads=2).fit(train)

    def numbers(model) -> dict[str, float]:
        users = train.uid_map, model.u_biases, model.u_factors
        return test_error(data, model.global_mean, users, (train.iid_map, model.i_biases, model.i_factors))

    return work, numbers


def row(order: str, peer: Peer, aim: str) -> Row:
    return Row(
        work=f"biased MF k={FACTORS}, {EPOCHS} epochs, order={order}",
        data="1M",
        ours=training(
            f"mf k={FACTORS} epochs={EPOCHS} rate={RATE} reg={PENALTY} order={order}", metrics("mf", "rmse")
        ),
        peers=(peer,),
        aim=aim,
        checks=(RMSE,),
        repetitions=3,
    )


SURPRISE = Peer("Surprise SVD", "scikit-surprise", library(surprise))
CORNAC = Peer("Cornac MF", "cornac", library(cornac))
ROWS = [row("file", SURPRISE, "10"), row("stratified", CORNAC, "3")]
