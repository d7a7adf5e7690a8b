"""Training data as Surprise has it, by our indices."""

from collections import defaultdict

from .data import Data


def trainset(data: Data):
    """The ratings of `train`; Surprise's inner ids are our indices."""
    from surprise import Trainset

    users, items, ratings = (array.tolist() for array in data.read(data.part("train")))
    by_user, by_item = defaultdict(list), defaultdict(list)
    for user, item, rating in zip(users, items, ratings):
        by_user[user].append((item, rating))
        by_item[item].append((user, rating))
    counts = [len(ids) for ids in data.ids]
    same = [{index: index for index in range(count)} for count in counts]
    return Trainset(by_user, by_item, *counts, len(ratings), data.scale, *same)


def testset(data: Data) -> list[tuple[int, int, float]]:
    """The ratings of `test`, as Surprise predicts them."""
    return list(zip(*(array.tolist() for array in data.read(data.part("test")))))
