"""Runs a row: every side in turn, again and again, in one run, so that what disturbs one disturbs the others too."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from statistics import median

from .data import Data
from .library import PeerFailed
from .process import ProcessFailed
from .row import Check, Number, Peer, Row, Side
from .statements import StatementFailed


FAILURES = (StatementFailed, ProcessFailed, PeerFailed, FileNotFoundError)
"""What ends one side of a row and nothing else."""


@dataclass
class Result:
    row: Row
    data: Data
    ours: float | None = None
    theirs: dict[str, float] = field(default_factory=dict)
    """The median of each peer that ran."""
    checks: list[tuple[Check, Number, Number]] = field(default_factory=list)
    """Our number and that of the fastest peer."""
    notes: list[str] = field(default_factory=list)

    @property
    def fastest(self) -> str | None:
        return min(self.theirs, key=self.theirs.get, default=None)

    @property
    def ratio(self) -> float | None:
        return self.theirs[self.fastest] / self.ours if self.theirs and self.ours else None


def run(row: Row, data: Data, repetitions: int) -> Result:
    """Alternates between the sides and compares what they came to."""
    result = Result(row, data)
    with ExitStack() as stack:
        sides: dict[str, Side] = {}
        try:
            sides["ours"] = stack.enter_context(row.ours(data))
            if not row.is_long:
                sides["ours"].measure()  # Pages, caches and code are there afterwards; the peers have the same.
        except FAILURES as error:
            sides.pop("ours", None)
            result.notes.append(f"ours: {error}")
        for peer in row.peers:
            try:
                require(peer)
                side = stack.enter_context(peer.open(data))
                if not row.is_long:
                    side.measure()
                sides[peer.name] = side
            except FAILURES as error:
                result.notes.append(f"{peer.name}: {error}")
        times: dict[str, list[float]] = {name: [] for name in sides}
        for _ in range(repetitions):
            for name, side in list(sides.items()):
                try:
                    times[name].append(side.measure())
                except FAILURES as error:
                    del sides[name], times[name]
                    result.notes.append(f"{name}: {error}")
        medians = {name: median(values) for name, values in times.items()}
        result.ours = medians.pop("ours", None)
        result.theirs = medians
        if result.fastest and result.ours:
            try:
                compare(result, sides["ours"].numbers(), sides[result.fastest].numbers())
            except Exception as error:  # Whatever a check stumbles over, the times stand.
                result.notes.append(f"check: {type(error).__name__}: {error}")
    return result


def compare(result: Result, ours: dict[str, Number], theirs: dict[str, Number]) -> None:
    result.checks = [(check, ours[check.name], theirs[check.name]) for check in result.row.checks]


def require(peer: Peer) -> None:
    if peer.distribution:
        try:
            version(peer.distribution)
        except PackageNotFoundError:
            raise PeerFailed(f"{peer.distribution} is not installed") from None
