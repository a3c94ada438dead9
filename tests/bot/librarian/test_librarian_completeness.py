"""What buttons, views, menus and texts name is there, and nothing stands in the tables that nobody names."""

import ast
import re
from collections import Counter
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import Path
from pkgutil import iter_modules

import pytest

import bot
import bot.actions
from bot.conversation.declared import Action
from bot.conversation.permissions import ALLOWED, Permission
from bot.routing.routes import CARDS, COMMANDS, TAPS, TYPED
from bot.staff import staff_home
from bot.staff.staff_home import AT_THE_DESK
from bot.texts import cohorts, staff, story_desk
from bot.texts.slovene import participant, stories
from storage.calls import CallReason
from storage.cohort_overview import EnrolmentStanding
from storage.schema import CallOutcome, EnrolmentState, Role
from storage.stories import StoryStanding

ROOT = Path(bot.__file__).parent
SCREENS = [
    *chain.from_iterable(
        sorted((ROOT / room).rglob("*.py"))
        for room in ("participant", "librarian", "coordinator", "staff", "orders", "delivery")
    ),
]
OTHER_LANGUAGES = {ROOT / "texts" / "easy.py", *(ROOT / "texts" / "english").glob("*.py")}
TEXTS = {path.stem: path for path in sorted((ROOT / "texts").glob("*.py"))}


def beginning(node):
    """The words with which a string begins, as far as they are written; None for what is no string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return node.values[0].value
    return None


def second_arguments(name):
    """The beginnings of the second argument of every call of a function."""
    found = set()
    for path in SCREENS:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name and len(node.args) > 1:
                found.add(beginning(node.args[1]))
    return {words.partition(":")[0] for words in found if words}


def mentioned():
    """The names that the rooms read off other modules: `actions.hand_in` where a button is made of it."""
    trees = (ast.parse(path.read_text("utf-8")) for path in SCREENS if not path.stem.endswith("routes"))
    return {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def words(source):
    return re.findall(r"\w+", source)


@cache
def words_of_the_bot():
    """How often each word stands in modules and pages, but for the texts of other languages."""
    files = {*ROOT.rglob("*.py"), *ROOT.rglob("*.html")} - OTHER_LANGUAGES
    return Counter(chain.from_iterable(words(path.read_text("utf-8")) for path in files))


def test_no_action_and_no_name_of_a_card_is_written_by_hand():
    assert second_arguments("Button") == second_arguments("Reply") == set()


def test_every_declared_action_is_on_some_button():
    modules = [import_module(f"bot.actions.{one.name}") for one in iter_modules(bot.actions.__path__)]
    names = {one.name for module in modules for one in vars(module).values() if isinstance(one, Action)}
    assert names == TAPS.keys()
    assert names - mentioned() == set()


def test_every_card_that_takes_words_or_files_is_drawn():
    assert TYPED.keys() - CARDS.keys() == set()


@pytest.mark.parametrize("role", Role)
def test_every_command_of_a_menu_is_answered_and_has_a_button(role):
    names = [name for name, _ in staff_home.commands(role)]
    assert set(names) - COMMANDS.keys() - AT_THE_DESK.keys() == set()
    assert set(names) - {"pomoc"} - staff.BUTTONS.keys() == set()


def test_a_button_of_the_desk_leads_to_where_its_command_leads():
    assert AT_THE_DESK.keys() == staff.BUTTONS.keys()
    both = [name for name in AT_THE_DESK if name in COMMANDS]
    modules = [TAPS[AT_THE_DESK[name].partition(":")[0]].use_case.__module__ for name in both]
    assert modules == [COMMANDS[name].use_case.__module__ for name in both]


def test_every_command_of_participants_is_answered():
    assert {name for name, _ in participant.COMMANDS} - COMMANDS.keys() == set()


def test_menus_keep_telegrams_rules():
    for name, description in chain(participant.COMMANDS, *staff.COMMANDS.values()):
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert 3 <= len(description) <= 256


def test_every_role_every_action_and_every_state_has_its_words():
    assert set(ALLOWED) == set(staff.ROLES) == set(staff.COMMANDS) == set(Role)
    assert set.union(*map(set, ALLOWED.values())) == set(Permission)
    assert set(staff.STANDINGS) == set(EnrolmentStanding)
    assert set(staff.REASONS) == set(CallReason)
    assert set(staff.STATES) == set(EnrolmentState)
    assert set(story_desk.STANDINGS) == set(stories.OWN) == set(story_desk.WHAT_NOW) == set(StoryStanding)
    assert set(cohorts.OUTCOMES) == set(CallOutcome)


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_is_used(name):
    source = TEXTS[name].read_text("utf-8")
    defined = set()
    top = ast.parse(source).body
    for node in chain(top, *(node.body for node in top if isinstance(node, ast.ClassDef))):
        if isinstance(node, ast.FunctionDef):
            defined.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            defined.add(target.id)
    written = words_of_the_bot() + (Counter(words(source)) if TEXTS[name] in OTHER_LANGUAGES else Counter())
    assert {one for one in defined - {"__init__"} if written[one] < 2} == set()


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_has_a_slash_between_genders_or_straight_quotes(name):
    source = TEXTS[name].read_text("utf-8")
    written = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    words = [one for one in written if isinstance(one, str)]
    assert [one for one in words if re.search(r"\w/(a|ica|ka)\b|\w\(a\)|[“”\"]", one)] == []
