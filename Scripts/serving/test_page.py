"""The page in headless Chromium, as somebody with a mouse, with a keyboard, with a reader of screens uses it."""

import csv
import random
import re
import tempfile
import unittest
from pathlib import Path
from urllib.parse import quote

import requests
from playwright.sync_api import expect

from browser import PageTestCase, serious
from serving import Server, models, shell

HOSTILE_TITLE = '<script>alert(1)</script><img src=x onerror=alert(2)> "it\'s" & <b>bold</b>'
HOSTILE_USER = 'o\'brien "<b>x</b>" 100%/?#&'


class PageTests(PageTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.enterClassContext(Server(models() / "svd.safetensors", models() / "hybrid.safetensors"))

    def test_another_user(self):
        page = self.open(self.server)
        first = self.titles(page)
        self.assertEqual(len(first), 10)
        self.show(page, "42")
        self.assertNotEqual(self.titles(page), first)
        listed = requests.get(self.server.url + "/recommend/42").json()["items"]
        self.assertEqual(self.titles(page), [item["title"] for item in listed])
        self.assertIn("42", page.title())
        self.picture(page, "light")
        self.show(page, "nobody")
        expect(page.locator(".list .note")).to_contain_text("Nothing is known of this user")
        page.go_back()
        expect(page.locator(".list .who")).to_have_text("42")

    def test_why(self):
        for model in ["svd", "hybrid"]:
            page = self.open(self.server, f"/?user=42&model={model}")
            for place in [0, 4]:
                row = page.locator(".list tbody > tr").nth(place)
                button = row.get_by_role("button", name="Why ")
                expect(button).to_have_attribute("aria-expanded", "false")
                button.click()
                expect(button).to_have_attribute("aria-expanded", "true")
                parts = row.locator(".parts").first.locator("> li > .number").all_inner_texts()
                self.assertGreater(len(parts), 1)
                total = sum(float(part.replace("−", "-").replace("+", "")) for part in parts)
                score = float(row.locator("> td").last.inner_text())
                self.assertAlmostEqual(total, score, delta=0.0005 * (len(parts) + 1), msg=f"{model}: {parts}")
                if place == 0:
                    self.picture(page, f"why-{model}")
                button.click()
                expect(row.locator(".parts")).to_have_count(0)

    def test_reasons_are_of_the_list_that_is_shown(self):
        page = self.open(self.server, "/?user=42&model=svd")
        page.get_by_label("User").fill("7")
        row = page.locator(".list tbody > tr").first
        row.get_by_role("button", name="Why ").click()
        expect(row.locator(".parts")).to_be_visible()
        parts = [float(part.replace("−", "-")) for part in row.locator(".parts .number").all_inner_texts()]
        self.assertAlmostEqual(
            sum(parts), float(row.locator("> td").last.inner_text()), delta=0.0005 * (len(parts) + 1)
        )

    def test_reasons_for_somebody_unknown(self):
        page = self.open(self.server, "/?user=nobody&model=svd")
        row = page.locator(".list tbody > tr").first
        row.get_by_role("button", name="Why ").click()
        expect(row.locator(".parts")).to_be_visible()

    def test_the_last_of_quick_changes_is_shown(self):
        page = self.open(self.server, "/?user=42&model=svd")
        before = self.titles(page)
        for beginning in self.beginnings():
            self.rate(page, beginning, "5")
        page.evaluate(
            """() => { const ask = window.fetch, delays = [900, 450, 0];
              window.fetch = async (...request) => { const delay = delays.shift(), answer = await ask(...request);
                await new Promise((done) => setTimeout(done, delay)); return answer; }; }"""
        )
        page.evaluate("() => { for (let n = 0; n < 3; n++) document.querySelector('#rated button').click(); }")
        expect(page.locator("#rated li")).to_have_count(0)
        page.wait_for_timeout(2000)
        self.assertEqual(self.titles(page), before)

    def rate(self, page, beginning, stars):
        """Searches a title by its beginning and rates the first that is found."""
        search = page.get_by_label("Title", exact=True)
        search.press_sequentially(beginning)
        option = page.locator(f"#found option[value^={quote_css(beginning)} i]").first
        option.wait_for(state="attached")
        title = option.get_attribute("value")
        search.fill(title)
        page.get_by_label("Rating", exact=True).select_option(stars)
        page.get_by_role("button", name="Rate", exact=True).click()
        expect(page.locator("#rated li").filter(has_text=title)).to_have_count(1)
        expect(page.locator("#status")).to_contain_text(f"{page.locator('#rated li').count()} more rating")
        return title

    def test_ratings_change_the_list_and_can_be_taken_back(self):
        page = self.open(self.server, "/?user=42&model=svd")
        before = self.titles(page)
        beginnings = self.beginnings()
        self.rate(page, beginnings[0], "5")
        expect(page.get_by_role("status")).to_contain_text("1 more rating.")
        rated = self.rate(page, beginnings[1], "1")
        expect(page.get_by_role("status")).to_contain_text("2 more ratings.")
        self.assertNotEqual(self.titles(page), before)
        self.assertNotIn(rated, self.titles(page))
        self.picture(page, "rated")
        # Each of the marks says what is so.
        expect(page.locator(".list .new, .list .both").first).to_be_visible()
        query = {"user": "42", "model": "svd", "history": []}
        for title, stars in zip(page.locator("#rated li").all_inner_texts(), [5, 1]):
            name = re.sub(r": \d\s*×?$", "", title.strip())
            item = requests.get(f"{self.server.url}/items", params={"q": name}).json()[0]["item"]
            query["history"].append({"item": item, "rating": stars})
        listed = requests.post(self.server.url + "/recommend", json=query).json()["items"]
        self.assertEqual(self.titles(page), [item["title"] for item in listed])
        # Reasons go by the ratings, too.
        row = page.locator(".list tbody > tr").first
        row.get_by_role("button", name="Why ").click()
        expect(row.locator(".parts")).to_be_visible()
        for _ in range(2):
            page.locator("#rated button").first.click()
        expect(page.locator("#rated li")).to_have_count(0)
        expect(page.locator("#status")).to_be_empty()
        self.assertEqual(self.titles(page), before)

    def test_marks_of_what_moved(self):
        page = self.open(self.server, "/?user=42&model=svd")
        before = self.titles(page)
        for beginning in self.beginnings():
            known = self.titles(page)
            self.rate(page, beginning, "5")
            expect(page.locator("#rated li")).not_to_have_count(0)
            for row in page.locator(".list tbody > tr").all():
                title, text = row.locator(".title").inner_text(), row.inner_text()
                place = int(row.locator("td").first.inner_text())
                if title not in known:
                    self.assertIn("new", text.replace(title, ""))
                elif (old := known.index(title) + 1) != place:
                    self.assertIn(f"{'↑' if old > place else '↓'} from {old}", text)
        self.assertNotEqual(self.titles(page), before)

    def beginnings(self):
        """Beginnings of titles that the user may like, without an article at their end."""
        listed = requests.get(self.server.url + "/recommend/42?model=svd&n=60").json()["items"]
        return [item["title"][:9] for item in listed[15:] if ", " not in item["title"]][:3]

    def test_titles_are_found_as_they_are_shown(self):
        page = self.open(self.server, "/?user=42&model=svd")
        search = page.get_by_label("Title", exact=True)
        for title in self.titles(page):
            search.fill(title[: max(5, len(title) // 2)])
            page.wait_for_function(
                "title => [...document.querySelectorAll('#found option')].some((o) => o.value === title)", arg=title
            )

    def test_a_title_that_is_not_there_is_told(self):
        page = self.open(self.server, "/?user=42")
        page.get_by_label("Title", exact=True).fill("no such title at all")
        page.get_by_role("button", name="Rate", exact=True).click()
        expect(page.get_by_role("status")).not_to_be_empty()
        expect(page.locator("#rated li")).to_have_count(0)
        # Chromium notes every answer of 404 on the console.
        self.faults = [fault for fault in self.faults if "404" not in fault]

    def test_two_models_side_by_side(self):
        page = self.open(self.server)
        self.show(page, "42", model="svd", compare="hybrid")
        expect(page.locator(".list")).to_have_count(2)
        for place, model in enumerate(["svd", "hybrid"]):
            listed = requests.get(self.server.url + f"/recommend/42?model={model}").json()["items"]
            self.assertEqual(self.titles(page, place), [item["title"] for item in listed])
            expect(page.locator(".list h2").nth(place)).to_contain_text(model)
        left, right = (page.locator(".list").nth(place).bounding_box() for place in [0, 1])
        self.assertEqual(left["y"], right["y"])
        self.assertGreaterEqual(right["x"], left["x"] + left["width"])
        expect(page.locator("#compare")).to_have_value("hybrid")
        common = set(self.titles(page, 0)) & set(self.titles(page, 1))
        self.assertEqual(page.get_by_text("in both").count(), 2 * len(common), "what both list is marked")
        self.picture(page, "beside")
        self.rate(page, self.beginnings()[0], "5")
        expect(page.locator(".list")).to_have_count(2)
        self.picture(page, "beside-rated")

    def test_keyboard_alone(self):
        page = self.open(self.server, "/?user=42&model=svd&compare=hybrid")
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        self.assertTrue(page.locator(".skip").bounding_box()["x"] >= 0, "the skip link is seen once it has the focus")
        page.keyboard.press("Enter")
        self.assertEqual(page.evaluate("document.activeElement.id"), "lists")
        page.keyboard.press("Tab")
        expect(page.locator("button.why").first).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".parts").first).to_be_visible()
        self.picture(page, "focus")
        page.goto(page.url.split("#")[0])
        page.evaluate("window.reached = new Set(), 0")
        wanted = page.locator("a[href], button, input, select").count()
        for _ in range(wanted + 1):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                """() => { const at = document.activeElement, style = getComputedStyle(at);
                  const hasOutline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
                  if (at !== document.body) window.reached.add(at);
                  return [at.outerHTML.slice(0, 200), at === document.body || hasOutline]; }"""
            )
            self.assertTrue(seen[1], f"no visible focus: {seen[0]}")
        missed = page.evaluate(
            """() => [...document.querySelectorAll('a[href], button, input, select')]
              .filter((e) => !window.reached.has(e)).map((e) => e.outerHTML)"""
        )
        self.assertEqual(missed, [])

    def test_rating_by_keyboard_keeps_the_focus(self):
        page = self.open(self.server, "/?user=42&model=svd")
        search = page.get_by_label("Title", exact=True)
        search.focus()
        title = requests.get(self.server.url + "/items?n=1&q=" + quote(self.beginnings()[0])).json()[0]["title"]
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        expect(page.locator("#rated li")).to_have_count(1)
        expect(search).to_be_focused()
        page.locator("#rated button").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#rated li")).to_have_count(0)
        self.assertNotEqual(page.evaluate("document.activeElement.tagName"), "BODY", "the focus is not lost")

    def test_accessibility_light_and_dark(self):
        for scheme in ["light", "dark"]:
            with self.subTest(scheme=scheme):
                page = self.open(self.server, "/?user=42&model=svd&compare=hybrid", color_scheme=scheme)
                page.locator("button.why").first.click()
                expect(page.locator(".parts").first).to_be_visible()
                self.rate(page, self.beginnings()[0], "5")
                page.locator("button.why").first.click()
                expect(page.locator(".parts").first).to_be_visible()
                page.wait_for_timeout(1300)
                if scheme == "dark":
                    self.picture(page, "dark")
                self.assertEqual(serious(page), [])

    def test_what_is_said_is_heard(self):
        """WCAG 2.2, 4.1.3: a live region speaks only if it stood there before its text."""
        page = self.open(self.server, "/?user=42")
        expect(page.get_by_role("status")).to_have_count(1)

    def test_without_script(self):
        page = self.open(self.server, java_script_enabled=False)
        expect(page.locator("#rating")).to_be_hidden()
        self.show(page, "42", model="svd", compare="hybrid")
        expect(page.locator(".list")).to_have_count(2)
        self.assertEqual(len(self.titles(page)), 10)
        self.picture(page, "no-script")
        page.locator("a.why").first.click()
        page.wait_for_url("**/why/42/**")
        self.assertIn('"parts"', page.content())

    def test_narrow_screen(self):
        page = self.open(self.server, "/?user=42&model=svd&compare=hybrid", width=390, height=844)
        page.locator("button.why").first.click()
        expect(page.locator(".parts").first).to_be_visible()
        self.rate(page, self.beginnings()[0], "5")
        self.picture(page, "narrow")
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 390)
        self.assertEqual(self.cut(page), [], "nothing is hidden at the side")
        for button in page.locator("button:visible, a.why:visible").all():
            box = button.bounding_box()
            self.assertGreaterEqual(min(box["width"], box["height"]), 24, "WCAG 2.2, 2.5.8: " + button.inner_text())


class TokenTests(PageTestCase):
    def test_the_page_asks_for_the_token(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (folder / "tokens").write_text("reading let-me-in\n")
        with Server(
            models() / "svd.safetensors", models() / "hybrid.safetensors", "--token-file", folder / "tokens"
        ) as server:
            page = self.open(server)
            expect(page.locator(".list")).to_have_count(0)
            self.picture(page, "locked")
            field = page.get_by_label("token")
            field.fill("wrong")
            field.press("Enter")
            expect(page.get_by_role("status")).to_contain_text("wrong")
            field.fill("let-me-in")
            field.press("Enter")
            expect(page.locator(".list")).to_have_count(1)
            self.show(page, "42", model="svd", compare="hybrid")
            expect(page.locator(".list")).to_have_count(2)
            page.locator("button.why").first.click()
            expect(page.locator(".parts").first).to_be_visible()
            self.assertNotIn("let-me-in", page.url)
            self.picture(page, "unlocked")
            page.reload()
            expect(page.locator(".list").first).to_be_visible()
            self.assertEqual(serious(page), [])


class HostileDataTests(PageTestCase):
    def test_what_comes_from_data_is_text(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        chance = random.Random(1)
        users = [HOSTILE_USER, *"abcdefgh"]
        with open(folder / "ratings.csv", "w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["user", "item", "rating"])
            for user in users:
                for item in range(1, 13):
                    if (user, item) != (HOSTILE_USER, 1) and chance.random() < 0.6:
                        rows.writerow([user, f"<i>{item}</i>'\"/%", chance.choice([1, 2, 3, 4, 5])])
        with open(folder / "items.csv", "w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["item", "title"])
            for item in range(1, 13):
                rows.writerow([f"<i>{item}</i>'\"/%", HOSTILE_TITLE if item == 1 else f"</td></script>{item}"])
        shell(
            f"load '{folder}/ratings.csv' scale=1..5; load '{folder}/items.csv' as=items;"
            f"svd k=2; save svd '{folder}/svd.safetensors'; popular; save popular '{folder}/popular.safetensors'"
        )
        arms = [f"{folder}/svd.safetensors:1", f"{folder}/popular.safetensors:1"]
        with Server(*arms, "--log", folder / "events.db", "--test", "<u>t</u>") as server:
            for script in [True, False]:
                page = self.open(
                    server, "/?model=svd&compare=popular&user=" + quote(HOSTILE_USER), java_script_enabled=script
                )
                expect(page.locator(".who").first).to_have_text(HOSTILE_USER)
                expect(page.get_by_label("User")).to_have_value(HOSTILE_USER)
                self.assertIn(HOSTILE_TITLE, self.titles(page))
                expect(page.locator("#board h2")).to_contain_text("<u>t</u>")
                self.assertEqual(page.locator("main script, main img, main b, main i, main u").count(), 0)
                if not script:
                    page.locator("tr", has_text="alert(1)").first.locator("a.why").click()
                    self.assertIn('"parts"', page.content())
            page = self.open(server, "/?model=svd&user=" + quote(HOSTILE_USER))
            row = page.locator("tr", has_text="alert(1)").first
            row.get_by_role("button").click()
            expect(row.locator(".parts")).to_be_visible()
            search = page.get_by_label("Title", exact=True)
            search.fill(HOSTILE_TITLE)
            page.get_by_role("button", name="Rate", exact=True).click()
            expect(page.locator("#rated li")).to_contain_text("<script>alert(1)</script>")
            self.picture(page, "hostile")
            self.assertEqual(page.locator("main script, main img, main b, main i, main u").count(), 0)
            page = self.open(server, "/?user=" + quote('"><script>alert(3)</script>'))
            expect(page.locator(".note").first).to_be_visible()

    def test_the_header_forbids_what_is_not_of_the_server(self):
        with Server(models() / "svd.safetensors") as server:
            policy = requests.get(server.url).headers["Content-Security-Policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)
            self.assertIn("frame-ancestors 'none'", policy)


def quote_css(text):
    return '"' + text.replace('"', '\\"') + '"'


if __name__ == "__main__":
    unittest.main()
