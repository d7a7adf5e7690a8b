"""From the start of the program to its prompt."""

import sys

from ..places import PROGRAM
from ..prompt import prompt
from ..row import Peer, Row

DUCKDB = "import duckdb; duckdb.connect(); print('D ', end='', flush=True); input()"

ROWS = [
    Row(
        work="start to prompt",
        data="no data",
        ours=prompt(str(PROGRAM), ends="›"),
        peers=(peer,),
        aim="5 ms",
        repetitions=21,
    )
    for peer in (
        Peer("sqlite3", "", prompt("sqlite3", ends="sqlite> ")),
        Peer("DuckDB in Python", "duckdb", prompt(sys.executable, "-c", DUCKDB, ends="D ")),
    )
]
