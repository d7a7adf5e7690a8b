"""Reading ratings from a CSV file, with ids that are whole numbers or text, into arrays."""

from ..data import Data
from ..library import Prepared, library
from ..row import Check, Peer, Row
from ..statements import Session, statements


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


def pandas_numbers(data: Data) -> Prepared:
    return prepare_pandas(str(data.ratings))


def pandas_texts(data: Data) -> Prepared:
    return prepare_pandas(str(data.text_ids))


def pyarrow_numbers(data: Data) -> Prepared:
    return prepare_pyarrow(str(data.ratings))


def pyarrow_texts(data: Data) -> Prepared:
    return prepare_pyarrow(str(data.text_ids))


def counts(session: Session, data: Data) -> dict[str, float]:
    return session.run("show ratings")[0]


def row(data: str, ids: str, aim: str, repetitions: int, ours, *peers) -> Row:
    return Row(
        work=f"load, {ids}",
        data=data,
        ours=ours,
        peers=tuple(Peer(name, name, library(prepare)) for name, prepare in zip(("pandas", "pyarrow"), peers)),
        aim=aim,
        checks=(Check("ratings", 0), Check("users", 0), Check("items", 0)),
        repetitions=repetitions,
    )


NUMBERS = statements(timed="load '{data.ratings}' as=ratings", numbers=counts)
TEXTS = statements(timed="load '{data.text_ids}' as=ratings", numbers=counts)

ROWS = [
    row("1M", "whole-number ids", "4", 5, NUMBERS, pandas_numbers, pyarrow_numbers),
    row("20M", "whole-number ids", "4", 5, NUMBERS, pandas_numbers, pyarrow_numbers),
    row("1M", "text ids", "2.5", 5, TEXTS, pandas_texts, pyarrow_texts),
    row("20M", "text ids", "2.5", 3, TEXTS, pandas_texts, pyarrow_texts),
]
