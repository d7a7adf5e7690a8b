"""The kernel: each message of Jupyter is one request to the program."""

from fnmatch import fnmatch

from ipykernel.kernelbase import Kernel

from . import __version__
from .session import ProgramEnded, ReclineSession


class ReclineKernel(Kernel):
    implementation = "recline"
    implementation_version = __version__
    language = "recline"
    language_version = "1"
    language_info = {
        "name": "recline",
        "mimetype": "text/x-recline",
        "file_extension": ".rec",
        "pygments_lexer": "text",
    }
    banner = "Recline, a small language for recommender systems"

    def __init__(self, **arguments):
        super().__init__(**arguments)
        self._session = ReclineSession()
        self._history = []

    def do_execute(
        self, code, silent, store_history=True, user_expressions=None, allow_stdin=False, **further
    ):
        errors = []
        if store_history and not silent:
            self._history.append((0, self.execution_count, code))

        def show(answer):
            output, data = answer["output"], answer["data"]
            if output["kind"] == "error":
                errors.append((output["code"], output["message"], data["text/plain"]))
            elif silent:
                return
            elif output["kind"] == "warning":
                self._write("stderr", data["text/plain"])
            elif output["kind"] == "value":
                content = {
                    "execution_count": self.execution_count,
                    "data": {"text/plain": data["text/plain"].rstrip("\n")},
                    "metadata": {},
                }
                self.send_response(self.iopub_socket, "execute_result", content)
            elif output["kind"] in ("table", "figure"):
                self.send_response(self.iopub_socket, "display_data", {"data": data, "metadata": {}})
            else:
                self._write("stdout", data["text/plain"])

        try:
            answer = self._session.ask("execute", code, on_output=show)
        except ProgramEnded as ending:
            return self._failure("ProgramEnded", str(ending), [str(ending)], silent)
        if answer["status"] == "error":
            code, message, _ = errors[0] if errors else ("error", answer.get("message", ""), "")
            return self._failure(code, message, [text.rstrip() for _, _, text in errors], silent)
        if answer["status"] == "interrupted":
            return self._failure("interrupted", "interrupted", ["interrupted"], silent)
        reply = {
            "status": "ok",
            "execution_count": self.execution_count,
            "payload": [],
            "user_expressions": {},
        }
        if answer["status"] == "quit":
            self._session.restart()
        return reply

    def do_complete(self, code, cursor_pos):
        answer = self._session.ask("complete", code, cursor_pos)
        return {
            "status": "ok",
            "matches": [match["text"] for match in answer["matches"]],
            "cursor_start": answer["start"],
            "cursor_end": answer["end"],
            "metadata": {},
        }

    def do_inspect(self, code, cursor_pos, detail_level=0, omit_sections=()):
        text = self._session.ask("inspect", code, cursor_pos)["text"]
        data = {} if text is None else {"text/plain": text}
        return {"status": "ok", "found": text is not None, "data": data, "metadata": {}}

    def do_is_complete(self, code):
        form = self._session.ask("is_complete", code)["form"]
        return {"status": form, "indent": "  "} if form == "incomplete" else {"status": form}

    def do_history(
        self,
        hist_access_type,
        output,
        raw,
        session=None,
        start=None,
        stop=None,
        n=None,
        pattern=None,
        unique=False,
    ):
        entries = self._history
        if hist_access_type == "range":
            entries = [entry for entry in entries if (start or 0) <= entry[1] < (stop or len(entries) + 1)]
        elif hist_access_type == "search":
            entries = [entry for entry in entries if fnmatch(entry[2], pattern or "*")]
            if unique:
                entries = list({entry[2]: entry for entry in entries}.values())
        if n is not None and hist_access_type != "range":
            entries = entries[-n:]
        if output:
            entries = [(session, line, (code, None)) for session, line, code in entries]
        return {"status": "ok", "history": entries}

    def do_shutdown(self, restart):
        self._session.close()
        return {"status": "ok", "restart": restart}

    def _write(self, name, text):
        self.send_response(self.iopub_socket, "stream", {"name": name, "text": text})

    def _failure(self, name, message, lines, silent):
        error = {"ename": name, "evalue": message, "traceback": lines}
        if not silent:
            self.send_response(self.iopub_socket, "error", error)
        return {"status": "error", "execution_count": self.execution_count, **error}
