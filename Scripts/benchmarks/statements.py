"""Our side: a process that runs one statement of the language after another and tells their times."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .data import Data
from .places import SERVER, THREADS
from .row import Number
from .safetensors import read_tensors


class StatementFailed(Exception):
    """A statement ended in an error; its message."""


class Session:
    """A session of Recline; `run` gives the outputs of a statement, `seconds` is what the last one took."""

    def __init__(self) -> None:
        self.process = subprocess.Popen([SERVER, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.seconds = 0.0
        self.run(f"set threads={THREADS}")

    def run(self, statement: str) -> list[dict]:
        self.process.stdin.write(statement + "\n")
        self.process.stdin.flush()
        outputs = []
        for line in self.process.stdout:
            output = json.loads(line)
            if output["kind"] == "failed":
                raise StatementFailed(next(o["message"] for o in outputs if o["kind"] == "error"))
            if output["kind"] == "done":
                self.seconds = output["seconds"]
                return outputs
            outputs.append(output)
        raise StatementFailed(f"recline-bench ended during '{statement}'")

    def evaluate(self, model: str, *metrics: str) -> dict[str, Number]:
        """Metrics of a model on `test`, by their names in the language."""
        outputs = self.run(f"eval {model} metrics={','.join(metrics)}")
        table = next(output for output in outputs if output["kind"] == "table")
        row = dict(zip(table["columns"], table["rows"][0]))
        return {metric: row[metric] for metric in metrics}

    def tensors(self, model: str, data: Data) -> dict:
        """The arrays that a model saves, by name."""
        path = data.scratch(f"{model}.safetensors")
        self.run(f"save {model} '{path}'")
        return read_tensors(path)

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()


Counting = Callable[[Session, Data], dict[str, Number]]
"""Makes the numbers of the check of what the timed statement left in the session."""


class Statements:
    """Statements that are timed, after others that are not; the fields in braces are those of the data."""

    def __init__(self, session: Session, data: Data, timed: list[str], count: Counting) -> None:
        self.session, self.data, self.timed, self.count = session, data, timed, count

    def measure(self) -> float:
        seconds = 0.0
        for statement in self.timed:
            self.session.run(statement)
            seconds += self.session.seconds
        return seconds

    def numbers(self) -> dict[str, Number]:
        return self.count(self.session, self.data)


def statements(
    *prepare: str, timed: str, listing: str | None = None, numbers: Counting = lambda session, data: {}
) -> Callable[[Data], Iterator[Statements]]:
    """The opening of our side of a row; `listing` names a model whose lists of all users are timed, too."""
    works = [timed] + ([f"lists {listing}"] if listing else [])

    @contextmanager
    def open_side(data: Data) -> Iterator[Statements]:
        session = Session()
        try:
            for statement in prepare:
                session.run(statement.format(data=data))
            yield Statements(session, data, [work.format(data=data) for work in works], numbers)
        finally:
            session.close()

    return open_side


def training(timed: str, numbers: Counting) -> Callable[[Data], Iterator[Statements]]:
    """The opening where a model is trained on the part of the ratings that `split` leaves for it."""
    return statements("{data.load}", "{data.split}", timed=timed, numbers=numbers)


def metrics(model: str, *names: str) -> Counting:
    """Numbers for the check: what `eval` says of a model."""
    return lambda session, data: session.evaluate(model, *names)
