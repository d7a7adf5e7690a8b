"""Reading ratings from a CSV file, with ids that are whole numbers or text.

Recline's `load` checks every field, numbers the ids, sorts the ratings into rows and removes duplicates. `read_csv` stops at
a table of columns; beside it stand the same libraries going all the way.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from ..data import Data
from ..library import Prepared, library
from ..row import Check, Peer, Row
from ..statements import Session, Statements


def prepare_pandas(path: str) -> Prepared:
    import pandas

    def numbers(frame) -> dict[str, float]:
        users, items = (frame.iloc[:, place].nunique() for place in range(2))
        return {"ratings": len(frame), "users": users, "items": items}

    return lambda: pandas.read_csv(path, engine="c"), numbers


def prepare_pyarrow(path: str) -> Prepared:
    from pyarrow import compute, csv

    def numbers(table) -> dict[str, float]:
        users, items = (len(compute.unique(table.column(place))) for place in range(2))
        return {"ratings": len(table), "users": users, "items": items}

    return lambda: csv.read_csv(path), numbers


def prepare_pandas_rows(path: str) -> Prepared:
    import numpy
    import pandas
    from scipy.sparse import csr_matrix

    def load():
        frame = pandas.read_csv(path, engine="c")
        frame.columns = ["user", "item", "rating", "time"]
        users, user_ids = pandas.factorize(frame.user, sort=True)
        items, item_ids = pandas.factorize(frame.item, sort=True)
        values, times = frame.rating.to_numpy(numpy.float32), frame.time.to_numpy()
        return build_rows(users, items, values, times, user_ids, item_ids, csr_matrix)

    return load, row_numbers


def prepare_pyarrow_rows(path: str) -> Prepared:
    import numpy
    from pyarrow import compute, csv
    from scipy.sparse import csr_matrix

    def encode(column):
        encoded = column.combine_chunks().dictionary_encode()
        order = compute.sort_indices(encoded.dictionary).to_numpy()
        ranks = numpy.empty(len(order), numpy.int32)
        ranks[order] = numpy.arange(len(order), dtype=numpy.int32)
        return ranks[encoded.indices.to_numpy()], encoded.dictionary.take(order)

    def load():
        table = csv.read_csv(path)
        users, user_ids = encode(table.column(0))
        items, item_ids = encode(table.column(1))
        values = table.column(2).to_numpy().astype(numpy.float32)
        return build_rows(users, items, values, table.column(3).to_numpy(), user_ids, item_ids, csr_matrix)

    return load, row_numbers


def build_rows(users, items, values, times, user_ids, item_ids, csr_matrix):
    """Rows with columns ascending, times beside them, and of several ratings of one item the latest."""
    import numpy

    shape = len(user_ids), len(item_ids)
    # Places as values, from 1 on because 0 is nothing, so that one sort carries ratings and times.
    places = csr_matrix((numpy.arange(1, len(values) + 1), (users, items)), shape)
    if places.nnz < len(values):
        order = numpy.lexsort((times, items, users))
        keys = users[order].astype(numpy.int64) * shape[1] + items[order]
        kept = order[numpy.append(keys[1:] != keys[:-1], True)]
        places = csr_matrix((kept + 1, (users[kept], items[kept])), shape)
    order = places.data - 1
    return csr_matrix((values[order], places.indices, places.indptr), shape), times[order], user_ids, item_ids


def row_numbers(result) -> dict[str, float]:
    matrix = result[0]
    return {"ratings": matrix.nnz, "users": matrix.shape[0], "items": matrix.shape[1]}


class Loading(Statements):
    """Loads into an empty session, as the peers drop their last table before they are timed."""

    def measure(self) -> float:
        self.session.run("reset")
        return super().measure()


@contextmanager
def opening(path: str, data: Data) -> Iterator[Loading]:
    """Our side; `path` names the file among those of the data."""
    session = Session()
    try:
        yield Loading(
            session,
            data,
            [f"load '{getattr(data, path)}' as=ratings"],
            lambda session, data: session.run("show ratings")[0],
        )
    finally:
        session.close()


def prepare(prepare_path: Callable[[str], Prepared], path: str, data: Data) -> Prepared:
    return prepare_path(str(getattr(data, path)))


def row(data: str, ids: str, path: str, aim: str, repetitions: int, into: str, peers) -> Row:
    return Row(
        work=f"load, {ids}, {into}",
        data=data,
        ours=partial(opening, path),
        peers=tuple(Peer(name, name.split()[0], library(partial(prepare, peer, path))) for name, peer in peers.items()),
        aim=aim,
        checks=(Check("ratings", 0), Check("users", 0), Check("items", 0)),
        repetitions=repetitions,
    )


PEERS = {
    "against a table": {"pandas": prepare_pandas, "pyarrow": prepare_pyarrow},
    "against rows": {"pandas + SciPy": prepare_pandas_rows, "pyarrow + SciPy": prepare_pyarrow_rows},
}

ROWS = [
    row(data, ids, path, aim, repetitions, into, peers)
    for ids, path, aim in (("whole-number ids", "ratings", "4"), ("text ids", "text_ids", "2.5"))
    for data, repetitions in (("1M", 5), ("20M", 3))
    for into, peers in PEERS.items()
]
