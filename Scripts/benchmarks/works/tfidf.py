"""TF-IDF vectors of 50,000 item descriptions, with the defaults of scikit-learn."""

from ..data import Data
from ..library import Prepared, library
from ..row import Check, Peer, Row
from ..statements import Session, statements


def vectorizer(data: Data) -> Prepared:
    from pyarrow import csv
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = csv.read_csv(data.items).column("description").to_pylist()
    vectorizer = TfidfVectorizer()

    def numbers(matrix) -> dict[str, float]:
        return {"terms": matrix.shape[1]}

    return lambda: vectorizer.fit_transform(texts), numbers


def counts(session: Session, data: Data) -> dict[str, float]:
    return {"terms": session.run("show tfidf")[0]["terms"]}


ROWS = [
    Row(
        work="TF-IDF of the descriptions",
        data="50k documents",
        ours=statements("load '{data.items}' as=items", timed="tfidf fields=description", numbers=counts),
        peers=(Peer("TfidfVectorizer", "scikit-learn", library(vectorizer)),),
        aim="5",
        checks=(Check("terms", 0),),
    )
]
