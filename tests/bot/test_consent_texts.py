"""What people consented to stays readable as it was, and no text changes without a new version."""

import pytest

from bot import consents
from bot.consents import Key
from bot.texts.consents import GIVERS
from bot.texts.participant import CONSENT_VERSION
from storage.schema import Giver
from surveys.model import Mode


def sums():
    return dict(reversed(line.split("  ")) for line in consents.SUMS.read_text("utf-8").splitlines())


def test_what_is_shown_now_is_what_is_filed():
    """Where this fails: a changed text needs a new CONSENT_VERSION; then file it with `python -m bot.consents`."""
    shown = consents.current()
    assert {key: consents.text(key) for key in shown} == dict(shown)


def test_what_was_filed_once_never_changes():
    filed = {path.name: path.read_text("utf-8") for path in consents.FOLDER.glob("*.*.txt")}
    assert {name: consents.checksum(said) for name, said in filed.items()} == sums()


def test_filing_again_changes_nothing():
    before = consents.SUMS.read_text("utf-8")
    consents.main()
    assert consents.SUMS.read_text("utf-8") == before


@pytest.mark.parametrize(
    ("giver", "mode", "recorded_by", "kind"),
    [
        (Giver.SELF, Mode.SELF, "participant:BRE-7F3K2", "self"),
        (Giver.SELF, Mode.SELF, "-3", "self"),
        (Giver.GUARDIAN, Mode.SELF, "participant:NME-7F3K2", "guardian"),
        (Giver.GUARDIAN, Mode.PAPER, "participant:NME-7F3K2", "mentor"),
        (Giver.GUARDIAN, Mode.PAPER, "-3", "mentor"),
        (Giver.GUARDIAN, Mode.PAPER, "staff:1", "aloud-guardian"),
        (Giver.GUARDIAN, Mode.ASSISTED, "staff:1", "aloud-guardian"),
        (Giver.SELF, Mode.PAPER, "staff:1", "aloud"),
        (Giver.WITNESS, Mode.ASSISTED, "staff:1", "aloud"),
    ],
)
def test_a_record_says_which_text_was_consented_to(giver, mode, recorded_by, kind):
    wanted = consents.key(CONSENT_VERSION, "sl", giver, mode, recorded_by)
    assert wanted == Key(CONSENT_VERSION, "sl", kind)
    assert "{programme}" in consents.text(wanted)
    assert (giver, mode) in GIVERS


def test_a_text_that_was_never_filed_is_not_made_up():
    assert consents.text(Key("2019-01", "sl", "self")) is None
