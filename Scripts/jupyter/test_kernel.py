"""The kernel by the suite that Jupyter gives to authors of kernels."""

import time
import unittest

import jupyter_kernel_test as suite


class ReclineKernelTests(suite.KernelTests):
    kernel_name = "recline"
    language_name = "recline"
    file_extension = ".rec"
    completion_samples = [
        {"text": "spl", "matches": {"split"}},
        {"text": "svd cen", "matches": {"center="}},
    ]
    complete_code_samples = ["1 + 2", "generate guide"]
    incomplete_code_samples = ["for k in 1,2 {", "eval a,"]
    invalid_code_samples = ["svd k="]
    code_inspect_sample = "svd"
    code_generate_error = "svdd"
    code_hello_world = '"hello, world"'
    code_stderr = "generate guide\nsvd k=99"
    code_execute_result = [{"code": "6 * 7", "result": "42"}]
    code_display_data = [
        {"code": "generate guide\nhead", "mime": "text/html"},
        {"code": "generate guide\nplot ratings", "mime": "application/vnd.vegalite.v5+json"},
    ]
    code_history_pattern = "6*"
    supported_history_operations = ("tail", "range", "search")

    def test_tables_are_html_and_figures_vega_lite(self):
        self.flush_channels()
        _, outputs = self.execute_helper(code="generate guide\nhead\nplot ratings")
        shown = [output["content"]["data"] for output in outputs if output["msg_type"] == "display_data"]
        self.assertIn("<table>", shown[0]["text/html"])
        self.assertIn("vega-lite", shown[-1]["application/vnd.vegalite.v5+json"]["$schema"])

    def test_interrupt(self):
        self.flush_channels()
        self.execute_helper(code="generate users=2000 items=1500 ratings=300000")
        message = self.kc.execute("for n in 1..100000 { svd k=100 tolerance=1e-12 }")
        time.sleep(2)
        self.km.interrupt_kernel()
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            reply = self.kc.get_shell_msg(timeout=20)
            if reply["parent_header"].get("msg_id") == message:
                break
        self.assertEqual(reply["content"]["status"], "error")
        self.assertEqual(reply["content"]["ename"], "interrupted")
        self.flush_channels()
        reply, outputs = self.execute_helper(code="names")
        self.assertEqual(reply["content"]["status"], "ok", "the session is still there")
        self.assertTrue(outputs)


if __name__ == "__main__":
    unittest.main()
