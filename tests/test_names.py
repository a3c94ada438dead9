"""One name for one thing: no two public classes of the product are called alike, but those that say why."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("bot", "reports", "storage", "surveys")
SAME_IDEA = {  # the same idea in two layers
    "Button": "of a card; and as the stand-in's phone shows it",
    "Message": "of Telegram: as it goes out; and as the stand-in's phone shows it",
    "Rates": "of Telegram: what we keep to; and what the stand-in enforces",
    "Typed": "words: as they come in; and as the engine takes them for an answer",
}


def classes(root):
    """Public class → the modules in which one is called so."""
    found = defaultdict(set)
    for room in ROOMS:
        for path in (root / room).rglob("*.py"):
            for node in ast.parse(path.read_text("utf-8")).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    found[node.name].add(str(path.relative_to(root)))
    return found


def test_no_two_classes_share_a_name_but_those_that_are_one_idea_in_two_layers():
    alike = {name: where for name, where in classes(ROOT).items() if len(where) > 1}
    assert alike.keys() == SAME_IDEA.keys(), alike


def test_two_classes_of_one_name_are_found(tmp_path):
    for room in ("reports", "storage"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "new.py").write_text("class Sheet:\n    pass\n\n\nclass _Own:\n    pass\n")
    assert classes(tmp_path) == {"Sheet": {"reports/new.py", "storage/new.py"}}


def test_no_two_files_of_tests_share_a_name():
    """They are imported by it: two of one name end the collection of every test."""
    where = defaultdict(list)
    for path in (ROOT / "tests").rglob("test_*.py"):
        where[path.name].append(path)
    assert [paths for paths in where.values() if len(paths) > 1] == []
