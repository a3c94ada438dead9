"""In a kiosk the buttons of the person who is there are taken, and no others: new ones are refused by themselves."""

from datetime import UTC, datetime

import pytest

from bot.conversation.request import Request
from bot.conversation.screens import Reply
from bot.routing import kiosk_policy
from bot.routing.routes import CARDS, TAPS
from bot.views import assistance, participant

OF_RESPONSE = {
    "answer_question", "question_before", "question_after", "change_answer", "hand_in", "hear_question",
    "confirm_words", "refuse_words", "leave_kiosk",
}  # fmt: skip
WITH_RESPONSE = (
    participant.question(7, 0), participant.summary(7), participant.meant(7, 0, 3), assistance.kiosk_thanks(7),
)  # fmt: skip


def name_of(view):
    return view.partition(":")[0]


def taken(view, action):
    """Whether an action is done in a kiosk that shows this card."""
    done = []

    def do(request, action):
        done.append(action)
        return Reply.again(request.view)

    request = Request(None, None, b"", datetime(2026, 3, 2, 9, 0, tzinfo=UTC), view=view, kiosk=4321)
    reply = kiosk_policy.tapped(request, action, do)
    assert (reply.view, done) == (view, [action] if done else [])
    return bool(done)


@pytest.mark.parametrize("view", WITH_RESPONSE)
def test_buttons_of_the_response_on_the_screen_are_taken_and_no_others(view):
    assert {name for name in TAPS if taken(view, f"{name}:7:0:0")} == OF_RESPONSE
    assert {name for name in TAPS if taken(view, f"{name}:8:0:0") or taken(view, name)} == set()


@pytest.mark.parametrize("name", sorted(CARDS.keys() - {*map(name_of, WITH_RESPONSE), assistance.kiosk_consent.name}))
def test_cards_of_nobody_take_no_buttons(name):
    assert {one for one in TAPS if taken(f"{name}:7:0:0", f"{one}:7:0:0")} == set()
