"""Nearest neighbours by Surprise 1.1 and implicit 0.7 on MovieLens' small data set.

    python knn.py ml-latest-small/ratings.csv movielens-knn.csv

Trained on all ratings whose place in the file is not a multiple of 10; predicted are those at multiples of 330. Surprise's
similarities are rounded to float32 and what is within 1e-7 of each other is ordered by item or user, so that ties do
not depend on rounding. Of implicit: the rows of the similarity matrix without the item itself, and the scores of a user's
unrated items, of items with 20 ratings or more (in smaller ones many similarities are equal).
"""

import csv
import sys

import numpy as np
import pandas as pd
import scipy.sparse as sp
from implicit.nearest_neighbours import BM25Recommender, CosineRecommender, TFIDFRecommender
from surprise import Dataset, KNNBaseline, KNNBasic, KNNWithMeans, KNNWithZScore, Reader

rows = [(int(u), int(i), float(r)) for u, i, r, _ in list(csv.reader(open(sys.argv[1])))[1:]]
rows.sort(key=lambda row: row[:2])
train = [row for place, row in enumerate(rows) if place % 10]
test = [row for place, row in enumerate(rows) if place % 330 == 0]
out = csv.writer(open(sys.argv[2], "w"), lineterminator="\n")
out.writerow(["options", "user", "item", "value"])

reader = Reader(rating_scale=(0.5, 5))

trainset = Dataset.load_from_df(pd.DataFrame(train), reader).build_full_trainset()
cases = [
    ("similarity=pearson-baseline center=baseline", KNNBaseline, dict(k=40), dict(name="pearson_baseline", user_based=False)),
    ("by=user similarity=pearson-baseline center=baseline k=20 min=3 shrink=50", KNNBaseline, dict(k=20, min_k=3),
     dict(name="pearson_baseline", shrinkage=50)),
    ("similarity=pearson center=mean k=30 support=3", KNNWithMeans, dict(k=30), dict(name="pearson", user_based=False, min_support=3)),
    ("by=user similarity=pearson center=zscore", KNNWithZScore, dict(k=40), dict(name="pearson")),
    ("by=user similarity=cosine-common center=none support=5", KNNBasic, dict(k=40), dict(name="cosine", min_support=5)),
    ("by=user similarity=msd center=mean k=25", KNNWithMeans, dict(k=25), dict(name="msd")),
    ("similarity=msd center=none support=2 min=2", KNNBasic, dict(k=40, min_k=2), dict(name="msd", user_based=False, min_support=2)),
    ("similarity=cosine-common center=zscore support=4", KNNWithZScore, dict(k=40), dict(name="cosine", user_based=False, min_support=4)),
]
for options, kind, arguments, similarity in cases:
    model = kind(sim_options=similarity, verbose=False, **arguments)
    model.fit(trainset)
    model.sim = model.sim.astype(np.float32).astype(float)
    for user, item, _ in test:
        prediction = model.predict(user, item, clip=False)
        try:
            trainset.to_inner_iid(item)
        except ValueError:
            continue  # unknown: ours is the baseline
        if not prediction.details["was_impossible"]:
            out.writerow([options, user, item, "%.9g" % prediction.est])

# The items that have enough ratings, in order of their numbers.
counts = {}
for _, item, _ in rows:
    counts[item] = counts.get(item, 0) + 1
items = sorted(item for item in counts if counts[item] >= 20)
users = sorted({row[0] for row in rows})
place = {item: index for index, item in enumerate(items)}
kept = [row for row in rows if row[1] in place]
matrix = sp.csr_matrix(
    ([row[2] for row in kept], ([users.index(row[0]) for row in kept], [place[row[1]] for row in kept])),
    shape=(len(users), len(items)))
neighbors = 20
for name, model in [
    ("cosine", CosineRecommender(K=neighbors + 1)), ("tfidf", TFIDFRecommender(K=neighbors + 1)),
    ("bm25", BM25Recommender(K=neighbors + 1, K1=100, B=0.8)),
]:
    model.fit(matrix, show_progress=False)
    for item in range(0, len(items), 300):
        row = model.similarity[item]
        assert item in row.indices, "an item is its own neighbour"
        for other, value in zip(row.indices, row.data):
            if other != item:
                out.writerow([f"row {name}", items[item], items[other], "%.9g" % value])
    for user in range(0, len(users), 60):
        ids, scores = model.recommend(user, matrix[user], N=10)
        for item, score in zip(ids, scores):
            out.writerow([f"score {name}", users[user], items[item], "%.9g" % score])
