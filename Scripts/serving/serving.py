"""The program as a server, and the models that the tests serve."""

import atexit
import contextlib
import functools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import requests

#: MB of resident memory that no request may go beyond: the largest body is 25 MB, and all bodies together 256.
MEMORY = 1024
PROGRAM = os.environ.get("RECLINE_PROGRAM", str(Path(__file__).parents[2] / ".build/release/recline"))
MOVIELENS = Path(__file__).parents[3] / "shared/data/ml-latest-small"


def free_port():
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def shell(script):
    """The last output of a script, as an object."""
    run = subprocess.run([PROGRAM, "--format", "json", "-c", script], capture_output=True, text=True, timeout=300)
    if run.returncode != 0:
        raise RuntimeError(run.stderr or run.stdout)
    return json.loads(run.stdout.splitlines()[-1])


def shell_list(model, user, top=10):
    """The items and scores that the shell recommends from a saved model."""
    table = shell(f"load '{model}'; recommend {user} top={top}")
    item, score = table["columns"].index("item"), table["columns"].index("score")
    return [row[item] for row in table["rows"]], [row[score] for row in table["rows"]]


@functools.cache
def models():
    """A folder with svd, small and hybrid, of MovieLens where it is there, else of generated ratings."""
    folder = Path(tempfile.mkdtemp(prefix="recline-models-"))
    atexit.register(shutil.rmtree, folder, True)
    data = f"load '{MOVIELENS}'" if MOVIELENS.is_dir() else "generate users=610 items=3000 ratings=100000 seed=7"
    shell(
        f"{data}; small = svd k=5; save small '{folder}/small.safetensors';"
        f"svd k=30; save svd '{folder}/svd.safetensors';"
        f"tfidf fields=title,genres; hybrid = blend svd:0.8 tfidf:0.2; save hybrid '{folder}/hybrid.safetensors'"
    )
    return folder


class Server:
    """`recline serve` on a free port of this machine, for a `with` statement."""

    def __init__(self, *arguments, environment=None, command=None, port=0):
        self.command = command or [PROGRAM, "serve", *map(str, arguments), "--port", str(port)]
        self.environment = {**os.environ, **(environment or {})}

    def __enter__(self):
        self.output = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self.output,
            text=True,
            env=self.environment,
        )
        for line in self.process.stdout:
            if found := re.search(r"http://[^/\s]*:(\d+)", line):
                self.port = int(found[1])
                break
        else:
            raise RuntimeError(f"no server: {self.errors}")
        self.url = f"http://127.0.0.1:{self.port}"
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.end()
        self.process.stdout.close()
        self.output.close()

    def end(self, timeout=40):
        """The exit status after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout)
        finally:
            self.process.kill()

    @property
    def errors(self):
        """What stood on standard error up to now."""
        self.output.flush()
        with open(f"/proc/self/fd/{self.output.fileno()}") as copy:
            return copy.read()

    def memory(self, name="VmRSS"):
        """Resident memory in MB, now or at its peak (`VmHWM`); infinite for a process that has ended."""
        with contextlib.suppress(OSError):
            status = Path(f"/proc/{self.process.pid}/status").read_text()
            if found := re.search(rf"{name}:\s+(\d+)", status):
                return int(found[1]) / 1024
        return float("inf")


class Watched:
    """A server whose memory is bounded from outside, and whose health is asked for all the time."""

    def __init__(self, server):
        self.server = server
        self.slowest = 0.0
        self.unhealthy = 0

    def __enter__(self):
        self.server.__enter__()
        self.ended = threading.Event()
        self.watching = [threading.Thread(target=self._ask), threading.Thread(target=self._guard)]
        for thread in self.watching:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.watching:
            thread.join()
        self.server.__exit__()

    def _ask(self):
        while not self.ended.wait(0.1):
            start = time.monotonic()
            try:
                if requests.get(self.server.url + "/healthz", timeout=30).status_code != 200:
                    self.unhealthy += 1
            except requests.RequestException:
                self.unhealthy += 1
            self.slowest = max(self.slowest, time.monotonic() - start)

    def _guard(self):
        """Ends a server that would take the memory of the machine."""
        while not self.ended.wait(0.05):
            if self.server.memory() > 3 * MEMORY:
                self.server.process.kill()
                return

    def start_anew(self):
        """Forgets the peak of memory and the slowest answer."""
        self.slowest = 0.0
        with contextlib.suppress(OSError):
            Path(f"/proc/{self.server.process.pid}/clear_refs").write_text("5")

    @property
    def peak(self):
        """The peak of resident memory in MB; infinite where the server had to be ended."""
        return self.server.memory("VmHWM")
