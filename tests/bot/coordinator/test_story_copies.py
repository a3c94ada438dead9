"""A story that a coordinator edits beyond shortening is published only as its author agrees, and says »(urejeno)«."""

from datetime import UTC, datetime, timedelta

from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select, update

from bot.actions import participant as actions
from bot.texts import english, story_desk
from bot.texts.slovene import stories as texts
from reports.disclosure.suppression import Cells
from reports.kinds.impact import impact
from reports.report import Quote
from storage import schema
from storage.schema import DeliveryKind, DeliveryState, delivery
from tests.bot.delivery.test_most_a_week import in_groups
from tests.bot.participant.test_stories_journey import BREZICE, WORDS, asked, crowd, in_reports, tells

CHANGED = "Prej sem klicala hčer, zdaj vnuku pišem sama."
SHORTENED = "Zdaj […] pišem sama."
NEW = "Program je odličen in ga vsem priporočam."
QUESTION = "Knjižnica Brežice: Vaša zgodba"


async def edits(coordinator, words, *, approves=True):
    await say(coordinator, "/zgodbe")
    await tap(coordinator, "Zgodba 1")
    await tap(coordinator, story_desk.EDIT)
    card = await say(coordinator, words)
    if approves:
        await tap(coordinator, story_desk.APPROVE)
    return card


async def told(village):
    """A coordinator, and somebody whose story waits for a decision."""
    coordinator = await village.coordinator(BREZICE)
    await crowd(village, BREZICE)
    person = await asked(village)
    await tells(person)
    return coordinator, person


def questions(person):
    return [one for one in person.messages if one.by_bot and one.text.startswith(QUESTION)]


async def states(village):
    statement = select(delivery.c.state, delivery.c.problem).where(delivery.c.kind == DeliveryKind.STORY)
    return await query(village, lambda c: [tuple(row) for row in c.execute(statement.order_by(delivery.c.id))])


async def test_changed_words_are_shown_to_their_author_and_published_when_they_agree(village):
    coordinator, person = await told(village)
    card = await edits(coordinator, CHANGED)
    assert card.startswith(story_desk.CHANGED)
    assert coordinator.toasts[-1].text == story_desk.APPROVED_AND_ASKED
    assert coordinator.screen.text.startswith("Zgodba 1 · čaka na odgovor osebe")
    assert coordinator.buttons == [story_desk.EDIT, story_desk.DECLINE, story_desk.TO_STORIES, "Na začetek"]
    await village.wait(minutes=11)  # whoever is just using the chat is not interrupted
    await person.settles()
    assert person.screen.text == (
        f"{QUESTION}\n\n{texts.COPY_MADE}\n\n»{CHANGED}«\n\nVaše besedilo:\n»{WORDS}«\n\n"
        "Ali se strinjate, da jo tako objavimo?\nBrez vašega »Strinjam se« je ne objavimo."
    )
    assert person.buttons == ["Strinjam se", "Ne strinjam se", "Nazaj na začetek"]
    assert await drawn_again(village, person) == (person.screen.text, person.buttons)
    assert await in_reports(village, BREZICE) == [[], []]

    assert (await say(person, "da")).startswith(f"{texts.BY_BUTTON}\n\n{QUESTION}")
    await tap(person, "Strinjam se")
    assert "v knjižnici so zgodbo izbrali za poročila." in person.screen.text
    assert person.buttons == [texts.WITHDRAW, texts.DELETE, "Nazaj na začetek"]
    assert await in_reports(village, BREZICE) == [[CHANGED], [CHANGED]]
    assert await quoted(village) == [f"»{CHANGED}« (urejeno)"]
    await village.wait(days=60)
    assert len(questions(person)) == 1  # what stood below the typed word has become the story itself


async def quoted(village):
    """How the voices read in a report of impact that is made now."""
    now, programme, open_text = village.clock(), village.programme(BREZICE), village.services.keys.open_text

    def make(connection):
        made = impact(connection, programme, now, Cells(), open_text)
        return [block.said for section in made.sections for block in section.blocks if isinstance(block, Quote)]

    return await query(village, make)


async def test_what_is_agreed_to_in_a_later_week_is_told_in_that_week(village):
    coordinator, person = await told(village)
    await edits(coordinator, CHANGED)
    await village.wait(days=9)
    assert await in_reports(village, BREZICE) == [[], []]
    await say(person, "/moji_podatki")
    await tap(person, "Vaša zgodba")
    await tap(person, "Strinjam se")
    assert await in_reports(village, BREZICE) == [[CHANGED], [CHANGED]]


async def test_who_does_not_agree_is_not_quoted_and_may_think_again(village):
    coordinator, person = await told(village)
    await edits(coordinator, CHANGED)
    await village.wait(minutes=11)
    await tap(person, "Ne strinjam se")
    assert "Z urejeno zgodbo se ne strinjate" in person.screen.text
    assert person.buttons == ["Strinjam se", texts.WITHDRAW, texts.DELETE, "Nazaj na začetek"]
    assert await in_reports(village, BREZICE) == [[], []]
    await say(coordinator, "/zgodbe")
    assert "oseba se z urejenim besedilom ne strinja" in coordinator.screen.text
    await tap(coordinator, "Zgodba 1")
    assert story_desk.APPROVE not in coordinator.buttons
    await say(person, "/moji_podatki")
    await tap(person, "Vaša zgodba")
    await tap(person, "Strinjam se")
    assert await in_reports(village, BREZICE) == [[CHANGED], [CHANGED]]


async def test_without_an_answer_nothing_is_published_and_nobody_is_asked_twice(village):
    coordinator, person = await told(village)
    await edits(coordinator, CHANGED)
    await village.wait(minutes=11)
    await tap(coordinator, story_desk.DECLINE)
    await tap(coordinator, story_desk.APPROVE)
    await village.wait(days=30)
    assert len(questions(person)) == 1
    assert await in_reports(village, BREZICE) == [[], []]
    await say(person, "/moji_podatki")
    await tap(person, "Vaša zgodba")
    assert person.buttons == ["Strinjam se", "Ne strinjam se", texts.WITHDRAW, texts.DELETE, "Nazaj na začetek"]
    assert "čakajo na vaš odgovor." in person.screen.text


async def test_shortened_words_ask_nobody_and_are_marked_all_the_same(village):
    coordinator, person = await told(village)
    assert (await edits(coordinator, SHORTENED)).startswith(story_desk.EDITED)
    await village.wait(days=7)
    assert questions(person) == []
    assert await quoted(village) == [f"»{SHORTENED}« (urejeno)"]


async def test_words_as_they_were_told_carry_no_mark(village):
    coordinator, _ = await told(village)
    await edits(coordinator, f"»{WORDS}« ")
    await village.wait(minutes=1)
    assert await quoted(village) == [f"»{WORDS}«"]


async def test_a_wholly_new_text_is_refused_as_a_quotation(village):
    coordinator, person = await told(village)
    card = await edits(coordinator, NEW, approves=False)
    assert card.startswith(f"{story_desk.NOT_A_QUOTATION}\n\nZgodba 1: besedilo za objavo")
    assert NEW not in card
    await tap(coordinator, "Prekliči")
    assert "Za objavo:" not in coordinator.screen.text
    await village.wait(days=1)
    assert questions(person) == []


async def test_an_answer_holds_for_the_words_that_were_on_the_card(village):
    coordinator, person = await told(village)
    await edits(coordinator, CHANGED)
    await village.wait(minutes=11)
    other = "Prej sem klicala hčer, zdaj sosedu pišem sama."
    await edits(coordinator, other, approves=False)
    await tap(person, "Strinjam se")
    assert person.toasts[-1].text == "Tukaj ste."
    assert f"»{other}«" in person.screen.text
    assert "Strinjam se" not in person.buttons
    await tap(coordinator, story_desk.APPROVE)
    await village.wait(minutes=11)
    assert f"»{other}«" in person.screen.text
    await tap(person, "Strinjam se", again=True, new_query_id=True)
    assert await in_reports(village, BREZICE) == [[other], [other]]
    assert await forge(coordinator, actions.agree_to_copy(1, 9)) == "Ta gumb tukaj ne velja."


async def test_who_takes_back_or_leaves_is_not_asked_any_more(village):
    coordinator, person = await told(village)
    await edits(coordinator, CHANGED)
    await say(person, "/moji_podatki")
    await tap(person, "Vaša zgodba")
    await tap(person, texts.WITHDRAW)
    await village.wait(days=1)
    assert (questions(person), await states(village)) == ([], [(DeliveryState.CANCELLED, "nobody is to be asked")])
    await tap(person, texts.ALLOW)
    await tap(person, texts.PUBLISH)
    await edits(coordinator, CHANGED)
    await say(person, "/stop")
    await tap(person, "Samo nehajte pisati")
    await village.wait(days=1)
    assert (questions(person), [state for state, _ in await states(village)]) == ([], [DeliveryState.CANCELLED] * 2)
    await say(person, "/moji_podatki")
    await tap(person, "Vaša zgodba")
    assert person.buttons == [texts.WITHDRAW, texts.DELETE, "Nazaj na začetek"]


async def test_it_comes_in_no_quiet_hours(village):
    coordinator, person = await told(village)
    village.clock.now = datetime(2026, 3, 7, 21, 0, tzinfo=UTC)  # a Saturday, 22:00 in Ljubljana
    await edits(coordinator, CHANGED)
    await village.travel(datetime(2026, 3, 9, 6, 59, tzinfo=UTC))
    assert questions(person) == []
    await village.travel(datetime(2026, 3, 9, 7, 0, tzinfo=UTC))
    assert len(questions(person)) == 1


async def test_it_waits_for_room_in_the_week(village):
    person = await in_groups(village, 3)
    coordinator = await village.coordinator(BREZICE)

    def tell(connection):
        return schema_story(connection, village.services.keys, village.clock())

    await village.services.database.write(tell)
    await village.travel(datetime(2026, 5, 4, 15, 0, tzinfo=UTC))  # three invitations
    await edits(coordinator, CHANGED)
    await village.travel(datetime(2026, 5, 11, 7, 59, tzinfo=UTC))
    assert questions(person) == []
    await village.travel(datetime(2026, 5, 25, 8, 0, tzinfo=UTC))
    assert len(questions(person)) == 1
    sent = [
        one.date for one in person.messages if one.by_bot and one.date >= datetime(2026, 5, 4, tzinfo=UTC).timestamp()
    ]
    week = timedelta(days=7).total_seconds()
    assert max(len([one for one in sent if last - week < one <= last]) for last in sent) == 3


def schema_story(connection, keys, now):
    handed_in = {"told_at": now, "handed_in_at": now, "publication_version": "v", "publication_given_at": now}
    values = {"enrolment": 1, "wave": "before", "text_sealed": keys.seal_text(WORDS), **handed_in}
    return connection.execute(schema.story.insert().values(values)).inserted_primary_key[0]


async def test_the_author_reads_the_question_in_their_language(village):
    coordinator, person = await told(village)
    await query_language(village, person, "en")
    await edits(coordinator, CHANGED)
    await village.wait(minutes=11)
    assert person.buttons == [english.stories.AGREE, english.stories.DISAGREE, "Back to the beginning"]
    assert person.screen.text.startswith("Knjižnica Brežice: Your story\n\nYou allow the publication")


async def query_language(village, person, language):
    chat = village.services.keys.seal_id(person.id)
    change = update(schema.chat).where(schema.chat.c.chat == chat).values(language=language)
    await village.services.database.write(lambda connection: connection.execute(change))


async def test_what_was_edited_and_approved_before_authors_were_asked_is_not_quoted_until_they_agree(village):
    coordinator, person = await told(village)
    await edits(coordinator, CHANGED, approves=False)
    decided = update(schema.story).values(decision="approved", decided_at=village.clock(), decided_by="staff:1")
    await village.services.database.write(lambda connection: connection.execute(decided))
    assert await in_reports(village, BREZICE) == [[], []]
    await say(coordinator, "/zgodbe")
    await tap(coordinator, "Zgodba 1")
    await tap(coordinator, story_desk.APPROVE)
    await village.wait(minutes=11)
    await tap(person, "Strinjam se")
    assert await in_reports(village, BREZICE) == [[CHANGED], [CHANGED]]
