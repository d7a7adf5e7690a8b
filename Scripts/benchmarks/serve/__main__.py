"""`Scripts/bench serve`: lists of ten over HTTP, from 60,000 items by 100 factors, under load from a second process.

Each server answers alone, by turns, with both cores; wrk asks for users drawn anew, so that no answer can be kept. The
first lists are compared: every server gives the same items.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from .. import machine
from ..places import CACHE, PROGRAM, ROOT
from ..table import heading, line

MODEL = CACHE / "serve-svd100.safetensors"
TRAINING = f"generate users=20000 items=60000 ratings=4000000; svd k=100 center=none mode=fast; save svd '{MODEL}'"
PORT = 8767
CONNECTIONS = (1, 16, 64)
#: The same load for all, about half of what the slowest can do: so many connections ask every so many milliseconds.
PACED = (64, 100)
CHECKED = 50


def servers() -> dict[str, list[str]]:
    python = [sys.executable, "-m"]
    package = "benchmarks.serve"
    listen = f"127.0.0.1:{PORT}"
    flask = [
        *python, "gunicorn", "--workers", "2", "--log-level", "error", "--bind", listen, f"{package}.flask_service:app",
    ]
    return {
        "Recline": [str(PROGRAM), "serve", str(MODEL), "--port", str(PORT)],
        "Flask + NumPy (gunicorn, 2 workers)": flask,
        # Threads keep connections open, which plain workers do not.
        "Flask + NumPy (gunicorn, 2 workers of 16 threads)": [*flask, "--worker-class", "gthread", "--threads", "16"],
        "FastAPI + NumPy (uvicorn, 2 workers)": [
            *python, "uvicorn", "--workers", "2", "--log-level", "error", "--port", str(PORT),
            f"{package}.fastapi_service:app",
        ],
    }


@contextmanager
def running(command: list[str]):
    environment = {**os.environ, "RECLINE_BENCH_MODEL": str(MODEL), "PYTHONPATH": str(ROOT / "Scripts")}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        for _ in range(600):
            try:
                ask(1)
                break
            except OSError:
                if process.poll() is not None:
                    sys.exit(f"{command[0]} ended with status {process.returncode}")
                time.sleep(0.1)
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def ask(user: int) -> list[str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/recommend/{user}") as answer:
        return [item["item"] for item in json.load(answer)["items"]]


def load(connections: int, seconds: int, pause: int = 0) -> tuple[float, float]:
    """Requests a second, and the 99th percentile of their times in seconds; each connection pauses between requests."""
    script = Path(__file__).with_name("users.lua")
    told = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(script), f"http://127.0.0.1:{PORT}"],
        capture_output=True, text=True, check=True, env={**os.environ, "RECLINE_BENCH_PAUSE": str(pause)},
    ).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        sys.exit(told)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", told).groups()
    return rate, float(number) * {"us": 1e-6, "ms": 1e-3, "s": 1}[unit]


def memory(process: subprocess.Popen) -> float:
    """Resident megabytes of a process and those that it started."""
    told = subprocess.run(["ps", "-o", "rss=", "-g", str(process.pid)], capture_output=True, text=True).stdout
    return sum(int(word) for word in told.split()) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(prog="Scripts/bench serve", description=__doc__)
    parser.add_argument("--seconds", type=int, default=10, help="how long each load lasts (10)")
    seconds = parser.parse_args().seconds
    CACHE.mkdir(parents=True, exist_ok=True)
    if not MODEL.exists():
        subprocess.run([PROGRAM, "--quiet", "-c", TRAINING], check=True)
    print(machine.description(["flask", "gunicorn", "fastapi", "uvicorn"]) + "\n")
    cells = [cell for count in CONNECTIONS for cell in (f"{count} connections", "p99")]
    cells += [f"{PACED[0]} connections, each every {PACED[1]} ms", "p99"]
    print(heading(("server", *cells, "memory")))
    lists, rates = {}, {}
    for name, command in servers().items():
        with running(command) as process:
            lists[name] = [ask(user) for user in range(1, CHECKED + 1)]
            load(16, 2)
            results = [load(count, seconds) for count in CONNECTIONS] + [load(PACED[0], seconds, PACED[1])]
            rates[name] = results
            texts = [text for rate, p99 in results for text in (f"{rate:,.0f}/s", f"{1000 * p99:.1f} ms")]
            print(line((name, *texts, f"{memory(process):,.0f} MB")), flush=True)
    ours = rates["Recline"]
    # The better of both kinds of workers, load by load.
    flask = [
        (max(rate for rate, _ in pairs), min(p99 for _, p99 in pairs))
        for pairs in zip(*(results for name, results in rates.items() if name.startswith("Flask")))
    ]
    print("\nAgainst Flask:", end=" ")
    print(
        "; ".join(
            f"{count} connections {a[0] / b[0]:.1f} times the throughput, p99 {b[1] / a[1]:.1f} times shorter"
            for count, a, b in zip(CONNECTIONS, ours, flask)
        ),
        end="; ",
    )
    print(f"at the same load p99 {flask[-1][1] / ours[-1][1]:.1f} times shorter")
    same = {name: sum(a == b for a, b in zip(lists["Recline"], theirs)) for name, theirs in lists.items()}
    print(", ".join(f"{name}: {count} of {CHECKED} lists the same" for name, count in same.items()))


if __name__ == "__main__":
    main()
