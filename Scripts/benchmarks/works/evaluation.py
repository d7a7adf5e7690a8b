"""Judging a model on all users by five metrics of lists of ten; the model is PureSVD with the same factors on all sides.

implicit scores, ranks and counts four metrics; LensKit is given the finished lists and only counts; ours scores, ranks,
counts five and computes their confidence intervals.
"""

from ..data import Data
from ..library import Prepared, library
from ..row import Check, Peer, Row
from ..scores import relevant_items
from ..statements import metrics, statements
from .lists import RANK, factor_model


def implicit(data: Data) -> Prepared:
    from implicit.evaluation import ranking_metrics_at_k

    train, test = data.matrix("train"), relevant_items(data.matrix("test"))
    model = factor_model(train)

    def numbers(result) -> dict[str, float]:
        return {"ndcg@10": result["ndcg"]}

    return lambda: ranking_metrics_at_k(model, train, test, K=10, show_progress=False, num_threads=2), numbers


def lenskit(data: Data) -> Prepared:
    import numpy
    from lenskit.data import ItemList, ItemListCollection
    from lenskit.metrics import NDCG, Hit, Precision, RecipRank, Recall, RunAnalysis

    train, test = data.matrix("train"), relevant_items(data.matrix("test"))
    users = numpy.flatnonzero(numpy.diff(test.indptr))
    items, scores = factor_model(train).recommend(users, train[users], N=10, filter_already_liked_items=True)
    lists = ItemListCollection.empty(["user_id"])
    truth = ItemListCollection.empty(["user_id"])
    for place, user in enumerate(users):
        lists.add(ItemList(item_ids=items[place], scores=scores[place], ordered=True), user_id=user)
        truth.add(ItemList(item_ids=test[user].indices), user_id=user)

    analysis = RunAnalysis(Precision(10), Recall(10), NDCG(10), RecipRank(10), Hit(10))

    def numbers(result) -> dict[str, float]:
        return {"precision@10": float(result.list_summary().loc["Precision@10", "mean"])}

    return lambda: analysis.measure(lists, truth), numbers


NAMES = ("precision@10", "recall@10", "ndcg@10", "map@10", "mrr@10")


def row(data: str, peer: Peer, compared: str, aim: str) -> Row:
    return Row(
        work="evaluation of all users, five metrics",
        data=data,
        ours=statements(
            "{data.load}",
            "{data.split}",
            f"svd k={RANK} center=none",
            timed=f"eval svd metrics={','.join(NAMES)}",
            numbers=metrics("svd", compared),
        ),
        peers=(peer,),
        aim=aim,
        checks=(Check(compared, 1e-3),),
    )


# Each peer's own NDCG or precision has a definition of its own; compared is the metric that both define alike.
ROWS = [
    row("1M", Peer("LensKit", "lenskit", library(lenskit)), "precision@10", "20"),
    row("1M", Peer("implicit", "implicit", library(implicit)), "ndcg@10", "5"),
]
