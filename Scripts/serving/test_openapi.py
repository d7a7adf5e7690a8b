"""schemathesis against the description that the server gives of itself."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from serving import Server, models

CASES = os.environ.get("RECLINE_SCHEMATHESIS_CASES", "60")


class OpenAPITests(unittest.TestCase):
    def check(self, *arguments):
        """Fails on a status of 500, on an answer that the description does not have, on a wrong value taken."""
        command = [
            str(Path(sys.executable).parent / "schemathesis"), "run", self.server.url + "/openapi.json", "--no-color",
            "--seed", "20240601", "--max-examples", CASES, "--generation-database", "none", "--request-timeout", "20",
            "--continue-on-failure", "--suppress-health-check", "all", *arguments,
        ]
        run = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, timeout=1800)
        self.assertEqual(run.returncode, 0, run.stdout[-20_000:] + run.stderr)
        self.assertIsNone(self.server.process.poll(), "the server lives")

    def setUp(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory())
        self.server = self.enterContext(
            Server(f"{models()}/svd.safetensors:50", f"{models()}/hybrid.safetensors:50", "--log", f"{self.folder}/events.db")
        )

    def test_what_the_server_says_of_itself_holds(self):
        # A model, a user or an item that is not there is a 404, and two histories may mean the same: the description
        # cannot know which values exist, so that it cannot promise what is taken.
        self.check("--exclude-checks", "positive_data_acceptance")


if __name__ == "__main__":
    unittest.main()
