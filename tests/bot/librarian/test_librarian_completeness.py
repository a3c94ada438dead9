"""What buttons, views, menus and texts name is there, and nothing stands in the tables that nobody names."""

import ast
import re
from itertools import chain
from pathlib import Path

import pytest

import bot
from bot import staffroom
from bot.roles import ALLOWED, Action
from bot.table import COMMANDS, TAPS, TYPED, VIEWS
from bot.texts import groups, staff, story_desk
from bot.texts.slovene import participant, stories
from storage.calls import Reason
from storage.groups import Standing
from storage.schema import CallOutcome, EnrolmentState, Role
from storage.stories import Standing as StoryStanding

ROOT = Path(bot.__file__).parent
TABLE = ROOT / "table.py"
SCREENS = [
    *chain.from_iterable(sorted((ROOT / room).rglob("*.py")) for room in ("participant", "librarian", "coordinator")),
    *sorted((ROOT / "delivery").rglob("*.py")),
    ROOT / "staffroom.py",
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


def strings():
    """The beginnings, up to a colon, of every string of the rooms."""
    nodes = chain.from_iterable(ast.walk(ast.parse(path.read_text("utf-8"))) for path in SCREENS)
    return {words.partition(":")[0] for words in map(beginning, nodes) if words}


def test_every_verb_of_a_button_is_in_the_table():
    assert second_arguments("Button") - TAPS.keys() == set()


def test_every_verb_of_the_table_is_on_some_button():
    at_the_desk = {staffroom.verb(name) for name in staff.BUTTONS}
    assert TAPS.keys() - strings() - at_the_desk == set()


def test_every_view_that_a_use_case_gives_is_drawn_again():
    assert second_arguments("Reply") - VIEWS.keys() == set()


def test_every_view_of_the_table_is_given_by_some_use_case():
    assert VIEWS.keys() - strings() == set()
    assert TYPED.keys() - VIEWS.keys() == set()


@pytest.mark.parametrize("role", Role)
def test_every_command_of_a_menu_is_answered_and_has_a_button(role):
    names = [name for name, _ in staffroom.commands(role)]
    assert set(names) - COMMANDS.keys() == set()
    assert set(names) - {"pomoc"} - staff.BUTTONS.keys() == set()
    assert {staffroom.verb(name) for name in names if name != "pomoc"} - TAPS.keys() == set()


def test_a_button_of_the_desk_does_the_same_as_its_command():
    assert {name: TAPS[staffroom.verb(name)] for name in staff.BUTTONS} == {
        name: COMMANDS[name] for name in staff.BUTTONS
    }


def test_every_command_of_participants_is_answered():
    assert {name for name, _ in participant.COMMANDS} - COMMANDS.keys() == set()


def test_menus_keep_telegrams_rules():
    for name, description in chain(participant.COMMANDS, *staff.COMMANDS.values()):
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert 3 <= len(description) <= 256


def test_every_role_every_action_and_every_state_has_its_words():
    assert set(ALLOWED) == set(staff.ROLES) == set(staff.COMMANDS) == set(Role)
    assert set.union(*map(set, ALLOWED.values())) == set(Action)
    assert set(staff.STANDINGS) == set(Standing)
    assert set(staff.REASONS) == set(Reason)
    assert set(staff.STATES) == set(EnrolmentState)
    assert set(story_desk.STANDINGS) == set(stories.OWN) == set(story_desk.WHAT_NOW) == set(StoryStanding)
    assert set(groups.OUTCOMES) == set(CallOutcome)


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
    elsewhere = [path.read_text("utf-8") for path in ROOT.rglob("*.py") if path not in {TEXTS[name], *OTHER_LANGUAGES}]
    defined -= {"__init__"}
    everything = "\n".join([source, *elsewhere])
    assert {one for one in defined if len(re.findall(rf"\b{one}\b", everything)) < 2} == set()


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_has_a_slash_between_genders_or_straight_quotes(name):
    source = TEXTS[name].read_text("utf-8")
    written = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    words = [one for one in written if isinstance(one, str)]
    assert [one for one in words if re.search(r"\w/(a|ica|ka)\b|\w\(a\)|[“”\"]", one)] == []
