"""Somebody whose predictions or lists are judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy

from ..data import Data


@dataclass(frozen=True)
class Contender:
    """A peer: `run` gives predictions of the test rows, or lists of all users.

    Where several configurations stand here, each is judged and the best by the test ratings is told: more than any user
    of the library could do, and nothing that ours is allowed.
    """

    name: str
    run: Callable[..., numpy.ndarray]
    configurations: list[dict] = field(default_factory=lambda: [{}])


def told(configuration: dict) -> str:
    return ", ".join(f"{name}={value}" for name, value in configuration.items())


Judge = Callable[[numpy.ndarray, Data], float]
