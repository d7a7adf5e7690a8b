"""Malformed requests, and large ones: what anybody may send to a server.

python malformed.py prints a table of every case with the status, the time and the peak of resident memory.
"""

import json
import re
import socket
import tempfile
import time
import zlib

from serving import Server, Watched, models

MEGABYTE = 1 << 20
#: What a body that is no JSON, or no request that makes sense, may be answered by.
CLIENT_ERRORS = {400, 404, 409, 413, 415, 422, 501}


def bodies():
    """JSON and what looks like it, by name; small enough for every route."""
    return {
        "nothing": b"",
        "white space": b" \t\r\n" * 1000,
        "a byte-order mark": b"\xef\xbb\xbf{}",
        "UTF-16": '{"user":"1"}'.encode("utf-16"),
        "half a word": b"nul",
        "an open object": b'{"user":',
        "a comma at the end": b'{"user":"1",}',
        "a comment": b'{"user":"1"/* */}',
        "two values": b'{"user":"1"} {"user":"2"}',
        "single quotes": b"{'user':'1'}",
        "a NUL byte": b'{"user":"\x00"}',
        "an escaped NUL": b'{"user":"\\u0000","kind":"click"}',
        "a lone surrogate": b'{"user":"\\ud800","kind":"click"}',
        "invalid UTF-8": b'{"user":"\xff\xfe","kind":"click"}',
        "overlong UTF-8": b'{"user":"\xc0\xaf","kind":"click"}',
        "a surrogate in UTF-8": b'{"user":"\xed\xa0\x80","kind":"click"}',
        "true": b"true",
        "a number": b"42",
        "a text": b'"1"',
        "null": b"null",
        "an empty list": b"[]",
        "a list of null": b"[null]",
        "lists in lists": b"[[[[[]]]]]",
        "members that are null": b'{"user":null,"history":null,"kind":null,"item":null,"instances":null,"inputs":null}',
        "members of other types": b'{"user":[],"history":"x","n":{},"kind":1,"item":{},"instances":{},"inputs":3}',
        "the same member twice": b'{"user":"1","user":"2","item":"1","item":"2","kind":"a","instances":[],'
        b'"instances":[]}',
        "1e999": b'{"user":"1","n":1e999,"item":"1","value":1e999,"kind":"click","instances":[{"user":"1","n":1e999}]}',
        "1e-999999999999": b'{"history":{"1":1e-999999999999},"instances":[1e-999999999999]}',
        "1e99999999999999999999": b'{"history":{"1":1e99999999999999999999},"instances":[1e99999999999999999999]}',
        "2^63": b'{"user":"1","n":9223372036854775808,"version":9223372036854775808,'
        b'"time":9223372036854775808,"kind":"x"}',
        "-2^63": b'{"user":"1","n":-9223372036854775808,"time":-9223372036854775808,"kind":"x","item":"1"}',
        "100,000 digits": b'{"history":{"1":' + b"9" * 100_000 + b'},"instances":[' + b"9" * 100_000 + b"]}",
        "hexadecimal": b'{"user":0x10}',
        "NaN": b'{"user":NaN,"history":{"1":NaN},"instances":[{"items":["1"],"ratings":[NaN]}]}',
        "-Infinity": b'{"history":[{"item":"1","rating":-Infinity}],"instances":[{"items":["1"],'
        b'"ratings":[-Infinity]}]}',
        "100,000 open lists": b"[" * 100_000,
        "100,000 open objects": b'{"a":' * 100_000,
        "100,000 lists in lists": b"[" * 100_000 + b"]" * 100_000,
        "500 objects in objects": b'{"user":' * 500 + b"1" + b"}" * 500,
        "a path as a name": b'{"user":"../../etc/passwd","model":"../../../etc/passwd","kind":"x",'
        b'"item":"/etc/passwd"}',
        "base 64 that is none": b'{"instances":[{"user":{"b64":"%%%"}}]}',
        "base 64 of no text": b'{"instances":[{"user":{"b64":"//79"}}]}',
        "columns of different sizes": b'{"inputs":{"user":["1","2"],"n":[1,2,3]}}',
        "a column that is a text": b'{"inputs":{"user":"1","n":"x"}}',
        "SQL": b'{"user":"1\'; DROP TABLE event;--","kind":"click","item":"1\\" OR 1=1"}',
        "a megabyte of name": b'{"' + b"a" * MEGABYTE + b'":1}',
        "a megabyte of user": b'{"user":"' + b"a" * MEGABYTE + b'","kind":"click","item":"1"}',
        "a megabyte of item": b'{"user":"1","kind":"click","item":"'
        + b"a" * MEGABYTE
        + b'","history":["'
        + b"b" * MEGABYTE
        + b'"]}',
        "a megabyte of escapes": b'{"user":"' + b"\\u00e9" * (MEGABYTE // 6) + b'","kind":"click"}',
        "a million numbers": b"[" + b"1," * 1_000_000 + b"1]",
        "a million empty objects": b"[" + b"{}," * 1_000_000 + b"{}]",
        "a history of a million": b'{"user":"1","item":"1","history":[' + b"1," * 1_000_000 + b"1]}",
        "a million left out": b'{"user":"1","exclude":[' + b"1," * 1_000_000 + b"1]}",
        "a million instances": b'{"instances":[' + b"1," * 1_000_000 + b'1],"inputs":[' + b"1," * 900_000 + b"1]}",
        "200,000 members": b"{" + b",".join(b'"%d":1' % n for n in range(200_000)) + b"}",
        "200,000 times the same member": b"{" + b",".join([b'"user":1'] * 200_000) + b"}",
        "a history of 200,000 members": b'{"history":{' + b",".join(b'"%d":1' % n for n in range(200_000)) + b"}}",
        "a history of 10,000 members": b'{"item":"1","history":{'
        + b",".join(b'"x%d":1' % n for n in range(10_000))
        + b"}}",
    }


def large():
    """(name, path, type of the body, the body): as much as a route takes, or more."""
    lists = "application/jsonlines"
    rows = b"".join(b'{"user":"%d","n":1000}\n' % (user % 610 + 1) for user in range(100_000))
    instances = b'{"instances":[' + b",".join([b'{"user":"42","n":1000}'] * 100_000) + b"]}"
    history = b'{"n":1,"history":{' + b",".join(b'"x%d":1' % n for n in range(10_000)) + b"}}"
    columns = b",".join(b'"c%d":[' % column + b",".join([b"1"] * 100_000) + b"]" for column in range(19))
    return [
        ("100,000 lists of 1000, JSON Lines", "/invocations", lists, rows),
        ("100,000 lists of 1000, JSON", "/invocations", "application/json", instances),
        ("100,000 lists of 1000, TensorFlow", "/v1/models/svd:predict", "application/json", instances),
        (
            "1000 lists of 1000",
            "/recommend",
            "application/json",
            json.dumps([{"user": "42", "n": 1000}] * 1000).encode(),
        ),
        ("100,000 ratings", "/invocations", "text/csv", b"42,1\n" * 100_000),
        ("5,000,000 lines of CSV", "/invocations", "text/csv", b"1\n" * 5_000_000),
        ("12,000,000 empty lines", "/invocations", "text/csv", b"\n" * 12_000_000),
        ("25 MB of commas", "/invocations", "text/csv", b"," * (25 * MEGABYTE)),
        ("25 MB of quotes", "/invocations", "text/csv", b'"' * (25 * MEGABYTE)),
        ("25 MB of one text", "/invocations", "application/json", b'{"user":"' + b"x" * (25 * MEGABYTE - 11) + b'"}'),
        ("25 MB of numbers", "/invocations", "application/json", b"[" + b"1," * (12 * MEGABYTE) + b"1]"),
        ("25 MB of open lists", "/invocations", "application/json", b"[" * (25 * MEGABYTE)),
        ("25 MB of white space", "/invocations", "application/json", b" " * (25 * MEGABYTE)),
        ("25 MB of one line", "/invocations", lists, b"{" * (25 * MEGABYTE)),
        (
            "25 MB of one number",
            "/invocations",
            "application/json",
            b'{"user":"1","n":' + b"9" * (25 * MEGABYTE - 17) + b"}",
        ),
        ("19 columns of 100,000", "/v1/models/svd:predict", "application/json", b'{"inputs":{' + columns + b"}}"),
        ("200 histories of 10,000 members", "/invocations", lists, (history + b"\n") * 200),
        ("10,000 events", "/events", "application/json", json.dumps([{"user": "1", "kind": "x"}] * 10_000).encode()),
        ("more than 25 MB", "/invocations", "application/json", b" " * (26 * MEGABYTE)),
        ("more than 4 MB", "/recommend", "application/json", b" " * (5 * MEGABYTE)),
    ]


def raw():
    """(name, bytes, statuses that may be answered; None: the connection may be closed without an answer)."""
    post = b"POST /recommend HTTP/1.1\r\nHost: x\r\n"
    get = b"GET /recommend/1 HTTP/1.1\r\nHost: x\r\n"
    refused = {400, 408, 413, 414, 431, 501, 505, None}
    return [
        ("another method", b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", {400, 405, 501, None}),
        ("CONNECT", b"CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n", {400, 404, 405, 501, None}),
        ("TRACE", b"TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", {400, 405, 501, None}),
        ("HTTP/9.9", b"GET / HTTP/9.9\r\n\r\n", refused),
        ("HTTP/0.9", b"GET /\r\n\r\n", refused),
        ("HTTP/2 without asking", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", refused),
        ("TLS", bytes.fromhex("16030100c8010000c40303") + bytes(190), refused),
        ("NUL bytes", bytes(1000), refused),
        ("a NUL in a header", get + b"X: a\0b\r\n\r\n", refused | {200}),
        ("a header without a colon", get + b"nothing\r\n\r\n", refused),
        ("a space before the colon", get + b"X : y\r\n\r\n", refused),
        ("a folded header", get + b"X: y\r\n z\r\n\r\n", refused | {200}),
        ("line feeds alone", b"GET /healthz HTTP/1.1\nHost: x\n\n", refused | {200}),
        ("no host", b"GET /healthz HTTP/1.1\r\n\r\n", refused | {200}),
        ("a length below zero", post + b"Content-Length: -1\r\n\r\n", refused),
        ("a length of 22 digits", post + b"Content-Length: 9999999999999999999999\r\n\r\n", refused),
        ("a length of 2^63", post + b"Content-Length: 9223372036854775808\r\n\r\n", refused),
        ("a length of 2^63 - 1", post + b"Content-Length: 9223372036854775807\r\n\r\n", refused),
        ("a length with a plus", post + b"Content-Length: +2\r\n\r\n{}", refused),
        ("two lengths", post + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x", refused),
        ("a length and chunks", post + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", refused),
        ("chunks that are not last", post + b"Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", refused),
        ("another transfer", post + b"Transfer-Encoding: gzip\r\n\r\nxx", refused),
        ("a chunk of no size", post + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", refused),
        ("a chunk of 2^64", post + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n", refused),
        ("a chunk below zero", post + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n", refused),
        ("a chunk that is longer", post + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}{}{}\r\n0\r\n\r\n", refused),
        (
            "chunks of a byte",
            post + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\n \r\n" * 200_000 + b"0\r\n\r\n",
            {400},
        ),
        (
            "a megabyte behind a chunk's size",
            post + b"Transfer-Encoding: chunked\r\n\r\n2;" + b"x" * MEGABYTE + b"\r\n{}\r\n0\r\n\r\n",
            refused,
        ),
        (
            "10,000 trailers",
            post + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n" + b"X: y\r\n" * 10_000 + b"\r\n",
            refused,
        ),
        (
            "more chunks than are taken",
            post + b"Transfer-Encoding: chunked\r\n\r\n" + (b"10000\r\n" + b" " * 65_536 + b"\r\n") * 100,
            {413, None},
        ),
        ("an address of 200,000 bytes", b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", refused),
        ("a header of a megabyte", get + b"X: " + b"y" * MEGABYTE + b"\r\n\r\n", refused),
        ("500 headers", get + b"".join(b"X-%d: y\r\n" % n for n in range(500)) + b"\r\n", refused),
        ("100,000 headers", get + b"".join(b"X-%d: y\r\n" % n for n in range(100_000)) + b"\r\n", refused),
        ("headers without an end", get + b"X: y\r\n" * 100_000, refused),
        (
            "1,000 parameters",
            b"GET /recommend/1?" + b"exclude=1&" * 1_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
            refused | {200},
        ),
        ("a '%' alone", b"GET /recommend/% HTTP/1.1\r\nHost: x\r\n\r\n", {400}),
        ("no UTF-8 in the path", b"GET /recommend/\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", {400, None}),
        ("no UTF-8 in the path, encoded", b"GET /recommend/%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n", {400}),
        ("a space in the path", b"GET /recommend/1 2 HTTP/1.1\r\nHost: x\r\n\r\n", refused),
        ("dots in the path", b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", {400, 404}),
        ("encoded dots", b"GET /page.css/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", {404}),
        ("an asterisk", b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", {200, 204, 400, 404, 405, None}),
        ("another host's address", b"GET http://other.example/healthz HTTP/1.1\r\nHost: x\r\n\r\n", {200, 400}),
        ("a split of the answer", b"GET /recommend/1%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: x\r\n\r\n", {200}),
        ("a token with a line end", get + b"Authorization: Bearer a\rb\r\n\r\n", refused | {200}),
        ("a gzip body", _gzip(post), {415}),
        ("a gzip body of 100 MB", _gzip(post, 100 * MEGABYTE), {415, 413}),
    ]


def _gzip(post, size=None):
    packer = zlib.compressobj(wbits=31)
    content = b'{"user":"1"}' if size is None else b" " * size
    body = packer.compress(content) + packer.flush()
    return post + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body


class Reply:
    """What came back for bytes: a status, None where the connection ended without one, or "nothing" in time."""

    def __init__(self, port, sent, timeout=30):
        self.status, self.head, self.size = "nothing", b"", 0
        start = time.monotonic()
        with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
            try:
                connection.sendall(sent)
            except OSError:
                pass
            try:
                self._read(connection)
            except TimeoutError:
                pass
            except OSError:
                if not self.head:
                    self.status = None
        self.seconds = time.monotonic() - start

    def _read(self, connection):
        data = b""
        while b"\r\n\r\n" not in data:
            piece = connection.recv(65_536)
            if not piece:
                self.status = None
                return
            data += piece
        self.head, body = data.split(b"\r\n\r\n", 1)
        self.status = int(self.head.split()[1])
        length = re.search(rb"^content-length: *(\d+)", self.head, re.I | re.M)
        self.size = len(body)
        self.text = body
        while length and self.size < int(length[1]):
            piece = connection.recv(1 << 20)
            if not piece:
                self.status = "cut off"
                return
            self.size += len(piece)
            if len(self.text) < 4096:
                self.text += piece


def request(path, body, content_type="application/json", method="POST"):
    """A whole request after which the connection is closed."""
    head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {content_type}\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body


def routes(document):
    """(method, path) of everything that takes a body, from the server's own description."""
    names = {"{name}": "svd", "{version}": "1", "{label}": "stable", "{user}": "42", "{item}": "1"}
    for path, operations in document["paths"].items():
        for method in operations:
            if method in ["post", "put"]:
                yield method.upper(), re.sub(r"\{\w+\}", lambda name: names[name[0]], path)


def main():
    for name, path, content_type, body in large():
        with tempfile.TemporaryDirectory() as folder:
            server = Server(
                models() / "svd.safetensors", models() / "hybrid.safetensors", "--log", f"{folder}/events.db"
            )
            with Watched(server) as watched:
                watched.start_anew()
                reply = Reply(server.port, request(path, body, content_type), timeout=120)
                print(
                    f"{name:36} {reply.status!s:>8} {reply.seconds:7.2f} s  answer {reply.size / 1e6:8.1f} MB"
                    f"  memory {watched.peak:6.0f} MB  /healthz within {watched.slowest:5.2f} s",
                    flush=True,
                )


if __name__ == "__main__":
    main()
