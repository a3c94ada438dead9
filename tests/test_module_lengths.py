"""A module is read in one go: none of the product is longer than 400 lines, but what is frozen."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 400
FROZEN = "storage/migrations/versions"  # a landed revision never changes


def too_long(root):
    """The modules with more lines than that."""
    found = (path for room in ("bot", "reports", "storage", "surveys") for path in (root / room).rglob("*.py"))
    named = {path.relative_to(root).as_posix(): len(path.read_text("utf-8").splitlines()) for path in found}
    return {name: lines for name, lines in named.items() if lines > LONGEST and not name.startswith(FROZEN)}


def test_no_module_is_too_long():
    assert too_long(ROOT) == {}


def test_a_module_that_is_too_long_is_found(tmp_path):
    for name in ("bot/fits", "bot/long", f"{FROZEN}/0001"):
        path = tmp_path / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n" * (LONGEST + (name != "bot/fits")))
    assert too_long(tmp_path) == {"bot/long.py": LONGEST + 1}
