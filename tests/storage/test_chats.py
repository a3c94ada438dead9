import asyncio
from dataclasses import replace
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
    show_next,
)

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=30)
ANA, BOR = b"\1ana", b"\1bor"


def test_a_chat_in_which_nothing_was_shown_is_unknown(connection):
    assert load(connection, ANA) is None


def test_every_turn_moves_the_wanted_revision_and_keeps_the_card(connection):
    assert show_next(connection, ANA, "question:17", NOW) == 1
    record_shown(connection, ANA, 1, 500)
    assert show_next(connection, ANA, "privacy", LATER) == 2
    assert load(connection, ANA) == Chat(
        ANA, "privacy", 500, wanted=2, shown=1, changed_at=LATER, earlier="question:17", earlier_from=500
    )


def test_a_fresh_turn_lets_the_card_go(connection):
    show_next(connection, ANA, "question:17", NOW)
    record_shown(connection, ANA, 1, 500)
    show_next(connection, ANA, "question:17", LATER, fresh=True)
    assert load(connection, ANA) == Chat(ANA, "question:17", None, wanted=2, shown=1, changed_at=LATER, seen_from=500)


def test_an_older_confirmation_does_not_undo_a_later_one(connection):
    for _ in range(2):
        show_next(connection, ANA, "question:17", NOW)
    record_shown(connection, ANA, 2, 502)
    record_shown(connection, ANA, 1, 501)
    assert load(connection, ANA) == Chat(ANA, "question:17", 502, wanted=2, shown=2, changed_at=NOW, seen_from=502)


def test_the_chats_behind_are_those_that_wait_since_then_the_longest_first(connection):
    for chat, moment in ((BOR, LATER), (ANA, NOW), (b"\1cene", NOW), (b"\1dana", LATER + timedelta(seconds=1))):
        show_next(connection, chat, "home", moment)
    record_shown(connection, b"\1cene", 1, 7)
    assert [chat.chat for chat in behind(connection, 10, LATER)] == [ANA, BOR]
    assert [chat.chat for chat in behind(connection, 1, LATER)] == [ANA]


@pytest.mark.parametrize("card", [None, 9])
def test_a_chat_that_was_shown_is_not_behind_even_when_nothing_could_be_shown(connection, card):
    show_next(connection, ANA, "home", NOW)
    record_shown(connection, ANA, 1, card)
    assert behind(connection, 10, LATER) == []


def test_an_edit_is_confirmed_in_the_card_that_is_there(connection):
    show_next(connection, ANA, "home", NOW)
    record_shown(connection, ANA, 1, 500)
    show_next(connection, ANA, "privacy", LATER)
    record_edited(connection, ANA, 2, LATER, LATER)
    assert load(connection, ANA) == Chat(
        ANA, "privacy", 500, wanted=2, shown=2, changed_at=LATER, seen_at=LATER, earlier="home", earlier_from=500
    )


@pytest.mark.parametrize("at", [LATER, None])
def test_an_edit_that_may_have_come_over_a_later_one_leaves_the_chat_behind(connection, at):
    for revision, moment in ((1, NOW), (2, LATER)):
        assert show_next(connection, ANA, "home", moment) == revision
    record_shown(connection, ANA, 2, 500)
    assert not record_edited(connection, ANA, 1, LATER - timedelta(seconds=1), at)
    assert load(connection, ANA).shown == 2
    assert record_edited(connection, ANA, 1, LATER, at)
    assert [row.chat for row in behind(connection, 9, LATER)] == [ANA]
    assert not record_edited(connection, ANA, 2, LATER, LATER)
    assert load(connection, ANA).shown == 2


def test_an_edit_of_a_card_below_which_another_process_has_sent_one_leaves_the_chat_behind(connection):
    show_next(connection, ANA, "home", NOW)
    record_shown(connection, ANA, 1, 500)
    show_next(connection, ANA, "privacy", LATER)
    show_next(connection, ANA, "home", LATER)
    record_shown(connection, ANA, 2, 501)
    assert not record_edited(connection, ANA, 3, LATER, LATER, 500)
    assert [row.card for row in behind(connection, 9, LATER)] == [501]
    record_edited(connection, ANA, 3, LATER, LATER, 501)
    assert behind(connection, 9, LATER) == []


def test_an_edit_that_may_have_been_made_is_not_shown_for_that(connection):
    show_next(connection, ANA, "home", NOW)
    assert not record_edited(connection, ANA, 1, LATER, None)
    assert load(connection, ANA).shown == 0


def test_an_older_card_below_the_newest_one_is_the_live_one_and_drawn_again(connection):
    for moment in (NOW, LATER):
        show_next(connection, ANA, "home", moment)
    record_shown(connection, ANA, 2, 500)
    record_shown(connection, ANA, 1, 499)
    assert (load(connection, ANA).card, load(connection, ANA).shown) == (500, 2)
    record_shown(connection, ANA, 1, 501)
    assert (load(connection, ANA).card, load(connection, ANA).shown) == (501, 1)


def test_nothing_of_a_forgotten_chat_stays(connection):
    for chat in (ANA, BOR):
        show_next(connection, chat, "home", NOW)
    forget(connection, ANA)
    assert [load(connection, chat) is None for chat in (ANA, BOR)] == [True, False]


def test_a_chat_is_a_kiosk_until_it_ends(connection):
    show_next(connection, ANA, "desk", NOW)
    show_next(connection, ANA, "kiosk", NOW, kiosk=4321)
    show_next(connection, ANA, "question:17:0", NOW)
    assert load(connection, ANA).kiosk == 4321
    show_next(connection, ANA, "desk", NOW, kiosk=0)
    assert load(connection, ANA).kiosk is None


def test_the_quiet_kiosks_are_those_in_which_nothing_happened_since_then(connection):
    for chat, moment in ((BOR, LATER), (ANA, NOW), (b"\1cene", NOW), (b"\1dana", LATER + timedelta(seconds=1))):
        show_next(connection, chat, "desk", moment)
        if chat != b"\1cene":
            show_next(connection, chat, "kiosk", moment, kiosk=4321)
    assert [chat.chat for chat in quiet_kiosks(connection, LATER)] == [ANA, BOR]


async def test_two_that_take_turns_in_a_chat_take_them_one_after_the_other(database):
    await database.write(partial(show_next, chat_ref=ANA, view="0", now=NOW))

    def count(connection):
        view = int(lock(connection, ANA).view)
        show_next(connection, ANA, str(view + 1), NOW)

    await asyncio.gather(*(database.write(count) for _ in range(20)))
    assert (await database.read(partial(load, chat_ref=ANA))).view == "20"
    assert await database.write(partial(lock, chat_ref=BOR)) is None


def test_of_two_processes_one_draws_a_chat_that_is_behind(connection):
    show_next(connection, b"ana", "home:", NOW)
    [waiting] = behind(connection, 10, NOW)
    later = NOW + timedelta(seconds=30)
    assert [claim(connection, waiting, later) for _ in range(2)] == [True, False]
    assert behind(connection, 10, NOW) == []
    assert [one.chat for one in behind(connection, 10, later)] == [b"ana"]


def test_nothing_waits_for_who_cannot_be_reached(connection):
    show_next(connection, b"ana", "home:", NOW)
    give_up(connection, b"ana")
    assert behind(connection, 10, NOW) == []


def test_a_card_with_a_message_below_it_is_let_go_without_waiting_for_another(connection):
    record_shown(connection, ANA, show_next(connection, ANA, "question:1", NOW), 7)
    record_shown(connection, BOR, show_next(connection, BOR, "home:", NOW), 8)
    cover(connection, ANA)
    assert [(load(connection, one).view, load(connection, one).card) for one in (ANA, BOR)] == [
        ("question:1", None),
        ("home:", 8),
    ]
    assert behind(connection, 10, NOW) == []


def seen(connection):
    row = load(connection, ANA)
    return row.view, row.seen_from, row.seen_at, row.earlier, row.earlier_message


def test_a_view_is_on_the_screen_since_the_first_message_that_showed_it(connection):
    show_next(connection, ANA, "question:1:0", NOW)
    assert seen(connection) == ("question:1:0", None, None, None, None)
    record_shown(connection, ANA, 1, 500)
    show_next(connection, ANA, "question:1:0", NOW, fresh=True)
    record_shown(connection, ANA, 2, 510)
    assert seen(connection) == ("question:1:0", 500, None, None, None)


def test_a_card_of_an_older_view_does_not_bring_the_newer_one_on_the_screen(connection):
    show_next(connection, ANA, "question:1:0", NOW)
    show_next(connection, ANA, "question:1:1", NOW, answered=501)
    record_shown(connection, ANA, 1, 500)
    assert seen(connection) == ("question:1:1", None, None, None, 501)
    record_edited(connection, ANA, 2, LATER, LATER)
    assert seen(connection) == ("question:1:1", None, LATER, None, 501)


def test_the_earlier_view_is_the_last_one_that_was_on_the_screen(connection):
    show_next(connection, ANA, "question:1:0", NOW)
    record_shown(connection, ANA, 1, 500)
    show_next(connection, ANA, "question:1:1", NOW, answered=501)
    show_next(connection, ANA, "help:", NOW, answered=502)
    assert seen(connection) == ("help:", None, None, "question:1:0", 502)
    show_next(connection, ANA, "question:1:1", NOW, known_at=NOW)
    assert seen(connection) == ("question:1:1", None, None, "help:", None)


def test_what_only_the_process_knows_is_stored_with_the_next_turn_of_the_same_view(connection):
    show_next(connection, ANA, "question:1:1", NOW)
    show_next(connection, ANA, "question:1:1", LATER, known_at=NOW)
    assert seen(connection) == ("question:1:1", None, NOW, None, None)
    show_next(connection, ANA, "question:1:1", LATER, known_at=LATER)
    assert seen(connection) == ("question:1:1", None, NOW, None, None)


def test_what_was_not_read_lets_nothing_count_before_the_next_card(connection):
    show_next(connection, ANA, "question:1:0", NOW)
    record_shown(connection, ANA, 1, 500)
    show_next(connection, ANA, "question:1:0", NOW, fresh=True, answered=501, unread=True)
    assert seen(connection) == ("question:1:0", None, None, None, None)
    record_shown(connection, ANA, 2, 502)
    assert seen(connection) == ("question:1:0", 502, None, None, None)


@pytest.mark.parametrize("how", [{}, {"fresh": True}, {"unread": True}, {"known_from": 7}, {"known_at": NOW}])
@pytest.mark.parametrize("view", ["home", "privacy"])
@pytest.mark.parametrize("before", ["never", "shown", "edited", "not shown"])
def test_what_is_drawn_at_once_is_recorded_as_if_it_were_shown_after_that(connection, before, view, how):
    for chat, drawn_in in ((ANA, 1), (BOR, None)):
        if before != "never":
            show_next(connection, chat, "home", NOW)
        if before == "shown":
            record_shown(connection, chat, 1, 1)
        if before == "edited":
            record_edited(connection, chat, 1, NOW, NOW)
        revision = show_next(connection, chat, view, LATER, **how, drawn_in=drawn_in)
        if drawn_in is None:
            record_shown(connection, chat, revision, 1)
    assert load(connection, ANA) == replace(load(connection, BOR), chat=ANA)


def test_what_was_asked_and_what_was_said_stay_until_they_are_taken_away(connection):
    show_next(connection, ANA, "welcome:17", NOW, asked="welcome:17")
    assert load(connection, ANA).asked == "welcome:17"
    show_next(connection, ANA, "meant:1:2:3", NOW, asked="meant:1:2:3 welcome:17", said=b"\1sealed")
    show_next(connection, ANA, "privacy:", LATER)
    held = load(connection, ANA)
    assert (held.asked, held.said_sealed) == ("meant:1:2:3 welcome:17", b"\1sealed")
    show_next(connection, ANA, "question:1:2", LATER, asked="welcome:17", said=b"")
    held = load(connection, ANA)
    assert (held.asked, held.said_sealed) == ("welcome:17", None)
    show_next(connection, ANA, "home:", LATER, asked="")
    assert load(connection, ANA).asked is None
