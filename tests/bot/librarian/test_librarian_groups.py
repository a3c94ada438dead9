"""Groups, who needs a call, and the preview of questionnaires, as a librarian sees them."""

from datetime import date

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import func, select

from bot.actions import librarian as actions
from storage import cohort_overview
from storage.schema import Role, run
from surveys.load import load, shipped

BREZICE, LJUTOMER = "brezice-racunalnik", "ljutomer-branje"
PROGRAMMES = load([shipped()]).programmes


async def joins(village, person, name="Marija"):
    phone = village.simulator.person(name)
    await phone.follows(village.link(person.token))
    await phone.settles()
    await tap(phone, "Da")
    return phone


async def test_without_groups_the_desk_says_what_to_do(village):
    librarian = await village.librarian(BREZICE)
    assert await say(librarian, "/skupine") == "Skupine\n\nSkupin še ni. Za začetek izberite /vpis."
    assert (await say(librarian, "/vpis")).endswith("Skupino ustvari koordinatorka ali koordinator vaše knjižnice.")
    assert librarian.buttons == ["Na začetek"]


async def test_a_group_that_is_over_takes_nobody(village):
    await village.cohort(BREZICE, date(2025, 9, 1), date(2025, 12, 1), name="Jesen")
    librarian = await village.librarian(BREZICE)
    await say(librarian, "/vpis")
    assert librarian.buttons == ["Na začetek"]


async def test_groups_show_who_joined_and_who_answered(village):
    spring = await village.cohort(BREZICE, name="Pomlad")
    await village.cohort(BREZICE, date(2026, 9, 1), date(2026, 10, 1), name="Jesen <2>")
    first, second = sorted([await village.enrol(spring), await village.enrol(spring)], key=lambda one: one.code)
    phone = await joins(village, first)
    librarian = await village.librarian(BREZICE)
    spring_card = (
        "Pomlad\n2.\xa03.\xa02026 – 4.\xa05.\xa02026\nVpisanih: 2 · s privolitvijo: 1\n"
        "Odgovori: izhodišče 0, zaključek 0, spremljanje 0"
    )
    card = await say(librarian, "/skupine")
    assert card == (
        "Skupine\n\nJesen <2>\n1.\xa09.\xa02026 – 1.\xa010.\xa02026\nVpisanih: 0 · s privolitvijo: 0\n"
        f"Odgovori: izhodišče 0, zaključek 0, spremljanje 0\n\n{spring_card}"
    )
    assert await drawn_again(village, librarian) == (
        card,
        ["Jesen <2>", "Pomlad", "Obrazec za privolitev", "Na začetek"],
    )
    card = await tap(librarian, "Pomlad")
    assert card == f"{spring_card}\n\nNa vrsti\n• še ni privolitve: 1"
    assert librarian.buttons == [
        "Vpiši osebe",
        "Prvo srečanje",
        "Šifre in kartice",
        "Vpis s seznama",
        "Natisni vprašalnik",
        "Več",
        f"{first.code} · sodeluje",
        f"{second.code} · še ni privolitve",
        "Skupine",
        "Na začetek",
    ]
    assert await drawn_again(village, librarian) == (card, librarian.buttons)
    assert (await tap(librarian, "Več")).startswith("Pomlad\n\nRedkejša opravila.")
    assert librarian.buttons == [
        "Koledar sporočil",
        "Seznam privolitev",
        "Obrazec za privolitev",
        "‹ Nazaj",
        "Na začetek",
    ]
    assert await drawn_again(village, librarian) == (librarian.screen.text, librarian.buttons)
    await tap(librarian, "‹ Nazaj")
    await tap(phone, phone.buttons[0])
    await tap(librarian, "Skupine")
    assert (await tap(librarian, "Pomlad")).endswith("Na vrsti\n• še ni privolitve: 1\n• odgovorjeno na pol: 1")
    assert f"{first.code} · na pol" in librarian.buttons
    assert (await tap(librarian, second.code)).startswith(f"{second.code}\nPomlad\n\nŠe ni privolitve.")
    assert (await tap(librarian, "V skupino")).startswith("Pomlad\n")


async def test_a_big_group_comes_in_pages(village):
    spring = await village.cohort(BREZICE, name="Pomlad")
    for _ in range(43):
        await village.enrol(spring)
    codes = [member.code for member in await query(village, cohort_overview.members, cohort_id=spring.id)]
    librarian = await village.librarian(BREZICE)
    await say(librarian, "/skupine")
    pages = [await tap(librarian, "Pomlad")]
    above = ["Vpiši osebe", "Prvo srečanje", "Šifre in kartice", "Vpis s seznama", "Več"]
    lists = [librarian.buttons[5:-3]]
    assert (librarian.buttons[:5], librarian.buttons[-3:]) == (above, ["Naslednje ›", "Skupine", "Na začetek"])
    pages.append(await tap(librarian, "Naslednje"))
    lists.append(librarian.buttons[5:-4])
    pages.append(await tap(librarian, "Naslednje"))
    lists.append(librarian.buttons[5:-3])
    assert (librarian.buttons[:5], librarian.buttons[-3:]) == (above, ["‹ Prejšnje", "Skupine", "Na začetek"])
    assert await drawn_again(village, librarian) == (pages[2], librarian.buttons)
    assert [page.split("\n\n")[-1] for page in pages] == [f"Stran {number} od 3." for number in (1, 2, 3)]
    assert [label.split(" · ")[0] for labels in lists for label in labels] == codes
    assert [code for code in codes for page in pages if code in page] == []  # each stands once
    await forge(librarian, actions.show_cohort(spring.id, 999))
    assert librarian.screen.text == pages[2]


async def test_who_needs_a_call_stands_with_the_reason(village):
    spring = await village.cohort(BREZICE, name="Pomlad")
    silent, blocked, alone = [await village.enrol(spring) for _ in range(3)]
    await joins(village, silent, "Silvo")
    phone = await joins(village, blocked, "Blaž")
    librarian = await village.librarian(BREZICE)
    assert await say(librarian, "/klici") == "Koga poklicati\n\nZdaj ni treba poklicati nikogar."
    phone.blocks()
    await village.wait(days=10)
    await say(librarian, f"/udelezenec {alone.code}")
    await tap(librarian, "Zapiši privolitev")
    await tap(librarian, "Oseba sama, s podpisom")
    card = await say(librarian, "/klici")
    head, counts, listed = card.split("\n\n")
    assert head == "Koga poklicati"
    assert counts == (
        "• sporočila ne pridejo več: 1\n"
        "• brez Telegrama, vprašalnik je odprt: 1\n"
        "• brez odgovora po zadnjem opomniku: 1"
    )
    assert sorted(listed.split("\n")) == sorted(
        [
            f"{silent.code} – brez odgovora po zadnjem opomniku, odprto do 16.\xa03.\xa02026",
            f"{blocked.code} – sporočila ne pridejo več, odprto do 16.\xa03.\xa02026",
            f"{alone.code} – brez Telegrama, vprašalnik je odprt, odprto do 26.\xa03.\xa02026",
        ]
    )
    assert await drawn_again(village, librarian) == (card, librarian.buttons)
    await tap(librarian, blocked.code)
    card = await tap(librarian, "Pregled osebe")
    assert card.split("\n\n")[1].endswith("Sporočila ne pridejo več. Pokličite.")


async def test_the_card_of_a_group_says_what_waits_for_staff(village):
    spring = await village.cohort(BREZICE, name="Pomlad")
    await village.cohort(BREZICE, name="Poletje")
    librarian = await village.librarian(BREZICE)
    await say(librarian, "/skupine")
    assert (await tap(librarian, "Pomlad")).endswith("\n\nV skupini še ni nikogar.")
    person = await village.enrol(spring)
    await tap(librarian, "Skupine")
    assert (await tap(librarian, "Pomlad")).endswith("\n\nNa vrsti\n• še ni privolitve: 1")
    phone = await joins(village, person)
    await tap(librarian, "Skupine")
    assert (await tap(librarian, "Pomlad")).endswith("\n\nZdaj v skupini nič ne čaka na vas.")
    phone.blocks()
    await village.wait(days=10)
    await say(librarian, "/skupine")
    assert (await tap(librarian, "Pomlad")).endswith("\n\nNa vrsti\n• za klic: 1")
    await tap(librarian, "Skupine")
    assert (await tap(librarian, "Poletje")).endswith("\n\nV skupini še ni nikogar.")


async def test_numbers_at_a_glance(village):
    spring = await village.cohort(BREZICE, name="Pomlad")
    await joins(village, await village.enrol(spring))
    await village.enrol(spring)
    librarian = await village.librarian(BREZICE)
    card = await say(librarian, "/stanje")
    assert card == (
        "Stanje\nMigam z računalnikom\n\nVpisanih: 2\nSodeluje: 1\nOdprtih vprašalnikov: 1\n"
        "Odgovorov od 2.\N{NO-BREAK SPACE}3.: 0\n"
        "Se odpre v 7 dneh: 0\nSporočil čaka na pošiljanje: 0\nSporočila ne pridejo do: 0\nZa klic: 0"
    )
    assert await drawn_again(village, librarian) == (card, ["Na začetek"])


@pytest.mark.parametrize("slug", sorted(PROGRAMMES))
async def test_every_card_of_every_questionnaire_can_be_previewed(village, slug):
    programme = PROGRAMMES[slug]
    librarian = await village.librarian(slug)
    await say(librarian, "/vprasalnik")
    for place, wave in enumerate(programme.waves):
        await tap(librarian, librarian.buttons[place])
        items = programme.questionnaire(wave).items
        for number, item in enumerate(items, 1):
            assert librarian.screen.text.startswith(f"Predogled · {wave.name}")
            assert f"{number} od {len(items)}" in librarian.screen.text
            assert item.text in librarian.screen.text
            assert await drawn_again(village, librarian) == (librarian.screen.text, librarian.buttons)
            if number < len(items):
                await tap(librarian, "Naprej ›")
        await tap(librarian, "Drug vprašalnik")
    assert await query(village, lambda connection: connection.scalar(select(func.count()).select_from(run))) == 0


async def test_answers_in_a_preview_do_nothing_and_say_so(village):
    librarian = await village.librarian(BREZICE)
    await say(librarian, "/vprasalnik")
    first = await tap(librarian, "izhodišče")
    await tap(librarian, librarian.buttons[0])
    assert librarian.toasts[-1].text == "To je predogled."
    assert librarian.screen.text == first


async def test_the_national_coordinator_previews_every_programme(village):
    national = await village.staff(Role.NATIONAL, None, "Neža")
    await say(national, "/vprasalnik")
    assert national.buttons == [*(one.name for one in village.services.programmes.values()), "Na začetek"]
    await tap(national, PROGRAMMES[LJUTOMER].name)
    assert national.buttons == [
        "izhodišče",
        "zaključek",
        "spremljanje",
        "izhodišče · prostovoljci",
        "zaključek · prostovoljci",
        "‹ Nazaj",
    ]
