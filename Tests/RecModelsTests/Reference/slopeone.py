"""Slope one by Surprise 1.1 on MovieLens' small data set, and the paper's weighted form by NumPy.

    python slopeone.py ml-latest-small/ratings.csv movielens-slopeone.csv

Trained on all ratings whose place in the file (sorted by user and item) is not a multiple of 10, as `knn.py` does; predicted
are those at multiples of 330. Surprise cuts ratings down to whole numbers here, so that it is given twice the ratings, and half of what it
predicts is written. Items without a rating in training are left out: our answer is the baseline.
"""

import csv
import sys

import numpy as np
import pandas as pd
from surprise import Dataset, Reader, SlopeOne

rows = sorted((int(u), int(i), float(r)) for u, i, r, _ in list(csv.reader(open(sys.argv[1])))[1:])
train = [row for place, row in enumerate(rows) if place % 10]
test = [row for place, row in enumerate(rows) if place % 330 == 0]
doubled = pd.DataFrame([(user, item, 2 * rating) for user, item, rating in train])
trainset = Dataset.load_from_df(doubled, Reader(rating_scale=(1, 10))).build_full_trainset()
model = SlopeOne()
model.fit(trainset)

by_user, by_item = {}, {}
for user, item, rating in train:
    by_user.setdefault(user, {})[item] = rating
    by_item.setdefault(item, {})[user] = rating

out = csv.writer(open(sys.argv[2], "w"), lineterminator="\n")
out.writerow(["weighted", "user", "item", "value"])
for user, item, _ in test:
    if item not in by_item:
        continue
    out.writerow(["off", user, item, "%.9g" % (model.predict(user, item, clip=False).est / 2)])
    total = number = 0
    for other, rating in by_user[user].items():
        common = by_item[item].keys() & by_item[other].keys()
        if common:
            deviation = np.mean([by_item[item][u] - by_item[other][u] for u in common])
            total += len(common) * (deviation + rating)
            number += len(common)
    out.writerow(["on", user, item, "%.9g" % (total / number if number else np.mean(list(by_user[user].values())))])
