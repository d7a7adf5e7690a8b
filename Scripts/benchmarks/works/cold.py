"""A whole process: load, split, SVD of 50 factors, evaluate, recommend to one user; its time and the most memory it held."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..data import Data
from ..places import PROGRAM
from ..process import Process, process, run_process
from ..row import Check, Peer, Row

SCRIPT = Path(__file__).with_name("cold_script.py")
STATEMENTS = "load '{data.ratings}'; split test=20% by=user; svd k=50; eval svd; recommend 42"


def read_ours(text: str) -> dict[str, float]:
    for line in text.splitlines():
        table = json.loads(line)
        if table.get("command") == "eval" and table["kind"] == "table":
            row = dict(zip(table["columns"], table["rows"][0]))
            return {"RMSE": row["rmse"], "NDCG@10": row["ndcg@10"]}
    return {}


def read_theirs(text: str) -> dict[str, float]:
    return {name: float(value) for name, value in re.findall(r"(RMSE|NDCG@10) ([\d.]+)", text)}


class Script(Process):
    """Their script; timed with a split of its own, and checked on the ratings that Recline holds out."""

    def __init__(self, data: Data, memory: bool) -> None:
        self.data = data
        arguments = [sys.executable, str(SCRIPT), str(data.ratings)]
        super().__init__(arguments, data.scratch("output-script"), 1 if memory else 0, read_theirs)

    def numbers(self) -> dict[str, float]:
        run_process([*self.arguments, str(self.data.part("test"))], self.output)
        return super().numbers()


def script(memory: bool):
    """The opening of their side."""

    @contextmanager
    def open_side(data: Data) -> Iterator[Script]:
        yield Script(data, memory)

    return open_side


def row(data: str, aim: str, memory: bool) -> Row:
    return Row(
        work="cold process: " + ("peak memory" if memory else "load, split, svd, eval, recommend"),
        data=data,
        ours=process(str(PROGRAM), "--format", "json", "-c", STATEMENTS, memory=memory, read=read_ours),
        peers=(Peer("pandas + SciPy", "scipy", script(memory)),),
        aim=aim,
        checks=(Check("RMSE", 0.002), Check("NDCG@10", 0.003)),
        unit="B" if memory else "s",
    )


ROWS = [row("100k", "8", False), row("1M", "6", False), row("100k", "2", True), row("1M", "2", True)]
