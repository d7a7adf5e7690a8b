"""Runs a program with all that it prints in a file, and prints its seconds, peak memory in bytes, and exit status.

Usage: launcher.py OUTPUT PROGRAM ARGUMENT …
"""

import os
import sys
import time

output, *arguments = sys.argv[1:]
to_file = [
    (os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
    (os.POSIX_SPAWN_DUP2, 1, 2),
]
start = time.perf_counter()
identifier = os.posix_spawn(arguments[0], arguments, os.environ, file_actions=to_file)
_, status, usage = os.wait4(identifier, 0)
seconds = time.perf_counter() - start
# Linux counts kilobytes, macOS bytes.
memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(seconds, memory, os.waitstatus_to_exitcode(status))
