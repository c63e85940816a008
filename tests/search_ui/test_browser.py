"""The page in a real browser, as a clerk uses it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from registers.settings import Settings, StoreSettings
from services.desk import Desk, open_desk
from tests.search_ui.conftest import Watch, served

pytestmark = pytest.mark.browser

_WIDTH = "document.documentElement.scrollWidth"


def _search(page: Page, text: str) -> None:
    page.goto("/")
    page.fill("[data-search]", text)
    page.press("[data-search]", "Enter")
    page.wait_for_load_state("networkidle")


def test_a_search_answers_with_strips_under_an_opaque_id(page: Page, watch: Watch, desk: Desk) -> None:
    _search(page, "Lefebvre Jean Baptiste")
    assert re.fullmatch(r"/recherche/[\w-]{16}", page.evaluate("location.pathname"))
    first = page.locator(".results > li").first
    expect(first.locator(".person strong")).to_have_text("LEFEBVRE")
    strip = first.locator("a.strip img")
    assert "LEFEBVRE Jean Baptiste, 4 décembre 1883" in (strip.get_attribute("alt") or "")
    assert strip.evaluate("image => image.naturalWidth") > 500
    expect(page.locator("[role=status]")).to_contain_text("4 registres consultés")
    said = " ".join(part for request in watch.requests for part in request)
    written = "".join(path.read_text() for path in (desk.workspace.root / "access").iterdir())
    assert not re.search("lefebvre|jean|baptiste", said + written, re.IGNORECASE)


@pytest.mark.parametrize(
    ("asked", "why"),
    [("Lefaivre Paul", "prononciation proche"), ("Lefgbvre Paul", "à une lettre près|lettres confondues")],
)
def test_misspelt_names_are_found_and_say_why(page: Page, watch: Watch, asked: str, why: str) -> None:
    _search(page, asked)
    first = page.locator(".results > li").first
    expect(first.locator(".person")).to_contain_text("LEFEBVRE Paul")
    expect(first.locator(".why")).to_contain_text(re.compile(why))


def test_a_surname_taken_from_above_shows_the_row_it_came_from(page: Page, watch: Watch) -> None:
    _search(page, "Lefebvre Paul 1886")
    head = page.locator(".results > li").first.locator("figure.head")
    expect(head).to_contain_text("nom repris de la ligne 1 (« d° »)")
    assert head.locator("img").evaluate("image => image.naturalWidth") > 500


def test_expansions_are_switched_off_and_on(page: Page, watch: Watch) -> None:
    _search(page, "Lefaivre")
    before = page.locator(".results > li").count()
    page.get_by_role("link", name="prononciation proche").click()
    page.wait_for_load_state("networkidle")
    after = page.locator(".results > li .why", has_text="prononciation proche").count()
    assert before and not after
    page.locator(".expansions a.removed").first.click()
    page.wait_for_load_state("networkidle")
    assert page.locator(".results > li").count() == before


def test_facets_narrow_and_widen(page: Page, watch: Watch) -> None:
    _search(page, "Lefebvre")
    all_found = page.locator(".results > li").count()
    page.locator(".facet a", has_text="Mariages").click()
    expect(page.locator(".facet a[aria-current]")).to_contain_text("Mariages")
    narrowed = page.locator(".results > li")
    assert 0 < narrowed.count() < all_found
    expect(narrowed.first).to_contain_text("acte n° 12")
    page.locator(".facet a[aria-current]").click()
    expect(page.locator(".results > li")).to_have_count(all_found)


def test_facets_come_back_where_there_is_room_again(page: Page, watch: Watch) -> None:
    page.set_viewport_size({"width": 683, "height": 800})  # a laptop's window at 200 %
    _search(page, "Lefebvre")
    expect(page.locator(".facet a").first).to_be_hidden()
    page.set_viewport_size({"width": 1366, "height": 800})
    expect(page.locator(".facet a").first).to_be_visible()


def test_a_marriage_shows_both_spouses_and_under_whom_it_is_listed(page: Page, watch: Watch) -> None:
    _search(page, "Lefebvre x Dubois")
    first = page.locator(".results > li").first
    expect(first.locator(".listed")).to_contain_text("l’acte figure aussi sous")
    expect(first).to_contain_text("15 juin 1912")


def test_keys_reach_the_search_and_walk_through_results(page: Page, watch: Watch) -> None:
    _search(page, "Lefebvre")
    page.locator("main").click(position={"x": 2, "y": 2})
    focused = "document.activeElement.id"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "r1"
    page.keyboard.press("j")
    assert page.evaluate(focused) == "r2"
    page.keyboard.press("k")
    assert page.evaluate(focused) == "r1"
    page.keyboard.press("/")
    assert page.evaluate(focused) == "text"
    page.keyboard.type("jk+")
    assert page.locator("#text").input_value().endswith("jk+") or page.locator("#text").input_value() == "jk+"
    page.keyboard.press("Escape")


def test_the_page_lights_the_row_and_can_be_linked_to(page: Page, watch: Watch) -> None:
    _search(page, "Lefebvre Jean Baptiste")
    page.get_by_role("link", name="Voir la page").first.click()
    page.wait_for_load_state("networkidle")
    link = page.url
    assert "efebvre" not in link and "ligne=1" in link
    expect(page.locator(".rows li.lit")).to_contain_text("LEFEBVRE Jean Baptiste")
    expect(page.locator("polygon.lit")).to_have_count(1)
    page.goto(link)
    expect(page.locator(".rows li[aria-current]")).to_contain_text("LEFEBVRE Jean Baptiste")
    page.get_by_role("button", name="Copier la référence").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == ("Valbrune-sur-Orle, naissances 1883-1892, cote 9 Z 12, vue 12, page de droite, ligne 1")


def test_the_sheet_is_handled_by_keys(page: Page, watch: Watch) -> None:
    _search(page, "Lefebvre Jean Baptiste")
    page.get_by_role("link", name="Voir la page").first.click()
    page.wait_for_load_state("networkidle")
    sheet = page.locator("[data-sheet]")
    page.keyboard.press("+")
    assert sheet.evaluate("s => s.style.width") == "130%"
    page.keyboard.press("-")
    assert sheet.evaluate("s => s.style.width") == "100%"
    page.keyboard.press("r")
    assert sheet.evaluate("s => s.style.transform") == "rotate(90deg)"
    page.keyboard.press("l")
    expect(page.locator(".viewer.bright")).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(re.compile(r"-l\?"))
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(r"-r\?"))
    page.locator("[data-keys]").click()
    page.locator("h1").click()
    page.keyboard.press("l")
    expect(page.locator(".viewer.bright")).to_have_count(0)


def test_the_wheel_looks_closer_and_fetches_the_whole_image(page: Page, watch: Watch) -> None:
    _search(page, "Lefebvre Jean Baptiste")
    page.get_by_role("link", name="Voir la page").first.click()
    page.wait_for_load_state("networkidle")
    page.locator("[data-window]").hover()
    for _ in range(3):
        page.mouse.wheel(0, -200)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-sheet] image")).to_have_count(2)
    assert any("/image/page/" in url for url, _ in watch.requests)


def test_registers_are_leafed_through_without_a_search(page: Page, watch: Watch) -> None:
    page.goto("/")
    page.get_by_role("link", name="Ou feuilletez les registres.").click()
    page.fill("#lieu", "valbrune")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("tbody a").click()
    expect(page.locator(".reading-state")).to_contain_text("1 ligne à vérifier")
    page.get_by_role("link", name="L", exact=True).click()
    expect(page.locator("h1")).to_contain_text("vue 12")
    page.get_by_role("link", name="Page précédente").or_(
        page.get_by_role("link", name="Page suivante")
    ).click()
    expect(page.locator(".readings li").first).to_be_visible()


def test_unread_pages_are_shown_as_images_and_say_so(page: Page, watch: Watch) -> None:
    page.goto("/registres")
    page.get_by_role("link", name=re.compile("Paris 3e")).click()
    expect(page.locator(".leaves")).to_contain_text("page manuscrite, non lue automatiquement")
    page.locator(".leaves a").first.click()
    page.wait_for_load_state("networkidle")
    expect(page.locator("main")).to_contain_text("l’image fait foi")
    loaded = """async image => {
        const copy = new Image();
        copy.src = image.getAttribute("href");
        await copy.decode();
        return copy.width;
    }"""
    assert page.locator("[data-sheet] image").evaluate(loaded) == 1000


def test_nothing_found_says_where_the_name_would_stand(page: Page, watch: Watch) -> None:
    _search(page, "Legendreski")
    place = page.locator(".standings li", has_text="Valbrune")
    expect(place).to_contain_text("LEFEBVRE Paul, ligne 2")
    expect(place).to_contain_text("LEGRAND Victor, ligne 3")
    expect(place).to_contain_text("1 ligne à vérifier")
    expect(page.locator(".caveat")).to_contain_text("une absence n’y prouve rien")
    expect(page.locator("tbody tr", has_text="Paris 3e")).to_contain_text("non lu")
    assert page.locator("section[aria-labelledby=tries] li").count() == 3
    place.get_by_role("link", name="LEGRAND Victor, ligne 3").click()
    expect(page.locator(".rows li.lit")).to_contain_text("LEGRAND")


def test_without_javascript_everything_is_reached(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.fill("#text", "Lefaivre Paul")
    page.get_by_role("button", name="Rechercher").first.click()
    expect(page.locator(".results > li").first).to_contain_text("LEFEBVRE Paul")
    page.get_by_role("link", name="Voir la page").first.click()
    expect(page.locator(".rows li.lit")).to_contain_text("LEFEBVRE Paul")
    expect(page.get_by_role("button", name="Agrandir")).to_have_count(0)
    page.get_by_role("link", name="Page précédente").click()
    expect(page.locator(".rows li").first).to_contain_text("AUBERT")
    page.get_by_role("link", name="Toutes les pages").click()
    expect(page.locator(".leaves li")).to_have_count(2)
    context.close()


def test_the_language_is_switched_and_remembered(page: Page, watch: Watch) -> None:
    _search(page, "Lefebvre Jean Baptiste")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".person").first).to_contain_text("4 December 1883")
    page.goto("/registres")
    expect(page.locator("h1")).to_have_text("Registers")
    page.get_by_role("link", name="Français").click()
    expect(page.locator("h1")).to_have_text("Registres")


def test_a_phone_never_scrolls_the_page_sideways(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844})
    page = context.new_page()
    addresses = ["/", "/registres", "/registre/valbrune/naissances"]
    for asked in ("Lefebvre", "Legendreski"):
        _search(page, asked)
        addresses.append(page.url)
        if asked == "Lefebvre":
            expect(page.locator(".facets")).not_to_have_attribute("open", "")
            strip = page.locator("a.strip").first
            assert strip.evaluate("s => s.scrollWidth > s.clientWidth && s.scrollLeft === 0")
            addresses.append(page.get_by_role("link", name="Voir la page").first.get_attribute("href") or "")
    for address_ in addresses:
        page.goto(address_)
        assert page.evaluate(_WIDTH) <= 390, address_
    context.close()


def test_strips_fit_their_column_and_nothing_jumps(page: Page, watch: Watch) -> None:
    page.route("**/image/bande*", lambda route: None)  # strips that never come
    page.goto("/")
    page.fill("[data-search]", "Lefebvre")
    page.press("[data-search]", "Enter")
    page.wait_for_selector(".results")
    before = page.locator("a.strip img").first.bounding_box()
    heights = page.locator(".strip img").evaluate_all("all => all.map(i => i.getBoundingClientRect().height)")
    page.unroute("**/image/bande*")
    page.reload()
    page.wait_for_load_state("networkidle")
    after = page.locator("a.strip img").first.bounding_box()
    assert before and after
    assert abs(before["height"] - after["height"]) < 1.5 and abs(before["width"] - after["width"]) < 1.5
    assert all(height <= 56 for height in heights)
    assert page.locator(".strip").evaluate_all("all => all.every(s => s.scrollWidth <= s.clientWidth + 1)")


def test_back_shows_the_answer_again(page: Page, watch: Watch) -> None:
    _search(page, "Lefebvre")
    answer = page.url
    page.get_by_role("link", name="Voir la page").first.click()
    page.go_back()
    assert page.url == answer
    expect(page.locator(".results > li").first).to_contain_text("LEFEBVRE")


@pytest.fixture
def samples_context(browser: Browser, digitized: tuple[Path, str]) -> Iterator[BrowserContext]:
    with open_desk(Settings(store=StoreSettings(workspace=str(digitized[0])))) as desk:
        for address in served(desk):
            context = browser.new_context(base_url=address)
            yield context
            context.close()


@pytest.mark.slow
def test_the_digitized_samples_are_found_misspelt(
    samples_context: BrowserContext, samples_folder: Path
) -> None:
    with (samples_folder / "registers" / "gold.csv").open(encoding="utf-8") as file:
        names = Counter(row["surname"] for row in csv.DictReader(file) if row["surname"].isalpha())
    surname = next(name for name, _ in names.most_common() if len(name) >= 7)
    page = samples_context.new_page()
    _search(page, surname[:4] + surname[5:])
    expect(page.locator(".results > li strong").first).to_have_text(surname.upper())
    assert page.locator("a.strip img").first.evaluate("image => image.naturalWidth") > 200
