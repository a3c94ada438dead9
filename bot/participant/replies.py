"""What taps and words say to a questionnaire that is being filled in: the same for an answer and for a second entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation.request import Request
from bot.participant import question_cards, response_modes
from storage.answers.responses import Response
from surveys import engine
from surveys.model import Answer, Item, Questionnaire
from surveys.reading import says
from surveys.weeks import local_day

Answers = Mapping[str, Answer]
Way = Callable[[Questionnaire, Answers, str | None], Item | None]
"""`engine.back`, `forward` or `reached`."""


def tapped(
    questionnaire: Questionnaire, holds: int, index: int, revision: int, key: str
) -> tuple[Item, engine.Reply] | None:
    """The item of a button with what it says to it; None where answers of another revision hold, or nothing is said."""
    reply = read_key(key)
    if reply is None or revision != holds or index >= len(questionnaire.items):
        return None
    return questionnaire.items[index], reply


def typed(request: Request, response: Response, item: Item, text: str) -> engine.Reply:
    """What written words say to an item: »ne vem« (or »nevem«) counts as the button, where the item offers it."""
    offered = (one for one in engine.allowed(item) if says(text, request.words.NON_ANSWERS[one]))
    today = local_day(response_modes.moment(request, response))
    return next((engine.Declined(one) for one in offered), None) or engine.Typed(text, today)


def led(questionnaire: Questionnaire, answers: Answers, index: int, way: Way) -> Item | None:
    """The item to which a way leads from another; the index of the summary is the number of items."""
    items = questionnaire.items
    if index > len(items):
        return None
    return way(questionnaire, answers, items[index].id if index < len(items) else None)


def read_key(key: str) -> engine.Reply | None:
    """What the last part of a button's action asks for; None for what no button of ours says."""
    match key[:1], key[1:]:
        case "c", code if code.isdecimal():
            return engine.Chose(int(code))
        case "+" | "-" as sign, code if code.isdecimal():
            return engine.Toggled(int(code), chosen=sign == "+")
        case "k", "":
            return engine.Confirmed()
        case "o", "":
            return engine.Seen()
        case letter, "" if letter in question_cards.NON_ANSWER_OF_KEY:
            return engine.Declined(question_cards.NON_ANSWER_OF_KEY[letter])
        case _:
            return None
