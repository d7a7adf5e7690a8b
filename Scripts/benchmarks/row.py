"""What a row of the table is: one work, on one data set, ours and theirs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from math import inf
from typing import Protocol

from .data import Data


Number = float | list[float]


class Side(Protocol):
    """One program at the work, ready to do it again and again."""

    def measure(self) -> float:
        """Does the work once; seconds, or what else the row compares."""

    def numbers(self) -> dict[str, Number]:
        """What the work came to, for the check."""


Opening = Callable[[Data], AbstractContextManager[Side]]


@dataclass(frozen=True)
class Peer:
    name: str
    distribution: str
    """The package on PyPI, whose version the table tells; "" for a program."""
    open: Opening


@dataclass(frozen=True)
class Check:
    """How far two numbers of one name may differ, either way, for both sides to have done the same."""

    name: str
    tolerance: float
    relative: bool = False
    """Whether the tolerance is a share of the peer's number."""
    better: int = 0
    """Where the work is to make the number small (-1) or large (1): ours may then be ahead by any amount."""

    def holds(self, ours: Number, theirs: Number) -> bool:
        # Written so that a number that is not one does not hold.
        return self.difference(ours, theirs) <= self.tolerance or (
            self.better != 0 and (ours - theirs) * self.better > 0
        )

    def difference(self, ours: Number, theirs: Number) -> float:
        """Of lists, the largest."""
        if isinstance(theirs, list):
            if len(ours) != len(theirs):
                return inf
            return max(map(self.difference, ours, theirs), default=0)
        difference = abs(ours - theirs)
        return difference / abs(theirs) if self.relative and theirs else difference


RMSE, NDCG = Check("rmse", 0.002), Check("ndcg@10", 0.003)
"""What two trainings that differ in their random numbers may differ by."""


@dataclass(frozen=True)
class Row:
    work: str
    data: str
    """A name in `data.SETS`."""
    ours: Opening
    peers: tuple[Peer, ...]
    aim: str
    """The ratio that is aimed at, or another bound in words."""
    checks: tuple[Check, ...] = ()
    repetitions: int = 5
    unit: str = "s"
    is_long: bool = False
    """Whether it takes minutes: left out of a quick run, and without a first turn that is not counted."""
