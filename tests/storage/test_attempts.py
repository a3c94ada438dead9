"""Guesses are counted over restarts, and each has to wait longer than the one before."""

from datetime import timedelta

from storage import attempts
from storage.attempts import STEPS, Guess
from tests.storage.conftest import NOW

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def guessed(connection, guess, moments, subject="staff:3"):
    for moment in moments:
        attempts.note(connection, guess, subject, moment, "kiosk")


def test_the_first_ones_are_free_and_the_next_one_waits(connection):
    free, pause = STEPS[Guess.KIOSK_CODE][0].free, STEPS[Guess.KIOSK_CODE][0].pause
    guessed(connection, Guess.KIOSK_CODE, [NOW] * (free - 1))
    assert attempts.paused_until(connection, Guess.KIOSK_CODE, "staff:3", NOW) is None
    guessed(connection, Guess.KIOSK_CODE, [NOW])
    assert attempts.paused_until(connection, Guess.KIOSK_CODE, "staff:3", NOW) == NOW + pause
    assert attempts.paused_until(connection, Guess.KIOSK_CODE, "staff:3", NOW + pause) is None


def test_what_another_device_or_another_kind_has_tried_does_not_count(connection):
    guessed(connection, Guess.KIOSK_NUMBER, [NOW] * 9)
    assert attempts.paused_until(connection, Guess.KIOSK_NUMBER, "staff:4", NOW) is None
    assert attempts.paused_until(connection, Guess.KIOSK_CODE, "staff:3", NOW) is None


def test_what_is_long_ago_does_not_count(connection):
    guessed(connection, Guess.KIOSK_CODE, [NOW - HOUR] * 19)
    assert attempts.paused_until(connection, Guess.KIOSK_CODE, "staff:3", NOW) is None


def test_whoever_tries_as_fast_as_possible_for_ten_hours_tries_few(connection):
    """As the pages of decisions say: 30 numbers, 80 codes, 1,300 card numbers over all who try."""
    tried = {}
    for guess in STEPS:
        now, times = NOW, []
        while now < NOW + 10 * HOUR:
            until = attempts.pause_ends(times[::-1], STEPS[guess], now)
            if until > now:
                now = until
                continue
            times.append(now)
        tried[guess] = len(times)
    assert tried == {Guess.KIOSK_CODE: 78, Guess.KIOSK_NUMBER: 28, Guess.CARD_NUMBER: 1299}
