"""One page for the mayor: three sentences that are read without statistics, and nothing of fewer than k people."""

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from plugins.images import png
from plugins.respondents import DAY, open_text
from pypdf import PdfReader

from reports.charts import plots
from reports.disclosure.presence import Presence
from reports.disclosure.publishing import publish
from reports.disclosure.suppression import Cells
from reports.disclosure.tenths import OfTen
from reports.kinds.mayor import mayor
from reports.render.html import as_html
from reports.render.json import as_json
from reports.render.pdf import as_pdf
from reports.render.png import as_png
from reports.render.raster import size
from reports.render.slide import as_slide
from reports.report import Paragraph, Quote, ReportPicture, Table
from reports.sections.library_page import LibraryPage, Spent
from reports.sections.press import source_of_change
from reports.texts import mayor as words
from reports.texts.tenths import ICONS
from storage.schema import OccasionState
from surveys.locale_sl import NO_BREAK

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
SLOVENE, COMPUTER = "kamnik-slovenscina", "brezice-racunalnik"
CELLS = Cells(5, 10)
HERE = "V program »Učenje slovenskega jezika za tujce«"
BETTER = "jim gre pogovor v slovenščini bolje kot na začetku"
QUESTION = "»Kako vam gre, ko se pogovarjate v slovenščini?«"
TWICE = "ki so odgovorili na začetku in ob koncu"
MANY = [(1, 3)] * 14 + [(2, 4)] * 14 + [(3, 3)] * 12  # 28 of 40 are higher
LOGO = ReportPicture("logo", png(300, 120), "Logotip knjižnice")
JARGON = re.compile(r"interval|statisti|standard|signifikan|napovedn|RR2|\bval\b|Holm|učinek", re.IGNORECASE)


@pytest.fixture
def make(memory, programmes):
    """Makes the page on these programmes, as if they were of one library."""

    def made(*slugs, now=NOW, **options):
        return mayor(memory, [programmes[slug] for slug in slugs or (SLOVENE,)], now, CELLS, open_text, **options)

    return made


def sentences(report, section="summary"):
    return [
        block.text.replace("\N{NO-BREAK SPACE}", " ")
        for one in report.sections
        if one.id == section
        for block in one.blocks
        if isinstance(block, Paragraph)
    ]


def outcomes(group, people, at="after", **values):
    """One more answer of each of these people."""
    for one in people:
        group.answers(one, at, **values)


def asked_once(group, yes, no, item, wave):
    """People who answer one question of one wave: so many with the best answer, so many with the lowest."""
    for count, value in ((yes, 3), (no, 1)):
        outcomes(group, [group.enrols() for _ in range(count)], at=wave, **{item: value})


def test_the_first_sentence_says_who_came_and_how_many(new_group, make):
    group = new_group()
    group.changes(MANY)
    group.enrols()

    assert sentences(make())[0] == (
        "V program »Učenje slovenskega jezika za tujce« se je doslej vpisalo 41 ljudi. Ob koncu je odgovorilo 40 ljudi."
    )


def later_group(new_group, people, opens=NOW + 5 * DAY):
    """People whose group still meets; the last day, and what is asked months later, are ahead."""
    group = new_group(start=NOW.date() - 20 * DAY)
    for _ in range(people):
        one = group.enrols()
        group.answers(one, "before", primary=2)
        group.asks(one, "after", OccasionState.PLANNED, opens)
        group.asks(one, "followup", OccasionState.PLANNED, opens + 90 * DAY)
    return group


def test_whose_group_still_meets_is_no_dropout(new_group, make):
    group = new_group()
    group.changes(MANY[:33])
    for _ in range(6):
        group.asks(group.enrols(), "after")
    later_group(new_group, 31)
    report = make()

    assert sentences(report)[0] == (
        "V program »Učenje slovenskega jezika za tujce« se je doslej vpisalo 70 ljudi. "
        "V skupinah, ki še trajajo, jih je 31, v končanih 39; od teh jih je ob koncu odgovorilo 33."
    )
    assert {id_: report.figures[id_].value for id_ in ("enrolled", "ongoing", "ended", "answered")} == {
        "enrolled": 70,
        "ongoing": 31,
        "ended": 39,
        "answered": 33,
    }


def test_who_may_still_answer_is_told_apart(new_group, make):
    group = new_group()
    group.changes(MANY[:20])
    for _ in range(12):
        group.asks(group.enrols(), "after", OccasionState.OPEN, NOW - DAY)

    assert sentences(make())[0].endswith("Ob koncu je odgovorilo 20 ljudi, 12 jih lahko še odgovori.")


@pytest.mark.parametrize(("going", "done"), [(4, 30), (30, 4)])
def test_a_few_people_on_one_side_are_told_on_neither(new_group, make, going, done):
    new_group().changes(MANY[:done])
    later_group(new_group, going)
    report = make()

    assert sentences(report)[0].startswith(
        "V program »Učenje slovenskega jezika za tujce« se je doslej vpisalo 34 ljudi. Nekatere skupine še trajajo; "
    )
    assert not {"ongoing", "ended"} & set(report.figures)


def test_while_every_group_meets_there_are_no_answers_and_it_says_when_there_will_be(new_group, make):
    later_group(new_group, 12)

    assert sentences(make()) == [
        f"{HERE} se je doslej vpisalo 12 ljudi. Vse skupine še trajajo, zato odgovorov ob koncu še ni.",
        words.too_few_pairs(10),
        "Kaj ostane, povedo šele odgovori 90 dni po koncu; znani bodo po 8. 4. 2027, če jih bo dovolj.",
    ]


def test_somebody_of_two_groups_counts_once_and_as_ended(new_group, make):
    people = new_group().changes(MANY[:20])
    going = later_group(new_group, 15)
    for one in people[:5]:
        going.asks(going.joins(one), "after", OccasionState.PLANNED, NOW + 5 * DAY)

    assert "35 ljudi. V skupinah, ki še trajajo, jih je 15, v končanih 20;" in sentences(make())[0]


def test_the_second_sentence_says_of_ten_people_how_many_and_whether_it_may_be_chance(new_group, make):
    new_group().changes(MANY)

    assert sentences(make())[1] == (
        f"Od 40 ljudi, {TWICE}, 7 od 10 jih pravi, da {BETTER}; sprememba na bolje verjetno ni naključna."
    )


def test_the_third_sentence_prefers_use_months_later_to_the_wish_at_the_end(new_group, make):
    group = new_group()
    asked_once(group, 30, 10, "outcome_apply", "after")
    asked_once(group, 24, 16, "used", "followup")

    assert sentences(make())[2] == (
        "90 dni po koncu je na vprašanje »Ali ste v zadnjem mesecu uporabili, kar ste se naučili?« "
        "odgovorilo 40 ljudi; 6 od 10 jih odgovarja »da«."
    )


def test_without_a_follow_up_it_tells_the_wish_to_use_what_was_learned(new_group, make):
    group = new_group()
    asked_once(group, 30, 10, "outcome_library", "after")
    asked_once(group, 28, 12, "outcome_apply", "after")

    assert sentences(make())[2] == (
        "Ob koncu je na vprašanje »Ali nameravate novo znanje uporabljati?« odgovorilo 40 ljudi od 80; "
        "7 od 10 jih odgovarja »da«. "
        f"{words.UNKNOWN_LATER}"
    )


def test_answers_months_later_that_may_not_be_shown_are_not_called_too_few(new_group, make):
    """What was meant at the end does not stand in for them: 14 and 8 are one group under k of 10."""
    group = new_group()
    asked_once(group, 28, 12, "outcome_apply", "after")
    asked_once(group, 14, 8, "used", "followup")

    assert sentences(make())[2].endswith(
        " 7 od 10 jih odgovarja »da«. Kaj ostane, povedo šele odgovori 90 dni po koncu; "
        "odgovori so, a jih zaradi varstva oseb ne objavljamo."
    )


def test_answers_of_few_are_joined_in_the_sentence(new_group, make):
    group = new_group()
    asked_once(group, 24, 12, "outcome_apply", "after")
    outcomes(group, [group.enrols() for _ in range(4)], outcome_apply=2)

    assert "6 od 10 jih odgovarja »da«." in sentences(make())[2]


def test_what_may_be_chance_and_what_goes_down_is_said(new_group, make):
    new_group(SLOVENE).changes([(2, 3)] * 15 + [(3, 2)] * 15 + [(3, 3)] * 10)
    new_group(COMPUTER).changes([(4, 3)] * 15 + [(3, 1)] * 15 + [(2, 3)] * 10)

    assert sentences(make(SLOVENE))[1].endswith("; sprememba je lahko tudi naključna.")
    assert sentences(make(COMPUTER))[1].endswith("; v povprečju so odgovori slabši, kar verjetno ni naključje.")


def test_several_programmes_are_counted_together_and_the_leading_one_is_named(new_group, make):
    new_group(SLOVENE).changes(MANY)
    computer = new_group(COMPUTER)
    computer.changes([(2, 3)] * 11 + [(3, 2)] * 11)
    asked_once(computer, 24, 16, "used", "followup")
    report = make(SLOVENE, COMPUTER)

    assert " ".join(sentences(report)) == (
        "V 2 programa knjižnice sta se doslej vpisala 102 človeka. "
        "Ob koncu je odgovorilo 62 ljudi. "
        f"V programu »Učenje slovenskega jezika za tujce« od 40 ljudi, {TWICE}, 7 od 10 jih pravi, da {BETTER}"
        "; sprememba na bolje verjetno ni naključna v 1 od 2 programov z dovolj odgovori. "
        "V programu »Migam z računalnikom« 90 dni po koncu je na vprašanje »Ali ste v zadnjem mesecu uporabili, "
        "kar ste se naučili?« odgovorilo 40 ljudi; 6 od 10 jih odgovarja »da«."
    )
    assert report.charts[0].title == f"{ICONS}: Učenje slovenskega jezika za tujce, pogovor v slovenščini"


def test_the_question_of_the_page_stays_whichever_programme_has_more_answers(new_group, make, memory):
    computer = new_group(COMPUTER)
    computer.changes(MANY[:9])
    new_group(SLOVENE).changes(MANY[10:])
    first = make(COMPUTER, SLOVENE)
    assert publish(memory, first, NOW, CELLS)
    computer.changes([(1, 3), (2, 4), (3, 3)] * 20)
    second = make(COMPUTER, SLOVENE, now=NOW + 7 * DAY)
    assert publish(memory, second, NOW + 7 * DAY, CELLS)
    third = make(COMPUTER, SLOVENE, now=NOW + 14 * DAY)

    assert [BETTER in sentences(one)[1] for one in (first, second, third)] == [True] * 3
    assert [one.charts[0].title for one in (second, third)] == [first.charts[0].title] * 2


def test_of_programmes_that_are_published_together_the_first_of_the_library_leads(new_group, make):
    new_group(COMPUTER).changes(MANY)
    new_group(SLOVENE).changes(MANY[10:])

    assert BETTER in sentences(make(SLOVENE, COMPUTER))[1]
    assert BETTER not in sentences(make(COMPUTER, SLOVENE))[1]


def test_ten_people_and_the_answers_of_the_same_people_are_drawn(new_group, make):
    new_group().changes([(before, after) for before in (1, 2, 3, 4) for after in (1, 2, 3, 4, 5)] * 6)
    report = make()

    assert [chart.id for chart in report.charts] == ["icons", "answers"]
    assert report.charts[0].svg.count('class="accent"') == 2 * 5 + 1  # head and body of each, and the legend


def test_where_answers_may_not_be_shown_both_means_are_drawn_without_an_interval(new_group, make):
    new_group().changes([(1, 2)] * 3 + [(2, 3)] * 4 + [(3, 3)] * 3 + [(4, 3)] * 4 + [(5, 5)] * 2)
    report = make()

    assert [chart.id for chart in report.charts][-1] == "means"
    assert JARGON.search(report.charts[-1].svg) is None


def test_where_nothing_may_be_shown_the_chart_says_who_was_there(new_group, make):
    group = new_group()
    group.changes(MANY[:4])
    for _ in range(12):
        one = group.enrols()
        group.answers(one, "before", primary=2)
        group.asks(one, "after", OccasionState.MISSED)
    report = make()

    assert [chart.title for chart in report.charts] == [words.PEOPLE_CHART]
    assert words.ANSWERED_BEFORE in report.charts[0].svg
    assert f">{words.ANSWERED}<" not in report.charts[0].svg
    assert sentences(report)[0].endswith(" Ob koncu je odgovorilo manj kot 10 ljudi.")


def test_nobody_is_a_page_of_three_sentences(new_group, make):
    new_group()
    report = make()

    assert sentences(report) == [
        "V program »Učenje slovenskega jezika za tujce« se še ni nihče vpisal.",
        words.too_few_pairs(10),
        words.UNKNOWN_LATER,
    ]
    assert report.charts == ()
    assert [section.id for section in report.sections] == ["summary", "about", "method"]


def test_a_few_people_are_not_counted_and_not_quoted(new_group, make):
    group = new_group()
    people = group.changes(MANY[:9])
    group.tells(people[0], "Berem sinu.", NOW - DAY, NOW - DAY)
    report = make()

    assert sentences(report)[0].endswith("se je doslej vpisalo manj kot 10 ljudi.")
    assert report.figures["enrolled"].note == "manj kot 10"
    assert [section.id for section in report.sections] == ["summary", "about", "method"]


def test_one_story_with_consent_is_quoted_from_the_programme_of_the_page(new_group, make):
    first, second = new_group(SLOVENE), new_group(COMPUTER)
    told = first.changes(MANY[:20])
    first.tells(told[0], "Berem sinu.", NOW - DAY, NOW - DAY)
    first.tells(told[1], "Prej.", NOW - 2 * DAY, NOW - 2 * DAY)
    first.tells(told[2], "Samo zase.", NOW - DAY, None)
    others = second.changes(MANY)
    second.tells(others[0], "Pišem vnukinji.", NOW - 3 * DAY, NOW - 3 * DAY)

    quotes = [
        block.text for one in make(SLOVENE, COMPUTER).sections for block in one.blocks if isinstance(block, Quote)
    ]
    assert quotes == ["Pišem vnukinji."]
    assert [block.text for one in make().sections for block in one.blocks if isinstance(block, Quote)] == [
        "Berem sinu."
    ]


def test_there_is_no_jargon(new_group, make):
    group = new_group()
    group.changes(MANY)
    asked_once(group, 24, 16, "used", "followup")
    report = make()
    told = [*sentences(report), *sentences(report, "method"), *(chart.svg for chart in report.charts)]

    assert [JARGON.search(one) for one in told] == [None] * len(told)


def test_the_numbers_of_the_sentences_stand_in_a_table_with_their_sources(new_group, make):
    group = new_group()
    group.changes(MANY)
    asked_once(group, 24, 16, "used", "followup")
    report = make()
    figures = {id_: (one.value, one.source and one.source.formula) for id_, one in report.figures.items()}

    assert figures == {
        "enrolled": (80, "persons"),
        "ongoing": (0, None),
        "ended": (80, "ended"),
        "answered": (40, "persons_answered"),
        "pairs": (40, "pairs"),
        "improved_share": (0.7, "improved_share"),
        "lasts.share": (0.6, "share"),
    }
    assert [block.detail for one in report.sections for block in one.blocks if isinstance(block, Table)] == [True]


def test_a_page_after_a_few_more_answers_repeats_and_says_so(new_group, make, memory):
    group = new_group()
    group.changes(MANY)
    first = make()
    assert publish(memory, first, NOW, CELLS)
    late = group.enrols()
    group.answers(late, "before", primary=1)
    group.answers(late, "after", finished=NOW + DAY, primary=5)
    again = make(now=NOW + 7 * DAY)

    assert again.figures["pairs"].value == 40
    assert sentences(again)[1] == sentences(first)[1]
    assert sentences(again, "method")[0].startswith(f"{words.CAVEAT} Raven dokazov po Nesti: ")
    assert sentences(again, "method")[0].endswith(" Nekatere številke so z dne 20. 12. 2026.")
    assert publish(memory, again, NOW + 7 * DAY, CELLS)


def blocks(report, section):
    return [block for one in report.sections if one.id == section for block in one.blocks]


def copied(report):
    return [(one.text.replace("\N{NO-BREAK SPACE}", " "), one.source.replace("\N{NO-BREAK SPACE}", " "))
            for one in blocks(report, "press")]  # fmt: skip


def test_what_a_programme_is_stands_in_the_definition_unless_the_library_says_it_otherwise(new_group, make, programmes):
    new_group()
    ours = make(given=LibraryPage(about={SLOVENE: "Pogovori ob torkih"}))

    assert sentences(make(), "about") == [programmes[SLOVENE].about]
    assert sentences(ours, "about") == ["Pogovori ob torkih."]
    assert sentences(make(SLOVENE, COMPUTER), "about") == [
        f"»{programmes[slug].name}«: {programmes[slug].about}" for slug in (SLOVENE, COMPUTER)
    ]


def test_every_programme_that_ships_says_in_one_sentence_what_it_is(programmes):
    assert [one.slug for one in programmes.values() if not re.fullmatch(r"[A-ZČŠŽ][^.!?]*\.", one.about)] == []


def test_where_when_and_whom_to_ask_are_sentences_of_what_was_given(new_group, make):
    new_group()
    given = LibraryPage(
        place="Trg 1, Kamnik", hours="ob torkih", contact="Ana Novak", phone="01 234", email="a@b.si", web="www.b.si"
    )

    assert sentences(make(given=given), "about")[1:] == [
        "Kje: Trg 1, Kamnik. Kdaj: ob torkih. Kontakt: Ana Novak, telefon 01 234, e-pošta a@b.si, splet www.b.si."
    ]
    assert sentences(make(given=LibraryPage(phone="01 234")), "about")[1:] == ["Kontakt: telefon 01 234."]


def test_costs_and_hours_are_told_for_each_participant_with_what_they_are_of(new_group, make):
    group = new_group()
    group.changes(MANY)
    for _ in range(30):
        group.enrols()
    report = make(given=LibraryPage(spent=(Spent(SLOVENE, 2026, 5880, 420), Spent(SLOVENE, 2025, 1, 1))))

    assert sentences(report)[3] == (
        "V program je knjižnica leta 2026 vložila približno 84 € in 6 ur dela na udeleženca "
        "(5880 € in 420 ur za 70 vpisanih v skupine, ki so se začele to leto; podatek knjižnice)."
    )
    shown = {one.id: (one.value, one.n) for one in report.figures.values() if one.id.startswith("spent")}
    assert shown == {f"spent.{SLOVENE}.2026.euros": (84.0, 70), f"spent.{SLOVENE}.2026.hours": (6.0, 70)}


@pytest.mark.parametrize(
    ("euros", "hours", "told"),
    [(800, None, "približno 20 € na udeleženca (800 € za 40"), (None, 40, "približno 1 uro dela na udeleženca (40 ur"),
     (None, 80, "2 uri dela na"), (None, 160, "4 ure dela na"), (None, 10, "0,3 ure dela na udeleženca (10 ur za"),
     (10, None, "0,3 € na udeleženca (10 €")],
)  # fmt: skip
def test_what_is_not_known_of_costs_is_left_out_and_hours_have_four_forms(new_group, make, euros, hours, told):
    new_group().changes(MANY)
    said = sentences(make(given=LibraryPage(spent=(Spent(SLOVENE, 2026, euros, hours),))))[3]

    assert told in said


def test_costs_for_fewer_than_ten_people_are_not_divided(new_group, make):
    new_group().changes(MANY[:9])
    report = make(given=LibraryPage(spent=(Spent(SLOVENE, 2026, 900, 90), Spent(COMPUTER, 2026, 900, 90))))

    assert len(sentences(report)) == 3
    assert [one for one in report.figures if one.startswith("spent")] == []


def test_sentences_for_the_press_carry_who_when_how_many_and_how(new_group, make):
    new_group().changes(MANY)
    report = make(SLOVENE, COMPUTER)

    change = (
        f"V programu »Učenje slovenskega jezika za tujce« od 40 ljudi, {TWICE}, 7 od 10 jih pravi, "
        f"da {BETTER}; sprememba na bolje verjetno ni naključna."
    )
    source = (
        "Knjižnica Franceta Balantiča Kamnik, stanje 20. 12. 2026; 40 ljudi, ki so na vprašanje "
        f"{QUESTION} odgovorili na začetku in ob koncu programa, po lastni oceni; o spremembi, ne o vzroku."
    )
    counts = "Knjižnica Franceta Balantiča Kamnik, evidenca vpisov in odgovorov, stanje 20. 12. 2026."
    assert copied(report) == [(change, source), (sentences(report)[0], counts)]


def test_a_sentence_for_the_press_has_the_day_of_its_edition(new_group, make, memory):
    group = new_group()
    group.changes(MANY)
    assert publish(memory, make(), NOW, CELLS)
    late = group.enrols()
    group.answers(late, "before", primary=1)
    group.answers(late, "after", finished=NOW + DAY, primary=5)

    assert ["stanje 20. 12. 2026" in source for _, source in copied(make(now=NOW + 7 * DAY))] == [True, False]


def test_of_a_few_people_there_is_nothing_for_the_press(new_group, make):
    new_group().changes(MANY[:9])

    assert copied(make()) == []


@pytest.mark.parametrize(
    ("n", "told"),
    [
        (101, "101 človek, ki je na vprašanje »Kako?« odgovoril na"),
        (102, "102 človeka, ki sta na vprašanje »Kako?« odgovorila na"),
        (103, "103 ljudje, ki so na vprašanje »Kako?« odgovorili na"),
        (105, "105 ljudi, ki so na vprašanje »Kako?« odgovorili na"),
    ],
)
def test_the_source_has_four_forms(n, told):
    assert told in source_of_change(NOW.date(), n, "Kako?")


def test_the_slide_is_a_picture_of_1920_by_1080_whatever_is_told(new_group, make):
    assert size(as_slide(make())) == (1920, 1080)
    new_group().changes(MANY)
    assert size(as_slide(make(given=LibraryPage(logo=LOGO), demo=True))) == (1920, 1080)


def test_logo_and_photograph_stand_in_every_form_with_what_is_to_be_seen(new_group, make):
    new_group().changes(MANY)
    report = make(given=LibraryPage(logo=LOGO, photo=ReportPicture("photo", png(90, 60), "Učilnica <z> računalniki")))

    assert 'alt="Logotip knjižnice"' in as_html(report)
    assert 'alt="Učilnica &lt;z&gt; računalniki"' in as_html(report)
    assert '"alt": "Učilnica <z> računalniki"' in as_json(report)
    pages = PdfReader(BytesIO(as_pdf(report))).pages
    assert [len(page.images) for page in pages] == [2]
    assert size(as_png(report))[1] > size(as_png(make()))[1]


def test_a_page_with_everything_is_one_page(new_group, make):
    for slug in (SLOVENE, COMPUTER):
        group = new_group(slug)
        told = group.changes([(before, after) for before in (1, 2, 3, 4) for after in (1, 2, 3, 4, 5)] * 3)
        group.tells(told[0], "Berem sinu. " * 40, NOW - DAY, NOW - DAY)
    given = LibraryPage(
        about={SLOVENE: "Zelo dolg opis. " * 18}, place="Dolga cesta 1, " * 8, hours="ob torkih, " * 20,
        contact="Ana Novak", phone="01 234 56 78", logo=LOGO, photo=ReportPicture("photo", LOGO.png, "Učilnica"),
        spent=(Spent(SLOVENE, 2026, 100_000, 9000), Spent(COMPUTER, 2026, 100_000, 9000)),
    )  # fmt: skip

    assert len(PdfReader(BytesIO(as_pdf(make(SLOVENE, COMPUTER, given=given)))).pages) == 1


def test_it_is_of_the_library(new_group, make):
    new_group()
    report = make(demo=True)

    assert (report.title, report.name) == ("Knjižnica Franceta Balantiča Kamnik", "mayor-KAM-2026-12-20")
    assert report.demo


def test_a_library_without_programmes_is_refused(memory):
    with pytest.raises(ValueError, match="without programmes"):
        mayor(memory, [], NOW, CELLS, open_text)


def test_the_sentence_on_people_has_four_forms():
    told = {n: words.came("V program »X«", Presence(2 * n, n, n, n), 1) for n in (1, 2, 3, 5, 101)}

    assert {n: one.replace("\N{NO-BREAK SPACE}", " ").partition(". ")[2] for n, one in told.items()} == {
        1: "V skupinah, ki še trajajo, je 1, v končanih 1; od teh je ob koncu odgovoril 1, 1 lahko še odgovori.",
        2: "V skupinah, ki še trajajo, sta 2, v končanih 2; od teh sta ob koncu odgovorila 2, 2 lahko še odgovorita.",
        3: "V skupinah, ki še trajajo, so 3, v končanih 3; od teh so ob koncu odgovorili 3, 3 lahko še odgovorijo.",
        5: "V skupinah, ki še trajajo, jih je 5, v končanih 5; od teh jih je ob koncu odgovorilo 5, "
        "5 jih lahko še odgovori.",
        101: "V skupinah, ki še trajajo, je 101, v končanih 101; "
        "od teh je ob koncu odgovoril 101, 101 lahko še odgovori.",
    }


@pytest.mark.parametrize(
    ("enrolled", "told"),
    [(1, "se je doslej vpisal 1 človek"), (2, "sta se doslej vpisala 2 človeka"),
     (3, "so se doslej vpisali 3 ljudje"), (5, "se je doslej vpisalo 5 ljudi")],
)  # fmt: skip
def test_who_enrolled_has_four_forms(enrolled, told):
    assert words.came("V program »X«", Presence(enrolled, 0, 0, 0), 1).startswith(f"V program »X« {told}. ")


def test_a_bound_is_said_where_the_number_is_not():
    least, below = OfTen(36, 40, least=True).words, words.fewer(10)
    assert f", {TWICE}, je pri vsaj 9" in words.changed(least, 9, 40, "Kako?", "", "verjetno", "")
    assert f", {TWICE}, je pri manj kot 10 odgovor" in words.changed(below, 10, 40, "Kako?", "", "verjetno", "")


@pytest.mark.parametrize(("counts", "told"), [(1, "pravi"), (2, "pravita"), (3, "pravijo"), (5, "jih pravi")])
def test_what_people_say_has_four_forms(counts, told):
    said = words.changed(f"{counts} od 10", counts, 40, "Kako?", "gre bolje", "verjetno", "V programu »X«")
    assert said == f"V programu »X« od 40{NO_BREAK}ljudi, {TWICE}, {counts} od 10 {told}, da gre bolje; verjetno."


@pytest.mark.parametrize(
    ("n", "told"),
    [(101, "človeka, ki je odgovoril na"), (102, "ljudi, ki sta odgovorila na"), (103, "ljudi, ki so odgovorili na"),
     (105, "ljudi, ki so odgovorili na")],
)  # fmt: skip
def test_of_how_many_people_a_change_is_has_four_forms(n, told):
    said = words.changed("5 od 10", 5, n, "Kako?", "gre bolje", "verjetno", "")
    assert said.startswith(f"Od {n}{NO_BREAK}{told} začetku in ob koncu, 5 od 10 jih ")


@pytest.mark.parametrize(
    ("n", "told"),
    [(101, "je na vprašanje »Kako?« odgovoril 101 človek od 200;"),
     (102, "sta na vprašanje »Kako?« odgovorila 102 človeka od 200;"),
     (103, "so na vprašanje »Kako?« odgovorili 103 ljudje od 200;"),
     (105, "je na vprašanje »Kako?« odgovorilo 105 ljudi od 200;")],
)  # fmt: skip
def test_what_lasts_says_of_how_many_in_four_forms(n, told):
    assert words.lasts(OfTen(n, n), 200, "Kako?", ["da"], days=0, where="").startswith(f"Ob koncu {told}")


@pytest.mark.parametrize(("change", "told"), [(0.0, "enaki"), (0.4, "boljši"), (-0.4, "slabši")])
def test_where_only_the_direction_may_be_told_the_average_answer_is(change, told):
    assert words.shifted(change, 12, "Kako?", "verjetno", "") == (
        f"Pri 12{NO_BREAK}ljudeh, {TWICE}, so ob koncu odgovori na vprašanje »Kako?« v povprečju {told} "
        "kot na začetku; verjetno."
    )


def test_the_scale_of_both_means_says_what_its_ends_are(new_group, make):
    new_group().changes([(1, 2)] * 3 + [(2, 3)] * 4 + [(3, 3)] * 3 + [(4, 3)] * 4 + [(5, 5)] * 2)

    assert [f">{end}<" in make().charts[-1].svg for end in ("ne gre", "brez težav")] == [True, True]


def test_a_dumbbell_without_intervals_has_no_legend_for_them():
    chart = plots.dumbbell("x", [plots.Moved("branje", 2.0, 3.0, 1.0)], (1, 5), "X")

    assert "95" not in chart.svg
