"""Debian's Chromium, driven by Playwright: windows for people on phones and at desks."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
SERIOUS = {"serious", "critical"}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def missing(what: str) -> None:
    """Skip, saying what to install."""
    packages = "apt-get install chromium fonts-wqy-zenhei fonts-noto-color-emoji"
    pytest.skip(f"no {what}: {packages}; pip install --editable '.[test]'")


@contextlib.asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """A running browser."""
    try:
        from playwright.async_api import async_playwright  # noqa: PLC0415 - may be missing
    except ImportError:
        missing("playwright")
        raise
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


async def window(browser: Browser, url: str, kind: dict[str, Any] = DESK, **more: Any) -> Page:
    """A window of its own, as another person's. What its console complains of, or asks of others, fails the test."""
    context = await browser.new_context(reduced_motion="reduce", **{"locale": "zh-CN", **kind, **more})
    page = await context.new_page()
    page.set_default_timeout(60_000)
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda said: trouble.append(said.text) if said.type in {"error", "warning"} else None)
    host = url.split("/")[2]
    page.on("request", lambda asked: None if asked.url.split("/")[2] == host else trouble.append(asked.url))
    page.trouble = trouble  # type: ignore[attr-defined]  # what the library's page has no place for
    await page.goto(url)
    return page


async def audit(page: Page) -> list[str]:
    """What axe finds serious on a page."""
    from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]  # noqa: PLC0415 - may be missing

    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}
    found = (await Axe().run(page, options=options)).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


MEASURE = """() => {
  const seen = (e) => e.offsetParent !== null && e.getBoundingClientRect().width > 2;
  const written = (e) => [...e.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const small = [...document.querySelectorAll("body *:not(script, style, svg *)")]
    .filter((e) => seen(e) && written(e) && parseFloat(getComputedStyle(e).fontSize) < 18);
  const pressed = "button, summary, textarea, input:not([type=hidden]), a:not(.skip, .quote, .push a)";
  const low = [...document.querySelectorAll(pressed)].filter((e) => seen(e) && e.getBoundingClientRect().height < 47.9);
  const says = (e) => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 20)}`;
  return { sideways: document.documentElement.scrollWidth - innerWidth, small: small.map(says), low: low.map(says) };
}"""


async def measure(page: Page) -> dict[str, Any]:
    """How far the page scrolls sideways, what type on it is under 18 px, and what is lower than 48 px to press."""
    found: dict[str, Any] = await page.evaluate(MEASURE)
    return found
