"""Reports and data on demand: chosen step by step, ordered once, and only by those whose programme it is."""

import io
import zipfile
from datetime import date, timedelta
from functools import partial

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from plugins.village import run_village
from sqlalchemy import select

from bot.delivery.loop import LEASE, deliver
from bot.delivery.rounds import Round
from bot.orders import kinds
from bot.texts import reports as texts
from bot.worker import requests
from storage import deliveries
from storage.answers import definitions
from storage.schema import DeliveryKind, Role, audit, delivery
from surveys.locale_sl import days

BREZICE, KAMNIK = "brezice-racunalnik", "kamnik-slovenscina"
NAME = "Migam z računalnikom"
FORMS = [*(label for form, label in texts.FORMS.items() if form != "slide"), "‹ Nazaj", "Na začetek"]
PREPARING = "Pripravljamo … Poročilo ali podatki pridejo sem. Ni treba čakati."
READY = "Pripravljeno. Najdete spodaj."
NOT_MADE = "Tega zdaj ni mogoče pripraviti. Poskusite pozneje. Če se ponovi, povejte skrbniku."


async def nothing(_installation, _edge):
    return 0


@pytest.fixture
async def village(village_url, tmp_path):
    """A village whose bot delivers only when the test says so."""
    async with run_village(village_url, tmp_path, deliver=nothing) as running:
        yield running


async def ordered(village):
    """What was ordered: by whom, and the details of each part."""

    def read(connection):
        statement = select(delivery).where(delivery.c.kind == DeliveryKind.REPORT).order_by(delivery.c.id)
        return connection.execute(statement).all()

    rows = await query(village, read)
    assert {row.planned_at for row in rows} <= {village.clock()}
    return [(row.staff, row.details) for row in rows]


async def audited(village):
    """Who ordered what, as the audit tells."""

    def read(connection):
        statement = select(audit.c.actor, audit.c.action, audit.c.subject).where(audit.c.action.like("%.order"))
        return [tuple(row) for row in connection.execute(statement.order_by(audit.c.id))]

    return await query(village, read)


def protected(person):
    return [one for one in person.messages if one.protect_content]


def files(person):
    """The files that came, which may always be saved and passed on."""
    found = [one for one in person.messages if one.media is not None and one.media.kind == "document"]
    assert [one for one in found if one.protect_content] == []
    return found


async def test_a_coordinator_chooses_the_week_and_the_form(village):
    coordinator = await village.coordinator(BREZICE)
    card = await say(coordinator, "/porocilo")
    assert card == f"Tedensko poročilo\n{NAME}\n\nIzberite teden."
    assert coordinator.buttons == [
        f"Prejšnji teden ({days(date(2026, 2, 23), date(2026, 3, 1))})",
        f"Ta teden ({days(date(2026, 3, 2), date(2026, 3, 8))})",
        "Na začetek",
    ]
    assert await drawn_again(village, coordinator) == (card, coordinator.buttons)
    what = f"Tedensko poročilo · {NAME} · {days(date(2026, 2, 23), date(2026, 3, 1))}"
    card = await tap(coordinator, "Prejšnji")
    assert card == f"{what}\n\nV kakšni obliki želite poročilo?"
    assert coordinator.buttons == FORMS
    assert await drawn_again(village, coordinator) == (card, coordinator.buttons)
    assert (await tap(coordinator, "‹ Nazaj")).endswith("Izberite teden.")
    await tap(coordinator, "Prejšnji")
    card = await tap(coordinator, "Besedilo in slika")
    assert card == f"{what}\n\n{PREPARING}"
    assert await drawn_again(village, coordinator) == (card, ["Na začetek"])
    details = {"report": "weekly", "subject": BREZICE, "week": "2026-W09"}
    assert await ordered(village) == [(1, details | {"part": "text"}), (1, details | {"part": "picture"})]
    assert await audited(village) == [("staff:1", "report.order", f"weekly:{BREZICE}")]


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("PDF", "ucinek-brezice-racunalnik-2026-03-02.pdf"),
        ("Spletna", "ucinek-brezice-racunalnik-2026-03-02.html"),
        ("Excel", "ucinek-brezice-racunalnik-2026-03-02.xlsx"),
    ],
)
async def test_a_file_comes_under_a_good_name_and_the_card_says_so(village, form, name):
    await village.enrol(await village.cohort(BREZICE))
    coordinator = await village.coordinator(BREZICE)
    await say(coordinator, "/ucinek")
    await tap(coordinator, "Učinek programa")
    await tap(coordinator, form)
    await village.ticks()
    await coordinator.settles()
    [file] = files(coordinator)
    assert (file.media.kind, file.media.name) == ("document", name)
    [card] = [one for one in coordinator.messages if READY in one.text]
    assert card.text == f"Učinek programa · {NAME}\n\n{READY}"
    assert card.id < file.id
    assert [button.label for row in card.buttons for button in row] == ["Druga oblika", "Na začetek"]
    assert [one for one in coordinator.messages if PREPARING in one.text] == []


async def test_text_and_picture_of_a_page_for_the_mayor_may_be_passed_on(village):
    coordinator = await village.coordinator(BREZICE)
    await say(coordinator, "/ucinek")
    await tap(coordinator, "Stran za občino")
    await tap(coordinator, "Besedilo in slika")
    await village.ticks()
    assert [one.media.kind for one in coordinator.messages if one.media is not None] == ["photo"]
    assert protected(coordinator) == []


async def test_the_page_for_the_mayor_comes_as_a_slide_and_no_other_report_does(village):
    coordinator = await village.coordinator(BREZICE)
    await say(coordinator, "/ucinek")
    await tap(coordinator, "Stran za občino")
    assert coordinator.buttons == [*texts.FORMS.values(), "Podatki za stran za občino", "‹ Nazaj", "Na začetek"]
    await tap(coordinator, "Prosojnica")
    await village.ticks()
    [file] = files(coordinator)
    assert file.media.name == "stran-za-obcino-BRE-2026-03-02.png"
    await say(coordinator, "/ucinek")
    await tap(coordinator, "Učinek programa")
    await forge(coordinator, f"order_report:i:{BREZICE}::slide")
    assert len(await ordered(village)) == 1


async def test_text_and_picture_come_in_this_order_and_stay_in_the_chat(village):
    coordinator = await village.coordinator(BREZICE)
    await say(coordinator, "/porocilo")
    await tap(coordinator, "Ta teden")
    await tap(coordinator, "Besedilo in slika")
    await village.ticks()
    assert [None if one.media is None else one.media.kind for one in protected(coordinator)] == [None, "photo"]
    assert [request.params["action"] for request in village.simulator.requests if request.method == "sendChatAction"]


async def test_a_second_tap_orders_nothing_more(village):
    coordinator = await village.coordinator(BREZICE)
    await say(coordinator, "/porocilo")
    await tap(coordinator, "Ta teden")
    assert PREPARING in await tap(coordinator, "PDF", again=True, new_query_id=True)
    await forge(coordinator, f"order_report:w:{BREZICE}:2026-W10:pdf")
    assert PREPARING in coordinator.screen.text
    await say(coordinator, "/pomoc")
    await forge(coordinator, f"order_report:w:{BREZICE}:2026-W10:pdf")
    assert coordinator.buttons == FORMS
    assert len(await ordered(village)) == 1


async def test_after_the_file_another_form_is_one_tap_away(village):
    coordinator = await village.coordinator(BREZICE)
    await say(coordinator, "/porocilo")
    await tap(coordinator, "Ta teden")
    await tap(coordinator, "PDF")
    await village.ticks()
    card = next(one for one in coordinator.messages if READY in one.text)
    await coordinator.taps_data(card.id, f"choose_form:w:{BREZICE}:2026-W10")
    await coordinator.settles()
    await coordinator.taps_data(card.id, f"order_report:w:{BREZICE}:2026-W10:xlsx")
    await coordinator.settles()
    assert [details["part"] for _, details in await ordered(village)] == ["pdf", "xlsx"]


async def test_a_group_is_compared_and_there_is_a_page_for_the_mayor(village):
    await village.cohort(BREZICE, date(2026, 1, 5), date(2026, 2, 5), name="Zima")
    await village.cohort(BREZICE)
    await village.cohort(BREZICE, date(2026, 9, 5), date(2026, 12, 5), name="Jesen")
    coordinator = await village.coordinator(BREZICE)
    await say(coordinator, "/ucinek")
    assert coordinator.buttons == ["Učinek programa", "Primerjava skupine", "Stran za občino", "Na začetek"]
    assert await drawn_again(village, coordinator) == (coordinator.screen.text, coordinator.buttons)
    await tap(coordinator, "Primerjava skupine")
    assert [label.partition(" ")[0] for label in coordinator.buttons] == ["Pomlad", "Zima", "‹"]
    assert await drawn_again(village, coordinator) == (coordinator.screen.text, coordinator.buttons)
    assert (await tap(coordinator, "Zima")).startswith(f"Primerjava skupine · {NAME} · Zima\n")
    await tap(coordinator, "PDF")
    await say(coordinator, "/ucinek")
    assert (await tap(coordinator, "Stran za občino")).startswith("Stran za občino · Knjižnica Brežice\n")
    await tap(coordinator, "‹ Nazaj")
    await tap(coordinator, "Stran za občino")
    await tap(coordinator, "PDF")
    assert await ordered(village) == [
        (1, {"report": "compare", "subject": BREZICE, "cohort": 1, "part": "pdf"}),
        (1, {"report": "mayor", "subject": "BRE", "part": "pdf"}),
    ]
    await village.ticks()
    assert [one.media.name.rpartition("-2026")[0] for one in files(coordinator)] == [
        "primerjava-skupine-brezice-racunalnik",
        "stran-za-obcino-BRE",
    ]


async def test_a_group_that_has_not_begun_is_not_compared(village):
    await village.cohort(BREZICE, date(2026, 9, 5), date(2026, 12, 5), name="Jesen")
    coordinator = await village.coordinator(BREZICE)
    await say(coordinator, "/ucinek")
    assert (await tap(coordinator, "Primerjava skupine")).endswith("Nobena skupina se še ni začela.")
    assert coordinator.buttons == ["‹ Nazaj"]


@pytest.mark.parametrize(
    ("label", "form", "inside"), [("CSV", "csv", ".csv"), ("Excel", "xlsx", ".xlsx"), ("SPSS", "sav", ".sav")]
)
async def test_data_come_as_one_archive_under_codes(village, label, form, inside):
    enrolled = await village.enrol(await village.cohort(BREZICE))
    coordinator = await village.coordinator(BREZICE)
    card = await say(coordinator, "/izvoz")
    assert card.startswith(f"Podatki\n{NAME}\n\nVsi odgovori programa v tabelah")
    assert coordinator.buttons == ["Excel", "CSV", "SPSS", "Na začetek"]
    assert await drawn_again(village, coordinator) == (card, coordinator.buttons)
    assert PREPARING in await tap(coordinator, label, again=True, new_query_id=True)
    assert await ordered(village) == [(1, {"export": BREZICE, "form": form, "part": "data"})]
    assert await audited(village) == [("staff:1", "export.order", f"{form}:{BREZICE}")]
    await village.ticks()
    [file] = files(coordinator)
    assert file.media.name == f"podatki-brezice-racunalnik-{label.lower()}-2026-03-02.zip"
    assert file.text.startswith(f"Podatki programa »{NAME}«\n\nV datoteki so šifre, ne imena.")
    with zipfile.ZipFile(io.BytesIO(file.media.data)) as archive:
        names = archive.namelist()
        assert [name for name in names if name.endswith(inside)]
        if form == "csv":
            everything = b"".join(archive.read(name) for name in names).decode("utf-8", "replace")
            assert str(coordinator.id) not in everything
            assert enrolled.code in everything
    assert any(READY in one.text for one in coordinator.messages)


async def add_programme(village, **different):
    """One more programme, like that of Brežice but for this."""
    more = village.programme(BREZICE).model_copy(update=different)
    village.services.programmes[more.slug] = more
    await village.write(definitions.sync, programmes=[more], now=village.clock())


async def test_where_a_library_has_several_programmes_one_or_all_are_told_of(village):
    await add_programme(village, slug="brezice-telefon", name="Telefon brez strahu")
    coordinator = await village.coordinator(BREZICE)
    card = await say(coordinator, "/porocilo")
    assert card == "Tedensko poročilo\n\nKnjižnica Brežice\n\nIzberite program."
    assert coordinator.buttons == [NAME, "Telefon brez strahu", "Cela knjižnica", "Na začetek"]
    assert await drawn_again(village, coordinator) == (card, coordinator.buttons)
    assert await tap(coordinator, "Cela knjižnica") == "Tedensko poročilo\nKnjižnica Brežice\n\nIzberite teden."
    assert await tap(coordinator, "‹ Nazaj") == card
    await tap(coordinator, "Cela knjižnica")
    await tap(coordinator, "Ta teden")
    await tap(coordinator, "PDF")
    assert await ordered(village) == [(1, {"report": "library", "subject": "BRE", "week": "2026-W10", "part": "pdf"})]
    await village.ticks()
    assert [one.media.name for one in files(coordinator)] == ["tedensko-porocilo-knjiznice-BRE-2026-W10.pdf"]
    await say(coordinator, "/ucinek")
    assert coordinator.buttons == [NAME, "Telefon brez strahu", "Na začetek"]
    await tap(coordinator, "Telefon")
    assert coordinator.buttons[-1] == "‹ Nazaj"


async def test_all_libraries_of_the_country_stand_on_pages(village):
    for place in range(52):
        code = f"X{chr(65 + place // 26)}{chr(65 + place % 26)}"
        await add_programme(village, slug=f"knjiznica-{place}", code=code, library=f"Žaba {place:02}")
    national = await village.staff(Role.NATIONAL, None, "Neža")
    card = await say(national, "/porocilo")
    assert card == "Tedensko poročilo\n\nIzberite knjižnico.\n\nStran 1 od 8."
    assert national.buttons[0] == "Vse knjižnice skupaj"
    assert national.buttons[-3:] == ["Žaba 01", "Naslednje ›", "Na začetek"]
    await tap(national, "Naslednje ›")
    assert national.buttons[0] == "Žaba 02"
    assert await drawn_again(village, national) == (national.screen.text, national.buttons)
    await tap(national, "Žaba 03")
    assert national.buttons[-1] == "‹ Nazaj"


async def test_the_national_coordinator_goes_by_library(village):
    national = await village.staff(Role.NATIONAL, None, "Neža")
    libraries = sorted(
        {one.library for one in village.services.programmes.values()}, key=lambda name: name.replace("Š", "S~")
    )
    for command, more in (
        ("/ucinek", ["Vse knjižnice skupaj"]),
        ("/porocilo", ["Vse knjižnice skupaj"]),
        ("/izvoz", []),
    ):
        await say(national, command)
        assert national.buttons == [*more, *libraries, "Na začetek"]
        assert await drawn_again(village, national) == (national.screen.text, national.buttons)
    await tap(national, village.programme(KAMNIK).library)
    assert national.buttons[-1] == "‹ Nazaj"
    await tap(national, "CSV")
    await say(national, "/ucinek")
    assert (await tap(national, "Vse knjižnice skupaj")).startswith("Vse knjižnice skupaj\n")
    await tap(national, "PDF")
    assert await ordered(village) == [
        (1, {"export": KAMNIK, "form": "csv", "part": "data"}),
        (1, {"report": "national", "subject": "national", "part": "pdf"}),
    ]
    assert await audited(village) == [
        ("staff:1", "export.order", f"csv:{KAMNIK}"),
        ("staff:1", "report.order", "national:national"),
    ]


async def test_the_work_of_all_libraries_is_told_by_week_and_by_month(village):
    national = await village.staff(Role.NATIONAL, None, "Neža")
    await say(national, "/porocilo")
    card = await tap(national, "Vse knjižnice skupaj")
    assert card.startswith("Tedenski in mesečni pregled\nVse knjižnice skupaj\n\nIzberite teden ali mesec.")
    assert national.buttons == [
        f"Prejšnji teden ({days(date(2026, 2, 23), date(2026, 3, 1))})",
        f"Ta teden ({days(date(2026, 3, 2), date(2026, 3, 8))})",
        f"Prejšnji mesec ({days(date(2026, 2, 1), date(2026, 2, 28))})",
        f"Ta mesec ({days(date(2026, 3, 1), date(2026, 3, 31))})",
        "Pošiljaj vsak teden",
        "Pošiljaj vsak mesec",
        "‹ Nazaj",
    ]
    assert await drawn_again(village, national) == (card, national.buttons)
    await tap(national, "Prejšnji mesec")
    assert await tap(national, "‹ Nazaj") == card
    await tap(national, "Prejšnji mesec")
    await tap(national, "PDF")
    await say(national, "/porocilo")
    await tap(national, "Vse knjižnice skupaj")
    await tap(national, "Ta teden")
    await tap(national, "Excel")
    all_ = {"report": "country", "subject": "national"}
    assert await ordered(village) == [
        (1, {**all_, "month": "2026-02", "part": "pdf"}),
        (1, {**all_, "week": "2026-W10", "part": "xlsx"}),
    ]
    await village.ticks()
    assert [one.media.name for one in files(national)] == [
        "pregled-vseh-knjiznic-2026-02.pdf",
        "pregled-vseh-knjiznic-2026-W10.xlsx",
    ]


async def test_the_work_of_all_libraries_is_for_the_national_coordinator_alone(village):
    coordinator = await village.coordinator(BREZICE)
    await say(coordinator, "/porocilo")
    assert "Vse knjižnice skupaj" not in coordinator.buttons
    for taps in (
        "choose_subject:w:national",
        "send_regularly:week:1",
        "choose_form:t:national:2026-02",
        "order_report:t:national:2026-02:pdf",
    ):
        await forge(coordinator, taps)
    assert await ordered(village) == []


@pytest.mark.parametrize("who", ["a coordinator of another library", "a librarian", "a stranger"])
async def test_others_order_nothing(village, who):
    match who:
        case "a stranger":
            other = village.simulator.person("Tuj")
            await say(other, "/start")
        case "a librarian":
            other = await village.librarian(BREZICE)
        case _:
            other = await village.coordinator(KAMNIK)
    await village.cohort(BREZICE)
    for command in ("/porocilo", "/ucinek", "/izvoz"):
        if who != "a coordinator of another library":
            words = await say(other, command)
            assert words.startswith("To je za knjižničarje" if who == "a stranger" else texts.ONLY_COORDINATORS)
    for action in (
        "choose_library:w:BRE",
        "choose_library:i:BRE",
        "choose_library:x:BRE",
        f"choose_subject:w:{BREZICE}",
        "choose_subject:w:BRE",
        f"choose_subject:i:{BREZICE}",
        f"choose_subject:x:{BREZICE}",
        f"choose_cohort:{BREZICE}",
        f"choose_form:w:{BREZICE}:2026-W10",
        "choose_form:l:BRE:2026-W10",
        f"choose_form:c:{BREZICE}:1",
        "choose_form:m:BRE:",
        "choose_form:n:national:",
        f"order_report:w:{BREZICE}:2026-W10:pdf",
        "order_report:n:national::pdf",
        f"order_data:{BREZICE}:csv",
    ):
        assert await forge(other, action) == "Ta gumb tukaj ne velja.", action
    assert await ordered(village) == []
    assert await audited(village) == []


@pytest.mark.parametrize(
    "action",
    [
        f"choose_form:w:{BREZICE}:2026-W99",
        f"choose_form:w:{BREZICE}:2026-W11",
        f"choose_form:i:{BREZICE}:2026-W10",
        f"choose_form:c:{BREZICE}:7",
        f"choose_form:c:{BREZICE}:x",
    ],
)
async def test_what_there_is_not_is_not_ordered(village, action):
    coordinator = await village.coordinator(BREZICE)
    assert await forge(coordinator, action) == "Ta gumb tukaj ne velja."
    assert await ordered(village) == []


@pytest.mark.parametrize(
    "action",
    [
        "choose_library:z:BRE",
        f"choose_subject:z:{BREZICE}",
        f"choose_form:q:{BREZICE}:",
        f"order_report:w:{BREZICE}:2026-W10:docx",
        f"order_data:{BREZICE}:json",
    ],
)
async def test_what_no_button_says_is_not_ordered(village, action):
    coordinator = await village.coordinator(BREZICE)
    assert await forge(coordinator, action) == "Ta gumb ne velja več."
    assert await ordered(village) == []


async def test_who_waits_for_what_cannot_be_made_is_told_once_in_a_plain_sentence(village, monkeypatch):
    coordinator = await village.coordinator(BREZICE)
    await say(coordinator, "/porocilo")
    await tap(coordinator, "Ta teden")
    await tap(coordinator, "Besedilo in slika")
    del village.services.programmes[BREZICE]  # as if the operator had taken it out meanwhile
    await village.wait(minutes=3)
    assert [one for one in coordinator.messages if NOT_MADE in one.text] == []
    await village.wait(minutes=1)
    told = [one for one in coordinator.messages if NOT_MADE in one.text]
    assert [bool(one.buttons) for one in told] == [True, False]
    assert [one for one in coordinator.messages if PREPARING in one.text] == []


async def test_when_the_bot_dies_over_the_sending_the_card_says_so_later(village):
    coordinator = await village.coordinator(BREZICE)
    await say(coordinator, "/porocilo")
    await tap(coordinator, "Ta teden")
    await tap(coordinator, "PDF")

    def die(connection):
        [due] = deliveries.claim(connection, village.clock(), LEASE, 1)
        assert deliveries.begin_sending(connection, due.id, due.attempt, village.clock())

    await village.services.database.write(die)
    await village.wait(minutes=9)
    assert PREPARING in coordinator.screen.text
    await village.wait(minutes=2)
    assert "Pošiljanje se je prekinilo. Če česa niste dobili, poskusite znova." in coordinator.screen.text
    assert coordinator.buttons == ["Poskusi znova", "Na začetek"]
    await tap(coordinator, "Poskusi znova")
    assert coordinator.buttons == FORMS


async def test_a_row_of_the_version_before_is_still_delivered():
    order = kinds.read({"report": "weekly", "programme": BREZICE, "week": "2026-W09", "part": "file"})
    assert order.stored() == {"report": "weekly", "subject": BREZICE, "week": "2026-W09"}
    assert order.parts == ("file",)


async def test_the_state_of_all_programmes_for_the_national_coordinator(village):
    await village.enrol(await village.cohort(BREZICE))
    await village.enrol(await village.cohort(KAMNIK))
    national = await village.staff(Role.NATIONAL, None, "Neža")
    assert (await say(national, "/stanje")).startswith("Stanje\nVsi programi\n\nVpisanih: 2\n")
    assert national.buttons == ["Na začetek"]


async def test_what_is_delivered_together_tells_of_one_moment(village):
    await village.cohort(BREZICE)
    batch, order = requests.Batch(village.services), requests.ReportSpec("weekly", BREZICE, week="2026-W10")
    report = await batch.report(order)
    village.clock.now += timedelta(days=1)
    assert await batch.report(order) is report
    assert await requests.Batch(village.services).report(order) != report


async def test_parts_of_an_order_never_tell_of_different_reports(village):
    coordinator = await village.coordinator(BREZICE)
    await say(coordinator, "/porocilo")
    await tap(coordinator, "Ta teden")
    await tap(coordinator, "Besedilo in slika")
    [text, picture] = await village.services.database.write(partial(claimed, now=village.clock()))
    await deliver(village.services, village.edge, text, requests.Batch(village.services), Round(village.services))
    assert [one.media for one in protected(coordinator)] == [None]
    programme = village.services.programmes[BREZICE]
    village.services.programmes[BREZICE] = programme.model_copy(update={"name": "Telefon brez strahu"})
    await deliver(village.services, village.edge, picture, requests.Batch(village.services), Round(village.services))
    assert [one.media for one in protected(coordinator)] == [None]
    assert coordinator.messages[-1].text.endswith("zato se deli ne bi ujemali. Naročite še enkrat.")
    [card] = [one for one in coordinator.messages if NOT_MADE in one.text]
    assert card.labels == ["Poskusi znova", "Na začetek"]


async def test_parts_that_are_made_apart_come_where_nothing_has_changed(village):
    coordinator = await village.coordinator(BREZICE)
    await say(coordinator, "/porocilo")
    await tap(coordinator, "Ta teden")
    await tap(coordinator, "Besedilo in slika")
    for due in await village.services.database.write(partial(claimed, now=village.clock())):
        await deliver(village.services, village.edge, due, requests.Batch(village.services), Round(village.services))
    assert [None if one.media is None else one.media.kind for one in protected(coordinator)] == [None, "photo"]


def claimed(connection, now):
    return deliveries.claim(connection, now, LEASE, 2)
