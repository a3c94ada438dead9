"""Questionnaires on paper: large, each person's pages for themselves, with room for every answer that may be given."""

import io
from datetime import date

import pypdf
import pytest

from bot.librarian.papers import Named, read_token, token
from bot.printing.questionnaire import Paper, Papers, as_pdf, said
from bot.texts import languages
from bot.texts import paper as texts
from reports.slovenian import NO_BREAK
from surveys.conditions import AllOf, AnyOf, Compare, Not
from surveys.load import load, shipped
from surveys.model import CHOSEN, Choice, Item, NonAnswer, Questionnaire

DAY = date(2026, 3, 2)
PROGRAMMES = load([shipped()]).programmes
WAVES = [(programme.slug, wave.id) for programme in PROGRAMMES.values() for wave in programme.waves]


def printed(slug, wave, people=1):
    programme = PROGRAMMES[slug]
    questionnaire = programme.questionnaire(programme.wave(wave))
    words = languages.words("sl").NON_ANSWERS
    codes = [f"{programme.code}-7F3K{number}" for number in range(2, 2 + people)]
    sheets = tuple(Paper(code, f"https://t.me/b?start={token(code, 17, wave)}", questionnaire, words) for code in codes)
    pdf = as_pdf(Papers(programme.library, programme.group, sheets, DAY))
    pages = [page.extract_text().replace(NO_BREAK, " ") for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    return questionnaire, [" ".join(page.split()) for page in pages], pdf


@pytest.mark.parametrize(("slug", "wave"), WAVES)
def test_every_question_option_and_way_of_not_answering_stands_on_the_sheets(slug, wave):
    questionnaire, pages, _ = printed(slug, wave)
    whole = " ".join(pages)
    wanted = [questionnaire.title, PROGRAMMES[slug].library, PROGRAMMES[slug].group, texts.HOW, texts.DAY]
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


NON_ANSWER = languages.words("sl").NON_ANSWERS[NonAnswer.DONT_KNOW]


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
    assert "Odgovorite samo, če odgovor na vprašanje 3 ni 0. 4." in " ".join(pages)


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
        (Compare(item="a", is_="ge", value=2), "je pri vprašanju 1 odgovor »o2« ali »o3«"),
        (Not(not_=Compare(item="a", is_="in", value=(1, 2))), "je pri vprašanju 1 odgovor »o3«"),
        (Compare(item="m", is_="has", value=1), "je pri vprašanju 2 odgovor »o1«"),
        (Not(not_=Compare(item="m", is_="has", value=1)), "pri vprašanju 2 ni odgovora »o1«"),
        (Compare(item="n", is_="gt", value=3), "je odgovor na vprašanje 3 več kot 3"),
        (Not(not_=Compare(item="n", is_="answered")), "ni odgovora na vprašanje 3"),
        (
            Not(not_=AnyOf(any=(Compare(item="n", is_="eq", value=1), Compare(item="n", is_="in", value=(4, 5))))),
            "ne velja, da je odgovor na vprašanje 3 enak 1 ali je odgovor na vprašanje 3 4 ali 5",
        ),
        (
            AllOf(all=(Compare(item="a", is_="answered"), Compare(item="n", is_="lt", value=4))),
            "je odgovor na vprašanje 1 in je odgovor na vprašanje 3 manj kot 4",
        ),
    ],
)
def test_every_rule_can_be_said_in_words(rule, words):
    assert said(rule, ASKED, {"a": 1, "m": 2, "n": 3}) == words


def test_a_sheet_names_its_code_and_wave_and_no_other_link_is_taken_for_one():
    assert read_token(token("KAM-7F3K2", 999999999, "f" * 32)) == Named("KAM-7F3K2", 999999999, "f" * 32)
    assert len(token("KAM-7F3K2", 999999999, "f" * 32)) <= 64
    assert [read_token(words) for words in ("", "p_abc", "p_KAM-7F3K2_1", "x_KAM-7F3K2_1_before")] == [None] * 4
