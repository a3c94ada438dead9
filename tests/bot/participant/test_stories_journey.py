"""Stories over HTTP: told, handed in, agreed to, edited, approved, quoted; withdrawn, dropped, erased."""

import json

from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import func, insert, select, update

from bot.actions import coordinator as desk
from bot.actions import participant as actions
from bot.texts import story_desk
from bot.texts.slovene import stories as texts
from bot.texts.stories import LONGEST
from reports.disclosure.suppression import Cells
from reports.kinds.impact import impact
from reports.kinds.weekly import weekly
from reports.report import Quote
from storage import schema, stories
from storage.schema import EnrolmentState, OccasionState, audit, occasion, story
from surveys.weeks import week_of

BREZICE, KAMNIK, LJUTOMER, CHILDREN = (
    "brezice-racunalnik",
    "kamnik-slovenscina",
    "ljutomer-branje",
    "novo-mesto-branje",
)
WORDS = "Prej sem klicala hčer, zdaj Tinetu v Globoko pišem sama."
EDITED = "Prej sem klicala hčer, zdaj […] pišem sama."  # shortened: its author need not be asked
INVITED = "Želite povedati svojo zgodbo?"


async def finish(person):
    """Answer whatever is asked with its first option, and hand in."""
    for _ in range(60):
        if "Oddaj odgovore" in person.buttons:
            await tap(person, "Oddaj odgovore")
            return
        if "Napišite številko" in person.screen.text:
            await say(person, "1")
        elif "Preskoči" in person.buttons:
            await tap(person, "Preskoči")
        else:
            await tap(person, person.buttons[0])
            if "Naprej ›" in person.buttons and person.buttons[0].startswith("✓"):
                await tap(person, "Naprej ›")
    raise AssertionError("the questionnaire has no end")


async def joined(village, slug, name="Marija", **more):
    """Somebody who takes part and has answered the first questionnaire."""
    enrolled = await village.enrol(await village.cohort(slug, name=f"Pomlad {name}", **more))
    person = village.simulator.person(name)
    await person.follows(village.link(enrolled.token))
    await person.settles()
    for label in ("Za svojega otroka", "Da, dovolim", "Da, želim sodelovati"):
        if label in person.buttons:
            await tap(person, label)
    await finish(person)
    return person


async def at_the_end(village, *people):
    """Everybody has answered the questionnaire at the end, too."""
    await village.wait(days=64)
    for person in people:
        await tap(person, "Začni")
        await finish(person)


async def asked(village, slug=BREZICE, name="Marija"):
    """Somebody who has joined by a link and is asked for a story, as if everything else had been answered."""
    enrolled = await village.enrol(await village.cohort(slug, name=f"Pomlad {name}"))
    person = village.simulator.person(name)
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await tap(person, "Da, želim sodelovati")
    programme, now = village.programme(slug), village.clock()
    of_wave = (occasion.c.enrolment == enrolled.enrolment, occasion.c.wave == "after")

    def answer(connection):
        connection.execute(update(occasion).where(*of_wave).values(state=OccasionState.COMPLETE))
        number = connection.execute(select(occasion.c.id).where(*of_wave)).scalar_one()
        key = programme.questionnaire(programme.wave("after")).hash
        return add(connection, schema.run, occasion=number, questionnaire=key, mode="self", started_at=now,
                   finished_at=now)  # fmt: skip

    await forge(person, actions.tell_story(await village.services.database.write(answer)))
    return person


async def tells(person, words=WORDS, answer=texts.PUBLISH):
    """From the question for a story to the end."""
    await say(person, words)
    await tap(person, texts.RIGHT)
    await tap(person, answer)


async def crowd(village, slug):
    """So many others who have answered that one voice does not stand alone."""
    cohort = await village.cohort(slug, name="Množica")
    programme = village.programme(slug)
    asked = programme.questionnaire(programme.wave("after"))
    now = village.clock()

    def fill(connection):
        for number in range(12):
            code = f"{programme.code}-{'ABCDEFGHJKLM'[number]}2222"
            person = add(connection, schema.participant, code=code, created_at=now)
            dates = {"enrolled_at": now, "joined_at": now}
            place = add(connection, schema.enrolment, participant=person, cohort=cohort.id,
                        state=EnrolmentState.ACTIVE, **dates)  # fmt: skip
            closed = add(connection, occasion, enrolment=place, wave="after", opens_at=now, closes_at=now,
                           state=OccasionState.COMPLETE)  # fmt: skip
            run = add(connection, schema.run, occasion=closed, questionnaire=asked.hash, mode="self",
                      started_at=now, finished_at=now)  # fmt: skip
            add(connection, schema.answer, run=run, item="primary", value=4, answered_at=now)

    await village.services.database.write(fill)


def add(connection, table, **values):
    return connection.execute(insert(table), values).inserted_primary_key[0]


async def in_reports(village, slug):
    """The voices in a weekly report and in one of impact that are made now."""
    await village.wait(minutes=1)  # what was decided just now is before it
    now, programme, open_text = village.clock(), village.programme(slug), village.services.keys.open_text

    def make(connection):
        made = (
            weekly(connection, programme, week_of(now), now, Cells(), open_text),
            impact(connection, programme, now, Cells(), open_text),
        )
        return [[block.text for section in one.sections for block in section.blocks if isinstance(block, Quote)]
                for one in made]  # fmt: skip

    return await query(village, make)


async def held(village):
    return await query(village, lambda c: c.execute(select(func.count()).select_from(story)).scalar_one())


async def test_a_story_is_told_and_handed_in_before_anybody_else_sees_it(village):
    coordinator = await village.coordinator(BREZICE)
    person = await joined(village, BREZICE)
    assert INVITED not in person.screen.text
    await at_the_end(village, person)
    assert INVITED in person.screen.text
    assert person.buttons[0] == texts.TELL

    assert (await tap(person, texts.TELL)).startswith("Vaša zgodba\n\nV nekaj stavkih napišite")
    assert await drawn_again(village, person) == (person.screen.text, person.buttons)
    card = await say(person, WORDS)
    assert card == f"Vaša zgodba\n\n»{WORDS}«\n\n{texts.IS_IT_RIGHT}"
    assert person.buttons == [texts.RIGHT, texts.TELL_AGAIN, texts.DROP]
    assert await drawn_again(village, person) == (card, person.buttons)
    assert (await say(coordinator, "/zgodbe")).startswith("Zgodbe\n\nZgodb še ni.")

    card = await tap(person, texts.RIGHT)
    assert person.buttons == ["Da, lahko objavite", "Ne, samo za knjižnico"]
    assert await drawn_again(village, person) == (card, person.buttons)
    assert (await tap(person, "Da, lahko objavite")).startswith("Hvala za vašo zgodbo!\n\nVaša zgodba")
    assert await drawn_again(village, person) == (person.screen.text.partition("\n\n")[2], person.buttons)
    assert "Čaka na odločitev: 1" in await say(coordinator, "/zgodbe")


async def test_what_is_written_before_the_story_is_read_back_goes_on_with_it(village):
    person = await joined(village, BREZICE)
    await at_the_end(village, person)
    await tap(person, texts.TELL)
    await say(person, "Prva.")
    await person.says("Druga.")
    await person.says("Tretja.")
    await person.settles()
    assert person.screen.text == f"Vaša zgodba\n\n»Prva.\nDruga.\nTretja.«\n\n{texts.IS_IT_RIGHT}"


async def test_a_story_that_was_edited_and_approved_is_quoted_until_consent_is_withdrawn(village):
    coordinator = await village.coordinator(BREZICE)
    await crowd(village, BREZICE)
    person = await asked(village)
    await tells(person)
    card = await say(coordinator, "/zgodbe")
    assert "Čaka na odločitev: 1" in card
    assert "Zgodba 1 · Migam z računalnikom, 2. 3. 2026\nčaka na odločitev" in card.replace("\u00a0", " ")
    assert coordinator.buttons == ["Zgodba 1", "Na začetek"]
    await tap(coordinator, "Zgodba 1")
    assert coordinator.buttons == [
        story_desk.APPROVE,
        story_desk.EDIT,
        story_desk.DECLINE,
        story_desk.TO_STORIES,
        "Na začetek",
    ]
    assert f"Izvirnik:\n»{WORDS}«" in coordinator.screen.text
    card = await tap(coordinator, story_desk.EDIT)
    assert await drawn_again(village, coordinator) == (card, coordinator.buttons)
    card = await say(coordinator, EDITED)
    assert f"Izvirnik:\n»{WORDS}«\n\nZa objavo:\n»{EDITED}«" in card
    assert await in_reports(village, BREZICE) == [[], []]
    await tap(coordinator, story_desk.APPROVE)
    assert coordinator.buttons == [story_desk.EDIT, story_desk.DECLINE, story_desk.TO_STORIES, "Na začetek"]
    assert await drawn_again(village, coordinator) == (coordinator.screen.text, coordinator.buttons)
    assert await in_reports(village, BREZICE) == [[EDITED], [EDITED]]

    await say(person, "/moji_podatki")
    assert "• Vaša zgodba, 2. 3. 2026" in person.screen.text.replace("\u00a0", " ")
    card = await tap(person, "Vaša zgodba")
    assert f"»{WORDS}«" in card
    assert card.endswith(f"Za objavo so jo v knjižnici uredili tako:\n\n»{EDITED}«")
    await tap(person, texts.WITHDRAW)
    assert "Objave ne dovolite več." in person.screen.text
    assert person.buttons == [texts.ALLOW, texts.DELETE, "Nazaj na začetek"]
    assert await in_reports(village, BREZICE) == [[], []]
    await say(coordinator, "/zgodbe")
    await tap(coordinator, "Zgodba 1")
    assert coordinator.buttons == [story_desk.TO_STORIES, "Na začetek"]
    assert "ne objavljajte je." in coordinator.screen.text

    await tap(person, texts.ALLOW)
    await tap(person, texts.PUBLISH)
    assert "se o objavi še niso odločili" in person.screen.text
    assert await in_reports(village, BREZICE) == [[], []]


async def test_a_story_for_the_library_only_is_read_and_never_quoted(village):
    coordinator = await village.coordinator(BREZICE)
    await crowd(village, BREZICE)
    person = await asked(village)
    await tells(person, answer=texts.KEEP_PRIVATE)
    assert "samo v knjižnici. Ne bomo je objavili." in person.screen.text
    await say(coordinator, "/zgodbe")
    await tap(coordinator, "Zgodba 1")
    assert f"»{WORDS}«" in coordinator.screen.text
    assert coordinator.buttons == [story_desk.TO_STORIES, "Na začetek"]
    await forge(coordinator, desk.approve_story(1, 1))
    await forge(coordinator, desk.edit_story(1))
    assert await in_reports(village, BREZICE) == [[], []]


async def test_an_approval_holds_for_the_words_that_were_on_the_card(village):
    coordinator, other = await village.coordinator(BREZICE), await village.coordinator(BREZICE)
    await crowd(village, BREZICE)
    person = await asked(village)
    await tells(person)
    for one in (coordinator, other):
        await say(one, "/zgodbe")
        await tap(one, "Zgodba 1")
    await tap(other, story_desk.EDIT)
    await say(other, EDITED)
    await tap(coordinator, story_desk.APPROVE)
    assert coordinator.toasts[-1].text == story_desk.CHANGED_MEANWHILE
    assert f"»{EDITED}«" in coordinator.screen.text
    assert await in_reports(village, BREZICE) == [[], []]
    await tap(coordinator, story_desk.APPROVE)
    await tap(coordinator, story_desk.DECLINE)
    assert await in_reports(village, BREZICE) == [[], []]
    await tap(other, story_desk.APPROVE)
    await tap(other, story_desk.APPROVE)
    assert await in_reports(village, BREZICE) == [[EDITED], [EDITED]]


async def test_a_tap_sent_twice_and_an_old_button_change_nothing(village):
    coordinator = await village.coordinator(BREZICE)
    person = await asked(village)
    await say(person, WORDS)
    await tap(person, texts.RIGHT)
    await tap(person, texts.PUBLISH, again=True, new_query_id=True)
    await say(coordinator, "/zgodbe")
    await tap(coordinator, "Zgodba 1")
    await tap(coordinator, story_desk.APPROVE, again=True, new_query_id=True)
    for action in (
        *(actions.finish_story(1), actions.publish_story(1, 0)),
        *(actions.keep_story_private(1, 0), actions.go_on_with_story(1)),
    ):
        await forge(person, action)
        assert "v knjižnici so zgodbo izbrali za poročila." in person.screen.text
    assert person.unanswered == coordinator.unanswered == 0
    decided = select(audit.c.action).where(audit.c.action.like("story.%")).order_by(audit.c.id)
    assert await query(village, lambda c: c.execute(decided).scalars().all()) == ["story.agree", "story.approve"]


async def test_whoever_withdraws_or_deletes_while_the_library_edits_comes_first(village):
    coordinator = await village.coordinator(BREZICE)
    person = await asked(village)
    await tells(person)
    await say(coordinator, "/zgodbe")
    await tap(coordinator, "Zgodba 1")
    await tap(coordinator, story_desk.EDIT)
    await tap(person, texts.WITHDRAW)
    assert (await say(coordinator, EDITED)).startswith(
        f"{story_desk.CHANGED_MEANWHILE}\n\nZgodba 1 · dovoljenje preklicano"
    )
    assert EDITED not in coordinator.screen.text
    await forge(coordinator, desk.edit_story(1))
    assert coordinator.toasts[-1].text == story_desk.CHANGED_MEANWHILE
    await tap(person, texts.ALLOW)
    await tap(person, texts.PUBLISH)
    await forge(coordinator, desk.edit_story(1))
    await tap(person, texts.DELETE)
    await tap(person, texts.DELETE_YES)
    assert await drawn_again(village, coordinator) == (story_desk.GONE, ["Na začetek"])
    assert (await say(coordinator, EDITED)).startswith("Žal tega ne razumemo.")
    assert await forge(coordinator, desk.show_story(1)) == "Ta gumb tukaj ne velja."
    assert await held(village) == 0


async def test_stories_of_two_programmes_stay_apart(village):
    mine, theirs = await village.coordinator(BREZICE), await village.coordinator(KAMNIK)
    for slug in (BREZICE, KAMNIK):
        await crowd(village, slug)
    ana, bor = await asked(village, BREZICE, "Ana"), await asked(village, KAMNIK, "Bor")
    await tells(ana, "Zgodba iz Brežic.")
    await tells(bor, "Zgodba iz Kamnika.")
    assert (await say(mine, "/stanje")).endswith("\nZgodb čaka na odločitev: 1")
    assert mine.buttons == ["Zgodbe", "Na začetek"]
    await say(mine, "/zgodbe")
    assert mine.buttons == ["Zgodba 1", "Na začetek"]
    assert await forge(mine, desk.show_story(2)) == "Ta gumb tukaj ne velja."
    assert await forge(mine, desk.approve_story(2, 1)) == "Ta gumb tukaj ne velja."
    assert await forge(bor, actions.show_own_story(1)) == "Ta gumb tukaj ne velja."
    assert await forge(bor, actions.drop_story(1)) == "Ta gumb tukaj ne velja."
    await say(theirs, "/zgodbe")
    await tap(theirs, "Zgodba 2")
    await tap(theirs, story_desk.APPROVE)
    assert "Zgodb čaka" not in await say(theirs, "/stanje")
    assert await in_reports(village, BREZICE) == [[], []]
    assert await in_reports(village, KAMNIK) == [["Zgodba iz Kamnika."]] * 2


async def test_a_story_goes_on_in_several_messages_and_can_be_told_anew_or_dropped(village):
    person = await asked(village)
    await say(person, "Prvi del.")
    assert "»Prvi del.\nDrugi del.«" in await say(person, "Drugi del.")
    await tap(person, texts.TELL_AGAIN)
    assert person.buttons == ["‹ Nazaj"]
    assert "»Prvi del.\nDrugi del.«" in await tap(person, "‹ Nazaj")
    await tap(person, texts.TELL_AGAIN)
    assert "»Drugače.«" in await say(person, "Drugače.")
    await tap(person, texts.RIGHT)
    assert (await say(person, "da")).startswith(f"{texts.BY_BUTTON}\n\nAli smemo")
    await say(person, "/moji_podatki")
    await tap(person, "Vaša zgodba")
    assert "Zgodba še ni oddana." in person.screen.text
    await tap(person, texts.GO_ON)
    assert (await tap(person, texts.DROP)).startswith("Želite zgodbo izbrisati?")
    assert "Zgodba še ni oddana." in await tap(person, texts.DELETE_NO)
    await tap(person, texts.GO_ON)
    await tap(person, texts.DROP)
    assert await tap(person, texts.DELETE_YES) == texts.DROPPED
    assert await drawn_again(village, person) == (texts.DROPPED, ["Nazaj na začetek"])
    assert await held(village) == 0


async def test_what_cannot_be_taken_is_said_and_nothing_is_lost(village):
    person = await asked(village)
    long = "a" * (LONGEST + 1)
    assert (await say(person, long)).startswith("Besedilo je predolgo: ima 1001 znakov.")
    await person.sends_document(b"x", "x.txt")
    await person.settles()
    assert person.screen.text.startswith("Tukaj potrebujemo besede")
    assert person.buttons == [texts.NO_STORY]
    longest = "&a " * (LONGEST // 3) + "b"
    await say(person, longest)
    assert (await say(person, "b")).startswith("Besedilo je predolgo: ima 1002 znakov.")
    await person.sends_document(b"x", "x.txt")
    await person.settles()
    assert person.buttons == [texts.RIGHT, texts.TELL_AGAIN, texts.DROP]
    await tap(person, texts.RIGHT)
    await tap(person, texts.PUBLISH)
    coordinator = await village.coordinator(BREZICE)
    await say(coordinator, "/zgodbe")
    await tap(coordinator, "Zgodba 1")
    await tap(coordinator, story_desk.EDIT)
    assert (await say(coordinator, long)).startswith("Besedilo je predolgo: ima 1001 znakov.")
    await say(coordinator, longest)
    assert len(coordinator.screen.text) > 2 * LONGEST
    assert person.unanswered == coordinator.unanswered == 0


async def test_nobody_is_invited_twice_in_a_wave_or_pressed(village):
    person = await joined(village, BREZICE)
    await at_the_end(village, person)
    await tap(person, texts.TELL)
    await tap(person, texts.NO_STORY)
    before = len(person.messages)
    assert person.screen.text.startswith("Hvala, zdaj ni vprašanj za vas.")
    await village.wait(days=30)
    assert len(person.messages) == before
    await village.wait(days=65)
    await tap(person, "Začni")
    await finish(person)
    assert INVITED in person.screen.text
    await tap(person, texts.TELL)
    await tells(person)
    await forge(person, actions.tell_story(3))
    assert "Dovolili ste objavo" in person.screen.text
    assert await held(village) == 1


async def test_who_answers_for_a_child_is_not_invited(village):
    mother = await joined(village, CHILDREN, "Mama")
    await at_the_end(village, mother)
    assert mother.screen.text.startswith("Hvala! Vaši odgovori so shranjeni.")
    assert INVITED not in mother.screen.text
    assert await forge(mother, actions.tell_story(2)) == "Ta gumb tukaj ne velja."


async def test_who_has_left_can_take_back_and_no_longer_agree(village):
    person = await asked(village)
    await tells(person)
    await say(person, "/stop")
    await tap(person, "Samo nehajte pisati")
    await say(person, "/moji_podatki")
    await tap(person, "Vaša zgodba")
    assert person.buttons == [texts.WITHDRAW, texts.DELETE, "Nazaj na začetek"]
    await tap(person, texts.WITHDRAW)
    assert person.buttons == [texts.DELETE, "Nazaj na začetek"]
    assert await forge(person, actions.publish_story(1, 2)) == "Ta gumb tukaj ne velja."
    assert await forge(person, actions.tell_story(1)) == "Ta gumb tukaj ne velja."


async def test_a_librarian_who_helps_is_not_invited_and_reads_no_stories(village):
    person = await joined(village, BREZICE)
    librarian = await village.librarian(BREZICE)
    await village.wait(days=64)
    codes = await query(village, lambda c: c.execute(select(schema.participant.c.code)).scalars().all())
    await say(librarian, f"/izpolni {codes[0]}")
    await finish(librarian)
    assert INVITED not in librarian.screen.text
    assert await forge(librarian, actions.tell_story(2)) == "Ta gumb tukaj ne velja."
    assert (await say(librarian, "/zgodbe")).startswith("To v vaši vlogi ni mogoče.")
    assert await forge(person, desk.show_story(1)) == "Ta gumb tukaj ne velja."


async def test_a_deleted_story_and_an_erased_person_leave_nothing(village):
    coordinator = await village.coordinator(BREZICE)
    await crowd(village, BREZICE)
    ana, bor = await asked(village, BREZICE, "Ana"), await asked(village, BREZICE, "Bor")
    await tells(ana, "Anina zgodba.")
    await tells(bor, "Borova zgodba.")
    for name in ("Zgodba 1", "Zgodba 2"):
        await say(coordinator, "/zgodbe")
        await tap(coordinator, name)
        await tap(coordinator, story_desk.APPROVE)
    assert [sorted(found) for found in await in_reports(village, BREZICE)] == [["Anina zgodba.", "Borova zgodba."]] * 2
    await say(ana, "/moji_podatki")
    file = json.loads([message.media.data for message in ana.messages if message.media][-1])
    assert [(one["text"], one["decision"]) for one in file[0]["stories"]] == [("Anina zgodba.", "approved")]
    await tap(ana, "Vaša zgodba")
    await tap(ana, texts.DELETE)
    assert ana.buttons == [texts.DELETE_YES, texts.DELETE_NO]
    await tap(ana, texts.DELETE_NO)
    await tap(ana, texts.DELETE)
    assert await tap(ana, texts.DELETE_YES) == texts.DROPPED
    assert await in_reports(village, BREZICE) == [["Borova zgodba."]] * 2
    await say(bor, "/izbris")
    await tap(bor, "Da, izbriši vse")
    assert await held(village) == 0
    assert await in_reports(village, BREZICE) == [[], []]
    assert (await say(coordinator, "/zgodbe")).startswith("Zgodbe\n\nZgodb še ni.")
    subjects = select(audit.c.subject).where(audit.c.action.like("story.%"))
    assert {row.subject for row in await query(village, lambda c: c.execute(subjects).all())} == {"story:1", "story:2"}


async def test_many_stories_come_in_pages(village):
    coordinator = await village.coordinator(BREZICE)
    cohort = await village.cohort(BREZICE)
    for _ in range(9):
        enrolled = await village.enrol(cohort)
        place = {"enrolment_id": enrolled.enrolment, "wave": "after", "now": village.clock()}
        number = await village.write(stories.tell, keys=village.services.keys, text=WORDS, **place)
        one = await query(village, stories.load, keys=village.services.keys, story_id=number)
        await village.write(stories.agree, one=one, version="v", now=village.clock())
    await say(coordinator, "/zgodbe")
    assert "Čaka na odločitev: 9" in coordinator.screen.text
    await tap(coordinator, "Naslednje ›")
    assert coordinator.buttons == ["Zgodba 1", "‹ Prejšnje", "Na začetek"]
    assert await drawn_again(village, coordinator) == (coordinator.screen.text, coordinator.buttons)
