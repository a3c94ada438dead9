"""People who share a chat, and what they call each other there; the names stand sealed. Knows no screens.

Participants of one chat who are called the same, or have no name, are one person with several codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, or_, select, update

from storage import audit
from storage.participants import Enrolment
from storage.schema import EnrolmentState, enrolment, participant
from storage.secrets.keys import Keys

_other = participant.alias("other")
_theirs = enrolment.alias("theirs")
SHARED = (
    exists()
    .where(
        _other.c.chat == participant.c.chat,
        _other.c.id != participant.c.id,
        or_(participant.c.label_sealed.is_not(None), _other.c.label_sealed.is_not(None)),
        _theirs.c.participant == _other.c.id,
        _theirs.c.state == EnrolmentState.ACTIVE,
    )
    .correlate(participant)
    .label("shared")
)  # whether somebody else takes part in the chat of this participant
_active = (
    exists()
    .where(enrolment.c.participant == participant.c.id, enrolment.c.state == EnrolmentState.ACTIVE)
    .correlate(participant)
    .label("active")
)
_OF_CHAT = (
    select(participant.c.id, participant.c.code, participant.c.label_sealed, _active)
    .where(participant.c.chat == bindparam("chat_ref"))
    .order_by(participant.c.id)
)
_LABEL = select(participant.c.label_sealed).where(participant.c.id == bindparam("participant_id"))
_CALL = (
    update(participant).where(participant.c.id == bindparam("participant_id")).values(label_sealed=bindparam("name"))
)


@dataclass(frozen=True, slots=True)
class PersonOfChat:
    """Somebody of a chat, with all of their codes."""

    participants: tuple[int, ...]
    codes: tuple[str, ...]
    label: str | None  # None: never more than one person was here
    active: bool

    @property
    def number(self) -> int:
        """What stands for this person in a button."""
        return self.participants[0]

    @property
    def name(self) -> str:
        """What this person is called here; a code, as long as nobody chose a name."""
        return self.label or self.codes[0]

    @property
    def named(self) -> bool:
        """Whether a name was chosen."""
        return self.label is not None and self.label not in self.codes


def of_chat(connection: Connection, keys: Keys, chat: bytes) -> list[PersonOfChat]:
    """Everybody who is or was asked in a chat, who came first first."""
    found: dict[str | None, PersonOfChat] = {}
    for one in _members(connection, keys, chat):
        known = found.get(one.label)
        found[one.label] = one if known is None else _together(known, one)
    return list(found.values())


def others(connection: Connection, keys: Keys, chat: bytes, participant_id: int) -> list[PersonOfChat]:
    """Who takes part in a chat besides this participant."""
    here = of_chat(connection, keys, chat)
    return [one for one in here if one.active and participant_id not in one.participants]


def arrive(connection: Connection, keys: Keys, chat: bytes, enrolment: Enrolment, same_as: int) -> None:
    """The participant of this place has come into a chat: as somebody who is here (by number), or else as one more.

    As soon as there are two people, each is called something: their code, until a name is chosen. Who was here
    before (`enrolment` as it was) keeps their name.
    """
    rest = [one for one in _members(connection, keys, chat) if one.number != enrolment.participant]
    mine = label(connection, keys, enrolment.participant)
    if not rest or (enrolment.chat == chat and mine is not None):
        return
    same = next((one for one in rest if one.number == same_as), None)
    if same is not None:
        _call(connection, keys, enrolment.participant, same.label)
        return
    unnamed = [one for one in rest if one.label is None]
    for one in unnamed:
        _call(connection, keys, one.number, unnamed[0].name)
    if mine is None or any(one.label == mine for one in rest):
        _call(connection, keys, enrolment.participant, enrolment.code)


def call(connection: Connection, keys: Keys, chat: bytes, number: int, name: str, now: datetime) -> bool:
    """Call somebody of the chat by this name from now on; False where another is called so."""
    here = of_chat(connection, keys, chat)
    person = next((one for one in here if number in one.participants), None)
    if person is None or any(one.name.casefold() == name.casefold() for one in here if one is not person):
        return False
    for participant_id, code in zip(person.participants, person.codes, strict=True):
        _call(connection, keys, participant_id, name)
        audit.record(connection, f"participant:{code}", "participant.name", code, now)
    return True


def _members(connection: Connection, keys: Keys, chat: bytes) -> list[PersonOfChat]:
    """Every participant of the chat by itself."""
    return [
        PersonOfChat((row.id,), (row.code,), _opened(keys, row.label_sealed), row.active)
        for row in connection.execute(_OF_CHAT, {"chat_ref": chat})
    ]


def _together(one: PersonOfChat, other: PersonOfChat) -> PersonOfChat:
    participants, codes = (*one.participants, *other.participants), (*one.codes, *other.codes)
    return PersonOfChat(participants, codes, one.label, one.active or other.active)


def label(connection: Connection, keys: Keys, participant_id: int) -> str | None:
    """What those who share a chat call this participant."""
    return _opened(keys, connection.execute(_LABEL, {"participant_id": participant_id}).scalar_one())


def _opened(keys: Keys, sealed: bytes | None) -> str | None:
    return None if sealed is None else keys.open_text(sealed)


def _call(connection: Connection, keys: Keys, participant_id: int, name: str | None) -> None:
    sealed = None if name is None else keys.seal_text(name)
    connection.execute(_CALL, {"participant_id": participant_id, "name": sealed})
