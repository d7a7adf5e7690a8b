"""TF-IDF vectors of 50,000 descriptions with scikit-learn's defaults, and the ten most similar documents of each."""

from contextlib import contextmanager

from ..data import Data
from ..library import Prepared, library
from ..places import THREADS
from ..row import Check, Peer, Row
from ..statements import Session, statements

NEIGHBORS = 10


def texts(data: Data) -> list[str]:
    from pyarrow import csv

    return csv.read_csv(data.items).column("description").to_pylist()


def vectorizer(data: Data) -> Prepared:
    from sklearn.feature_extraction.text import TfidfVectorizer

    documents = texts(data)
    vectorizer = TfidfVectorizer()

    def numbers(matrix) -> dict[str, float]:
        return {"terms": matrix.shape[1], "weights": float(matrix.sum())}

    return lambda: vectorizer.fit_transform(documents), numbers


def term_count(session: Session, data: Data) -> dict[str, float]:
    weights = session.tensors("tfidf", data)["recommender.vectors.items.values"]
    return {"terms": session.run("show tfidf")[0]["terms"], "weights": float(weights.sum(dtype="float64"))}


def vectors(data: Data):
    """The TF-IDF matrix, documents × terms."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer().fit_transform(texts(data)).astype("float32")


def all_pairs(data: Data) -> Prepared:
    from joblib import parallel_config
    from sklearn.neighbors import NearestNeighbors

    matrix = vectors(data)
    search = NearestNeighbors(n_neighbors=NEIGHBORS + 1, metric="cosine", algorithm="brute").fit(matrix)

    def numbers(result) -> dict[str, float]:
        distances, _ = result
        return {"mean cosine": float(1 - distances[:, 1:].mean())}

    def work():
        # Threads, since processes cannot be started by the one that this is.
        with parallel_config("threading", n_jobs=THREADS):
            return search.kneighbors(matrix)

    return work, numbers


@contextmanager
def our_pairs(data: Data):
    """The same vectors as a table of terms, documents and weights: the documents are its items."""
    import pyarrow
    from pyarrow import csv

    matrix = vectors(data).tocoo()
    path = data.scratch("vectors.csv")
    columns = {"user": matrix.col, "item": matrix.row, "rating": matrix.data}
    csv.write_csv(pyarrow.table(columns), path)
    command = f"knn by=item similarity=cosine center=none k={NEIGHBORS} keep={NEIGHBORS}"
    with statements(f"load '{path}' as=ratings", timed=command, numbers=mean_cosine)(data) as side:
        yield side


def mean_cosine(session: Session, data: Data) -> dict[str, float]:
    tensors = session.tensors("knn", data)
    return {"mean cosine": float(next(tensors[name] for name in tensors if name.endswith("near.values")).mean())}


ROWS = [
    Row(
        work="TF-IDF of the descriptions",
        data="50k documents",
        ours=statements("load '{data.items}' as=items", timed="tfidf fields=description", numbers=term_count),
        peers=(Peer("TfidfVectorizer", "scikit-learn", library(vectorizer)),),
        aim="5",
        checks=(Check("terms", 0), Check("weights", 1e-5, relative=True)),
    ),
    Row(
        work=f"cosine of all pairs, top {NEIGHBORS}",
        data="50k documents",
        ours=our_pairs,
        peers=(Peer("NearestNeighbors", "scikit-learn", library(all_pairs)),),
        aim="5",
        checks=(Check("mean cosine", 1e-4),),
        repetitions=1,
        is_long=True,
    ),
]
