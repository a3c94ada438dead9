"""In a kiosk a person with a card reads or hears the text of consent, and answers it alone."""

from datetime import date

from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select

from bot.actions import assistance as actions
from bot.consent import register, text_archive
from bot.texts import kiosk as texts
from bot.texts import recording as recording_texts
from bot.texts.languages import WORDS
from bot.texts.participant import CONSENT_VERSION, ON_THE_WEB
from storage import consents as stored
from storage import participants
from storage.schema import ConsentKind, EnrolmentState, Giver, audit
from surveys.model import EnrolmentRole, Mode
from tests.bot.librarian.test_kiosk import ASK, BREZICE, CHILDREN, finish, modes, starts

SOUND = b"OggS" + b"a" * 400


def agrees(enrolment):
    return actions.consent_in_kiosk(enrolment, EnrolmentRole.PARTICIPANT)


async def card_holder(village, slug=BREZICE, name="Pomlad"):
    cohort = await village.cohort(slug, name=name)
    return cohort, await village.enrol(cohort)


async def recorded(village, cohort):
    found = await query(village, stored.of_cohort, cohort_id=cohort.id)
    assert [text_archive.text(one.hash) is not None for one in found] == [True] * len(found)
    return [(one.giver, one.mode, one.version, one.language, one.kind, one.recorded_by) for one in found]


async def state(village, enrolled):
    return (await query(village, participants.of_enrolment, enrolment_id=enrolled.enrolment)).state


def text(village, slug, language):
    return text_archive.in_kiosk(village.programme(slug), "participants", language)


async def test_a_person_with_a_card_reads_agrees_and_answers_at_once(village):
    librarian = await village.librarian(BREZICE)
    cohort, marija = await card_holder(village)
    await starts(librarian)
    card = await say(librarian, marija.code)
    assert card == text(village, BREZICE, "sl")
    assert "• Odgovarja lahko, kdor ima vsaj 15 let." in card
    assert marija.code not in card
    buttons = ["Da, dovolim", "Ne, hvala", "Lahko branje", "English", "Končaj za zdaj"]
    assert librarian.buttons == buttons
    assert await drawn_again(village, librarian) == (card, buttons)
    for words in ("da", "zdravo"):
        assert await say(librarian, words) == f"{WORDS['sl'].talk.BY_BUTTON}\n\n{card}"
        assert librarian.buttons == buttons
    assert await say(librarian, "/start") == card
    assert await recorded(village, cohort) == []

    question = await tap(librarian, "Da, dovolim", again=True, new_query_id=True)
    assert question.startswith("Vaš vprašalnik\n\n1 od 8")
    assert await recorded(village, cohort) == [
        (Giver.SELF, Mode.SELF, CONSENT_VERSION + ON_THE_WEB, "sl", ConsentKind.ALOUD, "kiosk:BRE")
    ]
    deeds = select(audit.c.actor, audit.c.action, audit.c.subject).order_by(audit.c.id.desc()).limit(1)
    assert tuple(await query(village, lambda c: c.execute(deeds).one())) == (
        "kiosk:BRE",
        "participant.join",
        marija.code,
    )
    await finish(librarian)
    assert await modes(village) == [(Mode.SELF, True)]
    assert await tap(librarian, "Končano") == ASK


async def test_the_account_says_that_it_was_in_the_kiosk_of_the_library(village):
    librarian = await village.librarian(BREZICE)
    cohort, marija = await card_holder(village)
    await starts(librarian)
    await say(librarian, marija.code)
    await tap(librarian, "English")
    assert librarian.screen.text == text(village, BREZICE, "en")
    await tap(librarian, "Yes, I allow it")
    records = await query(village, stored.of_cohort, cohort_id=cohort.id)
    row = register.rows(records)[1]
    assert (row[3], row[5], row[10]) == ("oseba sama v kiosku knjižnice", "en", "kiosk knjižnice BRE")
    assert register.texts(records)[1][4].startswith("We are {library}.")
    assert "You must be at least 15 years old to answer." in register.texts(records)[1][4]
    enrolment = await query(village, participants.of_enrolment, enrolment_id=marija.enrolment)
    assert (enrolment.language, enrolment.chat) == ("sl", None)  # Brežice asks nothing in English


async def test_the_language_that_was_chosen_is_that_of_the_questions_where_there_are_some(village):
    librarian = await village.librarian(BREZICE)
    _, marija = await card_holder(village)
    await starts(librarian)
    await say(librarian, marija.code)
    await tap(librarian, "Lahko branje")
    await tap(librarian, WORDS["sl-x-lahko"].KIOSK_CONSENT_YES)
    enrolment = await query(village, participants.of_enrolment, enrolment_id=marija.enrolment)
    assert enrolment.language == "sl-x-lahko"


async def test_a_no_counts_and_the_person_may_think_again(village):
    librarian = await village.librarian(BREZICE)
    cohort, marija = await card_holder(village)
    await starts(librarian)
    await say(librarian, marija.code)
    assert await tap(librarian, "Končaj za zdaj") == ASK
    assert await state(village, marija) is EnrolmentState.INVITED
    await say(librarian, marija.code)
    assert await tap(librarian, "Ne, hvala") == f"{WORDS['sl'].KIOSK_DECLINED}\n\n{ASK}"
    assert await state(village, marija) is EnrolmentState.DECLINED
    await say(librarian, marija.code)
    await tap(librarian, "Da, dovolim")
    assert await state(village, marija) is EnrolmentState.ACTIVE
    assert len(await recorded(village, cohort)) == 1


async def test_for_a_child_the_guardian_is_asked(village):
    librarian = await village.librarian(CHILDREN)
    cohort, child = await card_holder(village, CHILDREN)
    await starts(librarian, ASK.replace("BRE", "NME"))
    assert await say(librarian, child.code) == text(village, CHILDREN, "sl")
    assert "15 let" not in librarian.screen.text  # an adult answers
    await tap(librarian, "Da, sem starš ali skrbnik")
    [given] = await recorded(village, cohort)
    assert given == (Giver.GUARDIAN, Mode.SELF, CONSENT_VERSION, "sl", ConsentKind.ALOUD_GUARDIAN, "kiosk:NME")


async def test_the_text_can_be_heard_where_a_librarian_has_read_it(village):
    librarian = await village.librarian(BREZICE)
    _, marija = await card_holder(village)
    await say(librarian, "/posnemi")
    await tap(librarian, recording_texts.CONSENT)
    await tap(librarian, "Slovenščina")
    assert "Smo Knjižnica Brežice." in librarian.screen.text
    assert "vsaj 15 let" in librarian.screen.text
    await librarian.sends_voice(SOUND, seconds=40)
    await librarian.settles()
    await starts(librarian)
    await say(librarian, marija.code)
    assert librarian.buttons[0] == "🔊 Poslušaj"
    card = librarian.screen.text
    await tap(librarian, "🔊 Poslušaj", again=True, new_query_id=True)
    played = [one.media.data for one in librarian.messages if one.by_bot and one.media]
    assert played == [SOUND]
    assert (librarian.screen.text, librarian.buttons[1]) == (card, "Da, dovolim")
    await tap(librarian, "English")
    assert librarian.buttons[0] == "Yes, I allow it"


async def test_nothing_of_it_is_left_for_the_next_one_and_no_old_button_agrees(village):
    librarian = await village.librarian(BREZICE)
    spring, marija = await card_holder(village)
    autumn, joze = await card_holder(village, name="Jesen")
    await starts(librarian)
    await say(librarian, marija.code)
    await say(librarian, joze.code)
    for action in (
        agrees(marija.enrolment),
        actions.decline_in_kiosk(marija.enrolment),
        actions.speak_in_kiosk(marija.enrolment, "en"),
        agrees(999),
    ):
        assert await forge(librarian, action) == "Ta gumb ne velja več."
    assert await recorded(village, spring) == await recorded(village, autumn) == []
    await village.wait(minutes=11)
    await librarian.settles()
    assert librarian.screen.text == ASK
    await forge(librarian, agrees(joze.enrolment))
    assert await recorded(village, autumn) == []


async def test_who_has_left_turns_to_the_staff_and_no_button_works_outside_a_kiosk(village):
    librarian = await village.librarian(BREZICE)
    _, marija = await card_holder(village)
    assert await forge(librarian, agrees(marija.enrolment)) == "Ta gumb tukaj ne velja."
    number = await starts(librarian)
    await say(librarian, marija.code)
    await tap(librarian, "Da, dovolim")
    await say(librarian, number)
    await say(librarian, f"/udelezenec {marija.code}")
    await tap(librarian, "Konec sodelovanja")
    await tap(librarian, "Da, končaj")
    await starts(librarian)
    assert (
        await say(librarian, marija.code)
        == f"Prosimo, obrnite se na osebje knjižnice. Z veseljem vam pomagamo.\n\n{ASK}"
    )
    assert texts.WRONG.endswith("ali se obrnite na osebje knjižnice.")


async def test_a_consent_before_the_first_questionnaire_says_that_there_are_no_questions_yet(village):
    librarian = await village.librarian(BREZICE)

    cohort = await village.cohort(BREZICE, start=date(2026, 6, 1), end=date(2026, 9, 1), name="Poletje")
    marija = await village.enrol(cohort)
    await starts(librarian)
    await say(librarian, marija.code)
    assert await tap(librarian, "Da, dovolim") == f"{WORDS['sl'].KIOSK_AGREED}\n\n{ASK}"
    assert len(await recorded(village, cohort)) == 1
