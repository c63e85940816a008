"""What the page owes to people who do not see it, or see it otherwise."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.search_ui.conftest import Watch

_CSS = files("search_ui").joinpath("static", "desk.css").read_text(encoding="utf-8")
_PAIRS = [
    ("ink", "paper"),
    ("accent", "paper"),
    ("quiet", "paper"),
    ("error", "paper"),
    ("check-ink", "check-paper"),
    ("check-ink", "paper"),
    ("paper", "accent"),
]


def _palette(scheme: str) -> dict[str, str]:
    found = re.findall(r":root \{(.*?)\}", _CSS, re.DOTALL)
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in found[:2])
    return light if scheme == "light" else light | dark


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), _PAIRS)
def test_text_stands_out_from_its_ground(scheme: str, text: str, ground: str) -> None:
    palette = _palette(scheme)
    assert _contrast(palette[text], palette[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_controls_stand_out_from_the_paper(scheme: str) -> None:
    palette = _palette(scheme)
    assert _contrast(palette["control"], palette["paper"]) >= 3.0


_UNNAMED = """() => [...document.querySelectorAll("a, button, input, select, summary, img, [role]")]
  .filter(part => part.checkVisibility() && !["status", "alert", "list"].includes(part.role))
  .filter(part => {
    const labels = part.labels ? [...part.labels].map(label => label.textContent).join("") : "";
    const by = (part.getAttribute("aria-labelledby") || "").split(" ")
      .map(id => document.getElementById(id)?.textContent || "").join("");
    const name = part.getAttribute("aria-label") || by || labels || part.textContent
      || [...part.querySelectorAll("img")].map(image => image.alt).join("");
    return part.tagName === "IMG" ? !part.hasAttribute("alt") : !name.trim();
  }).map(part => part.outerHTML.slice(0, 120))"""
_HEADINGS = "() => [...document.querySelectorAll('h1, h2, h3, h4')].map(heading => +heading.tagName[1])"
_DOUBLE_IDS = """() => { const ids = [...document.querySelectorAll("[id]")].map(part => part.id);
  return ids.filter((id, at) => ids.indexOf(id) !== at) }"""
_SMALL = """() => [...document.querySelectorAll("a.button, button, input, select, .facet a, .letters a")]
  .filter(part => part.checkVisibility() && part.getBoundingClientRect().height < 24)
  .map(part => part.outerHTML.slice(0, 120))"""


def _addresses(page: Page) -> list[str]:
    found = ["/", "/registres", "/registre/valbrune/naissances", "/nowhere"]
    for asked in ("Lefebvre", "Legendreski"):
        page.goto("/")
        page.fill("[data-search]", asked)
        page.press("[data-search]", "Enter")
        page.wait_for_load_state("networkidle")
        found.append(page.url)
        if asked == "Lefebvre":
            found.append(page.get_by_role("link", name="Voir la page").first.get_attribute("href") or "")
    return found


@pytest.mark.browser
def test_every_page_is_named_ordered_and_reached_by_keys(page: Page) -> None:
    for address in _addresses(page):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(_UNNAMED) == [], address
        headings = page.evaluate(_HEADINGS)
        assert headings[0] == 1 and headings.count(1) == 1, address
        assert all(after <= before + 1 for before, after in pairwise(headings)), address
        assert page.evaluate(_DOUBLE_IDS) == [], address
        assert page.evaluate(_SMALL) == [], address
        for landmark in ("header", "main", "nav"):
            assert page.locator(landmark).count() >= 1, address
        assert page.locator("main").count() == 1
        assert page.locator("html").get_attribute("lang") == "fr"
        assert page.title().endswith("feuillet")


@pytest.mark.browser
def test_the_first_tab_skips_to_the_content_and_focus_is_seen(page: Page, watch: Watch) -> None:
    page.goto("/registres")
    page.keyboard.press("Tab")
    link = page.locator(".skip")
    assert link.evaluate("l => l === document.activeElement")
    assert (link.bounding_box() or {"x": -1})["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    for _ in range(6):
        page.keyboard.press("Tab")
        ring = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return [s.outlineStyle, parseFloat(s.outlineWidth)] })()"
        )
        assert ring == ["solid", 2]


@pytest.mark.browser
def test_answers_are_announced_and_strips_are_read_aloud(page: Page, watch: Watch) -> None:
    page.goto("/")
    page.fill("[data-search]", "Lefebvre")
    page.press("[data-search]", "Enter")
    page.wait_for_load_state("networkidle")
    assert page.locator("[role=status]").count() == 1
    results = page.locator("ol.results > li")
    alternatives = page.locator("a.strip img").evaluate_all("all => all.map(image => image.alt)")
    assert len(alternatives) == results.count()
    assert all(text.startswith("Bande du registre : ") and len(text) > 30 for text in alternatives)


@pytest.mark.browser
def test_motion_is_left_out_for_those_who_ask(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("/")
    page.fill("[data-search]", "Lefebvre")
    page.press("[data-search]", "Enter")
    page.wait_for_selector("a.strip img")
    assert page.locator("a.strip img").first.evaluate("i => getComputedStyle(i).animationName") == "none"
