"""What is written for people is tried here: documentation that lies fails."""

import ast
import re
import shlex
import tomllib
from argparse import _SubParsersAction
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from plugins.manual_commands import commands_in
from plugins.manual_pictures import FOLDER, promised

from bot import texts
from bot.cli.parser import build_parser
from bot.runtime.settings import Library, ProgrammePage, Settings
from bot.texts import staff
from bot.texts.slovene import participant
from bot.texts.web import Web
from storage.schema import Role
from surveys.lint import EASY_WORDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / "config.example.toml").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
ROOMS = ("bot", "reports", "storage", "surveys")
DOTTED = re.compile(rf"`((?:{'|'.join(ROOMS)})(?:\.\w+)+)")
CODE = [
    path.relative_to(ROOT).as_posix()
    for room in (*ROOMS, "tests", "benchmarks")
    for path in (ROOT / room).rglob("*.py")
]
KEY = re.compile(r"(?:# )?([a-z_]+) = .+")


def named(pages):
    return [pytest.param(page, id=str(page.relative_to(ROOT))) for page in pages]


def leaves(parser, words=()):
    groups = [action for action in parser._actions if isinstance(action, _SubParsersAction)]
    if not groups:
        yield " ".join(words), parser
    for group in groups:
        for name, inner in group.choices.items():
            yield from leaves(inner, (*words, name))


PARSER = build_parser()
COMMANDS = dict(leaves(PARSER))


def written_keys():
    """Section and key of every line of the example that sets a key, also where it is commented out."""
    section = ""
    for line in EXAMPLE.splitlines():
        if line.removeprefix("# ").startswith("["):
            section = line.strip("# []")
        elif found := KEY.fullmatch(line):
            yield section, found[1]


def test_the_example_names_every_key_once():
    sections = {section: type(getattr(Settings(), section)) for section in Settings.model_fields}
    several = {"libraries": ("libraries.BRE", Library), "programmes": ("programmes.brezice-racunalnik", ProgrammePage)}
    sections = dict(several.get(section, (section, one)) for section, one in sections.items())
    known = [(section, key) for section, one in sections.items() for key in one.model_fields]
    assert list(written_keys()) == known


def test_the_example_holds_the_defaults():
    values = tomllib.loads(EXAMPLE)
    folder = {"folder": ROOT}
    assert Settings.model_validate(values, context=folder) == Settings.model_validate(
        {section: {} for section in Settings.model_fields}, context=folder
    )


def test_every_key_of_the_example_is_explained():
    sections = [part.splitlines()[1:] for part in re.split(r"\n(?:# )?\[", EXAMPLE)[1:]]
    for lines in sections:
        for before, line in zip(["", *lines], lines, strict=False):
            if KEY.fullmatch(line) and not line.startswith(("webhook_port", "webhook_path", "timezone", "quiet_until")):
                assert before.startswith("# "), line


def table():
    """The rows of the README's table of commands: words, and options."""
    for row in re.findall(r"^\| `([a-z].*?)` \| .+ \|$", README, re.MULTILINE):
        words = re.match(r"[a-z-]+( [a-z]+)*", row)[0]
        yield words, row


def test_the_readme_lists_every_command():
    assert [words for words, _ in table()] == list(COMMANDS)


@pytest.mark.parametrize(("words", "row"), [*table()])
def test_the_readme_lists_every_option_and_argument(words, row):
    actions = [action for action in COMMANDS[words]._actions if action.dest not in {"help", "config"}]
    options = [action.option_strings[0] for action in actions if action.option_strings]
    assert re.findall(r"--[a-z-]+", row) == options
    needed = [action.option_strings[0] for action in actions if action.option_strings and action.required]
    assert re.findall(r"--[a-z-]+", re.sub(r"\[.*?\]|\(.*?\)", "", row)) == needed
    arguments = [action.metavar for action in actions if not action.option_strings]
    assert [one.strip("[]") for one in row.removeprefix(words).split()[: len(arguments)]] == arguments


@pytest.mark.parametrize("page", named(PAGES))
def test_every_command_line_is_one(page):
    for line in commands_in(page):
        assert PARSER.parse_args(shlex.split(line)[1:]).work


def test_the_command_lines_of_the_manual_are_found():
    assert len(commands_in(ROOT / "docs" / "skrbnik.md")) > 20
    assert len(commands_in(ROOT / "README.md")) > 3


@pytest.mark.parametrize("page", named(PAGES))
def test_every_link_leads_somewhere(page):
    text = page.read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    missing = [target for target in targets if not (page.parent / target.partition("#")[0]).exists()]
    assert missing == []


def heading_links(page):
    """The links to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", named(PAGES))
def test_every_link_to_a_heading_finds_it_and_every_test_that_is_named_is_there(page):
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)\s:]*)#([^)\s]+)\)", text)
    targets = [(page.parent / path if path else page, heading) for path, heading in links]
    assert [heading for target, heading in targets if heading not in heading_links(target)] == []
    assert [path for path in re.findall(r"`(tests/[\w/.]+)`", text) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", named(PAGES))
def test_every_test_that_is_named_with_its_file_stands_in_it(page):
    asked = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page.read_text(encoding="utf-8"))
    assert [name for path, name in asked if f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")] == []


def stands_in(names, body):
    """Whether a body of code has this name, and in it the next one."""
    for node in body:
        inner = getattr(node, "body", [])
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found = {name}
            case ast.Assign(targets=targets):
                found = {target.id for target in targets if isinstance(target, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                found = {name}
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                found = {alias.asname or alias.name for alias in aliases}
            case _:
                found = set()
        if names[0] in found:
            return not names[1:] or stands_in(names[1:], inner)
    return False


def resolves(dotted):
    """Whether a dotted name is a module, or something in one."""
    place, names = ROOT, dotted.split(".")
    while names and (place / names[0]).is_dir():
        place /= names.pop(0)
    module = place / "__init__.py"
    if names and (place / f"{names[0]}.py").exists():
        module = place / f"{names.pop(0)}.py"
    return not names or (module.exists() and stands_in(names, ast.parse(module.read_text("utf-8")).body))


@pytest.mark.parametrize("page", named([page for page in PAGES if page.name != "CHANGELOG.md"]))
def test_every_name_of_code_is_one(page):
    text = page.read_text(encoding="utf-8")
    assert [name for name in DOTTED.findall(text) if not resolves(name)] == []
    files = re.findall(r"`([\w./-]+\.py)`", text)
    assert [
        one for one in files if not (ROOT / one).exists() and not any(f"/{path}".endswith(f"/{one}") for path in CODE)
    ] == []


def test_a_name_that_is_gone_is_found():
    assert resolves("bot.routing.routes.CARDS")
    assert resolves("storage.calls.CallReason.NO_TELEGRAM")
    assert resolves("bot.texts.english")
    assert not any(map(resolves, ("bot.gone", "bot.routing.routes.VIEWS", "storage.calls.CallReason.GONE")))


def test_the_two_commands_come_first():
    first_block = README.partition("```\n")[2].partition("```")[0]
    assert first_block.splitlines() == ["python3 dev.py demo", "python3 dev.py test"]
    assert README[: README.index("```")].count("\n") < 12


def test_continuous_integration_runs_the_command_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.splitlines()[-1] == 'exec python3 dev.py test --durations=80 "$@"'


@pytest.mark.parametrize("page", named(PAGES))
def test_pages_name_no_place_of_somebodys_machine(page):
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"/(?:home|work|root|Users)/", text) == []


@pytest.mark.parametrize(
    ("manual", "commands"),
    [
        ("udelezenci", participant.COMMANDS),
        ("knjiznicarji", staff.COMMANDS[Role.LIBRARIAN]),
        ("koordinatorji", staff.COMMANDS[Role.COORDINATOR]),
    ],
)
def test_a_manual_lists_the_commands_of_its_people(manual, commands):
    text = (ROOT / "docs" / f"{manual}.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| /(\w+) \| (.+) \|$", text, re.MULTILINE) == list(commands)


@pytest.mark.parametrize("manual", ["udelezenci", "knjiznicarji", "koordinatorji"])
def test_a_manual_names_buttons_as_they_are(manual):
    modules = [import_module(f"bot.texts.{found.name}") for found in iter_modules(texts.__path__)]
    modules += [one for module in modules for one in vars(module).values() if isinstance(one, type)]
    spoken = [
        *(value for module in modules for value in vars(module).values()),
        *participant.NON_ANSWERS.values(),
        *Web.COMMANDS.values(),
    ]
    words = {value for value in spoken if isinstance(value, str)}
    text = (ROOT / "docs" / f"{manual}.md").read_text(encoding="utf-8").replace("\n", " ")
    text = re.sub(r"!\[.*?\]", "", text)  # of pictures more is quoted, and tried where they are taken
    others = {"Začni", "Start", "Da", "Ne", "2 od 6", "7 od 12", "premalo odgovorov", "‹ Nazaj"}
    assert set(re.findall("»([^«]+)«", text)) - words - others == set()


def test_every_picture_of_the_manuals_is_there_says_what_it_shows_and_none_is_left_over():
    quoted = promised()
    assert [name for name, quotes in quoted.items() if not quotes] == []
    pictures = {path.relative_to(FOLDER).as_posix(): path.stat().st_size for path in FOLDER.rglob("*.png")}
    assert pictures.keys() == {"telefon.png", "porocilo.png", "tri-telefoni.png", *quoted}
    assert sum(pictures.values()) < 1_500_000


def test_the_manual_of_participants_is_easy_to_read():
    text = re.sub(
        r"!\[.*?\]\(.*?\)|^[|#].*$", "", (ROOT / "docs" / "udelezenci.md").read_text("utf-8"), flags=re.MULTILINE
    )
    pieces = [" ".join(piece.split()) for piece in re.split(r"\n\n|\n- |\n\d\. ", text)]
    sentences = [one for piece in pieces for one in re.split(r"(?<=[.!?])\s", piece)]
    assert len(sentences) > 60
    assert [one for one in sentences if len(re.findall(r"[\w/]+", one)) > EASY_WORDS] == []
