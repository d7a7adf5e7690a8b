"""Judging a model on all users by metrics of lists of ten, from the model to the numbers; the factors are the same on all sides.

implicit counts precision, MAP, NDCG and AUC; LensKit, whose pipeline runs in one process, and ours precision, recall, NDCG,
reciprocal rank and hit rate. Ours computes confidence intervals by 1,000 resamplings, and judges `popular` for a note, too.
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
    import pandas
    from lenskit.batch import recommend
    from lenskit.data import ItemList, ItemListCollection, QueryInput, RecQuery, from_interactions_df
    from lenskit.metrics import NDCG, Hit, Precision, RecipRank, Recall, RunAnalysis
    from lenskit.pipeline import Component, topn_pipeline

    train, test = data.matrix("train"), relevant_items(data.matrix("test"))
    factors = factor_model(train)

    class Factors(Component):
        config: None

        def __call__(self, query: QueryInput, items: ItemList) -> ItemList:
            user = RecQuery.create(query).user_id
            return ItemList(items, scores=factors.item_factors[items.ids()] @ factors.user_factors[user])

    rows, columns = train.nonzero()
    pipeline = topn_pipeline(Factors(), n=10)
    pipeline.train(from_interactions_df(pandas.DataFrame({"user_id": rows, "item_id": columns})))
    users = numpy.flatnonzero(numpy.diff(test.indptr))
    truth = ItemListCollection.empty(["user_id"])
    for user in users:
        truth.add(ItemList(item_ids=test[user].indices), user_id=user)
    analysis = RunAnalysis(Precision(10), Recall(10), NDCG(10), RecipRank(10), Hit(10))

    def numbers(result) -> dict[str, float]:
        return {"precision@10": float(result.list_summary().loc["Precision@10", "mean"])}

    return lambda: analysis.measure(recommend(pipeline, users, 10, n_jobs=1), truth), numbers


NAMES = ("precision@10", "recall@10", "ndcg@10", "mrr@10", "hitrate@10")


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
