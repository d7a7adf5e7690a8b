"""EASE by NumPy in double precision on MovieLens' small data set.

    python ease.py ml-latest-small/ratings.csv movielens-ease.csv

Trained on all ratings whose place in the file (sorted by user and item) is not a multiple of 10, as `knn.py` does. Written
are, for binary values with reg 200 and for ratings divided by their root mean square with reg 150: weights of every 977th
pair of some items, and the ten best open items of every 60th user with their scores.
"""

import csv
import sys

import numpy as np

rows = sorted((int(u), int(i), float(r)) for u, i, r, _ in list(csv.reader(open(sys.argv[1])))[1:])
users = sorted({row[0] for row in rows})
items = sorted({row[1] for row in rows})
user_place = {user: place for place, user in enumerate(users)}
item_place = {item: place for place, item in enumerate(items)}
train = [row for place, row in enumerate(rows) if place % 10]
ratings = np.zeros((len(users), len(items)))
for user, item, rating in train:
    ratings[user_place[user], item_place[item]] = rating
known = (ratings > 0).any(axis=0)

out = csv.writer(open(sys.argv[2], "w"), lineterminator="\n")
out.writerow(["values", "user", "item", "value"])
for values, reg in [("binary", 200), ("ratings", 150)]:
    matrix = (ratings > 0).astype(float) if values == "binary" else ratings / np.sqrt(np.mean(ratings[ratings > 0] ** 2))
    inverse = np.linalg.inv(matrix.T @ matrix + reg * np.eye(len(items)))
    weights = inverse / -np.diag(inverse)
    np.fill_diagonal(weights, 0)
    for place in range(0, 300 * 300, 977):
        row, column = divmod(place, 300)
        out.writerow([f"weight {values}", items[row], items[column], "%.9g" % weights[row, column]])
    for user in range(0, len(users), 60):
        scores = matrix[user] @ weights
        scores[(ratings[user] > 0) | ~known] = -np.inf
        for item in np.argsort(-scores, kind="stable")[:10]:
            out.writerow([f"score {values}", users[user], items[item], "%.9g" % scores[item]])
