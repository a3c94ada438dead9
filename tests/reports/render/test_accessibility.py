"""The page of every report for everybody: axe-core's rules, light and dark, phone and desk, and on paper."""

import re

import pytest
import pytest_asyncio
from plugins.browsers import BY_COLOURS, violations
from plugins.every_report import KINDS
from plugins.typefaces import NARROW, WIDE

from reports.render.html import as_html

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

WHITE = "rgb(255, 255, 255)"
PAPER = 673  # CSS pixels: A4 without its margins of 16 mm
WIDER = """(room) => [...document.querySelectorAll("main *")]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().width > 0 && !e.closest("svg, .unseen"))
  .filter((e) => e.getBoundingClientRect().right > room + 0.5 || e.getBoundingClientRect().left < -0.5)
  .map((e) => e.outerHTML.slice(0, 120))"""
CUT = """() => [...document.querySelectorAll("svg text")].filter((e) => {
    const [inner, outer] = [e.getBoundingClientRect(), e.closest("svg").getBoundingClientRect()]
    return inner.left < outer.left - 2 || inner.right > outer.right + 2 || inner.bottom > outer.bottom + 2
  }).map((e) => e.textContent)"""
WIDTHS = """() => [...document.querySelectorAll("svg text")].map((e) =>
  [e.textContent, e.getComputedTextLength(), +e.getAttribute("textLength")])"""
OVER_EACH_OTHER = """() => [...document.querySelectorAll("svg")].flatMap((svg) => {
    const told = [...svg.querySelectorAll("text")]
      .map((e) => [e.textContent, +e.getAttribute("y"), e.getBoundingClientRect()])
    return told.flatMap(([one, y, a], place) => told.slice(place + 1)
      .filter(([, other, b]) => Math.abs(y - other) < 14 && a.left < b.right - 1 && b.left < a.right - 1)
      .map(([two]) => [one, two]))
  })"""
COLOURS = """() => [...document.querySelectorAll("svg text, main :is(p, h1, h2, h3, dt, dd, small, th, td, footer)")]
  .filter((e) => e.textContent.trim() && !e.closest(".unseen")).map((e) => {
    const grounds = (e) => {
      const own = getComputedStyle(e).backgroundColor
      return own === "rgba(0, 0, 0, 0)" && e.parentElement ? grounds(e.parentElement) : own
    }
    const under = (e) => {
      const box = e.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2
      const shapes = [...e.closest("svg").querySelectorAll("rect, path, polygon, circle")].filter((s) => {
        const b = s.getBoundingClientRect()
        return s.compareDocumentPosition(e) & 4 && b.left <= x && x <= b.right && b.top <= y && y <= b.bottom
      }).filter((s) => getComputedStyle(s).fill !== "none")
      return shapes.length ? getComputedStyle(shapes.at(-1)).fill : grounds(e.closest("svg"))
    }
    const style = getComputedStyle(e)
    return e.closest("svg") ? [e.textContent, style.fill, under(e)] : [e.textContent, style.color, grounds(e)]
  })"""


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser):
    """An empty page without any network."""
    context = await browser.new_context(offline=True)
    yield await context.new_page()
    await context.close()


def luminance(colour):
    """The relative luminance of WCAG 2.2 of `rgb(…)`."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [1, 500])
async def test_axe_core_finds_nothing_light_and_dark_on_a_phone_and_at_a_desk(axe, page, every_report, kind, size):
    await page.set_content(as_html(every_report(kind, size)))
    found = []
    for width in (320, 1280):
        await page.set_viewport_size({"width": width, "height": 800})
        for scheme, rules in (("light", ()), ("dark", BY_COLOURS)):  # the style sheet changes colours alone
            await page.emulate_media(color_scheme=scheme)
            found += await violations(page, axe, rules)

    assert found == []


@pytest.mark.parametrize("kind", KINDS)
async def test_every_word_also_of_the_drawings_stands_out_from_its_ground(page, every_report, kind):
    await page.set_content(as_html(every_report(kind, 500)))
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        told = await page.evaluate(COLOURS)

        assert len(told) > 10
        assert [one for one in told if contrast(*one[1:]) < 4.5] == []


async def nothing_is_cut(page, report):
    """Neither on a phone nor at a desk."""
    await page.set_content(as_html(report))
    for width in (320, 360, 1280):
        await page.set_viewport_size({"width": width, "height": 800})

        assert await page.evaluate("document.documentElement.scrollWidth") == width
        assert await page.evaluate(CUT) == []
        assert await page.evaluate(OVER_EACH_OTHER) == []


@pytest.mark.parametrize("kind", KINDS)
async def test_nothing_is_wider_than_the_screen_and_no_word_of_a_drawing_is_cut(page, every_report, kind):
    await nothing_is_cut(page, every_report(kind, 500))


@pytest.mark.parametrize("kind", KINDS)
async def test_drawings_hold_with_whatever_font_the_reader_has(other_browser, every_report, kind):
    page = await other_browser.new_page()
    await nothing_is_cut(page, every_report(kind, 500))
    shown = await page.evaluate(WIDTHS)

    assert [one for one in shown if abs(one[1] - one[2]) > 1] == []
    await page.close()


async def test_the_fonts_of_the_tests_are_as_wide_as_they_say(browser, other_browser):
    widths = []
    for one in (browser, other_browser):
        page = await one.new_page()
        await page.set_content("<span style='font-size: 200px'>interval</span>")
        widths.append(await page.evaluate("document.querySelector('span').getBoundingClientRect().width"))
        await page.close()

    assert widths[1] / widths[0] in (pytest.approx(WIDE, rel=0.01), pytest.approx(NARROW, rel=0.01))


@pytest.mark.parametrize("kind", KINDS)
async def test_on_paper_nothing_is_cut_and_everything_is_dark_on_white(page, every_report, kind):
    await page.set_viewport_size({"width": PAPER, "height": 1000})
    await page.emulate_media(media="print", color_scheme="dark")
    await page.set_content(as_html(every_report(kind, 500)))
    told = await page.evaluate(COLOURS)

    assert await page.evaluate(WIDER, PAPER) == []
    assert await page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor") == WHITE
    assert [one for one in told if contrast(*one[1:]) < 4.5] == []


WATCH = """window.refused = []
  document.addEventListener("securitypolicyviolation", (e) => window.refused.push(e.effectiveDirective))"""
SHOWN = """() => [
    getComputedStyle(document.querySelector("header")).backgroundColor,
    [...document.images].every((one) => one.naturalWidth > 0),
    [...document.querySelectorAll(".bar")].every((one) => getComputedStyle(one).getPropertyValue("--share")),
  ]"""
ATTACK = (
    '<script>document.title = "taken"</script><p onclick="x()"></p><img src="x" onerror="document.title = \'taken\'">'
    '<img src="https://example.org/x.png"><style>p { background: url(https://example.org/y.png) }</style>'
    '<iframe src="https://example.org/"></iframe><base href="https://example.org/">'
)


@pytest.mark.parametrize("kind", KINDS)
async def test_the_policy_of_a_page_blocks_nothing_that_it_needs(page, tmp_path, every_report, kind):
    file = tmp_path / "report.html"
    file.write_text(as_html(every_report(kind, 500)), encoding="utf-8")
    await page.add_init_script(WATCH)
    await page.goto(file.as_uri())

    assert await page.evaluate("window.refused") == []
    assert await page.evaluate(SHOWN) == ["rgb(15, 76, 117)", True, True]


async def test_what_gets_out_of_its_place_on_a_page_can_do_nothing_and_fetch_nothing(page, tmp_path, every_report):
    file = tmp_path / "report.html"
    own = as_html(every_report("weekly", 500))
    file.write_text(own.replace("</main>", f"{ATTACK}</main>"), encoding="utf-8")
    await page.add_init_script(WATCH)
    await page.goto(file.as_uri())

    assert set(await page.evaluate("window.refused")) == {
        "script-src-elem", "script-src-attr", "img-src", "frame-src", "base-uri",
    }  # fmt: skip
    assert await page.title() in own
