"""Every text of consent that was ever shown, by version, language and kind: as it was, under its checksum.

`python -m bot.consent.text_archive` files what the current version says; what was filed once is never changed.
"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection

from bot.texts import languages
from bot.texts.participant import CONSENT_VERSION, ON_THE_WEB, WAITING_VERSION, Participant
from bot.texts.spoken_consent import ALOUD
from storage import consents
from storage.consents import ConsentText
from storage.participants import Enrolment
from storage.schema import ConsentKind, Giver
from storage.secrets.addresses import TELEGRAM, WEB
from surveys.effort import minutes_of_each
from surveys.languages import SLOVENIAN, group_name
from surveys.model import EnrolmentRole, Item, Kind, Programme

FOLDER = Path(__file__).parents[1] / "texts" / "consented"
SUMS = FOLDER / "sha256.txt"
_LIBRARY, _PROGRAMME, _LASTING = "{library}", "{programme}", "{lasting}"


class Key(NamedTuple):
    """Which text: `kind` says in what situation it was shown."""

    version: str
    language: str
    kind: ConsentKind

    @property
    def file(self) -> str:
        """The name under which it is filed."""
        return f"{self.version}.{self.language}.{self.kind}.txt"


def shown(enrolment: Enrolment, kind: ConsentKind, language: str, channel: str = TELEGRAM) -> ConsentText:
    """What stands before somebody now, to be stored with their consent; the hash is of the words as they are shown.

    `channel`: where it was read; what is read aloud or signed is the same everywhere.
    """
    one = Key(version(enrolment) + ("" if channel == TELEGRAM else ON_THE_WEB), language, kind)
    return ConsentText(one.version, one.language, one.kind, _current()[one])


def shown_in_kiosk(enrolment: Enrolment, giver: Giver, language: str) -> ConsentText:
    """The same of `in_kiosk`."""
    return shown(enrolment, aloud(giver), language, TELEGRAM if giver is Giver.GUARDIAN else WEB)


def aloud(giver: Giver) -> ConsentKind:
    """The text for which no chat is needed: of who speaks for themselves, or of a guardian."""
    return ConsentKind.ALOUD_GUARDIAN if giver is Giver.GUARDIAN else ConsentKind.ALOUD


def text(said_hash: str | None) -> str | None:
    """The words with this hash, {library}, {programme} and {lasting} where those stood; None where none are filed."""
    return None if said_hash is None else _filed().get(said_hash)


def is_read_on_a_page(version: str) -> bool:
    """Whether a text of this version was read in a browser; the first ones are called `-web`."""
    return "-web" in version


def version(enrolment: Enrolment) -> str:
    """Of the text of today that this person is asked to agree to: who waits has one of their own."""
    return WAITING_VERSION if enrolment.waits else CONSENT_VERSION


def agreed(connection: Connection, enrolment: Enrolment) -> bool:
    """Whether a text of today holds here; what those who waited agreed to speaks of taking part as well."""
    versions = (WAITING_VERSION,) if enrolment.waits else (CONSENT_VERSION, WAITING_VERSION)
    read = (f"{one}{where}" for one in versions for where in ("", ON_THE_WEB))
    return any(consents.holds(connection, enrolment.id, one) for one in read)


def without_chat(
    programme: Programme,
    audience: str,
    language: str,
    *,
    guardian: bool,
    role: EnrolmentRole = EnrolmentRole.PARTICIPANT,
) -> str:
    """The text of today as it is read aloud or signed; in Slovenian where a language has none."""
    spoken = language if language in ALOUD else SLOVENIAN
    lasting = languages.words(spoken).lasting(*minutes_of_each(programme, audience))
    texts = ALOUD[spoken]
    aloud = texts.to_guardian if guardian else texts.to_waiting if role is EnrolmentRole.WAITING else texts.to_adult
    return aloud(programme.library, group_name(programme, spoken), lasting)


def in_kiosk(
    programme: Programme, audience: str, language: str, role: EnrolmentRole = EnrolmentRole.PARTICIPANT
) -> str:
    """The text of today as it is read in a kiosk: who agrees there alone reads from which age on they may."""
    guardian = programme.answered_for_child
    said = without_chat(programme, audience, language, guardian=guardian, role=role)
    return said if guardian else _with_age(said, language if language in ALOUD else SLOVENIAN)


def _with_age(said: str, language: str) -> str:
    """A text that ends with its question, with the age below its last point."""
    points, _, question = said.rpartition("\n\n")
    return f"{points}\n{languages.words(language).MAY_ANSWER}\n\n{question}"


def read_out(
    programme: Programme, audience: str, language: str, role: EnrolmentRole = EnrolmentRole.PARTICIPANT
) -> Item:
    """The same as something that can be recorded and heard, as whoever answers in this programme is asked."""
    text = in_kiosk(programme, audience, language, role)
    return Item(id="consent", kind=Kind.NOTE, text=html.unescape(text))


def current() -> Mapping[Key, str]:
    """What is shown now, in every language."""
    found = {}
    for language, aloud in ALOUD.items():
        to_guardian = aloud.to_guardian(_LIBRARY, _PROGRAMME, _LASTING)
        found[Key(CONSENT_VERSION, language, ConsentKind.ALOUD_GUARDIAN)] = to_guardian
        for version, to_one in ((CONSENT_VERSION, aloud.to_adult), (WAITING_VERSION, aloud.to_waiting)):
            said = to_one(_LIBRARY, _PROGRAMME, _LASTING)
            found[Key(version, language, ConsentKind.ALOUD)] = said
            found[Key(version + ON_THE_WEB, language, ConsentKind.ALOUD)] = _with_age(said, language)
    for language, words in languages.WORDS.items():
        for channel, where in ((TELEGRAM, ""), (WEB, ON_THE_WEB)):
            found |= {
                Key(version + where, language, kind): said for (version, kind), said in _read_in(channel, words).items()
            }
    return found


def _read_in(channel: str, words: Participant) -> Mapping[tuple[str, ConsentKind], str]:
    """What people read where they answer themselves, by version and kind."""
    own = words.read_in(channel, words.for_whom(_LIBRARY, _PROGRAMME))
    to_guardian, to_mentor = (words.guardian_consent(own_child=own_child) for own_child in (True, False))
    to_adult = words.welcome(_LIBRARY, _PROGRAMME, _LASTING)
    to_waiting = words.waiting.welcome(_LIBRARY, _PROGRAMME, _LASTING)
    return {
        (CONSENT_VERSION, ConsentKind.SELF): words.read_in(channel, to_adult),
        (CONSENT_VERSION, ConsentKind.GUARDIAN): f"{own}\n\n{words.read_in(channel, to_guardian, of_child=True)}",
        (CONSENT_VERSION, ConsentKind.MENTOR): f"{own}\n\n{words.read_in(channel, to_mentor, of_child=True)}",
        (WAITING_VERSION, ConsentKind.SELF): words.read_in(channel, to_waiting),
    }


def checksum(said: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(said.encode()).hexdigest()


def main() -> None:
    """File what is shown now and is not filed yet."""
    for one, said in current().items():
        if not (FOLDER / one.file).exists():
            (FOLDER / one.file).write_text(said, "utf-8")
            with SUMS.open("a", encoding="utf-8") as sums:
                sums.write(f"{checksum(said)}  {one.file}\n")


@cache
def _current() -> Mapping[Key, str]:
    return {one: checksum(said) for one, said in current().items()}


@cache
def _filed() -> Mapping[str, str]:
    """What was ever shown, by its checksum."""
    return {checksum(said): said for said in (path.read_text("utf-8") for path in FOLDER.glob("*.*.txt"))}


if __name__ == "__main__":
    main()
