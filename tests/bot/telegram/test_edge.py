import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest

from bot.conversation.arrivals import ConfirmedCard
from bot.conversation.handled import Handled
from bot.conversation.outcomes import Delivered, Refused, Uncertain
from bot.conversation.screens import Button, Document, Picture, Reply, Screen, column
from bot.telegram.card_state import CardStates
from bot.telegram.edge import Edge
from bot.telegram.limiter import Limiter, Rates
from bot.telegram.outbox import Outbox
from storage import chats

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
FIRST = Screen("Kako vam gre?", column(Button("dobro", "q:1:1"), Button("slabo", "q:1:2")))
SECOND = Screen("Kaj pa <b>zdaj</b>?", column(Button("bolje", "q:2:1")))
BARE = Screen("Hvala.")
UNHURRIED = Rates(overall=1e5, overall_burst=1000, chat=1e5, chat_burst=1000)


class Counter:
    """An edge with one person, whose chat row moves as a visit would move it."""

    def __init__(self, services, bot, person):
        self.services, self.person = services, person
        self.chat = services.keys.seal_id(person.id)
        self.gone, self.slept = [], []
        self.limiter = Limiter(UNHURRIED)
        self.bot = bot
        self.restarts()

    def restarts(self):
        """A new process: nothing is remembered but what is stored."""
        self.card_states = CardStates(self.services.database)
        self.edge = Edge(
            self.bot, self.services, self.limiter, unreachable=self.lost, card_states=self.card_states, sleep=self.sleep
        )

    async def lost(self, chat):
        self.gone.append(chat)

    async def sleep(self, seconds):
        self.slept.append(seconds)

    async def turn(self, card, *, query=None, **reply):
        wanted = Reply(card, "home:", **reply)
        row = await self.row()
        write = partial(chats.show_next, chat_ref=self.chat, view="home:", now=NOW, fresh=wanted.fresh)
        revision = await self.services.database.write(write)
        return Handled(self.chat, revision, row.card if row else None, wanted, query)

    async def shows(self, card, **how):
        return await self.edge.show(await self.turn(card, **how))

    async def row(self):
        return await self.services.database.read(partial(chats.load, chat_ref=self.chat))

    async def state(self):
        """Card, wanted and shown as stored, after everything was recorded."""
        await self.card_states.close()
        row = await self.row()
        return row.card, row.wanted, row.shown


@pytest.fixture
async def counter(services, telegram_bot, simulator):
    person = simulator.person()
    await person.says("/start")
    return Counter(services, telegram_bot, person)


def shown(person):
    """The bot's messages as a phone shows them: text and labels."""
    return [(message.text, message.labels) for message in person.messages if message.by_bot]


def called(simulator):
    return [request.method for request in simulator.requests]


async def test_the_first_card_is_sent_and_its_id_is_recorded_at_once(counter):
    assert await counter.shows(FIRST)
    row = await counter.row()
    assert shown(counter.person) == [("Kako vam gre?", ["dobro", "slabo"])]
    assert (row.card, row.wanted, row.shown) == (counter.person.screen.id, 1, 1)


async def test_the_next_card_replaces_it_in_place(counter, simulator):
    await counter.shows(FIRST)
    assert await counter.shows(SECOND)
    assert shown(counter.person) == [("Kaj pa zdaj?", ["bolje"])]
    assert [entity["type"] for entity in counter.person.screen.entities] == ["bold"]
    assert await counter.state() == (counter.person.screen.id, 2, 2)
    assert called(simulator) == ["sendMessage", "editMessageText"]


async def test_edits_are_recorded_together_a_moment_later(counter):
    await counter.shows(FIRST)
    await counter.shows(SECOND)
    await counter.shows(BARE)
    assert counter.slept == []
    assert (await counter.row()).shown == 1
    assert await counter.state() == (counter.person.screen.id, 3, 3)


async def test_edits_are_recorded_without_being_asked(services, counter):
    counter.card_states._sleep = counter.sleep
    await counter.shows(FIRST)
    await counter.shows(SECOND)
    await counter.card_states._writing
    assert (await counter.row()).shown == 2
    assert counter.slept == [1.0]


async def test_a_fresh_card_stands_below_and_takes_the_buttons_off_the_old_one(counter, simulator):
    await counter.shows(FIRST)
    await counter.person.says("dobro")
    await counter.shows(SECOND, fresh=True)
    assert shown(counter.person) == [("Kako vam gre?", []), ("Kaj pa zdaj?", ["bolje"])]
    assert called(simulator) == ["sendMessage", "sendMessage", "editMessageReplyMarkup"]


async def test_a_card_without_buttons_is_left_in_peace(counter, simulator):
    await counter.shows(BARE)
    await counter.shows(FIRST, fresh=True)
    assert called(simulator) == ["sendMessage", "sendMessage"]


async def test_the_same_card_again_counts_as_shown(counter):
    await counter.shows(FIRST)
    assert await counter.shows(FIRST)
    assert await counter.state() == (counter.person.screen.id, 2, 2)


@pytest.mark.parametrize(
    "words",
    [
        "Bad Request: message to edit not found",
        "Bad Request: message can't be edited",
        "Bad Request: MESSAGE_ID_INVALID",
    ],
)
async def test_a_card_that_cannot_be_edited_is_sent_anew(counter, simulator, words):
    await counter.shows(FIRST)
    simulator.faults.add("editMessageText", "refused", status=400, description=words)
    assert await counter.shows(SECOND)
    assert shown(counter.person)[-1] == ("Kaj pa zdaj?", ["bolje"])
    assert await counter.state() == (counter.person.screen.id, 2, 2)


async def test_a_card_with_a_picture_is_followed_by_a_new_message(counter):
    await counter.shows(Screen("Slika pravi: 7 od 10.", column(Button("naprej", "home")), Picture(PNG)))
    await counter.shows(SECOND)
    assert shown(counter.person) == [("Slika pravi: 7 od 10.", []), ("Kaj pa zdaj?", ["bolje"])]


async def test_extras_stand_before_a_card_that_is_sent_anew(counter):
    await counter.shows(FIRST)
    file = Screen("Vaši podatki.", media=Document(b"{}", "moji-podatki.json"), protect=True)
    await counter.shows(SECOND, extras=(Screen("Vse, kar hranimo:"), file))
    assert shown(counter.person) == [
        ("Kako vam gre?", []),
        ("Vse, kar hranimo:", []),
        ("Vaši podatki.", []),
        ("Kaj pa zdaj?", ["bolje"]),
    ]
    document = counter.person.messages[-2]
    assert (document.media.name, document.media.data, document.protect_content) == ("moji-podatki.json", b"{}", True)


async def test_a_picture_arrives_with_its_caption(counter):
    await counter.shows(BARE, extras=(Screen("<b>7 od 10</b>", media=Picture(PNG)),))
    picture = counter.person.messages[-2]
    assert (picture.media.kind, picture.media.data, picture.text) == ("photo", PNG, "7 od 10")


async def test_a_tap_is_answered_with_its_toast(counter):
    await counter.shows(FIRST)
    query = await counter.person.taps("dobro")
    await counter.shows(SECOND, query=query, toast="Shranjeno")
    assert [toast.text for toast in counter.person.toasts] == ["Shranjeno"]
    assert counter.person.unanswered == 0


async def test_a_tap_that_is_too_old_to_be_answered_is_no_trouble(counter, caplog):
    await counter.shows(FIRST)
    with caplog.at_level(logging.WARNING):
        assert await counter.shows(SECOND, query="no such query")
    assert shown(counter.person) == [("Kaj pa zdaj?", ["bolje"])]
    assert caplog.text == ""


async def test_an_answer_to_a_tap_is_tried_once_more(counter, simulator):
    await counter.shows(FIRST)
    query = await counter.person.taps("dobro")
    simulator.faults.add("answerCallbackQuery", "server_error")
    await counter.edge.answer(query, "č" * 300)
    assert [toast.text for toast in counter.person.toasts] == ["č" * 199 + "…"]


async def test_who_blocked_the_bot_is_noted_and_not_tried_again(counter):
    await counter.shows(FIRST)
    counter.person.blocks()
    assert await counter.shows(SECOND) is False
    assert counter.gone == [counter.chat]
    assert await counter.state() == (None, 2, 2)


async def test_a_passing_trouble_is_tried_again(counter, simulator):
    await counter.shows(FIRST)
    simulator.faults.add("editMessageText", "server_error")
    simulator.faults.add("editMessageText", "cut_before")
    assert await counter.shows(SECOND)
    assert counter.slept == [0.5, 2.0]
    assert shown(counter.person) == [("Kaj pa zdaj?", ["bolje"])]


async def test_a_lasting_trouble_leaves_the_card_behind(counter, simulator, caplog):
    await counter.shows(FIRST)
    await simulator.goes_down()
    assert await counter.shows(SECOND) is False
    await simulator.comes_up()
    assert await counter.state() == (counter.person.screen.id, 2, 1)
    assert [record.getMessage().split(" at ")[0] for record in caplog.records] == ["a card stays behind: NotSent"]


async def test_an_edit_that_was_done_before_the_line_broke_is_found_done(counter, simulator):
    await counter.shows(FIRST)
    simulator.faults.add("editMessageText", "cut_after")
    assert await counter.shows(SECOND)
    assert simulator.requests[-2].outcome == "running or cut"
    assert shown(counter.person) == [("Kaj pa zdaj?", ["bolje"])]


async def test_an_extra_that_may_have_arrived_is_not_sent_twice(counter, simulator):
    simulator.faults.add("sendDocument", "cut_after")
    assert await counter.shows(FIRST, extras=(Screen("Datoteka", media=Document(b"x", "x.txt")),))
    assert shown(counter.person) == [("Datoteka", []), ("Kako vam gre?", ["dobro", "slabo"])]


async def test_an_extra_that_certainly_did_not_arrive_is_sent_again(counter, simulator):
    simulator.faults.add("sendDocument", "server_error")
    assert await counter.shows(FIRST, extras=(Screen("Datoteka", media=Document(b"x", "x.txt")),))
    assert shown(counter.person) == [("Datoteka", []), ("Kako vam gre?", ["dobro", "slabo"])]


async def test_a_short_pause_that_telegram_asks_for_is_kept(counter, simulator):
    await counter.shows(FIRST)
    simulator.faults.add("editMessageText", "too_many", seconds=1)
    assert await counter.shows(SECOND)
    assert shown(counter.person) == [("Kaj pa zdaj?", ["bolje"])]


async def test_a_long_pause_leaves_the_card_to_the_tick(counter, simulator):
    await counter.shows(FIRST)
    simulator.faults.add("editMessageText", "too_many", seconds=300)
    assert await counter.shows(SECOND) is False
    assert await counter.state() == (counter.person.screen.id, 2, 1)


async def test_a_card_that_telegram_refuses_is_told_without_its_words_and_given_up(counter, caplog):
    await counter.shows(FIRST)
    assert await counter.shows(Screen("<b>Marija Novak")) is False
    assert await counter.state() == (None, 2, 2)
    assert [record.getMessage().split(" at ")[0] for record in caplog.records] == ["a card cannot be shown: BadRequest"]
    assert "Marija" not in caplog.text


async def test_a_card_that_cannot_be_sent_is_told_before_anything_goes_out(counter, simulator, caplog):
    assert await counter.shows(Screen("Izbira", column(Button("č", "č" * 33)))) is False
    assert called(simulator) == []
    assert [record.getMessage().split(" at ")[0] for record in caplog.records] == ["a card cannot be shown: Unsendable"]


async def test_an_extra_that_cannot_be_sent_does_not_hold_up_the_card(counter):
    assert await counter.shows(FIRST, extras=(Screen(""), Screen("Vse v redu")))
    assert shown(counter.person) == [("Vse v redu", []), ("Kako vam gre?", ["dobro", "slabo"])]


async def test_two_turns_before_the_first_card_has_an_id_share_one_card(counter):
    first, second = await counter.turn(FIRST), await counter.turn(SECOND)
    assert (first.card, second.card) == (None, None)
    await counter.edge.show(first)
    await counter.edge.show(second)
    assert shown(counter.person) == [("Kaj pa zdaj?", ["bolje"])]
    assert await counter.state() == (counter.person.screen.id, 2, 2)


async def test_after_a_restart_the_stored_card_is_edited(counter):
    await counter.shows(FIRST)
    counter.restarts()
    await counter.shows(SECOND)
    assert shown(counter.person) == [("Kaj pa zdaj?", ["bolje"])]


@pytest.fixture
def other(counter, services, telegram_bot):
    """Another process, at work in the same chat."""
    return Counter(services, telegram_bot, counter.person)


async def test_an_edit_that_came_over_that_of_another_process_leaves_the_chat_behind(counter, other):
    await counter.shows(FIRST)
    older, newer = await counter.turn(SECOND), await other.turn(BARE)
    assert await other.edge.show(newer)
    await other.state()
    assert await counter.edge.show(older)
    assert shown(counter.person) == [("Kaj pa zdaj?", ["bolje"])]
    assert await counter.state() == (counter.person.screen.id, 3, 2)


async def test_what_another_process_showed_before_may_be_recorded_after(counter, other):
    await counter.shows(FIRST)
    older, newer = await counter.turn(SECOND), await other.turn(BARE)
    await other.edge.show(newer)
    counter.card_states._sleep = lambda _: asyncio.Event().wait()
    await counter.edge.show(older)
    await counter.card_states._write()
    assert await other.state() == (counter.person.screen.id, 3, 3)
    assert await counter.state() == (counter.person.screen.id, 3, 2)


async def test_an_edit_that_may_have_come_late_leaves_the_chat_behind(counter, other, simulator):
    await counter.shows(FIRST)
    older = await counter.turn(SECOND)

    async def meanwhile(_):
        await other.shows(BARE)
        await other.state()

    counter.edge._sleep = meanwhile
    simulator.faults.add("editMessageText", "cut_after")
    assert not await counter.edge.show(older)
    assert await counter.state() == (counter.person.screen.id, 3, 2)


async def test_what_a_forgotten_chat_shows_is_recorded_nowhere(counter, services):
    await counter.shows(FIRST)
    turn = await counter.turn(BARE)
    await services.database.write(partial(chats.forget, chat_ref=counter.chat))
    await counter.edge.show(replace(turn, revision=0, reply=replace(turn.reply, view="", fresh=True)))
    await counter.card_states.close()
    assert await counter.row() is None
    assert shown(counter.person) == [("Kako vam gre?", []), ("Hvala.", [])]
    assert await counter.shows(FIRST)
    assert (await counter.row()).card == counter.person.screen.id


async def test_turns_that_pile_up_are_answered_all_and_drawn_once(counter, simulator):
    await counter.shows(FIRST)
    queries = [await counter.person.taps("dobro") for _ in range(3)]
    cards = zip((SECOND, BARE, SECOND), queries, strict=True)
    turns = [await counter.turn(card, query=query, toast="Shranjeno") for card, query in cards]
    showing = Outbox(counter.edge)
    for turn in turns:
        showing.put(turn)
    await showing.drain()
    assert [toast.query_id for toast in counter.person.toasts] == queries
    assert shown(counter.person) == [("Kaj pa zdaj?", ["bolje"])]
    assert called(simulator).count("editMessageText") == 1


async def test_a_pile_with_a_typed_message_in_it_ends_below_that_message(counter):
    await counter.shows(FIRST)
    typed, tapped = await counter.turn(SECOND, fresh=True), await counter.turn(BARE)
    showing = Outbox(counter.edge)
    showing.put(typed)
    showing.put(tapped)
    await showing.drain()
    assert shown(counter.person) == [("Kako vam gre?", []), ("Hvala.", [])]


async def test_extras_of_a_turn_that_was_overtaken_are_still_sent(counter):
    first, second = await counter.turn(FIRST, extras=(Screen("Vaši podatki."),)), await counter.turn(SECOND)
    showing = Outbox(counter.edge)
    showing.put(first)
    showing.put(second)
    await showing.drain()
    assert shown(counter.person) == [("Vaši podatki.", []), ("Kaj pa zdaj?", ["bolje"])]


async def test_a_turn_that_is_on_its_way_is_not_drawn_again(counter, simulator):
    showing = Outbox(counter.edge)
    turn = await counter.turn(FIRST)
    showing.put(turn)
    showing.put_again(turn)
    await showing.drain()
    assert called(simulator) == ["sendMessage"]


async def test_a_delivery_is_sent_and_says_under_which_id(counter):
    assert await counter.edge.send(counter.chat, FIRST) == Delivered(counter.person.screen.id)
    assert shown(counter.person) == [("Kako vam gre?", ["dobro", "slabo"])]


async def test_a_delivery_to_who_blocked_the_bot_is_refused_for_good(counter):
    counter.person.blocks()
    assert await counter.edge.send(counter.chat, FIRST) == Refused(True, "Forbidden: bot was blocked by the user")
    assert counter.gone == [counter.chat]


async def test_a_delivery_to_a_deleted_account_is_refused_for_good(counter):
    counter.person.deletes_account()
    assert await counter.edge.send(counter.chat, FIRST) == Refused(True, "Forbidden: user is deactivated")


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        ("too_many", Refused(False, "too many requests")),
        ("server_error", Refused(False, "the Bot API answered 502")),
        ("cut_before", Uncertain()),
        ("cut_after", Uncertain()),
    ],
)
async def test_a_delivery_tells_what_is_certain(counter, simulator, kind, outcome):
    simulator.faults.add("sendMessage", kind, seconds=60)
    assert await counter.edge.send(counter.chat, FIRST) == outcome
    assert called(simulator) == ["sendMessage"]


async def test_a_delivery_without_a_network_may_be_tried_again(counter, simulator):
    await simulator.goes_down()
    outcome = await counter.edge.send(counter.chat, FIRST)
    assert outcome == Refused(False, "no connection to the Bot API (ClientConnectorError)")


async def test_a_delivery_that_telegram_refuses_is_refused_for_good(counter):
    outcome = await counter.edge.send(counter.chat, Screen("<b>Marija Novak"))
    assert outcome == Refused(True, "Can't parse entities: can't find end tag corresponding to start tag \"b\"")


async def test_a_delivery_in_two_messages_that_breaks_between_them_is_uncertain(counter, simulator):
    simulator.faults.add("sendMessage", "server_error", after=1)
    long = Screen("\n".join(["dolga vrstica"] * 400))
    assert await counter.edge.send(counter.chat, long) == Uncertain()


async def test_when_the_bot_stops_deliveries_wait_for_its_next_start(counter, simulator):
    counter.edge.stop_deliveries()
    assert await counter.edge.send(counter.chat, FIRST) == Refused(False, "the bot is stopping")
    assert called(simulator) == []


async def test_a_menu_is_set_for_one_chat_and_for_everybody(counter, simulator):
    assert await counter.edge.set_menu(counter.chat, [("vpis", "Vpišite udeleženca")])
    assert await counter.edge.set_menu(None, [("anketa", "Nadaljujte vprašalnik")])
    assert [request.params["scope"] for request in simulator.requests] == [
        {"type": "chat", "chat_id": counter.person.id},
        {"type": "default"},
    ]
    await simulator.goes_down()
    assert await counter.edge.set_menu(None, []) is False


async def test_what_is_remembered_of_cards_is_bounded(services, monkeypatch):
    monkeypatch.setattr("bot.telegram.card_state._REMEMBERED", 2)
    card_states = CardStates(services.database)
    for number, chat in enumerate((b"a", b"b", b"a", b"c")):
        await card_states.sent(chat, 1, 10 + number, buttons=True)
    assert [card_states.newest_card(chat, None) for chat in (b"a", b"b", b"c")] == [12, None, 13]
    assert card_states.newest_card(b"a", 15) == 15


async def test_a_database_that_fails_does_not_take_the_card_from_the_phone(services, telegram_bot, simulator, caplog):
    person = simulator.person()
    await person.says("/start")
    counter = Counter(services, telegram_bot, person)
    turn = await counter.turn(FIRST)
    await services.database.close()
    assert await counter.edge.show(turn)
    counter.card_states.edited(counter.chat, 5, ConfirmedCard(2, at=NOW, told_at=NOW), buttons=False)
    await counter.card_states.close()
    assert [record.getMessage().split(" at ")[0] for record in caplog.records] == [
        "what a chat shows was not recorded: Unavailable",
        "edited cards were not recorded: Unavailable",
    ]
