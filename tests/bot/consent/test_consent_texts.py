"""What people consented to stays readable as it was, and no text changes without a new version."""

import hashlib
import html
import re
from dataclasses import replace

import pytest
from plugins.at_the_desk import query, tap

from bot.consent import text_archive
from bot.texts.languages import WORDS
from bot.texts.participant import CONSENT_VERSION, WAITING_VERSION
from storage import consents, participants
from storage.consents import ConsentText
from storage.schema import ConsentKind
from surveys.effort import minutes_of_each
from surveys.languages import NAMES, group_name
from surveys.model import EnrolmentRole

KAMNIK, NOVO_MESTO = "kamnik-slovenscina", "novo-mesto-branje"
OWN_CHILD, IN_CARE = ("FOR_MY_CHILD", "GUARDIAN_YES"), ("FOR_A_CHILD_IN_CARE", "PAPER_YES")


def sums():
    return dict(reversed(line.split("  ")) for line in text_archive.SUMS.read_text("utf-8").splitlines())


def test_what_is_shown_now_is_what_is_filed():
    """A changed text needs a new CONSENT_VERSION; then file it with `python -m bot.consent.text_archive`."""
    shown = text_archive.current()
    assert {key: (text_archive.FOLDER / key.file).read_text("utf-8") for key in shown} == dict(shown)


def test_what_was_filed_once_never_changes():
    filed = {path.name: path.read_text("utf-8") for path in text_archive.FOLDER.glob("*.*.txt")}
    assert {name: text_archive.checksum(said) for name, said in filed.items()} == sums()


def test_filing_again_changes_nothing():
    before = text_archive.SUMS.read_text("utf-8")
    text_archive.main()
    assert text_archive.SUMS.read_text("utf-8") == before


@pytest.mark.parametrize("language", list(WORDS))
@pytest.mark.parametrize(
    ("kind", "waits"),
    [*((kind, False) for kind in ConsentKind), (ConsentKind.SELF, True), (ConsentKind.ALOUD, True)],  # no child waits
)
async def test_what_is_stored_names_the_words_that_are_shown_and_filed(village, kind, waits, language):
    enrolled = await village.enrol(await village.cohort("brezice-racunalnik"))
    place = replace(
        await query(village, participants.of_enrolment, enrolment_id=enrolled.enrolment),
        role=EnrolmentRole.WAITING if waits else EnrolmentRole.PARTICIPANT,
    )
    read = text_archive.shown(place, kind, language)
    version = WAITING_VERSION if waits else CONSENT_VERSION
    filed = (text_archive.FOLDER / f"{version}.{language}.{kind}.txt").read_text("utf-8")
    assert read == ConsentText(version, language, kind, hashlib.sha256(filed.encode()).hexdigest())
    assert text_archive.text(read.hash) == filed


@pytest.mark.parametrize(
    ("slug", "language", "buttons", "kind"),
    [
        *((KAMNIK, language, ("YES",), ConsentKind.SELF) for language in WORDS),
        *((NOVO_MESTO, language, OWN_CHILD, ConsentKind.GUARDIAN) for language in ("sl", "sl-x-lahko")),
        *((NOVO_MESTO, language, IN_CARE, ConsentKind.MENTOR) for language in ("sl", "sl-x-lahko")),
    ],
)
async def test_what_was_on_the_screen_is_what_the_stored_hash_is_of(village, slug, language, buttons, kind):
    enrolled = await village.enrol(await village.cohort(slug))
    person = village.simulator.person("Marija")
    await person.follows(village.link(enrolled.token))
    await person.settles()
    if language != "sl":
        await tap(person, NAMES[language])
    seen = []
    for button in buttons:
        seen.append(person.screen.text)
        await tap(person, getattr(WORDS[language], button))
    enrolment = await query(village, participants.of_enrolment, enrolment_id=enrolled.enrolment)
    [given] = await query(village, consents.of_cohort, cohort_id=enrolment.cohort)
    assert (given.version, given.language, given.kind, given.derived_at) == (CONSENT_VERSION, language, kind, None)
    programme = village.programme(slug)
    lasting = WORDS[language].lasting(*minutes_of_each(programme, enrolment.audience))
    words = text_archive.text(given.hash).replace("{lasting}", lasting)
    words = words.replace("{library}", programme.library).replace("{programme}", group_name(programme, language))
    assert html.unescape(re.sub(r"<[^>]+>", "", words)) == "\n\n".join(seen)


def test_a_text_that_was_never_filed_is_not_made_up():
    assert text_archive.text(text_archive.checksum("Smo …")) is None
    assert text_archive.text(None) is None
