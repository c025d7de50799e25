"""The reference pages in a real browser: quiet, in their own direction, within the screen, readable, in print too."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from atgraph.publish.reference import PAGES

pytestmark = pytest.mark.web

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
DIRECTION = {"ar": "rtl", "en": "ltr"}
FLAGS = """
--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync --hide-scrollbars
"""
# Returns every visible text whose colour stands out too little from what is behind it (WCAG 2.1, level AA).
CONTRAST = """
const parse = c => c.match(/[\\d.]+/g).map(Number);
const light = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255;
  return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
  if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
const seen = new Set(), bad = [];
for (const e of document.body.querySelectorAll("*")) {
  if (e.closest("svg") && e.tagName !== "text") continue;
  if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
  const style = getComputedStyle(e), front = parse(e.tagName === "text" ? style.fill : style.color), back = behind(e);
  const key = front + "|" + back; if (seen.has(key)) continue; seen.add(key);
  const [a, b] = [light(front), light(back)].sort((x, y) => y - x);
  if ((a + 0.05) / (b + 0.05) < 4.5) bad.push(e.tagName + " " + key);
}
return [seen.size, bad];
"""
# Returns what sticks out of the screen, but for what scrolls by itself.
STICKING_OUT = """
const wide = document.documentElement.clientWidth;
return [...document.querySelectorAll("body *")].filter(e => !e.closest(".frame, pre, .skip") && e.checkVisibility())
  .filter(e => { const r = e.getBoundingClientRect(); return r.width && (r.left < -1 || r.right > wide + 1); })
  .map(e => e.tagName + " " + e.textContent.slice(0, 60));
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class Browser(NamedTuple):
    driver: Any
    address: str

    def open(self, name: str, width: int = 1280, height: int = 900) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.get("about:blank")
        self.driver.get(f"{self.address}/{name}")

    def run(self, script: str, *words: object) -> Any:
        return self.driver.execute_script(script, *words)

    def requests(self) -> list[str]:
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]


@pytest.fixture(scope="module")
def browser(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser, and `dist/` served on this machine."""
    if CHROMIUM is None or DRIVER is None:
        pytest.skip("Chromium and its driver are not installed (Debian: chromium, chromium-driver)")
    # Not at the top: it takes long to import, and most runs of the tests have no need of it.
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed (see requirements.lock)")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in [*FLAGS.split(), f"--user-data-dir={tmp_path_factory.mktemp('profile')}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    handler = functools.partial(Quiet, directory=str(dist))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
        try:
            yield Browser(driver, f"http://127.0.0.1:{server.server_port}/ontology")
        finally:
            driver.quit()
            server.shutdown()


@pytest.mark.parametrize("language", PAGES)
def test_a_page_loads_quietly_and_asks_for_its_style_alone(browser: Browser, language: str) -> None:
    browser.driver.get("about:blank")
    browser.requests()

    browser.open(PAGES[language])

    asked = {url for url in browser.requests() if not url.startswith(("about:", "data:"))}
    assert asked == {f"{browser.address}/{PAGES[language]}", f"{browser.address}/style.css"}
    assert browser.driver.get_log("browser") == []


@pytest.mark.parametrize("language", PAGES)
def test_a_page_reads_in_its_own_language_and_direction(browser: Browser, language: str) -> None:
    browser.open(PAGES[language])

    root, body, code = browser.run("""
      const of = e => [e.lang || e.closest("[lang]").lang, getComputedStyle(e).direction];
      return [...[document.documentElement, document.body].map(of), of(document.querySelector("code"))[1]];
    """)
    assert root == body == [language, DIRECTION[language]]
    assert code == "ltr"
    side = browser.run("return document.querySelector('nav').getBoundingClientRect().left")
    assert (side > 640) == (language == "ar")


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("language", PAGES)
def test_nothing_sticks_out_of_the_screen(browser: Browser, language: str, width: int) -> None:
    browser.open(PAGES[language], width)
    browser.run("document.querySelectorAll('details').forEach(each => each.open = true)")

    inner, outer = browser.run("const e = document.documentElement; return [e.scrollWidth, e.clientWidth]")
    assert inner <= outer == width
    assert browser.run(STICKING_OUT) == []


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(browser: Browser, language: str, scheme: str) -> None:
    feature = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", feature)
    browser.open(PAGES[language])

    pairs, faint = browser.run(CONTRAST)
    dark = browser.run("return getComputedStyle(document.body).backgroundColor")
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert pairs > 4
    assert faint == []
    assert (dark == "rgb(20, 24, 27)") == (scheme == "dark")


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("anchor", ["Call", "isMadeBy", "vocab/act/urges", "shapes/Provision-cites", "example-Call"])
def test_an_anchor_brings_its_term_into_view(browser: Browser, language: str, anchor: str) -> None:
    browser.open(f"{PAGES[language]}#{quote(anchor)}")

    target = browser.run("const e = document.querySelector(':target'); return [e.id, e.getBoundingClientRect().top]")
    assert target[0] == anchor
    assert -1 <= target[1] < 100


def test_each_page_leads_to_the_other_and_back(browser: Browser) -> None:
    browser.open(PAGES["en"])
    for language in ("ar", "en"):
        browser.run("document.querySelector('header a[hreflang]').click()")

        assert browser.driver.current_url == f"{browser.address}/{PAGES[language]}"
        assert browser.run("return document.documentElement.lang") == language


@pytest.mark.parametrize("language", PAGES)
def test_no_two_boxes_or_words_of_the_drawing_lie_on_each_other(browser: Browser, language: str) -> None:
    browser.open(PAGES[language])

    clashes = browser.run("""
      const parts = [...document.querySelectorAll("svg rect, svg .caption")].map(e => [e, e.getBoundingClientRect()]);
      const hits = [];
      parts.forEach(([a, p], i) => parts.slice(i + 1).forEach(([b, q]) => {
        const across = Math.min(p.right, q.right) - Math.max(p.left, q.left);
        const down = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
        if (across > 1 && down > 5) hits.push(a.textContent + " × " + b.textContent);
      }));
      return hits;
    """)
    assert clashes == []


def test_the_page_can_be_used_by_keyboard(browser: Browser) -> None:
    browser.open(PAGES["en"])

    scrolls = browser.run("""
      const wide = [...document.querySelectorAll("pre, .frame")].filter(e => e.scrollWidth > e.clientWidth);
      return wide.filter(e => e.tabIndex < 0).length;
    """)
    first = browser.run("return document.querySelector('a, button, summary').getAttribute('href')")
    assert scrolls == 0
    assert first == "#content"


def test_print_leaves_out_what_paper_cannot_do(browser: Browser) -> None:
    browser.open(PAGES["ar"])
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})

    hidden = browser.run("return [...document.querySelectorAll('nav, .other')].every(e => !e.checkVisibility())")
    wraps = browser.run("return getComputedStyle(document.querySelector('pre')).whiteSpace")
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert hidden
    assert wraps == "pre-wrap"
