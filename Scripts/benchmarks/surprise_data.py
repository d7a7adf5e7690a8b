"""Training and test data as Surprise has them; its raw ids are our indices."""

from collections import defaultdict

from .data import Data


def trainset(data: Data):
    """The ratings of `train`, of the users and items that have some."""
    from surprise import Trainset

    users, items, ratings = (array.tolist() for array in data.read(data.part("train")))
    user_places, item_places = ({index: place for place, index in enumerate(sorted(set(all)))} for all in (users, items))
    by_user, by_item = defaultdict(list), defaultdict(list)
    for user, item, rating in zip(users, items, ratings):
        by_user[user_places[user]].append((item_places[item], rating))
        by_item[item_places[item]].append((user_places[user], rating))
    counts = len(user_places), len(item_places), len(ratings)
    return Trainset(by_user, by_item, *counts, data.scale, user_places, item_places)


def testset(data: Data) -> list[tuple[int, int, float]]:
    """The ratings of `test`."""
    return list(zip(*(array.tolist() for array in data.read(data.part("test")))))
