"""`cohort close`, `participant move` and `participant leave`: shown first, done with --yes, by the operator."""

from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import select

from storage import cohorts, occasions, participants
from storage.schema import EnrolmentState, Giver, audit
from surveys.model import Mode
from tests.plugins.consent_texts import text_read

SLUG = "brezice-racunalnik"
YEAR = datetime.now(UTC).year + 1
NOT_YET = "Nothing is changed. To do it, add --yes.\n"


@pytest.fixture
def group(prepared, operator):
    return added(operator, "Jesen", f"{YEAR}-10-01", f"{YEAR}-12-15")


def added(operator, name, start, end, slug=SLUG):
    return operator.gets("cohort", "add", slug, "--start", start, "--end", end, "--name", name, "--json")["cohort"]


def joined(operator, group):
    """The code of somebody who takes part."""
    [one] = operator.gets("enrol", group, "--count", 1, "--json")
    services, now = operator.services, datetime.now(UTC)

    def join(connection):
        [enrolment] = participants.of_code(connection, one["code"])
        participants.join(connection, enrolment, b"chat", Giver.SELF, Mode.SELF, text_read("v1"), now, "operator")
        occasions.replan_one(connection, services.programmes[SLUG], enrolment.id, services.policy, now)

    services.database.write_now(join)
    return one["code"]


def states(operator, code):
    found = operator.services.database.read_now(partial(participants.of_code, code=code))
    return [(one.cohort_name, one.state) for one in found]


def audited(operator, *actions):
    wanted = select(audit.c.actor, audit.c.action, audit.c.subject).where(audit.c.action.in_(actions))
    return operator.services.database.read_now(lambda connection: [tuple(row) for row in connection.execute(wanted)])


def test_a_group_is_closed_after_it_was_shown_what_ends_with_it(operator, group):
    joined(operator, group)
    operator.gets("enrol", group, "--count", 2, "--json")
    assert operator.types("cohort", "close", "Jesen") == (
        "Cohort 1 »Jesen« would be closed; the answers stay:\n"
        "  izhodišče: would not be asked: 1\n  zaključek: would not be asked: 1\n  spremljanje: would not be asked: 1\n"
        f"  links that would open nothing any more: 2\n{NOT_YET}"
    )
    assert operator.services.database.read_now(partial(cohorts.find, reference=group)).closed_at is None
    assert operator.types("cohort", "close", group, "--yes") == "Cohort 1 »Jesen« is closed; the answers stay.\n"
    assert audited(operator, "cohort.close") == [("operator", "cohort.close", "cohort:1")]
    for again in (["cohort", "close", group], ["cohort", "close", group, "--yes"], ["enrol", group, "--count", 1]):
        assert operator.is_told(*again) == "Cohort 1 »Jesen« was closed."
    empty = added(operator, "Zima", f"{YEAR}-10-01", f"{YEAR}-12-15")
    assert operator.types("cohort", "close", empty).splitlines()[1] == "  nothing is to come"


def test_a_person_is_moved_after_it_was_shown_what_moves(operator, group):
    code = joined(operator, group)
    spring = added(operator, "Pomlad", f"{YEAR + 1}-03-01", f"{YEAR + 1}-05-03")
    shown = operator.types("participant", "move", code.lower(), "Pomlad").splitlines(keepends=True)
    assert (shown[0], shown[-1]) == (f"{code} would go from »Jesen« to »Pomlad«, with all answers:\n", NOT_YET)
    assert [line.split(": from ")[0] for line in shown[1:-1]] == ["  before", "  after", "  followup"]
    assert states(operator, code) == [("Jesen", EnrolmentState.ACTIVE)]
    assert operator.types("participant", "move", code, spring, "--yes") == f"{code} is in »Pomlad«, with all answers.\n"
    assert states(operator, code) == [("Pomlad", EnrolmentState.ACTIVE)]
    assert audited(operator, "participant.move") == [("operator", "participant.move", code)]
    assert operator.is_told("participant", "move", code, spring, "--yes") == (
        f"{code} can go to another open cohort of {SLUG}, not to »Pomlad«; there are: 1 (»Jesen«)."
    )


def test_a_person_leaves_after_it_was_shown_what_is_not_asked_any_more(operator, group):
    code = joined(operator, group)
    assert operator.types("participant", "leave", code) == (
        f"{code} would take part in »Jesen« no longer; the answers stay.\n"
        f"  questionnaires that would not be asked any more: 3\n{NOT_YET}"
    )
    assert operator.types("participant", "leave", code, "--yes") == (
        f"{code} takes part in »Jesen« no longer; the answers stay.\n"
    )
    assert states(operator, code) == [("Jesen", EnrolmentState.LEFT)]
    assert audited(operator, "participant.leave") == [("operator", "participant.leave", code)]
    assert operator.is_told("participant", "leave", code, "--yes") == f"{code} takes part in no cohort."


def test_whoever_is_in_several_groups_is_moved_or_leaves_where_it_is_said(operator, group):
    code = joined(operator, group)
    other = added(operator, "Zima", f"{YEAR}-10-01", f"{YEAR}-12-15")
    (operator.folder / "people.csv").write_text(f"Šifra\n{code}\n")
    operator.types("enrol", other, "--csv", "people.csv")
    for command in (["leave", code], ["move", code, "Zima"]):
        assert operator.is_told("participant", *command, "--yes") == (
            f"{code} takes part in several cohorts: say which with --in; there are: 1 (»Jesen«), 2 (»Zima«)."
        )
    assert operator.is_told("participant", "move", code, group, "--in", other) == (
        f"{code} can go to another open cohort of {SLUG}, not to »Jesen«; there is none."
    )
    spring = added(operator, "Pomlad", f"{YEAR + 1}-03-01", f"{YEAR + 1}-05-03")
    assert (
        operator.types("participant", "move", code, spring, "--in", "Zima").splitlines()[1]
        == "  nothing that is to come"
    )
    operator.types("participant", "leave", code, "--in", "Zima", "--yes")
    assert states(operator, code) == [("Jesen", EnrolmentState.ACTIVE), ("Zima", EnrolmentState.LEFT)]
    assert operator.is_told("participant", "leave", code, "--in", "Zima") == (
        f"{code} takes part in no cohort of that name or number."
    )
    assert operator.is_told("participant", "leave", "BRE-1").startswith("BRE-1 is not a code:")
