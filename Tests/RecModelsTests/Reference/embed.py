#!/usr/bin/env python3
"""Reference values for embed, by NumPy: python3 embed.py

Writes embed-texts.tsv (a title and labels an item), vectors of some of their words as GloVe text, word2vec text and word2vec
binary, and embed-expected.csv: the cosine of every pair of items by
- vectors from a file with smooth inverse frequency weights, with and without the first component,
- vectors from PPMI and a dense SVD, for three sets of options.
numpy 2.4.6. The formulas are those of the papers, written down without looking at another implementation.
"""
import csv
import re
import struct
from collections import Counter
from pathlib import Path

import numpy as np

here = Path(__file__).resolve().parent
random = np.random.default_rng(7)
topics = {
    "Space": "robot rocket planet star orbit alien galaxy laser comet moon".split(),
    "Sea": "boat river harbour island sailor storm whale anchor tide reef".split(),
    "Crime": "thief detective murder trial witness alibi police heist jury gun".split(),
    "Love-Story": "kiss wedding letter heart spring dance bride paris poet rose".split(),
}
common = "the of and a in night old last city Über".split()
items = []
for place in range(48):
    names = list(topics)
    chosen = [names[place % 4]] + ([names[(place // 4) % 4]] if place % 3 == 0 else [])
    pool = [w for name in chosen for w in topics[name]]
    words = [pool[i] for i in random.integers(0, len(pool), 7)] + [common[i] for i in random.integers(0, len(common), 4)]
    items.append((" ".join(words[i] for i in random.permutation(len(words))).capitalize(), sorted(set(chosen))))
items.append(("", []))
items.append(("qqq", []))
with open(here / "embed-texts.tsv", "w") as file:
    for title, labels in items:
        file.write(f"{title}\t{'|'.join(labels)}\n")


def tokens(text):
    return re.findall(r"(?u)\b\w\w+\b", text.lower())


# The title is one text, the labels joined are another.
texts = [[tokens(title), tokens(" ".join(labels))] for title, labels in items]
counts = Counter(w for item in texts for text in item for w in text)
total = sum(counts.values())


def cosines(vectors, a, removes):
    rows = []
    for item in texts:
        known = [w for text in item for w in text if w in vectors]
        dimension = len(next(iter(vectors.values())))
        rows.append(sum((a / (a + counts[w] / total) * vectors[w] for w in known), np.zeros(dimension)) / max(1, len(known)))
    matrix = np.array(rows)
    if removes:
        first = np.linalg.svd(matrix, full_matrices=False)[2][0]
        matrix = matrix - np.outer(matrix @ first, first)
    lengths = np.linalg.norm(matrix, axis=1)
    with np.errstate(invalid="ignore"):
        return (matrix @ matrix.T) / np.outer(lengths, lengths)


def trained(k, window, shift, smooth, minimum):
    words = sorted(counts)
    place = {w: i for i, w in enumerate(words)}
    frequent = {w for w in words if sum(any(w in text for text in item) for item in texts) >= minimum}
    near = np.zeros((len(words), len(words)))
    for item in texts:
        for text in item:
            kept = [w for w in text if w in frequent]
            for i, word in enumerate(kept):
                for j, other in enumerate(kept):
                    if i != j and abs(i - j) <= window:
                        near[place[word], place[other]] += 1
    contexts = near.sum(0) ** smooth * (near.sum(0) > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        pmi = np.log(near * contexts.sum() / np.outer(near.sum(1), contexts)) - np.log(shift)
    ppmi = np.where(near > 0, np.maximum(pmi, 0), 0)
    u, s, _ = np.linalg.svd(ppmi)
    print("gap at", k, s[k - 1] - s[k])
    return {w: (u[:, :k] * np.sqrt(s[:k]))[place[w]] for w in words if ppmi[place[w]].any()}


# Vectors of most words, one of them in another case, one twice, some of words that no item has.
known = [w for w in sorted(counts) if w not in ("reef", "jury", "last")]
vectors = {w: np.float32(np.round(random.normal(0.4, 1, 8), 4)) for w in known}
listed = [("nowhere", np.float32(random.normal(0, 1, 8).round(4)))] + list(vectors.items())
listed = [("Robot" if w == "robot" else w, v) for w, v in listed]
listed += [("Paris", np.zeros(8, "float32")), ("boat", np.ones(8, "float32")), ("more", np.ones(8, "float32"))]
lines = [w + " " + " ".join(f"{x:g}" for x in v) for w, v in listed]
(here / "vectors-glove.txt").write_text("\n".join(lines) + "\n")
(here / "vectors-word2vec.txt").write_text(f"{len(listed)} 8\n" + "\n".join(lines) + "\n")
with open(here / "vectors-word2vec.bin", "wb") as file:
    file.write(f"{len(listed)} 8\n".encode())
    for place, (w, v) in enumerate(listed):
        file.write(w.encode() + b" " + struct.pack("<8f", *v) + (b"\n" if place % 2 else b""))

with open(here / "embed-expected.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["kind", "first", "second", "cosine"])
    sets = {
        "file a=0.001": cosines(vectors, 1e-3, True), "file a=0.5 remove=off": cosines(vectors, 0.5, False),
        "k=6": cosines(trained(6, 5, 1, 0.75, 1), 1e-3, True),
        "k=9 window=2 shift=1.5 smooth=1 remove=off": cosines(trained(9, 2, 1.5, 1, 1), 1e-3, False),
        "k=5 window=20 min=8 a=0.1": cosines(trained(5, 20, 1, 0.75, 8), 0.1, True),
    }
    for kind, matrix in sets.items():
        for first in range(0, len(items), 5):
            for second in list(range(1, len(items), 3)) + [len(items) - 2, len(items) - 1]:
                value = matrix[first, second]
                writer.writerow([kind, first, second, "" if np.isnan(value) else repr(float(value))])
