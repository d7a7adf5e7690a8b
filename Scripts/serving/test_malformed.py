"""Nothing that a client sends ends the server, is answered by a 500, takes its memory or holds others up."""

import contextlib
import json
import re
import socket
import tempfile
import threading
import time
import unittest

import requests

import malformed
from malformed import CLIENT_ERRORS, Reply, request
from serving import MEMORY, Server, Watched, models


class MalformedTests(unittest.TestCase):
    @contextlib.contextmanager
    def served(self):
        with tempfile.TemporaryDirectory() as folder:
            arms = [f"{models()}/svd.safetensors:50", f"{models()}/hybrid.safetensors:50"]
            with Watched(Server(*arms, "--log", f"{folder}/events.db")) as watched:
                yield watched
                self.assertIsNone(watched.server.process.poll(), "the server lives")
                self.assertEqual(watched.unhealthy, 0)

    def test_bodies_at_every_route(self):
        with self.served() as watched:
            document = requests.get(watched.server.url + "/openapi.json").json()
            bodies = malformed.bodies()
            for method, path in malformed.routes(document):
                for name, body in bodies.items():
                    with self.subTest(path=path, body=name):
                        watched.start_anew()
                        reply = Reply(watched.server.port, request(path, body, method=method))
                        self.assertIn(reply.status, CLIENT_ERRORS | {200})
                        if reply.status != 200 and reply.size < 4000:
                            self.assertIsInstance(json.loads(reply.text), dict)
                        self.assertLess(reply.seconds, 5)
                        self.assertLess(watched.peak, MEMORY)

    def test_what_is_no_http(self):
        with self.served() as watched:
            for name, sent, statuses in malformed.raw():
                with self.subTest(name):
                    watched.start_anew()
                    reply = Reply(watched.server.port, sent, timeout=5)
                    self.assertIn(reply.status, statuses)
                    self.assertLess(watched.peak, MEMORY)

    def test_large_requests(self):
        for name, path, content_type, body in malformed.large():
            with self.subTest(name), self.served() as watched:
                watched.start_anew()
                reply = Reply(watched.server.port, request(path, body, content_type), timeout=120)
                self.assertLess(watched.peak, MEMORY, f"{reply.status} after {reply.seconds:.1f} s")
                self.assertIn(reply.status, {200, 503, None} | CLIENT_ERRORS)
                self.assertLess(reply.seconds, 15, "what takes longer is more than linear")
                self.assertLess(watched.slowest, 2, "others wait")
                self.assertEqual(requests.get(watched.server.url + "/recommend/1", timeout=5).status_code, 200)

    def test_many_large_bodies_at_once(self):
        """More than all bodies together may take: some are refused with a time to come back."""
        body = b" " * (25 * malformed.MEGABYTE - 20) + b'{"user":"42"}'
        with self.served() as watched:
            replies = []
            clients = [
                threading.Thread(
                    target=lambda: replies.append(Reply(watched.server.port, request("/invocations", body), 60))
                )
                for _ in range(24)
            ]
            for client in clients:
                client.start()
            for client in clients:
                client.join()
            self.assertLessEqual({reply.status for reply in replies}, {200, 503})
            for reply in replies:
                if reply.status == 503:
                    self.assertIn(b"retry-after", reply.head.lower())
            self.assertLess(watched.peak, MEMORY)
            self.assertEqual(
                Reply(watched.server.port, request("/invocations", body), 60).status, 200, "the budget is whole again"
            )

    def test_a_body_that_is_shorter_or_longer_than_it_says(self):
        with self.served() as watched:
            head = b"POST /recommend HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
            with socket.create_connection(("127.0.0.1", watched.server.port), timeout=5) as connection:
                connection.sendall(head % 100 + b'{"user":"1"}')
                connection.shutdown(socket.SHUT_WR)
                self.assertNotIn(b" 200 ", connection.recv(65_536))
            # What is behind the body is the next request.
            with socket.create_connection(("127.0.0.1", watched.server.port), timeout=5) as connection:
                connection.sendall(head % 12 + b'{"user":"1"}GARBAGE\r\n\r\n')
                received = b"".join(iter(lambda: connection.recv(65_536), b""))
                # The connection may end without an answer to what is no request.
                self.assertIn(re.findall(rb"^HTTP/1.1 (\d+)", received, re.M), [[b"200", b"400"], [b"200"]])

    def test_pipelined_requests_are_answered_in_order(self):
        users = [str(user % 610 + 1) for user in range(1000)]
        sent = b"".join(b"GET /recommend/%b?n=1 HTTP/1.1\r\nHost: x\r\n\r\n" % user.encode() for user in users[:-1])
        sent += b"GET /recommend/%b?n=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" % users[-1].encode()
        with (
            self.served() as watched,
            socket.create_connection(("127.0.0.1", watched.server.port), timeout=10) as connection,
        ):
            connection.sendall(sent)
            received = b"".join(iter(lambda: connection.recv(65_536), b""))
            answers = [json.loads(line)["user"] for line in re.findall(rb'\{"user".*?\]\}', received)]
            self.assertEqual(answers, users)

    def test_who_asks_and_never_reads_takes_no_memory(self):
        with self.served() as watched:
            sent = b"GET /recommend/42?n=1000 HTTP/1.1\r\nHost: x\r\n\r\n" * 1000
            connections = []
            for _ in range(20):
                connection = socket.create_connection(("127.0.0.1", watched.server.port))
                connection.setblocking(False)
                with contextlib.suppress(BlockingIOError):
                    connection.send(sent)
                connections.append(connection)
            time.sleep(5)
            for connection in connections:
                connection.close()
            self.assertLess(watched.peak, MEMORY)

    def test_expect(self):
        """RFC 9110, 10.1.1: the body is asked for, or refused, before it is sent."""
        with self.served() as watched:
            for length, statuses in [(12, [b"100", b"200"]), (5 * malformed.MEGABYTE, [b"413"])]:
                with (
                    self.subTest(length=length),
                    socket.create_connection(("127.0.0.1", watched.server.port), timeout=3) as connection,
                ):
                    connection.sendall(
                        b"POST /recommend HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n"
                        b"Content-Length: %d\r\n\r\n" % length
                    )
                    received = connection.recv(65_536)
                    self.assertTrue(received.startswith(b"HTTP/1.1 " + statuses[0]), received[:100])
                    if len(statuses) == 2:
                        connection.sendall(b'{"user":"1"}')
                        received += b"".join(iter(lambda: connection.recv(65_536), b""))
                        self.assertEqual(re.findall(rb"HTTP/1.1 (\d+)", received), statuses)

    def test_head(self):
        with self.served() as watched:
            session = requests.Session()
            for path in [
                "/",
                "/healthz",
                "/recommend/1",
                "/models",
                "/metrics",
                "/openapi.json",
                "/v1/models/svd",
                "/ping",
                "/nowhere",
            ]:
                head, get = session.head(watched.server.url + path), session.get(watched.server.url + path)
                self.assertEqual((head.status_code, head.content), (get.status_code, b""), path)
                self.assertEqual(head.headers["Content-Type"], get.headers["Content-Type"])
                if path != "/metrics":
                    self.assertEqual(int(head.headers["Content-Length"]), len(get.content), path)

    def test_slow_clients_are_left_and_hold_nobody_up(self):
        with self.served() as watched:
            heads, bodies, silent = [], [], []
            for _ in range(100):
                for kind in [heads, bodies, silent]:
                    kind.append(socket.create_connection(("127.0.0.1", watched.server.port)))
            start = time.monotonic()
            for connection in bodies:
                connection.sendall(b"POST /recommend HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
            left = {"heads": None, "bodies": None, "silent": None}
            while time.monotonic() - start < 100 and None in left.values():
                for name, kind in [("heads", heads), ("bodies", bodies), ("silent", silent)]:
                    if left[name] is None:
                        if name != "silent":
                            for connection in kind:
                                with contextlib.suppress(OSError):
                                    connection.send(b"X" if name == "heads" else b" ")
                        if all(self.is_closed(connection) for connection in kind):
                            left[name] = time.monotonic() - start
                time.sleep(1)
            for connection in heads + bodies + silent:
                connection.close()
            self.assertNotIn(None, left.values(), left)
            self.assertLess(left["bodies"], 40)
            self.assertLess(watched.slowest, 1)
            self.assertLess(watched.peak, MEMORY)

    @staticmethod
    def is_closed(connection):
        connection.setblocking(False)
        try:
            while data := connection.recv(65_536):
                if not data:
                    return True
            return True
        except BlockingIOError:
            return False
        except OSError:
            return True


if __name__ == "__main__":
    unittest.main()
