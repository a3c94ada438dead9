"""How the person behind a chat turns to the library: of their groups, or the only one that there is."""

from __future__ import annotations

from bot.actions import participant as actions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Rows, column
from bot.participant import shared_phone
from bot.runtime.settings import Library
from bot.staff import staff_home
from storage import participants
from storage.schema import EnrolmentState
from surveys.model import Programme


def of_programme(request: Request, programme: Programme) -> str:
    """One sentence that says how to get help with a programme; "" where nobody has configured it."""
    return request.words.calling.turn_to(request.services.contact(programme.code))


def sentence(request: Request) -> str:
    """The same for whoever is here: for every library of theirs that says how to turn to it."""
    return " ".join(dict.fromkeys(request.words.calling.turn_to(one) for one in _libraries(request).values()))


def whole(request: Request) -> str:
    """Telephone, address and opening hours of every library of whoever is here; "" where nothing is configured."""
    return "\n\n".join(request.words.calling.contact(name, one) for name, one in _libraries(request).items())


def lost(request: Request, words: str) -> str:
    """What is said to somebody who is lost, with how to get help; staff are not told to call themselves."""
    return words if staff_home.is_member(request) else " ".join(part for part in (words, sentence(request)) if part)


def call_me(request: Request) -> Rows:
    """»Pokličite me« for each person and library of this chat; none for strangers and staff."""
    names = {number: one.name for one in shared_phone.everybody(request) for number in one.participants}
    active = [
        one for one in participants.of_chat(request.connection, request.chat) if one.state is EnrolmentState.ACTIVE
    ]
    known = {enrolment.id: request.services.programmes[enrolment.programme].library for enrolment in active}
    found = {(names[enrolment.participant], known[enrolment.id]): enrolment.id for enrolment in reversed(active)}
    several = [len({key[part] for key in found}) > 1 for part in (0, 1)]
    return column(
        *(
            Button(
                request.words.calling.call_me([part for part, more in zip(key, several, strict=True) if more]),
                actions.ask_for_call(one),
            )
            for key, one in sorted(found.items(), key=lambda item: item[1])
        )
    )


def with_call(request: Request, reply: Reply) -> Reply:
    """What somebody who is lost sees, with »Pokličite me« below."""
    return reply.offering(call_me(request))


def lost_at_link(request: Request, words: str, enrolment_id: int) -> str:
    """The same at the question for consent, when nobody of that library is known to be here yet."""
    enrolment = participants.of_enrolment(request.connection, enrolment_id)
    if enrolment is None or staff_home.is_member(request):
        return words
    help_ = of_programme(request, request.services.programmes[enrolment.programme])
    return " ".join(part for part in (words, help_) if part)


def _libraries(request: Request) -> dict[str, Library]:
    """What is configured of the libraries of this chat, by name; to a stranger the only one that is configured."""
    known = request.services.programmes
    mine = [known[enrolment.programme] for enrolment in participants.of_chat(request.connection, request.chat)]
    if not mine and len({one.code for one in known.values()}) == 1:
        mine = list(known.values())
    found = {one.library: request.services.contact(one.code) for one in mine}
    return {name: one for name, one in found.items() if one.reachable}
