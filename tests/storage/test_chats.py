import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from storage.chats import (
    Chat,
    behind,
    claim,
    cover,
    forget,
    give_up,
    load,
    lock,
    quiet_kiosks,
    record_edited,
    record_shown,
    turn,
)

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=30)
ANA, BOR = b"\1ana", b"\1bor"


def test_a_chat_in_which_nothing_was_shown_is_unknown(connection):
    assert load(connection, ANA) is None


def test_every_turn_moves_the_wanted_revision_and_keeps_the_card(connection):
    assert turn(connection, ANA, "question:17", NOW) == 1
    record_shown(connection, ANA, 1, 500)
    assert turn(connection, ANA, "privacy", LATER) == 2
    assert load(connection, ANA) == Chat(ANA, "privacy", 500, wanted=2, shown=1, changed_at=LATER)


def test_a_fresh_turn_lets_the_card_go(connection):
    turn(connection, ANA, "question:17", NOW)
    record_shown(connection, ANA, 1, 500)
    turn(connection, ANA, "question:17", LATER, fresh=True)
    assert load(connection, ANA) == Chat(ANA, "question:17", None, wanted=2, shown=1, changed_at=LATER)


def test_an_older_confirmation_does_not_undo_a_later_one(connection):
    for _ in range(2):
        turn(connection, ANA, "question:17", NOW)
    record_shown(connection, ANA, 2, 502)
    record_shown(connection, ANA, 1, 501)
    assert load(connection, ANA) == Chat(ANA, "question:17", 502, wanted=2, shown=2, changed_at=NOW)


def test_the_chats_behind_are_those_that_wait_since_then_the_longest_first(connection):
    for chat, moment in ((BOR, LATER), (ANA, NOW), (b"\1cene", NOW), (b"\1dana", LATER + timedelta(seconds=1))):
        turn(connection, chat, "home", moment)
    record_shown(connection, b"\1cene", 1, 7)
    assert [chat.chat for chat in behind(connection, 10, LATER)] == [ANA, BOR]
    assert [chat.chat for chat in behind(connection, 1, LATER)] == [ANA]


@pytest.mark.parametrize("card", [None, 9])
def test_a_chat_that_was_shown_is_not_behind_even_when_nothing_could_be_shown(connection, card):
    turn(connection, ANA, "home", NOW)
    record_shown(connection, ANA, 1, card)
    assert behind(connection, 10, LATER) == []


def test_an_edit_is_confirmed_in_the_card_that_is_there(connection):
    turn(connection, ANA, "home", NOW)
    record_shown(connection, ANA, 1, 500)
    turn(connection, ANA, "privacy", LATER)
    record_edited(connection, ANA, 2)
    assert load(connection, ANA) == Chat(ANA, "privacy", 500, wanted=2, shown=2, changed_at=LATER)


def test_nothing_of_a_forgotten_chat_stays(connection):
    for chat in (ANA, BOR):
        turn(connection, chat, "home", NOW)
    forget(connection, ANA)
    assert [load(connection, chat) is None for chat in (ANA, BOR)] == [True, False]


def test_a_chat_is_a_kiosk_until_it_ends(connection):
    turn(connection, ANA, "desk", NOW)
    turn(connection, ANA, "kiosk", NOW, kiosk=4321)
    turn(connection, ANA, "question:17:0", NOW)
    assert load(connection, ANA).kiosk == 4321
    turn(connection, ANA, "desk", NOW, kiosk=0)
    assert load(connection, ANA).kiosk is None


def test_the_quiet_kiosks_are_those_in_which_nothing_happened_since_then(connection):
    for chat, moment in ((BOR, LATER), (ANA, NOW), (b"\1cene", NOW), (b"\1dana", LATER + timedelta(seconds=1))):
        turn(connection, chat, "desk", moment)
        if chat != b"\1cene":
            turn(connection, chat, "kiosk", moment, kiosk=4321)
    assert [chat.chat for chat in quiet_kiosks(connection, LATER)] == [ANA, BOR]


async def test_two_that_take_turns_in_a_chat_take_them_one_after_the_other(database):
    await database.write(partial(turn, chat_ref=ANA, view="0", now=NOW))

    def count(connection):
        view = int(lock(connection, ANA).view)
        turn(connection, ANA, str(view + 1), NOW)

    await asyncio.gather(*(database.write(count) for _ in range(20)))
    assert (await database.read(partial(load, chat_ref=ANA))).view == "20"
    assert await database.write(partial(lock, chat_ref=BOR)) is None


def test_of_two_processes_one_draws_a_chat_that_is_behind(connection):
    turn(connection, b"ana", "home:", NOW)
    [waiting] = behind(connection, 10, NOW)
    later = NOW + timedelta(seconds=30)
    assert [claim(connection, waiting, later) for _ in range(2)] == [True, False]
    assert behind(connection, 10, NOW) == []
    assert [one.chat for one in behind(connection, 10, later)] == [b"ana"]


def test_nothing_waits_for_who_cannot_be_reached(connection):
    turn(connection, b"ana", "home:", NOW)
    give_up(connection, b"ana")
    assert behind(connection, 10, NOW) == []


def test_a_card_with_a_message_below_it_is_let_go_without_waiting_for_another(connection):
    record_shown(connection, ANA, turn(connection, ANA, "question:1", NOW), 7)
    record_shown(connection, BOR, turn(connection, BOR, "home:", NOW), 8)
    cover(connection, ANA)
    assert [(load(connection, one).view, load(connection, one).card) for one in (ANA, BOR)] == [
        ("question:1", None),
        ("home:", 8),
    ]
    assert behind(connection, 10, NOW) == []
