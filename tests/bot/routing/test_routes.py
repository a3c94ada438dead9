"""What is declared has one route that takes its arguments, and fits a button; what older cards ask for leads home."""

import inspect
import pkgutil
from collections import Counter
from datetime import date
from enum import StrEnum
from importlib import import_module
from typing import get_args

import pytest
from plugins.at_the_desk import forge, query, tap
from sqlalchemy import select

import bot.actions
import bot.views
from bot.actions.coordinator import below
from bot.conversation.declared import Action, Declared, Rest, View
from bot.conversation.request import Request
from bot.coordinator.monday_message import CARRIED
from bot.routing import routes
from storage import schema
from surveys.languages import NAMES

FIRST_OF = {"TAPS": (), "CARDS": (), **dict.fromkeys(("TYPED", "SENT", "EARLIER", "EARLIER_SENT", "CORRECTED"), ("",))}
LONGEST = {int: 999_999_999, bool: True, date: date(2027, 12, 31), str: "s" * 32, Rest: ""}
NEVER_THAT_LONG = {  # arguments that are shorter than others of their type
    "token": "t" * 24, "key": "c9999", "language": max(NAMES, key=len), "library": "KAM", "extra": "2026-W48",
    "revision": 9_999, "wave": 99, "audience": 99, "item": 999, "number": 999, "stamp": "9" * 10, "choice": "99h",
}  # fmt: skip


def declared(package, kind):
    """Everything of this kind that the modules of a package declare."""
    modules = [import_module(f"{package.__name__}.{one.name}") for one in pkgutil.iter_modules(package.__path__)]
    return [one for module in modules for one in vars(module).values() if isinstance(one, kind)]


ACTIONS, VIEWS = declared(bot.actions, Action), declared(bot.views, View)
EVERY_ROUTE = [
    pytest.param(route, first, id=f"{table} {route.name}")
    for table, first in FIRST_OF.items()
    for route in getattr(routes, table).values()
    if isinstance(route.declared, Declared)
]


@pytest.mark.parametrize(("every", "table"), [(ACTIONS, routes.TAPS), (VIEWS, routes.CARDS)], ids=["actions", "views"])
def test_every_declaration_has_one_route(every, table):
    assert [name for name, often in Counter(one.name for one in every).items() if often > 1] == []
    assert [one for one in every if one.name not in table or table[one.name].declared is not one] == []
    assert len(every) > 90


@pytest.mark.parametrize(("route", "first"), EVERY_ROUTE)
def test_every_use_case_takes_the_arguments_of_its_declaration(route, first):
    """mypy finds wrong types and names, not always a wrong number of them."""
    arguments = [default for _, _, default in route.declared._parameters]
    inspect.signature(route.use_case).bind(Request, *first, *arguments)


@pytest.mark.parametrize("action", ACTIONS, ids=repr)
def test_every_name_is_longer_than_those_of_older_cards(action):
    assert len(action.name) > 4


def longest(kind):
    """The longest value of a type."""
    (one,) = {*get_args(kind)} - {type(None)} or {kind}
    return max(one, key=len) if isinstance(one, type) and issubclass(one, StrEnum) else LONGEST[one]


@pytest.mark.parametrize("action", ACTIONS, ids=repr)
def test_every_action_fits_a_button(action):
    written = action(*(NEVER_THAT_LONG.get(name, longest(kind)) for name, kind, _ in action._parameters))
    assert len(written) <= 64
    assert action.name not in CARRIED or len(below(Rest(written))) <= 64


@pytest.mark.parametrize(
    "action",
    ["q:1:0:0:c1", "qe:1:0", "pcx:17:s", "stk", "ers", "ws:erase:0", "jz:en", "home", "yes:{token}:s", "mv:{token}"],
)
async def test_a_card_of_before_leads_home_and_changes_nothing(village, action):
    enrolled = await village.enrol(await village.cohort("brezice-racunalnik"))
    person = village.simulator.person("Marija")
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await tap(person, "Da")
    question = person.screen.text
    before = await query(village, everything)
    assert await forge(person, action.format(token=enrolled.token)) == "Ta gumb ne velja več."
    assert person.screen.text == question
    assert await query(village, everything) == before


def everything(connection):
    """What is known of people, and what was done."""
    tables = (schema.participant, schema.enrolment, schema.consent, schema.run, schema.answer, schema.audit)
    return {one.name: [tuple(row) for row in connection.execute(select(one))] for one in tables}
