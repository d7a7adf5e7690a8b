"""The A/B board of the page, which refreshes itself, in headless Chromium."""

import random
import re
import sqlite3
import tempfile
import unittest

import requests
from playwright.sync_api import expect

from browser import PageTestCase, serious
from serving import Server, models


class BoardTests(PageTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.server = cls.enterClassContext(
            Server(
                f"{models()}/svd.safetensors:50", f"{models()}/hybrid.safetensors:50", "--log", f"{folder}/events.db"
            )
        )

    def test_the_board_refreshes_itself(self):
        for scheme, width in [("light", 1280), ("dark", 1280), ("light", 390)]:
            page = self.open(self.server, "/?user=42", color_scheme=scheme, width=width)
            board = page.get_by_role("region", name="A/B test")
            expect(board.get_by_role("row")).to_have_count(3)
            expect(board.get_by_role("rowheader")).to_have_text(["svd", "hybrid"])
            expect(board).to_contain_text("50.0%")
            if scheme == "light" and width == 1280:
                page.evaluate("window.stays = true")
                self.post()
                expect(board).to_contain_text("Click-through", timeout=20_000)
                self.assertTrue(page.evaluate("window.stays"), "without loading the page anew")
            row = board.get_by_role("row").nth(1)
            expect(row).to_contain_text(re.compile(r"\d\.\d\d% \d+\.\d\d% to \d+\.\d\d%"), timeout=10_000)
            users = [int(text.replace(",", "")) for text in board.locator("tbody tr td:nth-child(3)").all_inner_texts()]
            self.assertGreater(min(users), 150)
            expect(board).to_contain_text("sample ratio")
            self.picture(page, f"board-{scheme}-{width}")
            self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), width)
            self.assertEqual(self.cut(page), [], "nothing is hidden at the side")
            self.assertEqual(serious(page), [])

    def test_looking_at_the_page_exposes_nobody(self):
        with tempfile.TemporaryDirectory() as folder:
            arms = [f"{models()}/svd.safetensors:50", f"{models()}/hybrid.safetensors:50"]
            with Server(*arms, "--log", f"{folder}/events.db") as server:
                page = self.open(server, "/?user=42")
                self.show(page, "7")
                expect(page.locator(".list")).to_have_count(1)
            events = sqlite3.connect(f"{folder}/events.db").execute("SELECT user, kind FROM event").fetchall()
            self.assertEqual(events, [], "who looks at the page is not the user")

    def post(self):
        """What 400 users were shown and clicked."""
        chance = random.Random(7)
        events = []
        for user in range(400):
            listed = requests.get(f"{self.server.url}/recommend/visitor-{user}?n=5").json()
            rate = 0.25 if listed["model"] == "hybrid" else 0.15
            for entry in listed["items"]:
                shown = {"user": f"visitor-{user}", "item": entry["item"]}
                events.append({**shown, "kind": "impression"})
                if chance.random() < rate:
                    events.append({**shown, "kind": "click"})
        answer = requests.post(self.server.url + "/events", json=events).json()
        self.assertEqual(answer, {"logged": len(events), "repeated": 0})


if __name__ == "__main__":
    unittest.main()
