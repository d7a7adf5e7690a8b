"""Chromium without a window, and what no page of the server may do in it."""

import os
import shutil
import tempfile
import unittest
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

SCREENSHOTS = Path(os.environ.get("RECLINE_SCREENSHOTS") or tempfile.mkdtemp(prefix="recline-page-"))


class PageTestCase(unittest.TestCase):
    """Pages that fail the test where a dialog opens, the console has an error, or another host is asked."""

    @classmethod
    def setUpClass(cls):
        cls.playwright = cls.enterClassContext(sync_playwright())
        cls.browser = cls.playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        cls.addClassCleanup(cls.browser.close)
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    def open(self, server, path="/", width=1280, height=900, **options):
        context = self.browser.new_context(viewport={"width": width, "height": height}, **options)
        self.addCleanup(context.close)
        context.set_default_timeout(10_000)
        self.faults = []
        page = context.new_page()
        page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("console", self.note)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None
                if urlsplit(request.url).netloc == urlsplit(server.url).netloc
                else self.faults.append(f"request to {request.url}")
            ),
        )
        page.goto(server.url + path)
        return page

    def note(self, message):
        # The browser asks for an icon of an answer that is no page.
        if message.type in ["error", "warning"] and not message.location["url"].endswith("/favicon.ico"):
            self.faults.append(f"{message.text} {message.location['url']}")

    def tearDown(self):
        self.assertEqual(getattr(self, "faults", []), [])

    @staticmethod
    def titles(page, place=0):
        return page.locator(".list").nth(place).locator(".title").all_inner_texts()

    def picture(self, page, name):
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    @staticmethod
    def cut(page):
        """Elements whose content is wider than they are."""
        return page.evaluate(
            "[...document.querySelectorAll('main *')]"
            ".filter((e) => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0"
            " && !['INPUT', 'SELECT', 'DATALIST'].includes(e.tagName) && getComputedStyle(e).display !== 'inline')"
            ".map((e) => e.outerHTML.slice(0, 100))"
        )

    def show(self, page, user, **choices):
        """Types another user and presses Enter."""
        for name, value in choices.items():
            page.locator(f"#{name}").select_option(value)
        page.get_by_label("User").fill(user)
        page.get_by_label("User").press("Enter")
        expect(page.locator(".list .who").first).to_have_text(user)


def serious(page):
    """What axe-core finds of serious or critical impact."""
    violations = Axe().run(page).response["violations"]
    return [
        (violation["id"], violation["impact"], [node["html"][:200] for node in violation["nodes"]][:5])
        for violation in violations
        if violation["impact"] in ["serious", "critical"]
    ]
