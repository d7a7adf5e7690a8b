"""Alternating least squares: explicit with biases against LensKit, implicit against implicit."""

import numpy

from ..data import Data
from ..library import Prepared, library
from ..row import NDCG, RMSE, Check, Peer, Row
from ..scores import best_lists, ndcg, rmse
from ..statements import metrics, training

EPOCHS, PENALTY, ALPHA = 10, 0.1, 1


def lenskit(data: Data) -> Prepared:
    import pandas
    from lenskit.als import BiasedMFScorer
    from lenskit.data import ItemList, from_interactions_df

    users, items, ratings = data.read(data.part("train"))
    train = from_interactions_df(pandas.DataFrame({"user_id": users, "item_id": items, "rating": ratings}))

    def work():
        model = BiasedMFScorer(embedding_size=50, epochs=EPOCHS, regularization=PENALTY, user_embeddings="prefer")
        model.train(train)
        return model

    def numbers(model) -> dict[str, float]:
        test = data.matrix("test")
        predicted = [
            model(user, ItemList(item_ids=test[user].indices)).scores() for user in range(test.shape[0])
        ]
        return {"rmse": rmse(numpy.concatenate(predicted), test.data, data.scale)}

    return work, numbers


def implicit(data: Data, factors: int, uses_gradients: bool) -> Prepared:
    from implicit.cpu.als import AlternatingLeastSquares

    train = data.matrix("train")
    weighted = train.copy()
    weighted.data = 1 + ALPHA * weighted.data  # Its confidence is the value itself.

    def work():
        model = AlternatingLeastSquares(
            factors, regularization=PENALTY, iterations=EPOCHS, use_cg=uses_gradients, num_threads=2, random_state=1
        )
        model.fit(weighted, show_progress=False)
        return model

    def numbers(model) -> dict[str, float]:
        lists = best_lists(lambda users: model.user_factors[users] @ model.item_factors.T, train)
        return {
            "objective": objective(weighted, model.user_factors, model.item_factors),
            "ndcg@10": ndcg(lists, data.matrix("test")),
        }

    return work, numbers


def implicit_64(data: Data) -> Prepared:
    return implicit(data, 64, True)


def implicit_128(data: Data) -> Prepared:
    return implicit(data, 128, True)


def implicit_exact(data: Data) -> Prepared:
    return implicit(data, 64, False)


def objective(confidence, user_factors, item_factors) -> float:
    """What implicit ALS makes small: Σ c (p − x·y)² over all pairs, 1 for the confidence of absent ones, plus λ(‖X‖² + ‖Y‖²)."""
    users, items = (factors.astype("float64") for factors in (user_factors, item_factors))
    everything = ((users.T @ users) * (items.T @ items)).sum()
    rows = numpy.repeat(numpy.arange(confidence.shape[0]), numpy.diff(confidence.indptr))
    products = numpy.einsum("ij,ij->i", users[rows], items[confidence.indices])
    present = (confidence.data * (1 - products) ** 2 - products**2).sum()
    return float(everything + present + PENALTY * ((users**2).sum() + (items**2).sum()))


def our_factors(session, data: Data) -> dict[str, float]:
    """The objective of our factors, and the lists' NDCG."""
    weighted = data.matrix("train")
    weighted.data = 1 + ALPHA * weighted.data
    tensors = session.tensors("als", data)
    users, items = (next(tensors[name] for name in tensors if name.endswith(end)) for end in ("userFactors", "itemFactors"))
    return {
        "objective": objective(weighted, users, items),
        **session.evaluate("als", "ndcg@10"),
    }


def row(factors: int, solver: str, prepare, aim: str) -> Row:
    options = f"k={factors} epochs={EPOCHS} solver={solver} reg={PENALTY} alpha={ALPHA}"
    return Row(
        work=f"implicit ALS k={factors}, {EPOCHS} epochs, {solver}",
        data="1M",
        ours=training(f"als feedback=implicit {options}", our_factors),
        peers=(Peer("implicit", "implicit", library(prepare)),),
        aim=aim,
        checks=(Check("objective", 1e-3, relative=True, better=-1), NDCG),
        repetitions=1 if solver == "cholesky" else 5,
    )


ROWS = [
    Row(
        work=f"explicit ALS k=50, {EPOCHS} epochs",
        data="1M",
        ours=training(f"als feedback=explicit k=50 epochs={EPOCHS} reg={PENALTY}", metrics("als", "rmse")),
        peers=(Peer("LensKit BiasedMF", "lenskit", library(lenskit)),),
        aim="4",
        checks=(RMSE,),
    ),
    row(64, "cg", implicit_64, "2.5"),
    row(128, "cg", implicit_128, "2"),
    row(64, "cholesky", implicit_exact, "4"),
]
