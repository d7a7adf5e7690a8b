"""What a row of the table is: one work, on one data set, ours and theirs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
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
    """How far two numbers of one name may differ for both sides to have done the same."""

    name: str
    tolerance: float
    """Relative to the peer's number."""
    better: int = 0
    """Ours may be lower (-1) or higher (1) by any amount; 0 for neither."""

    def holds(self, ours: Number, theirs: Number) -> bool:
        return self.difference(ours, theirs) <= self.tolerance or (
            self.better != 0 and (ours - theirs) * self.better > 0
        )

    def difference(self, ours: Number, theirs: Number) -> float:
        """Relative to the peer's; of lists, the largest."""
        if isinstance(theirs, list):
            return max(map(self.difference, ours, theirs))
        return abs(ours - theirs) / abs(theirs) if theirs else abs(ours)


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
