"""Stories: told at the end of a questionnaire, handed in, agreed to for publication, edited and decided upon.

Both texts stand sealed. Knows no screens, and not who may do what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, case, delete, func, insert, select, update

from storage import audit, deliveries
from storage.answers import voice_answers
from storage.schema import Decision, DeliveryKind, EnrolmentState, cohort, enrolment, occasion, participant, run, story
from storage.secrets.keys import Keys
from storage.shared_phones import SHARED
from surveys.wording import MAY_STAND, edit_of


class StoryStanding(StrEnum):
    """How far a story has come."""

    DRAFT = "draft"  # still being told: the person alone sees it
    PRIVATE = "private"  # for the library only
    WAITING = "waiting"  # may be published, and nobody has decided yet
    ASKED = "asked"  # approved in words that are not the author's, who has not agreed to them yet
    REFUSED = "refused"  # approved in words to which the author does not agree
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # was agreed to, and is not any more


@dataclass(frozen=True, slots=True)
class Story:
    """A story with all that a use case needs to know of where it belongs."""

    id: int
    revision: int
    enrolment: int
    wave: str | None
    run: int | None  # after which it was told
    programme: str
    cohort_name: str
    code: str
    chat: bytes | None
    label_sealed: bytes | None  # what those who share the chat call this person
    shared: bool  # whether somebody else takes part in the chat
    enrolment_state: EnrolmentState
    told_at: datetime
    handed_in_at: datetime | None
    publication_given_at: datetime | None
    withdrawn_at: datetime | None
    decision: Decision | None
    author_asked_at: datetime | None
    author_agreed_at: datetime | None
    author_refused_at: datetime | None
    text: str
    edited: str | None

    @property
    def standing(self) -> StoryStanding:
        """How far it has come."""
        if self.handed_in_at is None:
            return StoryStanding.DRAFT
        if self.withdrawn_at is not None:
            return StoryStanding.WITHDRAWN
        if self.publication_given_at is None:
            return StoryStanding.PRIVATE
        if self.decision is Decision.APPROVED and self.needs_author:
            return StoryStanding.ASKED if self.author_refused_at is None else StoryStanding.REFUSED
        return StoryStanding.WAITING if self.decision is None else StoryStanding(self.decision.value)

    @property
    def publishable(self) -> bool:
        """Whether the person agrees that it is published."""
        return self.standing not in {StoryStanding.DRAFT, StoryStanding.PRIVATE, StoryStanding.WITHDRAWN}

    @property
    def needs_author(self) -> bool:
        """Whether the copy is more than shortened, and its author has not agreed to it."""
        return (
            self.edited is not None
            and self.author_agreed_at is None
            and edit_of(self.text, self.edited) not in MAY_STAND
        )


_run_before = (
    select(run.c.id)
    .join_from(run, occasion)
    .where(occasion.c.enrolment == story.c.enrolment, occasion.c.wave == story.c.wave)
    .correlate(story)
    .scalar_subquery()
)
_STORY: Select[*tuple[Any, ...]] = (
    select(
        story.c.id,
        story.c.revision,
        story.c.enrolment,
        story.c.wave,
        _run_before.label("run"),
        cohort.c.programme,
        cohort.c.name.label("cohort_name"),
        participant.c.code,
        participant.c.chat,
        participant.c.label_sealed,
        SHARED,
        enrolment.c.state.label("enrolment_state"),
        story.c.told_at,
        story.c.handed_in_at,
        story.c.publication_given_at,
        story.c.withdrawn_at,
        story.c.decision,
        story.c.author_asked_at,
        story.c.author_agreed_at,
        story.c.author_refused_at,
        story.c.text_sealed,
        story.c.edited_sealed,
    )
    .join_from(story, enrolment)
    .join(cohort)
    .join(participant, participant.c.id == enrolment.c.participant)
)
_BY_ID = _STORY.where(story.c.id == bindparam("story_id"))
_BY_ID_LOCKED = _BY_ID.with_for_update(of=story)
_OF_WAVE = _STORY.where(story.c.enrolment == bindparam("enrolment_id"), story.c.wave == bindparam("wave_id"))
_OF_CHAT = _STORY.where(participant.c.chat == bindparam("chat_ref")).order_by(story.c.told_at, story.c.id)
_OF_PROGRAMMES = _STORY.where(
    cohort.c.programme.in_(bindparam("slugs", expanding=True)),
    enrolment.c.state != EnrolmentState.ERASED,
    story.c.handed_in_at.is_not(None),
).order_by(story.c.handed_in_at.desc(), story.c.id.desc())
_WAITING = (
    select(func.count())
    .select_from(story)
    .join(enrolment, enrolment.c.id == story.c.enrolment)
    .join(cohort)
    .where(
        cohort.c.programme.in_(bindparam("slugs", expanding=True)),
        enrolment.c.state != EnrolmentState.ERASED,
        story.c.handed_in_at.is_not(None),
        story.c.publication_given_at.is_not(None),
        story.c.withdrawn_at.is_(None),
        story.c.decision.is_(None),
    )
)
_ITS_OCCASION = (
    select(occasion.c.id)
    .where(occasion.c.enrolment == bindparam("enrolment_id"))
    .order_by(case((occasion.c.wave == bindparam("wave_id"), 0), else_=1), occasion.c.opens_at.desc())
    .limit(1)
)
_BY_AUTHOR = ("author_asked_at", "author_agreed_at", "author_refused_at")
_ADD = insert(story).returning(story.c.id)
_CHANGE = update(story).where(story.c.id == bindparam("story_id"))
_DELETE = delete(story).where(story.c.id == bindparam("story_id"))


def load(connection: Connection, keys: Keys, story_id: int) -> Story | None:
    """The story with this id."""
    row = connection.execute(_BY_ID, {"story_id": story_id}).one_or_none()
    return None if row is None else _story(row, keys)


def lock(connection: Connection, keys: Keys, story_id: int) -> Story | None:
    """The story, locked for this transaction: of two changes at once, the second sees what the first did."""
    row = connection.execute(_BY_ID_LOCKED, {"story_id": story_id}).one_or_none()
    return None if row is None else _story(row, keys)


def of_wave(connection: Connection, keys: Keys, enrolment_id: int, wave: str) -> Story | None:
    """The story that was told at the end of this wave; there is one at most."""
    row = connection.execute(_OF_WAVE, {"enrolment_id": enrolment_id, "wave_id": wave}).one_or_none()
    return None if row is None else _story(row, keys)


def of_chat(connection: Connection, keys: Keys, chat: bytes) -> list[Story]:
    """All stories of whoever is behind a chat, the oldest first."""
    return [_story(row, keys) for row in connection.execute(_OF_CHAT, {"chat_ref": chat})]


def of_programmes(connection: Connection, keys: Keys, slugs: Sequence[str]) -> list[Story]:
    """What was handed in of these programmes: what waits for a decision first, then the newest."""
    rows = connection.execute(_OF_PROGRAMMES, {"slugs": list(slugs)})
    return sorted((_story(row, keys) for row in rows), key=lambda one: one.standing is not StoryStanding.WAITING)


def waiting(connection: Connection, slugs: Sequence[str]) -> int:
    """How many stories of these programmes wait for a decision."""
    return connection.execute(_WAITING, {"slugs": list(slugs)}).scalar_one()


def tell(
    connection: Connection, keys: Keys, enrolment_id: int, wave: str, text: str, now: datetime, *, more: bool = False
) -> int:
    """Keep what was told, in the place of what was told before it was handed in; gives the number of the story.

    `more`: it goes on with what was told, whose recording stays.
    Raises ValueError where the story of this wave was handed in already.
    """
    held = of_wave(connection, keys, enrolment_id, wave)
    told = {"text_sealed": keys.seal_text(text), "told_at": now}
    if held is None:
        number: int = connection.execute(_ADD, {"enrolment": enrolment_id, "wave": wave, **told}).scalar_one()
        return number
    if held.handed_in_at is not None:
        raise ValueError("a story that was handed in is not told again")
    if not more:
        voice_answers.forget_story(connection, held.id)
    _change(connection, held, **told)
    return held.id


def agree(connection: Connection, one: Story, version: str, now: datetime) -> None:
    """Hand the story in with consent for publication; whatever was decided before is to be decided anew."""
    given = {"publication_version": version, "publication_given_at": now, "withdrawn_at": None}
    _change(connection, one, handed_in_at=one.handed_in_at or now, **given, **_undecided())
    audit.record(connection, f"participant:{one.code}", "story.agree", _subject(one), now)


def keep_private(connection: Connection, one: Story, now: datetime) -> None:
    """Hand the story in for the library only; a consent that was given is withdrawn."""
    withdrawn = {"withdrawn_at": now} if one.publishable else {}
    _change(connection, one, handed_in_at=one.handed_in_at or now, **withdrawn)
    action = "story.withdraw" if withdrawn else "story.keep_private"
    audit.record(connection, f"participant:{one.code}", action, _subject(one), now)


def drop(connection: Connection, one: Story, now: datetime) -> None:
    """Delete the story; only the fact that there was one stays in the audit."""
    voice_answers.forget_story(connection, one.id)
    connection.execute(_DELETE, {"story_id": one.id})
    audit.record(connection, f"participant:{one.code}", "story.drop", _subject(one), now)


def edit(connection: Connection, keys: Keys, one: Story, text: str, now: datetime, actor: str) -> None:
    """Keep a copy for publication beside the original; it is to be decided upon anew, also by the author."""
    _change(connection, one, edited_sealed=keys.seal_text(text), **_undecided(), **dict.fromkeys(_BY_AUTHOR))
    audit.record(connection, actor, "story.edit", _subject(one), now)


def decide(connection: Connection, one: Story, decision: Decision, now: datetime, actor: str) -> None:
    """Approve or decline the publication.

    What is approved in words that are not the author's is not published before the author agrees, who is asked once
    for these words.
    """
    asks = decision is Decision.APPROVED and one.needs_author and one.author_asked_at is None
    asked = {"author_asked_at": now} if asks and _ask_author(connection, one, now) else {}
    _change(connection, one, decision=decision, decided_at=now, decided_by=actor, **asked)
    action = "story.approve" if decision is Decision.APPROVED else "story.decline"
    audit.record(connection, actor, action, _subject(one), now)


def answer(connection: Connection, one: Story, now: datetime, *, agrees: bool) -> None:
    """The author agrees or does not agree to the copy as it is."""
    said = dict(zip(_BY_AUTHOR[1:], (now, None) if agrees else (None, now), strict=True))
    _change(connection, one, **said)
    action = "story.agree_to_copy" if agrees else "story.refuse_copy"
    audit.record(connection, f"participant:{one.code}", action, _subject(one), now)


def _ask_author(connection: Connection, one: Story, now: datetime) -> bool:
    """Plan the question to the author; false where there is no occasion to which it could belong."""
    bound = {"enrolment_id": one.enrolment, "wave_id": one.wave}
    number = connection.execute(_ITS_OCCASION, bound).scalar_one_or_none()
    if number is None:
        return False
    key = f"story:{one.id}:{one.revision + 1}"
    return deliveries.plan_delivery(
        connection, key, DeliveryKind.STORY, now, occasion=number, details={"story": one.id}
    )


def _change(connection: Connection, one: Story, **values: object) -> None:
    connection.execute(_CHANGE.values(revision=one.revision + 1, **values), {"story_id": one.id})


def _undecided() -> dict[str, None]:
    return dict.fromkeys(("decision", "decided_at", "decided_by"))


def _subject(one: Story) -> str:
    return f"story:{one.id}"


def _story(row: Row[*tuple[Any, ...]], keys: Keys) -> Story:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public way to a mapping
    text, edited = values.pop("text_sealed"), values.pop("edited_sealed")
    return Story(**values, text=keys.open_text(text), edited=None if edited is None else keys.open_text(edited))
