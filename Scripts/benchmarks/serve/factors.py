"""What a service in Python does for a list: one product of 60,000 rows, the user's own items left out, the best ten."""

from __future__ import annotations

import json
import os

import numpy

from ..safetensors import read_tensors


class Factors:
    """A saved `svd center=none` as arrays; users' factors are made beforehand, which Recline does for every request."""

    def __init__(self, path: str):
        tensors = read_tensors(path)
        self.items = numpy.ascontiguousarray(tensors["recommender.scorer.itemFactors"])
        self.offsets = tensors["data.0.interactions.offsets"]
        self.columns = tensors["data.0.interactions.columns"]
        self.user_ids = {int(user): row for row, user in enumerate(tensors["entities.0.users.numbers"])}
        self.item_ids = tensors["entities.0.items.numbers"]
        starts = tensors["entities.0.itemFields.fields.0.text.offsets"]
        titles = read_bytes(path, "entities.0.itemFields.fields.0.text.bytes")
        self.titles = [titles[start:end].decode() for start, end in zip(starts[:-1], starts[1:])]
        values = tensors["data.0.interactions.values"]
        self.users = numpy.empty((len(self.user_ids), self.items.shape[1]), numpy.float32)
        for row in range(len(self.users)):
            seen = slice(self.offsets[row], self.offsets[row + 1])
            self.users[row] = values[seen] @ self.items[self.columns[seen]]

    def recommend(self, user: str, count: int = 10) -> dict:
        row = self.user_ids[int(user)]
        scores = self.items @ self.users[row]
        scores[self.columns[self.offsets[row] : self.offsets[row + 1]]] = -numpy.inf
        best = numpy.argpartition(scores, -count)[-count:]
        best = best[numpy.argsort(-scores[best])]
        items = [
            {"rank": rank + 1, "item": str(self.item_ids[item]), "title": self.titles[item], "score": float(scores[item])}
            for rank, item in enumerate(best)
        ]
        return {"user": user, "model": "svd", "version": 1, "fallback": False, "items": items}


def read_bytes(path: str, name: str) -> bytes:
    with open(path, "rb") as file:
        size = int.from_bytes(file.read(8), "little")
        first, end = json.loads(file.read(size))[name]["data_offsets"]
        file.seek(8 + size + first)
        return file.read(end - first)


def of_environment() -> Factors:
    return Factors(os.environ["RECLINE_BENCH_MODEL"])
