"""SVD++ with Surprise's defaults: 20 factors, 20 epochs."""

from ..data import Data
from ..library import Prepared, library
from ..row import RMSE, Peer, Row
from ..statements import metrics, training
from ..surprise_data import testset, trainset


def surprise(data: Data) -> Prepared:
    from surprise import SVDpp
    from surprise.accuracy import rmse

    train = trainset(data)
    model = SVDpp(n_factors=20, n_epochs=20, lr_all=0.007, reg_all=0.02, cache_ratings=True, random_state=1)

    def numbers(model) -> dict[str, float]:
        return {"rmse": rmse(model.test(testset(data)), verbose=False)}

    return lambda: model.fit(train), numbers


ROWS = [
    Row(
        work="SVD++ k=20, 20 epochs",
        data="small",
        ours=training("svdpp k=20 epochs=20 rate=0.007 reg=0.02", metrics("svdpp", "rmse")),
        peers=(Peer("Surprise SVDpp", "scikit-surprise", library(surprise)),),
        aim="20",
        checks=(RMSE,),
        repetitions=1,
    )
]
