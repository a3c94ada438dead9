"""Questionnaires on paper: large, each person's pages for themselves, with room for every answer that may be given."""

import io
from datetime import date

import pypdf
import pypdfium2
import pytest

from bot.staff.paper_forms import NamedSheet, read_token, token
from bot.texts import languages
from bot.texts import paper as texts
from bot.worker.printing.branches import said
from bot.worker.printing.questionnaire import Paper, Papers, _choices, as_pdf
from surveys.conditions import AllOf, AnyOf, Compare, Not
from surveys.effort import minutes
from surveys.languages import NAMES, localised
from surveys.load import load, shipped
from surveys.locale_sl import NO_BREAK
from surveys.model import CHOSEN, Choice, Item, NonAnswer, Questionnaire
from surveys.options import named

DAY = date(2026, 3, 2)
PROGRAMMES = load([shipped()]).programmes
WAVES = [(programme.slug, wave.id) for programme in PROGRAMMES.values() for wave in programme.waves]


def printed(slug, wave, people=1):
    programme = PROGRAMMES[slug]
    questionnaire = programme.questionnaire(programme.wave(wave))
    words = languages.words("sl")
    takes = words.takes(minutes(questionnaire))
    codes = [f"{programme.code}-7F3K{number}" for number in range(2, 2 + people)]
    sheets = tuple(
        Paper(code, f"https://t.me/b?start={token(code, 17, wave)}", questionnaire, words.NON_ANSWERS, takes)
        for code in codes
    )
    pdf = as_pdf(Papers(programme.library, programme.group, sheets, DAY))
    pages = [page.extract_text().replace(NO_BREAK, " ") for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    return questionnaire, [" ".join(page.split()) for page in pages], pdf


@pytest.mark.parametrize(("slug", "wave"), WAVES)
def test_every_question_option_and_way_of_not_answering_stands_on_the_sheets(slug, wave):
    questionnaire, pages, _ = printed(slug, wave)
    whole = " ".join(pages)
    wanted = [questionnaire.title, PROGRAMMES[slug].library, PROGRAMMES[slug].group, texts.DAY]
    wanted.append(languages.words("sl").takes(minutes(questionnaire)))
    for item in questionnaire.items:
        wanted += [item.text, item.hint, *(choice.label for choice in item.choices if item.kind in CHOSEN)]
    assert [words for words in wanted if " ".join(words.split()) not in whole] == []
    assert PROGRAMMES[slug].name not in whole
    assert whole.count(NON_ANSWER) == sum(item.asks and item.dont_know for item in questionnaire.items)
    code = f"{PROGRAMMES[slug].code}-7F3K2"
    assert [page.endswith(f"{code} · {number} od {len(pages)}") for number, page in enumerate(pages, 1)] == [
        True for _ in pages
    ]
    assert 2 <= len(pages) <= 3


@pytest.mark.parametrize("language", NAMES)
def test_sheets_are_printed_in_every_language(language):
    programme = PROGRAMMES["brezice-racunalnik"]
    asked = localised(programme.questionnaire(programme.waves[0]), language).questionnaire
    non_answers = languages.words(language).NON_ANSWERS
    sheet = Paper("BRE-7F3K2", "https://t.me/b?start=x", asked, non_answers, "", language)
    made = pypdf.PdfReader(io.BytesIO(as_pdf(Papers(programme.library, programme.group, (sheet,), DAY))))
    assert asked.items[0].text.split()[0] in made.pages[0].extract_text()


NON_ANSWER = languages.words("sl").NON_ANSWERS[NonAnswer.DONT_KNOW]


def test_beside_each_option_stands_the_number_under_which_it_is_typed():
    questionnaire, pages, _ = printed("kamnik-slovenscina", "before")
    first = questionnaire.items[0]
    assert named(first.choices)[1] == "2 · zelo težko"
    listed = " ".join(f"{number} {choice.label}" for number, choice in zip("12345", first.choices, strict=True))
    assert listed in " ".join(pages)
    ages = Item(
        id="x", kind="choice", text="?", choices=(Choice(code=1, label="0–2 knjigi"), Choice(code=2, label="3 ali več"))
    )
    assert [one["number"] for one in _choices(ages)] == ["", ""]


def test_one_cross_is_asked_for_where_one_is_meant():
    assert (
        texts.how(several=False, words=False)
        == "Pri vsakem vprašanju naredite križec v enem kvadratku. Imena ne pišite."
    )
    wanted = {
        ("brezice-racunalnik", "before"): texts.how(several=True, words=True),
        ("kamnik-slovenscina", "before"): texts.how(several=False, words=True),
    }
    for (slug, wave), words in wanted.items():
        assert f"{words} Izpolnjene liste" in " ".join(printed(slug, wave)[1])


@pytest.mark.parametrize(("slug", "wave"), WAVES)
def test_no_last_page_is_almost_empty(slug, wave):
    _, _, pdf = printed(slug, wave)
    last, page = rows(pdf), len(pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert page == 1 or last > 0.45


def rows(pdf):
    """How far down the last page something stands, without its footer."""
    document = pypdfium2.PdfDocument(pdf)
    bitmap = document[len(document) - 1].render(scale=1, grayscale=True)
    lines = [
        bytes(bitmap.buffer)[start : start + bitmap.stride]
        for start in range(0, bitmap.height * bitmap.stride, bitmap.stride)
    ]
    body = lines[: int(bitmap.height * 0.93)]
    return max(place for place, line in enumerate(body) if min(line[: bitmap.width]) < 128) / bitmap.height


def test_each_person_begins_on_a_page_of_their_own():
    _, one, _ = printed("kamnik-slovenscina", "before")
    _, two, pdf = printed("kamnik-slovenscina", "before", people=2)
    assert len(two) == 2 * len(one)
    assert [page.rpartition("KAM-")[2] for page in two] == [
        f"7F3K{person} · {number} od {len(one)}" for person in (2, 3) for number in range(1, len(one) + 1)
    ]
    assert b"<pdfuaid:part>1<" in pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/Metadata"].get_object().get_data()


def test_a_condition_stands_before_its_question_in_words():
    _, pages, _ = printed("brezice-racunalnik", "before")
    assert "Če ste pri 3. vprašanju napisali 0, to vprašanje preskočite. 4." in " ".join(pages)


def scale(name):
    return Item(id=name, kind="scale", text="?", choices=tuple(Choice(code=n, label=f"o{n}") for n in (1, 2, 3)))


ASKED = Questionnaire(id="q", title="V", items=(
    scale("a"),
    Item(id="m", kind="multiple", text="?", choices=scale("a").choices),
    Item(id="n", kind="number", text="?"),
))  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Compare(item="a", is_="ge", value=2), "Odgovorite samo, če ste pri 1. vprašanju izbrali »o2« ali »o3«."),
        (
            Not(not_=Compare(item="a", is_="in", value=(1, 2))),
            "Če ste pri 1. vprašanju izbrali »o1« ali »o2«, to vprašanje preskočite.",
        ),
        (Compare(item="a", is_="ne", value=1), "Če ste pri 1. vprašanju izbrali »o1«, to vprašanje preskočite."),
        (Compare(item="m", is_="has", value=1), "Odgovorite samo, če ste pri 2. vprašanju izbrali »o1«."),
        (
            Not(not_=Compare(item="m", is_="has", value=1)),
            "Če ste pri 2. vprašanju izbrali »o1«, to vprašanje preskočite.",
        ),
        (Compare(item="n", is_="gt", value=3), "Odgovorite samo, če ste pri 3. vprašanju napisali več kot 3."),
        (Compare(item="n", is_="ne", value=0), "Če ste pri 3. vprašanju napisali 0, to vprašanje preskočite."),
        (
            Not(not_=Compare(item="n", is_="answered")),
            "Če ste odgovorili na 3. vprašanje, to vprašanje preskočite.",
        ),
        (
            Not(not_=AnyOf(any=(Compare(item="n", is_="eq", value=1), Compare(item="n", is_="in", value=(4, 5))))),
            "Če ste pri 3. vprašanju napisali 1 ali ste pri 3. vprašanju napisali 4 ali 5, to vprašanje preskočite.",
        ),
        (
            AllOf(all=(Compare(item="a", is_="answered"), Compare(item="n", is_="lt", value=4))),
            "Odgovorite samo, če ste odgovorili na 1. vprašanje in ste pri 3. vprašanju napisali manj kot 4.",
        ),
        (
            AllOf(all=(Compare(item="n", is_="ne", value=0), Compare(item="m", is_="has", value=2))),
            "Odgovorite samo, če niste pri 3. vprašanju napisali 0 in ste pri 2. vprašanju izbrali »o2«.",
        ),
        (
            AllOf(all=(Compare(item="n", is_="ne", value=0), Not(not_=Compare(item="m", is_="has", value=2)))),
            "Če ste pri 3. vprašanju napisali 0 ali ste pri 2. vprašanju izbrali »o2«, to vprašanje preskočite.",
        ),
    ],
)
def test_every_rule_can_be_said_in_words(rule, words):
    assert said(rule, ASKED, {"a": 1, "m": 2, "n": 3}) == words


def test_a_sheet_names_its_code_and_wave_and_no_other_link_is_taken_for_one():
    assert read_token(token("KAM-7F3K2", 999999999, "f" * 32)) == NamedSheet("KAM-7F3K2", 999999999, "f" * 32)
    assert len(token("KAM-7F3K2", 999999999, "f" * 32)) <= 64
    assert [read_token(words) for words in ("", "p_abc", "p_KAM-7F3K2_1", "x_KAM-7F3K2_1_before")] == [None] * 4
