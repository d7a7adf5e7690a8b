"""A side that is a whole process: its time from start to end, or the most memory that it held."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .data import Data
from .row import Number

LAUNCHER = str(Path(__file__).with_name("launcher.py"))


class ProcessFailed(Exception):
    """A process ended with another status than 0."""


def run_process(arguments: list[str], output: str = os.devnull) -> tuple[float, float]:
    """Runs a program; seconds and peak memory in bytes."""
    # By a small process, because a program's peak counts what its parent held when it was started.
    told = subprocess.run(
        [sys.executable, "-I", "-S", LAUNCHER, output, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    seconds, memory, status = told.stdout.split()
    if status != "0":
        raise ProcessFailed(f"{arguments[0]} ended with status {status}")
    return float(seconds), float(memory)


class Process:
    def __init__(self, arguments: list[str], output: str, quantity: int, read: Callable[[str], dict[str, Number]]):
        self.arguments, self.output, self.quantity, self.read = arguments, output, quantity, read

    def measure(self) -> float:
        return run_process(self.arguments, self.output)[self.quantity]

    def numbers(self) -> dict[str, Number]:
        with open(self.output) as file:
            return self.read(file.read())


def process(
    *arguments: str, memory: bool = False, read: Callable[[str], dict[str, Number]] = lambda text: {}
) -> Callable[[Data], Iterator[Process]]:
    """The opening of a side; fields in braces are those of the data, `read` makes numbers of what the program prints."""

    @contextmanager
    def open_side(data: Data) -> Iterator[Process]:
        filled = [argument.format(data=data) for argument in arguments]
        output = data.scratch(f"output-{os.path.basename(filled[0])}")
        yield Process(filled, output, 1 if memory else 0, read)

    return open_side
