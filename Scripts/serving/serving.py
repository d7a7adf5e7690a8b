"""The program as a server, and the models that the tests serve."""

import atexit
import functools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

PROGRAM = os.environ.get("RECLINE_PROGRAM", str(Path(__file__).parents[2] / ".build/release/recline"))
MOVIELENS = Path(__file__).parents[3] / "shared/data/ml-latest-small"


def free_port():
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def shell(script):
    """The last output of a script, as an object."""
    run = subprocess.run(
        [PROGRAM, "--format", "json", "-c", script], capture_output=True, text=True, timeout=300
    )
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
        f"{data}; small = svd k=5; save small '{folder}/small.safetensors'; svd k=30; save svd '{folder}/svd.safetensors';"
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
            self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.output, text=True,
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
        """Resident memory in MB, now or at its peak (`VmHWM`)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024
