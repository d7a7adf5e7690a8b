"""Their side: a library in a process of its own, which does a work and tells its time."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from .data import Data
from .places import THREADS
from .row import Number

Work = Callable[[], object]
"""What is timed; what it returns goes to the function that makes the numbers of the check."""
Prepared = tuple[Work, Callable[[object], dict[str, Number]]]


class PeerFailed(Exception):
    """Something went wrong in the other process; its message."""


class Absent(PeerFailed):
    """The library is not installed."""


def serve(pipe: Connection, prepare: Callable[[Data], Prepared], data: Data) -> None:
    """Runs in the other process: prepares, then answers "measure" and "numbers" until the pipe is closed."""
    try:
        limit_threads()
        work, numbers = prepare(data)
        pipe.send("ready")
        result = None
        while True:
            if pipe.recv() == "measure":
                result = None  # Freeing the last result is not part of the work.
                start = time.perf_counter()
                result = work()
                pipe.send(time.perf_counter() - start)
            else:
                pipe.send(numbers(result))
    except EOFError:
        pass
    except ImportError as error:
        pipe.send(Absent(str(error)))
    except Exception as error:
        pipe.send(PeerFailed(f"{type(error).__name__}: {error}"))


def limit_threads() -> None:
    """For libraries that ask the machine; the others are told in each work, and linear algebra keeps to one."""
    os.environ["LK_NUM_THREADS"] = str(THREADS)
    try:
        import pyarrow
    except ImportError:
        return
    pyarrow.set_cpu_count(THREADS)


class Library:
    def __init__(self, pipe: Connection) -> None:
        self.pipe = pipe

    def answer(self) -> object:
        try:
            answer = self.pipe.recv()
        except EOFError:
            raise PeerFailed("the process ended; out of memory?") from None
        if isinstance(answer, PeerFailed):
            raise answer
        return answer

    def measure(self) -> float:
        self.pipe.send("measure")
        return self.answer()

    def numbers(self) -> dict[str, Number]:
        self.pipe.send("numbers")
        return self.answer()


def library(prepare: Callable[[Data], Prepared]) -> Callable[[Data], Iterator[Library]]:
    """The opening of a peer's side: `prepare` gives the work to be timed, and what makes numbers of its result."""

    @contextmanager
    def open_side(data: Data) -> Iterator[Library]:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=serve, args=(there, prepare, data), daemon=True)
        process.start()
        there.close()
        side = Library(here)
        try:
            side.answer()
            yield side
        finally:
            here.close()
            process.join(10)
            process.kill()

    return open_side
