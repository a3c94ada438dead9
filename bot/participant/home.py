"""Where one is: the open questionnaire, or that nothing is due. Also what a stranger sees."""

from __future__ import annotations

from dataclasses import replace

from bot import staffroom
from bot.participant import questions, sharing, stories
from bot.screens import Reply, Screen
from bot.visit import Visit
from storage import occasions, participants
from storage.schema import EnrolmentState


def home(visit: Visit, note: str = "") -> Reply:
    """The one place to which everything leads back. `note` stands above it."""
    due = sharing.due(visit)
    if len(those := sharing.waiting(visit, due)) > 1:
        return _noted(Reply(sharing.chooser(visit, those), "whom:", fresh=visit.typed), note)
    if due:
        return _noted(questions.open_question(visit, due[0]), note)
    if staffroom.is_member(visit):
        return _noted(staffroom.desk(visit), note)
    return _noted(Reply(draw(visit, ""), "home:", fresh=visit.typed), note)


def continue_(visit: Visit, _rest: str) -> Reply:
    """/anketa: the open question, after days or after a restart."""
    return home(visit)


def draw_chooser(visit: Visit, _argument: str) -> Screen:
    """The card of `whom:` again."""
    those = sharing.waiting(visit, sharing.due(visit))
    return sharing.chooser(visit, those) if those else draw(visit, "")


def typed_at_chooser(visit: Visit, _argument: str, text: str) -> Reply | None:
    """A name typed counts as its button."""
    those = sharing.waiting(visit, sharing.due(visit))
    wanted = text.strip().casefold()
    chosen = next((one for one in those if one.name.casefold() == wanted), None)
    return None if chosen is None else questions.open_question(visit, chosen.occasions[0])


def after_joining(visit: Visit) -> Reply:
    """Consent was given, and nothing is open yet."""
    return Reply(draw_joined(visit, ""), "joined:", fresh=visit.typed)


def draw(visit: Visit, _argument: str) -> Screen:
    """The card of `home:` again."""
    active = any(place.state is EnrolmentState.ACTIVE for place in participants.of_chat(visit.connection, visit.chat))
    return Screen(visit.words.nothing_due(_next_day(visit)) if active else visit.words.STRANGER)


def draw_joined(visit: Visit, _argument: str) -> Screen:
    """The card of `joined:` again."""
    return Screen(visit.words.joined_later(_next_day(visit)))


def typed(visit: Visit, _argument: str, _text: str) -> Reply:
    """Words where none are expected: a helpful answer, and where one is."""
    return home(visit, visit.words.NOT_UNDERSTOOD)


def not_text(visit: Visit) -> Reply:
    """A picture, a sticker, a recording: what can be read instead."""
    return stories.not_text(visit, visit.words.NOT_TEXT) or home(visit, visit.words.NOT_TEXT)


def _next_day(visit: Visit) -> str | None:
    planned = occasions.next_of_chat(visit.connection, visit.chat)
    return None if planned is None else visit.words.day(planned.opens_at, visit.house.rhythm.zone)


def _noted(reply: Reply, note: str) -> Reply:
    if not note:
        return reply
    return replace(reply, card=replace(reply.card, text=f"<i>{note}</i>\n\n{reply.card.text}"), toast=reply.toast)
