"""One word for one thing (docs/glossary.md): what was replaced does not come back in what people read."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
READ = sorted(
    path
    for pattern in (
        "bot/texts/**/*.py",
        "reports/**/*.py",
        "docs/*.md",
        "bot/simulator/page/*.js",
        "surveys/programmes/**/*.toml",
        "bot/**/*.typ",
        "reports/**/*.typ",
        "reports/render/*.html",
        "bot/worker/printing/**/*.py",
    )
    for path in ROOT.glob(pattern)
    if path.name != "glossary.md"
)
ROOMS = ("bot", "reports", "storage", "surveys")
REPLACED = {  # what nobody shall read: what it is called
    r"\bsoglas(je|ja|ju|jem|ij|ji)\b": "privolitev",
    r"\bval(a|u|i|ov|ih|om|ovi|ovih)?\b": "merjenje",
    r"\bkod[aeio] oseb[ei]\b": "šifra",
    r"\bkartic[aeio] (osebe|skupine)\b": "pregled osebe, pregled skupine",
    r"\bskupina je narejena\b": "ustvarjena",
}


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_nobody_reads_a_word_that_was_replaced(path):
    text = path.read_text("utf-8").casefold()
    found = {now: re.findall(f"(?:{old})", text) for old, now in REPLACED.items() if re.search(old, text)}
    assert found == {}


def test_each_thing_has_one_line_in_the_glossary():
    lines = (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    rows = [line.split("|")[1].strip() for line in lines if line.startswith("| ")][1:]
    assert len(rows) == len(set(rows)) > 60


def test_each_line_of_the_glossary_says_all_four():
    lines = [line for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    assert [line for line in lines if len([cell for cell in line.strip("| ").split(" | ") if cell.strip()]) != 4] == []


def test_what_the_glossary_names_in_the_code_is_there():
    code = "\n".join(path.read_text("utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    named = re.findall(r"`([A-Z][A-Za-z]+)`", (ROOT / "docs" / "glossary.md").read_text("utf-8"))
    assert len(named) > 8
    assert [name for name in named if f"class {name}" not in code] == []
