from random import Random

import pytest
from sqlalchemy import select, update

from storage import access_links, codes, enrolments, participants
from storage.access_links import Expired, Invitation
from storage.enrolments import Enrolled
from storage.schema import Allocation, EnrolmentState, audit, enrolment, invite, participant
from surveys.model import EnrolmentRole
from tests.storage.conftest import NOW


class Stubborn(Random):
    """Draws the same code several times before another one."""

    def __init__(self, times):
        super().__init__(0)
        self.left = times * 4

    def choice(self, seq):
        self.left -= 1
        return seq[0] if self.left >= 0 else seq[1]


def enrol(connection, keys, programme, group, **more):
    return enrolments.enrol(connection, keys, programme, group, NOW, "staff:3", **more)


def test_of_a_participant_nothing_is_known_but_the_code(connection, brezice, group, keys):
    enrolled = enrol(connection, keys, brezice, group)
    assert codes.read_code(enrolled.code) == enrolled.code
    assert enrolled.code.startswith("BRE-")
    row = connection.execute(select(participant)).one()
    assert (row.code, row.chat, row.language, row.created_at, row.unreachable_at) == (
        enrolled.code, None, "sl", NOW, None,
    )  # fmt: skip
    place = connection.execute(select(enrolment)).one()
    assert tuple(place) == (
        enrolled.enrolment, row.id, group.id, EnrolmentState.INVITED, NOW, None, None, EnrolmentRole.PARTICIPANT, None,
    )  # fmt: skip


def test_who_waits_is_enrolled_as_waiting_with_how_that_was_decided(connection, brezice, group, keys):
    enrolled = enrol(connection, keys, brezice, group, role=EnrolmentRole.WAITING, allocation=Allocation.LOT)
    enrolment = participants.of_enrolment(connection, enrolled.enrolment)
    assert (enrolment.waits, enrolment.role, enrolment.allocation) == (True, EnrolmentRole.WAITING, Allocation.LOT)


def test_the_link_opens_the_enrolment(connection, brezice, group, keys):
    enrolled = enrol(connection, keys, brezice, group)
    found = access_links.look(connection, enrolled.token, NOW)
    assert isinstance(found, Invitation)
    assert (found.enrolment, found.role, found.library) == (enrolled.enrolment, None, None)


def test_an_enrolment_is_audited_under_its_code(connection, brezice, group, keys):
    enrolled = enrol(connection, keys, brezice, group)
    rows = connection.execute(select(audit.c.actor, audit.c.action, audit.c.subject).order_by(audit.c.id)).all()
    assert rows[-1] == ("staff:3", "participant.enrol", enrolled.code)


def test_a_code_that_is_taken_is_drawn_anew(connection, brezice, group, keys):
    random = Stubborn(3)
    first, second = (enrol(connection, keys, brezice, group, random=random) for _ in range(2))
    assert (first.code[:8], second.code[:8]) == ("BRE-2222", "BRE-3333")
    assert connection.execute(select(participant.c.code).order_by(participant.c.id)).scalars().all() == [
        first.code,
        second.code,
    ]


def test_codes_that_have_run_out_are_an_error(connection, brezice, group, keys):
    only_one = Stubborn(10**6)
    enrol(connection, keys, brezice, group, random=only_one)
    with pytest.raises(RuntimeError, match="the codes that begin with BRE have run out"):
        enrol(connection, keys, brezice, group, random=only_one)


def test_a_group_of_another_programme_is_refused(connection, programmes, group, keys):
    with pytest.raises(ValueError, match="is not one of kamnik-slovenscina"):
        enrol(connection, keys, programmes["kamnik-slovenscina"], group)


def test_a_new_link_ends_the_old_one(connection, brezice, group, keys):
    first = enrol(connection, keys, brezice, group)
    second = enrolments.reissue(connection, keys, first.enrolment, NOW, "staff:3")
    assert second == Enrolled(first.code, second.on_card, first.enrolment)
    assert isinstance(access_links.look(connection, first.token, NOW), Expired)
    assert isinstance(access_links.look(connection, second.token, NOW), Invitation)
    assert connection.execute(select(invite.c.voided_at).order_by(invite.c.id)).scalars().all() == [NOW, None]


def test_there_is_no_new_link_for_nobody(connection, brezice, group, keys):
    erased = enrol(connection, keys, brezice, group)
    connection.execute(update(enrolment).values(state=EnrolmentState.ERASED))
    for number in (erased.enrolment, 999):
        with pytest.raises(LookupError):
            enrolments.reissue(connection, keys, number, NOW, "staff:3")
