"""The page of one's own data in a browser: nothing is cut on a narrow phone, and axe-core has nothing against it."""

import pytest
from plugins.browsers import new_context, violations

from bot.participant.printable_page import Chapter, Part, PrintablePage, PrintableSection, as_html

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

LONG = "Nočemdasekdajkjeprelomi" * 6
PAGE = PrintablePage(
    "sl",
    "Vaši podatki",
    ("Pripravljeno 2. 3. 2026 ob 10.00.", "Tukaj je vse, kar hranimo o vas."),
    (
        Chapter(
            "Delavnice v knjižnici",
            Part((("Šifra", "BRE-7F3K2"), ("Skupina", LONG))),
            (
                PrintableSection(
                    "Odgovori", (Part((("1. Kako vam gre?", "a < b & »c«\n" + LONG),), "Vprašalnik", "Opomba"),)
                ),
            ),
        ),
    ),
)


@pytest.mark.parametrize("width", [320, 360])
async def test_the_page_is_readable_on_narrow_phones(browser, axe, width):
    context = await new_context(browser, viewport={"width": width, "height": 740})
    shown = await context.new_page()
    await shown.set_content(as_html(PAGE))
    assert await shown.evaluate("document.documentElement.scrollWidth") == width
    assert await shown.locator("dd").nth(2).inner_text() == "a < b & »c«\n" + LONG
    assert await violations(shown, axe) == []
    await context.close()


async def test_the_policy_of_the_page_lets_its_style_through_and_no_script(browser, tmp_path):
    file = tmp_path / "data.html"
    attack = "<script>document.title = 'taken'</script>"
    file.write_text(as_html(PAGE).replace("</main>", f"{attack}</main>"), encoding="utf-8")
    context = await new_context(browser)
    shown = await context.new_page()
    await shown.goto(file.as_uri())
    assert await shown.title() == PAGE.title
    assert await shown.evaluate("getComputedStyle(document.querySelector('dd')).fontWeight") == "600"
    await context.close()
