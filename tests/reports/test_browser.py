"""The page in a real browser, from a file and without a network."""

import json
import os
import shutil
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

from tests.reports.company import HeldAudit
from tests.reports.rendering import rendered

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
DRIVER = shutil.which("chromedriver") or "/usr/bin/chromedriver"
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"]),
    pytest.mark.enable_socket,
]


@pytest.fixture(scope="module")
def addresses(result: HeldAudit, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Write the page in each language; give its addresses."""
    folder = tmp_path_factory.mktemp("page")
    for language in ("en", "fi"):
        (folder / f"{language}.html").write_bytes(
            rendered("html", result, "fi" if language == "fi" else "en")
        )
    return {page.stem: page.as_uri() for page in folder.glob("*.html")}


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Chrome]:
    """Start a browser with a profile of its own."""
    if not (Path(CHROMIUM).exists() and Path(DRIVER).exists()):
        if os.environ.get("CI"):
            pytest.fail("chromium and chromedriver must be installed in CI")
        pytest.skip("chromium or chromedriver is not installed (apt-get install chromium-driver)")
    options = Options()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service(DRIVER))
    try:
        yield driver
    finally:
        driver.quit()


def _resize(browser: Chrome, width: int) -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def _run(browser: Chrome, script: str, *arguments: object) -> Any:  # noqa: ANN401 - the page's own values
    return browser.execute_script(f"return {script}", *arguments)


def _requested(browser: Chrome) -> set[str]:
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]  # type: ignore[no-untyped-call]  # as above
    return {
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
        and not event["params"]["documentURL"].startswith("chrome:")
    }


@pytest.mark.parametrize("language", ["en", "fi"])
def test_page_opens_without_errors_or_requests(
    browser: Chrome, addresses: dict[str, str], language: str
) -> None:
    browser.get(addresses[language])
    requested = _requested(browser)

    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]  # as above
    assert requested - {"data:,"} == {addresses[language]}
    assert _run(browser, "document.documentElement.lang") == language


@pytest.mark.parametrize("width", [390, 1280])
def test_page_is_never_wider_than_the_window(
    browser: Chrome, addresses: dict[str, str], width: int
) -> None:
    _resize(browser, width)
    for address in addresses.values():
        browser.get(address)

        assert _run(browser, "document.documentElement.scrollWidth") <= width


def test_filter_hides_by_severity_and_by_text(browser: Chrome, addresses: dict[str, str]) -> None:
    browser.get(addresses["en"])
    shown = browser.find_element(By.ID, "shown")
    query = browser.find_element(By.NAME, "query")

    assert shown.text == "6 / 6"

    browser.find_element(By.CSS_SELECTOR, "input[value=critical]").click()
    assert shown.text == "4 / 6"
    assert not browser.find_element(By.ID, "v-SC-01").is_displayed()

    query.send_keys("2024/7")
    assert shown.text == "1 / 6"
    visible = browser.find_elements(By.CSS_SELECTOR, "#v-RET-01 .breach:not([hidden])")
    assert [entry.find_element(By.TAG_NAME, "bdi").text for entry in visible] == ["2024/7"]

    query.clear()
    query.send_keys("no such thing anywhere")
    assert shown.text == "0 / 6"


def test_filter_works_from_the_keyboard(browser: Chrome, addresses: dict[str, str]) -> None:
    browser.get(addresses["en"])
    box = browser.find_element(By.CSS_SELECTOR, "input[value=high]")
    box.send_keys(" ")

    assert not box.is_selected()
    assert not browser.find_element(By.ID, "v-RET-01").is_displayed()


def test_no_label_in_the_picture_leaves_its_box_and_no_boxes_overlap(
    browser: Chrome, addresses: dict[str, str]
) -> None:
    browser.get(addresses["fi"])
    frames, labels = _run(
        browser,
        """(() => {
          const box = (node) => { const r = node.getBoundingClientRect();
            return [r.left, r.top, r.right, r.bottom]; };
          const nodes = [...document.querySelectorAll("svg g")]
            .filter((g) => g.querySelector(":scope > rect"));
          return [nodes.map((g) => box(g.querySelector("rect"))),
                  nodes.map((g) => [...g.querySelectorAll("text")].map(box))];
        })()""",
    )

    assert len(frames) == 21
    for one, other in combinations(frames, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for frame, texts in zip(frames, labels, strict=True):
        for left, top, right, bottom in texts:
            assert left >= frame[0] - 1
            assert right <= frame[2] + 1
            assert top >= frame[1] - 2
            assert bottom <= frame[3] + 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast_in_light_and_dark(
    browser: Chrome, addresses: dict[str, str], scheme: str
) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.get(addresses["en"])
    weak = _run(
        browser,
        """(() => {
          const parse = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
          const light = (c) => { const [r, g, b] = c.slice(0, 3).map((v) => { v /= 255;
            return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
            return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
          const ground = (n) => { for (; n; n = n.parentElement) {
            const c = parse(getComputedStyle(n).backgroundColor);
            if (c.length === 3 || (c.length === 4 && c[3] > 0)) return c;
          } return [255, 255, 255]; };
          const weak = [];
          for (const n of document.querySelectorAll("body *:not(svg *)")) {
            const own = [...n.childNodes].some((c) => c.nodeType === 3 && c.data.trim());
            const style = getComputedStyle(n);
            if (!own || !n.offsetParent || ["SCRIPT", "STYLE"].includes(n.tagName)) continue;
            if (Number(style.opacity) < 1) continue;
            const a = light(parse(style.color)), b = light(ground(n));
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < 4.5) weak.push(n.tagName + "." + n.className + " " + ratio.toFixed(2));
          }
          return [...new Set(weak)];
        })()""",
    )

    assert weak == []


def test_printed_page_shows_no_controls(browser: Chrome, addresses: dict[str, str]) -> None:
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    browser.get(addresses["en"])

    assert not browser.find_element(By.ID, "filter").is_displayed()
    assert browser.find_element(By.ID, "method").is_displayed()
