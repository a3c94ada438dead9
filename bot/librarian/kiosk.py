"""/kiosk: a device of the library goes from hand to hand; one code is answered for, forgotten, and the next is asked.

Whatever is tapped or typed in such a chat comes through `tap` and `message`; the questions are those of everybody.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace

from bot import roles, staffroom
from bot.librarian import assisting, people
from bot.participant import questions
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import kiosk as texts
from bot.visit import Sent, Visit
from storage import codes
from storage.schema import EnrolmentState
from surveys.languages import SLOVENIAN

Step = Callable[[Visit], Reply]

_OF_RUN = frozenset({"q", "qb", "qf", "qe", "au", "kid"})  # buttons whose first argument is a run
_ENDS = range(3000, 10000)  # four digits that are no year and no count: nobody gives them as an answer


def offer(visit: Visit, _rest: str = "") -> Reply:
    """/kiosk: what will happen, and the number that ends it."""
    if not roles.programmes(visit, Action.ASSIST):
        return staffroom.refuse(visit)
    number = str(_number(visit))
    return Reply(draw_offer(visit, number), f"kiosk_start:{number}", fresh=visit.typed)


def begin(visit: Visit, number: str) -> Reply | None:
    """»Začni kiosk«, on the card that shows the number."""
    if visit.view != f"kiosk_start:{number}" or not roles.programmes(visit, Action.ASSIST):
        return None
    return replace(_ask(visit), kiosk=int(number))


def done(visit: Visit, _run_id: str) -> Reply | None:
    """»Končano« or »Končaj za zdaj«: the next one, please."""
    return None if visit.kiosk is None else _ask(visit)


def tap(action: str, step: Step) -> Step:
    """The step of a tap; in a kiosk only of the buttons of the person who is there."""
    verb, _, rest = action.partition(":")

    def take(visit: Visit) -> Reply:
        if visit.kiosk is None:
            return step(visit)
        run = _run(visit.view)
        if verb not in _OF_RUN or not run or rest.partition(":")[0] != run:
            return Reply.again(visit.view).toasted(visit.words.OLD_BUTTON)
        return _kept(visit, step(visit))

    return take


def message(text: str, sent: Sent | None, step: Step) -> Step:
    """The step of a message; in a kiosk it is the number that ends it, an answer or a code, and never a command.

    It is taken off the screen, so that the card is edited in place.
    """

    def take(visit: Visit) -> Reply:
        return step(visit) if visit.kiosk is None else _said(replace(visit, typed=False), text.strip(), sent)

    return take


def left_alone(visit: Visit, *, over: bool) -> Reply | None:
    """What a kiosk shows that nobody touches; `over`: the library has closed. None: what it shows anyway."""
    if over:
        return _end(visit)
    return None if visit.view == "kiosk:" else _ask(visit)


def draw_offer(_visit: Visit, number: str) -> Screen:
    """The card of `kiosk_start:NUMBER`."""
    return Screen(texts.offer(int(number)), column(Button(texts.BEGIN, f"kix:{number}"), staffroom.to_desk()))


def draw_ask(_visit: Visit, _argument: str) -> Screen:
    """The card of `kiosk:`."""
    return Screen(texts.ASK)


def draw_thanks(visit: Visit, run_id: str) -> Screen:
    """The card of `kiosk_thanks:RUN`."""
    return Screen(visit.words.THANKS, column(Button(visit.words.KIOSK_DONE, f"kid:{run_id}")))


def _said(visit: Visit, text: str, sent: Sent | None) -> Reply:
    name, _, argument = visit.view.partition(":")
    if sent is not None and name == "question":
        reply = questions.said(visit, argument, sent)
        if reply is not None:
            return _kept(visit, reply)
    if text == str(visit.kiosk):
        return _end(visit)
    if not text and name == "question":
        card = questions.draw(visit, argument)
        return Reply(replace(card, text=f"<i>{visit.words.NOT_TEXT}</i>\n\n{card.text}"), visit.view)
    if text.startswith("/") or not text:
        return Reply.again(visit.view)
    if codes.read_code(text) is not None:
        return _open(visit, text)  # whoever was here before has left without a word
    if name == "question":
        return _kept(visit, questions.typed(visit, argument, text))
    if name == "summary":
        return _kept(visit, questions.typed_at_summary(visit, argument, text))
    return _open(visit, text)


def _open(visit: Visit, text: str) -> Reply:
    """The open question of whoever has this code, in their language."""
    place, _ = people.by_code(visit, text)
    if place is None:
        return _ask(visit, texts.WRONG)
    if place.state is not EnrolmentState.ACTIVE:
        return _ask(visit, texts.CALL_STAFF)
    occasion = assisting.open_occasion(visit, place)
    if occasion is None:
        return _ask(visit, texts.NOTHING_OPEN)
    return replace(questions.open_question(replace(visit, language=place.language), occasion), language=place.language)


def _kept(visit: Visit, reply: Reply | None) -> Reply:
    """What the questionnaire gives, where it is still that of the same person; else the question for a code."""
    name, run = "" if reply is None else reply.view.partition(":")[0], _run(visit.view)
    if reply is not None and (name == "kiosk" or (name in {"question", "summary"} and _run(reply.view) == run)):
        return reply
    if name == "thanks":
        return Reply(draw_thanks(visit, run), f"kiosk_thanks:{run}")
    if visit.view == f"kiosk_thanks:{run}":
        return Reply.again(visit.view)
    return _ask(visit, texts.HANDED_IN if name == "closed" else texts.CALL_STAFF)


def _ask(visit: Visit, note: str = "") -> Reply:
    """The question for a code: nothing of whoever was here before is left."""
    card = draw_ask(visit, "")
    if note:
        card = replace(card, text=f"<i>{note}</i>\n\n{card.text}")
    return Reply(card, "kiosk:", language=SLOVENIAN)


def _end(visit: Visit) -> Reply:
    return replace(staffroom.desk(visit), kiosk=0, language=SLOVENIAN)


def _run(view: str) -> str:
    """The run of a card; "" where it has none."""
    name, _, argument = view.partition(":")
    return argument.partition(":")[0] if name in {"question", "summary", "kiosk_thanks"} else ""


def _number(visit: Visit) -> int:
    """The number that ends the kiosk: not to be guessed, and the same when the update is repeated."""
    secret = base64.urlsafe_b64decode(visit.house.keys.token("kiosk", visit.update))
    return _ENDS[int.from_bytes(secret) % len(_ENDS)]
