"""Clients of TensorFlow Serving, SageMaker and Vertex AI, unmodified; and models that are replaced while they ask."""

import contextlib
import csv
import io
import json
import os
import shutil
import socket
import tempfile
import threading
import time
import unittest
from pathlib import Path

import requests

from clients import SageMakerHost, TensorFlowServing, TensorFlowServingError, VertexEndpoint
from serving import PROGRAM, Server, free_port, models, shell, shell_list

USER = "42"


class TensorFlowServingTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(Server(models() / "svd.safetensors", models() / "hybrid.safetensors"))
        cls.client = TensorFlowServing("127.0.0.1", cls.server.port, "svd")

    def refused(self, status):
        """A context in which the server answers with a status and `{"error": …}`."""

        @contextlib.contextmanager
        def context():
            with self.assertRaises(TensorFlowServingError) as caught:
                yield caught
            self.assertEqual(caught.exception.status, status)
            self.assertTrue(caught.exception.message)

        return context()

    def test_status(self):
        self.assertEqual(self.client.status(), [("1", "AVAILABLE", "OK")])
        self.assertEqual(
            TensorFlowServing("127.0.0.1", self.server.port, "svd", 1).status(), [("1", "AVAILABLE", "OK")]
        )
        with self.refused(404):
            TensorFlowServing("127.0.0.1", self.server.port, "nothing").status()
        with self.refused(404):
            TensorFlowServing("127.0.0.1", self.server.port, "svd", 7).status()

    def test_rows_are_what_the_shell_prints(self):
        for model in ["svd", "hybrid"]:
            client = TensorFlowServing("127.0.0.1", self.server.port, model)
            for user in [USER, "1", "610"]:
                prediction = client.predict_rows([{"user": user}])[0]
                items, scores = shell_list(models() / f"{model}.safetensors", user)
                self.assertEqual(prediction["items"], items)
                self.assertEqual(prediction["scores"], scores, "the same to the last bit")

    def test_columns_are_the_rows(self):
        users = [USER, "1", "7"]
        rows = self.client.predict_rows([{"user": user} for user in users])
        columns = self.client.predict_columns({"user": users})
        self.assertEqual(set(columns), set(rows[0]))
        for name, column in columns.items():
            self.assertEqual(column, [row[name] for row in rows])

    def test_metadata_describes_what_goes_in_and_comes_out(self):
        signature = self.client.signature()
        self.assertEqual(signature["method_name"], "tensorflow/serving/predict")
        row = self.client.predict_rows([{"user": USER}])[0]
        self.assertEqual(set(signature["outputs"]), set(row))
        for tensor in [*signature["inputs"].values(), *signature["outputs"].values()]:
            self.assertRegex(tensor["dtype"], "^DT_")
            self.assertEqual(tensor["tensor_shape"]["dim"][0]["size"], "-1")
        types = {"DT_STRING": str, "DT_FLOAT": float, "DT_BOOL": bool}
        for name, tensor in signature["outputs"].items():
            value = row[name]
            for _ in tensor["tensor_shape"]["dim"][1:]:
                value = value[0]
            self.assertIsInstance(value, types[tensor["dtype"]], name)

    def test_a_signature_with_one_output(self):
        expected = shell(f"load '{models()}/svd.safetensors'; predict {USER} 1")["value"]
        instances = [{"user": USER, "item": "1"}, {"user": "1", "item": "1"}]
        self.assertEqual(self.client.predict_rows(instances, "predict")[0], expected)
        columns = {"user": [USER, "1"], "item": ["1", "1"]}
        self.assertEqual(
            self.client.predict_columns(columns, "predict"), self.client.predict_rows(instances, "predict")
        )
        with self.refused(400):
            self.client.predict_rows(instances, "no_such_signature")

    def test_somebody_new(self):
        rows = self.client.predict_rows([{"items": ["1", "260"], "ratings": [5.0, 4.0], "n": 3}, {"user": "nobody"}])
        self.assertEqual((len(rows[0]["items"]), rows[0]["fallback"], rows[1]["fallback"]), (3, False, True))

    def test_strings_in_base64(self):
        plain, encoded = self.client.predict_rows([{"user": USER}, {"user": {"b64": "NDI="}}])
        self.assertEqual(plain, encoded)

    def test_the_error_shape(self):
        url = f"{self.server.url}/v1/models/svd:predict"
        for body in [
            b"",
            b"{}",
            b'{"instances": [1.0, 2.0',
            b'{"instances": []}',
            b'{"instances": ["1"], "inputs": ["1"]}',
            b'{"instances": [{"user": "1"}, {"nothing": 1}]}',
            b'{"inputs": {"user": ["1", "2"], "n": [1, 2, 3]}}',
        ]:
            response = requests.post(url, data=body)
            self.assertEqual((response.status_code, list(response.json())), (400, ["error"]), body)
        for path, status in [
            ("svd:classify", 501),
            ("svd:regress", 501),
            ("svd/labels/stable:predict", 501),
            ("svd/versions/9:predict", 404),
            ("nothing:predict", 404),
            ("svd:nothing", 400),
            ("svd/versions/x:predict", 400),
        ]:
            response = requests.post(f"{self.server.url}/v1/models/{path}", data=b'{"instances": ["1"]}')
            self.assertEqual((response.status_code, list(response.json())), (status, ["error"]), path)

    def test_names_without_regard_to_case_and_numbers_that_are_none(self):
        response = requests.post(
            f"{self.server.url}/V1/MODELS/svd:PREDICT", data=b'{"instances": ["42"], "x": [NaN, -Infinity, Infinity]}'
        )
        self.assertEqual(response.status_code, 200, response.text)

    def test_at_8501_beside_another_port(self):
        ports = [free_port(), free_port()]
        command = [PROGRAM, "serve", str(models() / "svd.safetensors")]
        for port in ports:
            command += ["--port", str(port)]
        with Server(command=command):
            answers = [TensorFlowServing("127.0.0.1", port, "svd").predict_rows([{"user": USER}]) for port in ports]
            self.assertEqual(answers[0], answers[1])

    def test_many_instances(self):
        rows = self.client.predict_rows([{"user": str(user % 610 + 1), "n": 1} for user in range(20_000)])
        self.assertEqual(len(rows), 20_000)
        self.assertEqual(rows[41], rows[41 + 610])


class SageMakerTests(unittest.TestCase):
    """The model stands in /opt/ml/model where that may be made, else where `MODEL_BASE_PATH` says."""

    @classmethod
    def setUpClass(cls):
        cls.port = free_port()
        environment = {**os.environ, "SAGEMAKER_BIND_TO_PORT": str(cls.port)}
        cls.folder = Path("/opt/ml/model")
        cls.made = None
        if os.geteuid() == 0 and not Path("/opt/ml").exists():
            cls.folder.mkdir(parents=True)
            cls.made = Path("/opt/ml")
        else:
            cls.folder = cls.made = Path(tempfile.mkdtemp())
            environment["MODEL_BASE_PATH"] = str(cls.folder)
        cls.addClassCleanup(shutil.rmtree, cls.made)
        # As it comes out of model.tar.gz.
        shutil.copy(models() / "svd.safetensors", cls.folder / "model.safetensors")
        cls.host = SageMakerHost([PROGRAM], environment, cls.port)
        cls.addClassCleanup(cls.host.stop)
        cls.ping = cls.host.wait_until_healthy()

    def expected(self, user):
        return shell_list(models() / "svd.safetensors", user)

    def test_ping_is_empty(self):
        self.assertEqual((self.ping.status_code, self.ping.content), (200, b""))
        self.assertLess(self.ping.elapsed.total_seconds(), 2)

    def test_json(self):
        response = self.host.invoke(json.dumps({"instances": [{"user": USER}]}), "application/json", "application/json")
        self.assertEqual(response.headers["Content-Type"].split(";")[0], "application/json")
        items = response.json()["predictions"][0]["items"]
        self.assertEqual(([item["item"] for item in items], [item["score"] for item in items]), self.expected(USER))

    def test_json_lines(self):
        lines = "\n".join(json.dumps({"user": user, "n": 3}) for user in [USER, "1"])
        response = self.host.invoke(lines, "application/jsonlines", "application/jsonlines")
        self.assertEqual(response.headers["Content-Type"].split(";")[0], "application/jsonlines")
        answers = [json.loads(line) for line in response.text.splitlines()]
        for user, answer in zip([USER, "1"], answers, strict=True):
            self.assertEqual([item["item"] for item in answer["items"]], self.expected(user)[0][:3])

    def test_csv(self):
        response = self.host.invoke(f"{USER}\n1\n", "text/csv", "text/csv")
        self.assertEqual(response.headers["Content-Type"].split(";")[0], "text/csv")
        rows = list(csv.reader(io.StringIO(response.text)))
        self.assertEqual(rows, [self.expected(USER)[0], self.expected("1")[0]])
        rating = self.host.invoke(f"{USER},1\r\n", "text/csv").text
        self.assertEqual(float(rating), shell(f"load '{models()}/svd.safetensors'; predict {USER} 1")["value"])

    def test_one_form_in_and_another_out(self):
        response = self.host.invoke(f"{USER}\n", "text/csv", "application/jsonlines, application/json;q=0.5")
        self.assertEqual([item["item"] for item in json.loads(response.text)["items"]], self.expected(USER)[0])
        response = self.host.invoke(json.dumps({"user": USER}), "application/json", "text/csv")
        self.assertEqual(response.text.strip().split(","), self.expected(USER)[0])
        self.assertEqual(self.host.invoke("1", "text/csv", "image/png").status_code, 406)
        self.assertEqual(self.host.invoke("1", "application/x-npy").status_code, 415)

    def test_a_type_that_is_refused_by_the_client(self):
        """RFC 9110, 12.4.2: a weight of 0 is not acceptable; the greatest weight wins."""
        response = self.host.invoke(f"{USER}\n", "text/csv", "text/csv;q=0, application/json")
        self.assertEqual(response.headers["Content-Type"].split(";")[0], "application/json")
        response = self.host.invoke(f"{USER}\n", "text/csv", "application/json;q=0.1, text/csv;q=0.9")
        self.assertEqual(response.headers["Content-Type"].split(";")[0], "text/csv")

    def test_quoted_fields(self):
        with Server(self.users_with_commas()) as server:
            response = requests.post(
                server.url + "/invocations",
                data='"a, ""b"""\n',
                headers={"Content-Type": "text/csv", "Accept": "application/json"},
            )
            self.assertEqual((response.json()[0]["user"], response.json()[0]["fallback"]), ('a, "b"', False))

    def users_with_commas(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        rows = [('a, "b"', "x,1", 5), ('a, "b"', "y", 3), ("c", "x,1", 4), ("c", "z", 5), ("d", "y", 2), ("d", "z", 1)]
        with open(folder / "ratings.csv", "w", newline="") as file:
            csv.writer(file).writerows([("user", "item", "rating"), *rows])
        shell(f"load '{folder}/ratings.csv' scale=1..5; svd k=2; save svd '{folder}/odd.safetensors'")
        return folder / "odd.safetensors"

    def test_bodies_up_to_25_megabytes(self):
        body = json.dumps({"instances": [{"user": USER}]}).encode()
        largest = body + b" " * (25 * 1024 * 1024 - len(body))
        self.assertEqual(self.host.invoke(largest, "application/json").status_code, 200)
        records = b"".join(b'{"user":"%d","n":1}\n' % (user % 610 + 1) for user in range(100_000))
        self.assertEqual(self.host.invoke(records, "application/jsonlines").text.count("\n"), 100_000)
        # The client may see the connection end before it has sent everything; then there is no answer to read.
        with contextlib.suppress(requests.ConnectionError):
            self.assertEqual(self.host.invoke(largest + b" ", "application/json").status_code, 413)
        self.assertEqual(requests.get(self.host.url + "/ping", timeout=2).status_code, 200)

    def test_errors_of_the_client_are_4xx(self):
        for body, content_type in [
            ("{", "application/json"),
            ("[1,", "application/json"),
            ('{"user":"1"}\n{', "application/jsonlines"),
            ("1,2,3\n", "text/csv"),
            (b"\xff\xfe\n", "text/csv"),
            (b'{"user":"\xff"}', "application/json"),
            ("", "application/json"),
        ]:
            response = self.host.invoke(body, content_type)
            self.assertEqual(response.status_code, 400, (body, response.text))


class DrainTests(unittest.TestCase):
    def test_what_was_asked_before_sigterm_is_answered(self):
        port = free_port()
        environment = {**os.environ, "SAGEMAKER_BIND_TO_PORT": str(port), "MODEL_BASE_PATH": str(models())}
        host = SageMakerHost([PROGRAM], environment, port)
        host.wait_until_healthy()
        body = json.dumps([{"user": str(user % 610 + 1), "n": 50} for user in range(20_000)])
        answers = []
        asking = threading.Thread(target=lambda: answers.append(host.invoke(body, "application/json")))
        asking.start()
        time.sleep(0.15)
        start = time.monotonic()
        self.assertEqual(host.stop(), 0)
        self.assertLess(time.monotonic() - start, 30)
        asking.join()
        self.assertEqual(answers[0].status_code, 200)
        self.assertEqual(len(answers[0].json()), 20_000)
        with self.assertRaises(requests.ConnectionError):
            requests.get(host.url + "/ping")

    def test_idle_connections_do_not_hold_the_end_up(self):
        with Server(models() / "svd.safetensors") as server:
            idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(50)]
            idle[0].sendall(b"POST /recommend HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
            time.sleep(0.2)
            start = time.monotonic()
            self.assertEqual(server.end(), 0)
            self.assertLess(time.monotonic() - start, 30)
            for connection in idle:
                connection.close()

    def test_before_a_model_is_there_the_container_is_not_healthy(self):
        with tempfile.TemporaryDirectory() as folder, Server("--models", folder) as server:
            self.assertEqual(requests.get(server.url + "/ping").status_code, 503)
            self.assertEqual(requests.get(server.url + "/readyz").status_code, 503)
            self.assertEqual(requests.get(server.url + "/healthz").status_code, 200)
            self.assertIn(requests.post(server.url + "/invocations", json={"user": "1"}).status_code, [404, 503])
            self.assertEqual(requests.get(server.url + "/").status_code, 200)


class VertexTests(unittest.TestCase):
    def endpoint(self, health, predict):
        environment = {**os.environ, "MODEL_BASE_PATH": str(self.folder), "MODEL_NAME": "svd"}
        endpoint = VertexEndpoint([PROGRAM, "serve"], environment, free_port(), health, predict)
        self.addCleanup(endpoint.stop)
        endpoint.wait_until_healthy()
        return endpoint

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.folder / "svd/1").mkdir(parents=True)
        shutil.copy(models() / "svd.safetensors", self.folder / "svd/1/model.safetensors")

    def test_predictions(self):
        for health, predict in [
            ("/v1/endpoints/1/deployedModels/2", "/v1/endpoints/1/deployedModels/2:predict"),
            ("/v1/endpoints/1/deployedModels/2", "/v1/endpoints/1/deployedModels/2"),
            ("/health", "/predict/now"),
            ("/healthz", "/recommend"),
            ("/", "/"),
        ]:
            with self.subTest(health=health, predict=predict):
                endpoint = self.endpoint(health, predict)
                items, scores = shell_list(models() / "svd.safetensors", USER, top=4)
                for prediction in endpoint.predict([{"user": USER}, USER, 42], {"n": 4}):
                    self.assertEqual([item["item"] for item in prediction["items"]], items)
                    self.assertEqual([item["score"] for item in prediction["items"]], scores)
                self.assertEqual(endpoint.predict([]), [])
                for wrong in [
                    "{}",
                    "[]",
                    '{"instances": 1}',
                    '{"instances": [[]]}',
                    '{"instances": ["1"], "parameters": 3}',
                    "{",
                ]:
                    self.assertEqual(requests.post(endpoint.predict_url, data=wrong).status_code, 400, wrong)

    def test_ratings(self):
        endpoint = self.endpoint("/health", "/predict")
        expected = shell(f"load '{models()}/svd.safetensors'; predict {USER} 1")["value"]
        self.assertEqual(endpoint.predict([{"user": USER, "item": "1"}], {"n": 4})[0]["rating"], expected)


class ReplacementTests(unittest.TestCase):
    """FOLDER/NAME/VERSION/ while requests flow."""

    def test_a_new_version_takes_over_and_a_broken_one_does_not(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            self.add(folder, 1, models() / "small.safetensors")
            with Server("--models", folder) as server:
                self.until(lambda: self.version(server) == 1)
                self.replace(folder, server)

    def replace(self, folder, server):
        statuses, seen, ended = [], set(), threading.Event()

        def ask():
            session = requests.Session()
            while not ended.is_set():
                response = session.get(f"{server.url}/recommend/{USER}")
                statuses.append(response.status_code)
                if response.ok:
                    answer = response.json()
                    seen.add((answer["version"], tuple(item["score"] for item in answer["items"])))

        asking = [threading.Thread(target=ask) for _ in range(4)]
        for thread in asking:
            thread.start()
        try:
            self.add(folder, 2, models() / "svd.safetensors")
            self.until(lambda: self.version(server) == 2)
            broken = folder / "3.safetensors"
            broken.write_bytes((models() / "svd.safetensors").read_bytes()[:-1000])
            self.add(folder, 3, broken)
            client = TensorFlowServing("127.0.0.1", server.port, "model")
            self.until(lambda: any(version == "3" and error != "OK" for version, _, error in client.status()))
            self.assertEqual(self.version(server), 2)
            self.assertIn("version 3 is refused", server.errors)
            # Written in pieces, as a copy over a network is.
            whole = (models() / "small.safetensors").read_bytes()
            (folder / "model/4").mkdir()
            with open(folder / "model/4/model.safetensors", "wb") as file:
                for start in range(0, len(whole), len(whole) // 4 + 1):
                    file.write(whole[start : start + len(whole) // 4 + 1])
                    file.flush()
                    time.sleep(0.7)
            self.until(lambda: self.version(server) == 4)
            shutil.rmtree(folder / "model")
            time.sleep(2.5)
            self.assertEqual(self.version(server), 4)
        finally:
            ended.set()
            for thread in asking:
                thread.join()
        self.assertGreater(len(statuses), 100)
        self.assertEqual(set(statuses), {200}, "no request failed")
        small = tuple(shell_list(models() / "small.safetensors", USER)[1])
        large = tuple(shell_list(models() / "svd.safetensors", USER)[1])
        self.assertEqual(seen, {(1, small), (2, large), (4, small)})

    @staticmethod
    def add(folder, version, file):
        """As a deployment does: the folder is filled beside the others and moved to its place."""
        place = folder / "model" / str(version)
        made = folder / f".{version}"
        made.mkdir()
        shutil.copy(file, made / "model.safetensors")
        place.parent.mkdir(exist_ok=True)
        made.rename(place)

    @staticmethod
    def version(server):
        response = requests.get(f"{server.url}/recommend/{USER}")
        return response.json().get("version") if response.ok else None

    def until(self, condition, seconds=20):
        deadline = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), deadline, "it did not come true")
            time.sleep(0.05)


if __name__ == "__main__":
    unittest.main()
