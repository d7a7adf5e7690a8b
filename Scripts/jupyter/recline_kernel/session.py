"""The program behind the kernel, and the requests to it."""

import json
import os
import signal
import subprocess


class ProgramEnded(Exception):
    """The program is gone; the next request starts a new one."""


class ReclineSession:
    def __init__(self):
        self._program = None
        self._count = 0

    def ask(self, what, text, cursor=None, on_output=lambda answer: None):
        """Sends a request and gives its last answer; outputs before it go to `on_output`."""
        program = self._running()
        self._count += 1
        request = {"id": self._count, "do": what, "text": text, "cursor": cursor}
        try:
            program.stdin.write(json.dumps(request) + "\n")
            program.stdin.flush()
        except BrokenPipeError:
            self._ended()
        while True:
            try:
                line = program.stdout.readline()
            except KeyboardInterrupt:
                # Jupyter interrupts the kernel alone; the program stops at its next safe point and answers.
                program.send_signal(signal.SIGINT)
                continue
            if not line:
                self._ended()
            answer = json.loads(line)
            # What an interrupted request left unread belongs to nobody.
            if answer["id"] != self._count:
                continue
            if "output" not in answer:
                return answer
            on_output(answer)

    def restart(self):
        self.close()

    def close(self):
        program, self._program = self._program, None
        if program is None:
            return
        program.stdin.close()
        try:
            program.wait(timeout=2)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()
        program.stdout.close()

    def _running(self):
        if self._program is None:
            command = [os.environ.get("RECLINE_PROGRAM", "recline"), "--protocol", "json"]
            # In a session of its own, so that a signal to the kernel's group reaches it through us alone.
            self._program = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                start_new_session=True,
            )
        return self._program

    def _ended(self):
        program, self._program = self._program, None
        raise ProgramEnded(f"recline has ended with status {program.wait()}; the names are gone")
