"""A side that is a program on a terminal: the time from its start until it asks for a line."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .data import Data
from .process import ProcessFailed
from .row import Number

PATIENCE = 30


class Prompt:
    def __init__(self, arguments: list[str], prompt: bytes) -> None:
        self.arguments, self.prompt = arguments, prompt

    def measure(self) -> float:
        ours, theirs = pty.openpty()
        start = time.perf_counter()
        process = subprocess.Popen(
            self.arguments, stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm"}
        )
        os.close(theirs)
        seen = b""
        try:
            while self.prompt not in seen:
                if not select.select([ours], [], [], PATIENCE)[0]:
                    raise ProcessFailed(f"{self.arguments[0]} showed no prompt in {PATIENCE} s")
                seen += os.read(ours, 4096)
            return time.perf_counter() - start
        except OSError:
            raise ProcessFailed(f"{self.arguments[0]} ended before its prompt") from None
        finally:
            process.kill()
            process.wait()
            os.close(ours)

    def numbers(self) -> dict[str, Number]:
        return {}


def prompt(*arguments: str, ends: str) -> Callable[[Data], Iterator[Prompt]]:
    """The opening of a side; `ends` is what the program shows when it is ready."""

    @contextmanager
    def open_side(data: Data) -> Iterator[Prompt]:
        yield Prompt(list(arguments), ends.encode())

    return open_side
