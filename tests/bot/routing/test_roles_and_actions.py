"""Who may do what: every role takes every route with what is of one person and one library (docs/roles.md).

ROLES=1 in the environment writes the page anew.
"""

import os
from collections import defaultdict
from functools import partial
from pathlib import Path

import pytest
from plugins.crawling import FILES
from plugins.further_states import AT_HOME, states
from plugins.two_libraries import GROUP, NOW, OTHERS, OWN, SAID, TOLD, World, services_in, written
from sqlalchemy import text

from bot.actions.staff import show_desk
from bot.conversation.arrivals import Command, Given, Tap, Typed
from bot.conversation.declared import ForgedError
from bot.conversation.request import Request
from bot.routing import routes
from bot.routing.dispatch import answer
from bot.staff.staff_home import AT_THE_DESK
from bot.texts.staff import NOT_STAFF, PREVIEW_TOAST
from bot.views import assistance, participant

ROLES, KIOSK = (*OWN, *OTHERS), "kiosk"
PAGE = Path(__file__).parents[3] / "docs" / "roles.md"
NOTHING, SEES, DOES = "–", "sees", "does"
MAIL = {"host": "mail.example.si", "sender": "knjiznica@example.si"}
NOTHING_AT_ALL = NOTHING, 0, frozenset()
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
librarian's role has ended. The kiosk is the librarian's chat while it is one, with each card on the screen that stands
there. Operators are not here: whoever has the machine needs no button.

- »{NOTHING}«: refused, or nothing but the same card again, or one's own home or desk, where that was not asked for.
- »{SEES}«: something is shown. For all but the first four it is never of the people, the groups or the words of that
  library: the test looks for them in whatever can be read.
- »{DOES}«: rows are changed. For all but the first four they are of oneself: whoever holds a link that was not used yet
  is the person whom it was given to, and anybody may stop, and erase what is their own.
  `start` counts that somebody tried a link that opens nothing; `splet` opens one's own chat in a browser; by `mail` one
  is written to at one's own address, until `end_mail`.

Each step gives somebody something: one that no longer does is dead, or there is no state here in which it lives.
"""


def steps(world, other, view):
    """Everything that can be asked for: its kind and name, the card on the screen, what is asked, how it is done."""
    known = {**world.known(), **other}
    for name in {**routes.COMMANDS, **AT_THE_DESK}:
        asked = Command(name, world.code)
        yield "command", name, AT_HOME, asked, partial(answer, asked=asked)
    for name, route in routes.TAPS.items():
        action = written(route.declared, known)
        yield "button", name, view, Tap(action), partial(tapped, route, action)
    typed, sent = (
        [(one, Typed(one)) for one in (world.code, "2", "ana@example.si")],
        [(one, Given(one)) for one in FILES],
    )
    for kind, table, given in (("typed", routes.TYPED, typed), ("sent", routes.SENT, sent)):
        for name, route in table.items():
            card = written(route.declared, known)
            for one, asked in given:
                yield kind, name, card, asked, partial(taken, table, card, one)


def tapped(route, action, request):
    return route.use_case(request, *route.declared.arguments_of(action))


def taken(table, view, given, request):
    return routes.take(table, request, view, given)


@pytest.fixture(scope="module")
def tried(migrated_file, tmp_path_factory):
    """What came of each step for each role: what they got, how many rows it changed, and what of others it told."""
    services = services_in(
        tmp_path_factory.mktemp("roles"), migrated_file, web={"public_url": "https://example.si"}, email=MAIL
    )
    return services.database.write_now(partial(everybody_tries, services=services))


def everybody_tries(connection, services):
    """The outcomes; what leads nowhere for anybody is tried in other states of the same library, too."""
    world, came = World(connection, services), defaultdict(set)
    in_a_kiosk(world, came)
    for other, below in states(world):
        led = {step[:2] for step, outcomes in came.items() if step[2] in ROLES and best(outcomes) != NOTHING}
        for kind, name, view, _, step in steps(world, other, below):
            for role in () if (kind, name) in led else ROLES:
                request = Request(connection, services, world.chats[role], NOW, view=view)
                came[kind, name, role].add(tried_once(world, request, name, step))
    return came


def in_a_kiosk(world, came):
    """What is typed and sent belongs to the card on the screen; every button is tapped on each."""
    for view, other in kiosk_cards(world).items():
        for kind, name, card, asked, _ in steps(world, other, view):
            request = Request(world.connection, world.services, world.chats["librarian"], NOW, view=view, kiosk=4321)
            there = kind in {"command", "button"} or card.partition(":")[0] == view.partition(":")[0]
            step = partial(answer, asked=asked)
            came[kind, name, KIOSK].add(tried_once(world, request, name, step) if there else NOTHING_AT_ALL)


def kiosk_cards(world):
    """What stands on the screen of a kiosk, with whom or what it is about."""
    return {
        assistance.kiosk(): {},
        assistance.kiosk_consent(world.card): {"enrolment_id": world.card},
        participant.question(world.response, 0): {},
        participant.summary(world.response): {},
        participant.meant(world.response, 0, 0): {},
        assistance.kiosk_thanks(world.handed_in): {"response_id": world.handed_in},
    }


def tried_once(world, request, name, step):
    """What came of a step, which is taken back."""
    nested = world.connection.begin_nested()
    before = changes(world.connection)
    try:
        reply = step(request)
    except (ForgedError, PermissionError):
        reply = None
    found = outcome(reply, changes(world.connection) - before, world, request.view, name)
    nested.rollback()
    return found


def changes(connection):
    """How many rows this connection has written so far."""
    return connection.execute(text("SELECT total_changes()")).scalar_one()


def outcome(reply, changed, world, view, name):
    """What somebody got, how many rows it changed, and what it told of the first library's people."""
    if reply is None:
        return NOTHING, changed, frozenset()
    cards = (reply.card, *reply.extras)
    said = "\n".join([reply.toast, *(f"{one.text} {one.rows}" for one in cards)])
    again = reply.redrawn and reply.view == view and not reply.fresh
    same = again and not reply.note and reply.toast != PREVIEW_TOAST
    home = reply.view.partition(":")[0] in {"home", "desk"} and not (
        name == show_desk.name and NOT_STAFF not in reply.card.text
    )
    got = DOES if changed else NOTHING if (same or home) and not reply.extras else SEES
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


def test_each_step_gives_somebody_something(tried):
    steps_of = defaultdict(set)
    for (kind, name, _), outcomes in tried.items():
        steps_of[kind, name].add(best(outcomes))
    assert [step for step, gets in steps_of.items() if gets == {NOTHING}] == []


def test_a_kiosk_tells_whoever_is_there_nothing_of_others(tried):
    told = {step: told for step, outcomes in tried.items() for _, _, told in outcomes if step[2] == KIOSK and told}
    assert told == {}


def is_about_oneself(kind, name):
    """Whoever has the link of a person is that person; who erases, stops or opens a browser does so for oneself."""
    named = routes.TAPS[name].declared.parameters if kind == "button" else ()
    itself = {("command", "start"), ("command", "splet"), ("command", "web"), ("button", "end_mail"), ("typed", "mail")}
    return (kind, name) in itself or not {"token", "whom"}.isdisjoint(named)


def test_the_page_says_what_each_role_may_do(tried):
    if os.environ.get("ROLES"):
        PAGE.write_text(page(tried), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(tried)


def page(tried):
    """The matrix as it is checked in."""
    lines, columns = [HEAD], (*ROLES, KIOSK)
    for kind, title in TITLES.items():
        lines += [f"## {title}", "", f"| {kind} | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
        for name in sorted({step[1] for step in tried if step[0] == kind}):
            lines.append(f"| `{name}` | {' | '.join(best(tried[kind, name, role]) for role in columns)} |")
        lines.append("")
    return "\n".join(lines)
