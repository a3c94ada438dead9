"""»Where do I add …« and the walks of the architecture name files that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("docs/where-to-add.md", "docs/architecture.md")
PATH = re.compile(r"`((?:bot|reports|storage|surveys|docs|tests)/[\w./-]*|(?:README|CHANGELOG)\.md|[\w.]+\.toml)`")
NAMED = re.compile(r"`([\w./-]+\.py)`\s\(((?:`[\w.]+`(?:,\s)?)+)")  # a file, and what stands in it
ASKED = (
    "an item kind", "a command of participants", "a command of staff", "a button", "a report", "a format of reports",
    "a language of participants",
    "a configuration key", "a CLI command", "a table or a column", "a channel beside Telegram",
)  # fmt: skip
NEEDED = {  # what nobody gets around
    "an item kind": ("surveys/effort.py", "reports/export/questions.py"),
    "a command of staff": ("bot/staff/staff_home.py", "bot/texts/staff.py"),
    "a report": ("reports/report.py", "bot/actions/choices.py"),
    "a format of reports": ("bot/cli/data_parser.py", "bot/orders/report.py"),
    "a configuration key": ("bot/runtime/settings.py", "config.example.toml"),
    "a CLI command": ("bot/cli/options.py", "README.md"),
    "a table or a column": ("storage/schema/__init__.py", "tests/plugins/rows_of_every_table.py"),
}
WALKS = ("A tap on an answer", "A reminder", "A weekly report")


def missing(text):
    """What a text names and is not there."""
    gone = [path for path in PATH.findall(text) if not (ROOT / path).exists()]
    named = [(path, name) for path, names in NAMED.findall(text) for name in re.findall(r"\w+", names)]
    return gone + [name for path, name in named if not re.search(rf"\b{name}\b", (ROOT / path).read_text("utf-8"))]


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_exists(page):
    assert missing((ROOT / page).read_text("utf-8")) == []


def test_what_is_gone_is_found():
    text = "see `bot/gone.py`, `gone.toml`, and `surveys/model.py` (`Kind`, `Gone`)"
    assert missing(text) == ["bot/gone.py", "gone.toml", "Gone"]


def test_what_a_stranger_asks_is_answered_in_one_row_with_files():
    rows = [line for line in (ROOT / PAGES[0]).read_text("utf-8").splitlines() if line.startswith("| **")]
    asked = {row.split("**")[1]: PATH.findall(row) for row in rows}
    assert [what for what in ASKED if len(asked.get(what, [])) < 2] == []


def test_a_row_names_what_nobody_gets_around():
    rows = [line for line in (ROOT / PAGES[0]).read_text("utf-8").splitlines() if line.startswith("| **")]
    asked = {row.split("**")[1]: PATH.findall(row) for row in rows}
    assert [path for what, paths in NEEDED.items() for path in paths if path not in asked[what]] == []


def test_the_modules_of_a_folder_of_reports_stand_in_it_and_all_are_named():
    lines = (ROOT / PAGES[1]).read_text("utf-8").splitlines()
    rows = [found.groups() for line in lines if (found := re.match(r"\| `(reports/\w+)/` \| (.+) \|$", line))]
    named = {(folder, name) for folder, said in rows for name in re.findall(r"`(\w+)`", said)}
    there = {
        (folder, path.stem)
        for folder, _ in rows
        for path in (ROOT / folder).iterdir()
        if path.stem[0] != "_" and (path.suffix == ".py" or (path / "__init__.py").exists())
    }
    assert named - there == set()
    assert {(folder, name) for folder, name in there - named if folder != "reports/texts"} == set()


def test_each_walk_goes_through_files():
    text = (ROOT / PAGES[1]).read_text("utf-8")
    assert [walk for walk in WALKS if len(PATH.findall(text.partition(f"**{walk}.**")[2].split("\n\n")[0])) < 6] == []


def test_every_room_is_in_the_drawing():
    drawing = (ROOT / PAGES[1]).read_text("utf-8").partition("```mermaid")[2].partition("```")[0]
    rooms = [
        f"{top}.{path.name}"
        for top in ("bot", "reports")
        for path in (ROOT / top).iterdir()
        if (path / "__init__.py").exists() and path.name != "simulator"
    ]
    assert len(rooms) > 20
    assert [room for room in rooms if room not in drawing] == ["reports.texts"]
