"""Who is here is asked of storage once in a request, and anew once it has changed there."""

from dataclasses import replace
from functools import partial

import pytest
from plugins.two_libraries import NOW, services_in

from bot.conversation import permissions
from bot.conversation.request import Request
from storage import staff
from storage.schema import Role


@pytest.fixture
def in_a_request(tmp_path, migrated_file):
    """What a function says of the request of somebody who has no role yet."""
    services = services_in(tmp_path, migrated_file)

    def write(fn):
        return services.database.write_now(lambda connection: fn(Request(connection, services, b"ana", NOW)))

    return write


def roles(request):
    """As the request knows them, as a copy does, and as they are stored."""
    known = permissions.member(request), permissions.member(replace(request, typed=True))
    return [None if one is None else one.role for one in (*known, staff.by_chat(request.connection, request.chat))]


def test_a_role_that_changes_within_a_request_is_known_in_it(in_a_request):
    steps = (
        permissions.member,
        partial(permissions.join, role=Role.LIBRARIAN, library="BRE"),
        partial(permissions.join, role=Role.NATIONAL, library=None),
        partial(permissions.join, role=Role.COORDINATOR, library="BRE"),
        permissions.leave,
    )

    def take(request):
        seen = []
        for step in steps:
            step(request)
            seen.append(roles(request))
        return seen

    assert in_a_request(take) == [[one] * 3 for one in (None, Role.LIBRARIAN, Role.NATIONAL, Role.NATIONAL, None)]


def test_another_chat_is_somebody_else(in_a_request):
    def take(request):
        permissions.join(request, Role.LIBRARIAN, "BRE")
        return [permissions.member(one) is None for one in (request, replace(request, chat=b"bor"), request)]

    assert in_a_request(take) == [False, True, False]
