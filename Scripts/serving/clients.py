"""Clients of three platforms, written from their public documentation; none knows what answers.

TensorFlow Serving: https://www.tensorflow.org/tfx/serving/api_rest
Amazon SageMaker AI: https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html
Vertex AI: https://cloud.google.com/vertex-ai/docs/predictions/custom-container-requirements
"""

import json
import subprocess
import time

import requests


class TensorFlowServing:
    """The REST interface: status, metadata, and predictions by rows or by columns."""

    def __init__(self, host, port, model, version=None):
        self.url = f"http://{host}:{port}/v1/models/{model}" + (f"/versions/{version}" if version else "")
        self.session = requests.Session()

    def status(self):
        """A version, its state and the code of its error, for each version."""
        answer = self._answer(self.session.get(self.url))
        return [
            (status["version"], status["state"], status["status"]["error_code"])
            for status in answer["model_version_status"]
        ]

    def signature(self, name="serving_default"):
        """The inputs and outputs of a signature by name."""
        answer = self._answer(self.session.get(self.url + "/metadata"))
        return answer["metadata"]["signature_def"]["signature_def"][name]

    def predict_rows(self, instances, signature=None):
        """Row form: a prediction for each instance."""
        return self._post({"instances": instances}, signature)["predictions"]

    def predict_columns(self, inputs, signature=None):
        """Column form: all of a tensor in one list."""
        return self._post({"inputs": inputs}, signature)["outputs"]

    def _post(self, body, signature):
        if signature:
            body["signature_name"] = signature
        headers = {"content-type": "application/json"}
        return self._answer(self.session.post(self.url + ":predict", data=json.dumps(body), headers=headers))

    @staticmethod
    def _answer(response):
        if not response.ok:
            raise TensorFlowServingError(response.status_code, response.json()["error"])
        assert response.headers["Content-Type"].startswith("application/json")
        return response.json()


class TensorFlowServingError(Exception):
    """The status and the text of `{"error": …}`."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status, self.message = status, message


class SageMakerHost:
    """What the platform does with a container: starts it as `docker run IMAGE serve`, pings, invokes, ends it."""

    def __init__(self, entry_point, environment, port):
        self.process = subprocess.Popen([*entry_point, "serve"], env=environment, stdin=subprocess.DEVNULL)
        self.url = f"http://127.0.0.1:{port}"

    def wait_until_healthy(self, seconds=60):
        """Pings until the answer is an empty 200 within two seconds."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                response = requests.get(self.url + "/ping", timeout=2)
                if response.status_code == 200:
                    return response
            except requests.ConnectionError:
                pass
            time.sleep(0.05)
        raise TimeoutError("the container did not become healthy")

    def invoke(self, body, content_type, accept=None):
        """InvokeEndpoint: the body and the two types go through as they are."""
        headers = {"Content-Type": content_type, "X-Amzn-SageMaker-Custom-Attributes": "trace=1"}
        if accept:
            headers["Accept"] = accept
        return requests.post(self.url + "/invocations", data=body, headers=headers, timeout=60)

    def stop(self):
        """SIGTERM, and after 30 seconds SIGKILL; the exit status."""
        self.process.terminate()
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


class VertexEndpoint:
    """What the platform does with a container, whose port and routes it names in the environment."""

    def __init__(self, entry_point, environment, port, health, predict):
        self.process = subprocess.Popen(
            entry_point,
            stdin=subprocess.DEVNULL,
            env={
                **environment,
                "AIP_HTTP_PORT": str(port),
                "AIP_HEALTH_ROUTE": health,
                "AIP_PREDICT_ROUTE": predict,
                "AIP_MODE": "PREDICTION",
                "AIP_FRAMEWORK": "CUSTOM_CONTAINER",
            },
        )
        self.health_url = f"http://127.0.0.1:{port}{health}"
        self.predict_url = f"http://127.0.0.1:{port}{predict}"

    def wait_until_healthy(self, seconds=60):
        """Asks for the health until it is 200; anything else within ten seconds counts as unhealthy."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if requests.get(self.health_url, timeout=10).status_code == 200:
                    return
            except requests.ConnectionError:
                pass
            time.sleep(0.05)
        raise TimeoutError("the container did not become healthy")

    def predict(self, instances, parameters=None):
        """One prediction for each instance."""
        body = {"instances": instances}
        if parameters is not None:
            body["parameters"] = parameters
        response = requests.post(self.predict_url, json=body, timeout=60)
        response.raise_for_status()
        assert response.headers["Content-Type"].startswith("application/json")
        predictions = response.json()["predictions"]
        assert len(predictions) == len(instances)
        return predictions

    def stop(self):
        self.process.terminate()
        return self.process.wait(30)
