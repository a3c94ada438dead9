"""Who may do what: every role takes every route with what is of one person and one library (docs/roles.md).

ROLES=1 in the environment writes the page anew.
"""

import os
from collections import defaultdict
from functools import partial
from pathlib import Path

import pytest
from plugins.crawling import FILES
from plugins.two_libraries import GROUP, NOW, OTHERS, OWN, SAID, TOLD, World, services_in, written
from sqlalchemy import text

from bot.conversation.arrivals import Command
from bot.conversation.declared import ForgedError
from bot.conversation.request import Request
from bot.routing import routes
from bot.routing.dispatch import answer
from bot.staff.staff_home import AT_THE_DESK

ROLES = (*OWN, *OTHERS)
PAGE = Path(__file__).parents[3] / "docs" / "roles.md"
NOTHING, SEES, DOES = "–", "sees", "does"
TITLES = {
    "command": "Commands",
    "button": "Buttons",
    "typed": "Words that are typed while a card is on the screen",
    "sent": "Files that are sent while a card is on the screen",
}

HEAD = f"""# Roles and actions

Made from the code: `tests/bot/routing/test_roles_and_actions.py` lets each role take each step on a real database, with
people, groups and files of one library, and fails where this page says something else. The participant is the one whom
the steps are about; librarian and coordinator are of that library. »Elsewhere« is another library. The former
librarian's role has ended. Operators are not here: whoever has the machine needs no button.

- »{NOTHING}«: refused, or nothing but one's own home or desk.
- »{SEES}«: something is shown. For all but the first four it is never of the people, the groups or the words of that
  library: the test looks for them in whatever can be read.
- »{DOES}«: rows are changed. For all but the first four they are of oneself: whoever holds a link that was not used yet
  is the person whom it was given to, and anybody may stop, and erase what is their own.
  `start` counts that somebody tried a link that opens nothing.

Where nobody gets anything, the step needs a state that is not there: a kiosk, a half-typed sheet, a list that was read,
a closed questionnaire. The tests of its room lead to it.
"""


def steps(world, **other):
    """Everything that can be asked for: its kind and name, the card on the screen, and how it is done."""
    known = {**world.known(), **other}
    for name in {**routes.COMMANDS, **AT_THE_DESK}:
        yield "command", name, "home:", partial(answer, asked=Command(name, world.code))
    for name, route in routes.TAPS.items():
        yield "button", name, "home:", partial(tapped, route, written(route.declared, known))
    for kind, table, given in (("typed", routes.TYPED, [world.code, "2"]), ("sent", routes.SENT, FILES)):
        for name, route in table.items():
            view = written(route.declared, known)
            for one in given:
                yield kind, name, view, partial(taken, table, view, one)


def tapped(route, action, request):
    return route.use_case(request, *route.declared.arguments_of(action))


def taken(table, view, given, request):
    return routes.take(table, request, view, given)


@pytest.fixture(scope="module")
def tried(migrated_file, tmp_path_factory):
    """What came of each step for each role: what they got, how many rows it changed, and what of others it told."""
    services = services_in(tmp_path_factory.mktemp("roles"), migrated_file)
    return services.database.write_now(partial(everybody_tries, services=services))


def everybody_tries(connection, services):
    """The outcomes; what leads nowhere for anybody is tried with other objects of the same library, too."""
    world, came = World(connection, services), defaultdict(set)
    others = {"response_id": world.handed_in}, {"enrolment_id": world.card}, {"enrolment_id": world.paper_person}
    for other in ({}, *others):
        led = {step[:2] for step, outcomes in came.items() if best(outcomes) != NOTHING}
        for kind, name, view, step in steps(world, **other):
            if (kind, name) in led:
                continue
            for role in ROLES:
                nested = connection.begin_nested()
                before = changes(connection)
                try:
                    reply = step(Request(connection, services, world.chats[role], NOW, view=view))
                except (ForgedError, PermissionError):
                    reply = None
                came[kind, name, role].add(outcome(reply, changes(connection) - before, world))
                nested.rollback()
    return came


def changes(connection):
    """How many rows this connection has written so far."""
    return connection.execute(text("SELECT total_changes()")).scalar_one()


def outcome(reply, changed, world):
    """What somebody got, how many rows it changed, and what it told of the first library's people."""
    if reply is None:
        return NOTHING, changed, frozenset()
    cards = (reply.card, *reply.extras)
    said = "\n".join([reply.toast, *(f"{one.text} {one.rows}" for one in cards)])
    home = reply.view.partition(":")[0] in {"home", "desk"} and not reply.extras
    got = DOES if changed else NOTHING if home else SEES
    return got, changed, frozenset(words for words in (*world.codes, GROUP, SAID, TOLD) if words in said)


def best(outcomes):
    """The most that somebody got."""
    return max((got for got, _, _ in outcomes), key=(NOTHING, SEES, DOES).index)


def test_whoever_has_no_business_here_changes_nothing_and_reads_nothing(tried):
    wrong = {
        step: (changed, told)
        for step, outcomes in tried.items()
        for _, changed, told in outcomes
        if step[2] in OTHERS and (changed or told) and not is_about_oneself(*step[:2])
    }
    assert wrong == {}


def is_about_oneself(kind, name):
    """Whoever has the link of somebody who has not joined is that person; who erases or stops does so to oneself."""
    named = routes.TAPS[name].declared.parameters if kind == "button" else ()
    return (kind, name) == ("command", "start") or not {"token", "whom"}.isdisjoint(named)


def test_the_page_says_what_each_role_may_do(tried):
    if os.environ.get("ROLES"):
        PAGE.write_text(page(tried), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(tried)


def page(tried):
    """The matrix as it is checked in."""
    lines = [HEAD]
    for kind, title in TITLES.items():
        lines += [f"## {title}", "", f"| {kind} | {' | '.join(ROLES)} |", "|---" * (len(ROLES) + 1) + "|"]
        for name in sorted({step[1] for step in tried if step[0] == kind}):
            lines.append(f"| `{name}` | {' | '.join(best(tried[kind, name, role]) for role in ROLES)} |")
        lines.append("")
    return "\n".join(lines)
