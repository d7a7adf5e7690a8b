"""schemathesis against the description that the server gives of itself."""

import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from serving import Server, models

CASES = os.environ.get("RECLINE_SCHEMATHESIS_CASES", "350")


class OpenAPITests(unittest.TestCase):
    def test_what_the_server_says_of_itself_holds(self):
        """No status of 500, no answer that the description does not have, no wrong value that is taken."""
        with tempfile.TemporaryDirectory() as folder:
            arms = [f"{models()}/svd.safetensors:50", f"{models()}/hybrid.safetensors:50"]
            with Server(*arms, "--log", f"{folder}/events.db") as server:
                command = [
                    str(Path(sys.executable).parent / "schemathesis"),
                    "--config-file",
                    str(Path(__file__).parent / "schemathesis.toml"),
                    "run",
                    server.url + "/openapi.json",
                    "--no-color",
                    "--seed",
                    "20240601",
                    "--max-examples",
                    CASES,
                    "--generation-database",
                    "none",
                    "--request-timeout",
                    "20",
                    "--continue-on-failure",
                    "--suppress-health-check",
                    "all",
                ]
                run = subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=1800)
                self.assertEqual(run.returncode, 0, run.stdout[-20_000:] + run.stderr)
                self.assertIsNone(server.process.poll(), "the server lives")
                print(re.search(r"\d+ generated.*", run.stdout)[0])


if __name__ == "__main__":
    unittest.main()
