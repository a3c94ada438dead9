import re
import shlex
import stat
from argparse import _SubParsersAction
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from random import Random

import openpyxl
import pypdf
import pytest
from sqlalchemy import select

from bot.cli import list_words, main
from bot.cli.parser import build_parser
from bot.lists.people import Problem, Wrong
from bot.lists.sheet import Unreadable
from storage import invites, staff
from storage.codes import draw
from storage.invites import Invitation
from storage.schema import participant
from surveys.load import load, shipped

LINK = re.compile(r"https://t\.me/knjiznica_bot\?start=([A-Za-z0-9_-]{1,64})")
CODE = re.compile(r"BRE-[2-9A-HJ-NP-Z]{5}")
AUTUMN = ("--start", "2026-10-01", "--end", "2026-12-15")
SLUG = "brezice-racunalnik"


def leaves(parser, words=()):
    """Every command that does something, by its words."""
    groups = [action for action in parser._actions if isinstance(action, _SubParsersAction)]
    if not groups:
        yield " ".join(words), parser
    for group in groups:
        for name, inner in group.choices.items():
            yield from leaves(inner, (*words, name))


COMMANDS = dict(leaves(build_parser()))


# The parser


def test_the_commands_are_those_of_the_design():
    assert list(COMMANDS) == [
        "demo", "init", "run", "check", "db upgrade", "db status", "cohort add", "cohort list", "cohort edit",
        "cohort close", "enrol", "participant move", "participant leave", "participant withdraw",
        "participant erase", "consents", "paper",
        "staff invite", "staff list", "staff remove", "survey list", "survey preview", "timeline", "answers export",
        "answers import", "report weekly", "report library", "report impact", "report compare", "report mayor",
        "report national", "export", "backup", "restore",
    ]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_help_and_an_example_that_works(command):
    parser = COMMANDS[command]
    assert parser.description.endswith(".")
    _, _, example = parser.epilog.partition("example:\n  povezujejo ")
    assert example.startswith(command)
    module, _, function = build_parser().parse_args(shlex.split(example)).work.partition(":")
    assert callable(getattr(import_module(f"bot.cli.{module}"), function))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_but_the_demo_takes_a_configuration(command):
    options = {option for action in COMMANDS[command]._actions for option in action.option_strings}
    assert ("--config" in options) is (command != "demo")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["cohort"],
        ["cohort", "add", SLUG],
        ["cohort", "add", SLUG, "--start", "1. 10. 2026", "--end", "2026-12-15"],
        ["enrol", "1"],
        ["enrol", "1", "--count", "0"],
        ["enrol", "1", "--count", "2", "--csv", "x.csv"],
        ["staff", "invite", "--role", "king"],
        ["report", "weekly", "--week", "47"],
        ["report", "impact", "--format", "docx"],
    ],
)
def test_wrong_usage_ends_with_status_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: povezujejo")


# Where the configuration is


def test_without_a_configuration_there_is_a_sentence(operator):
    (operator.folder / "config.toml").unlink()
    assert operator.is_told("cohort", "list") == (
        "There is no config.toml here: write one with »povezujejo init«, or name one with --config."
    )


@pytest.mark.parametrize("how", ["option", "variable"])
def test_a_configuration_may_lie_elsewhere(operator, monkeypatch, how):
    elsewhere = operator.folder / "etc"
    elsewhere.mkdir()
    for name in ("config.toml", "povezujejo.key"):
        (operator.folder / name).rename(elsewhere / name)
    option = ["--config", elsewhere / "config.toml"] if how == "option" else []
    if how == "variable":
        monkeypatch.setenv("POVEZUJEJO_CONFIG", str(elsewhere / "config.toml"))
    operator.types("db", "upgrade", *option)
    assert (elsewhere / "povezujejo.db").exists()


def test_a_broken_configuration_is_told_with_its_lines(operator):
    (operator.folder / "config.toml").write_text("[telegram]\ntokn = 1\n[shedule]\n")
    assert operator.types("cohort", "list", status=1) == ""
    assert operator.told.splitlines() == [
        'config.toml:2: "tokn" in [telegram] is not known; did you mean "token"?',
        'config.toml:3: the section "shedule" is not known; did you mean "schedule"?',
    ]


# The database


def test_a_missing_database_is_named_with_what_makes_it(operator):
    assert operator.gets("db", "status", "--json") == {"current": None, "needed": "0001", "ready": False}
    assert operator.is_told("cohort", "list").endswith("Run: povezujejo db upgrade")
    assert operator.types("db", "upgrade") == "The database has version 0001.\n"
    assert operator.gets("db", "status", "--json") == {"current": "0001", "needed": "0001", "ready": True}
    assert stat.S_IMODE((operator.folder / "povezujejo.db").stat().st_mode) == 0o600


def test_a_backup_brings_back_what_was(operator, group):
    operator.types("backup", "copy.db")
    operator.types("cohort", "edit", group, "--name", "Zima")
    assert "--force" in operator.is_told("restore", "copy.db")
    operator.types("restore", "copy.db", "--force")
    assert [one["name"] for one in operator.gets("cohort", "list", "--json")] == ["Jesen"]


# Cohorts


def test_a_cohort_is_added_and_listed(operator):
    assert operator.gets("cohort", "add", SLUG, *AUTUMN, "--place", "Brežice", "--json") == {"cohort": 1}
    assert operator.gets("cohort", "list", "--json") == [
        {
            "cohort": 1,
            "programme": SLUG,
            "name": "oktober 2026",
            "audience": "participants",
            "start": "2026-10-01",
            "end": "2026-12-15",
            "place": "Brežice",
            "enrolled": 0,
        }
    ]


def test_cohorts_without_a_name_are_told_apart(operator):
    for _ in range(3):
        operator.types("cohort", "add", SLUG, *AUTUMN)
    names = [one["name"] for one in operator.gets("cohort", "list", "--json")]
    assert names == ["oktober 2026", "oktober 2026 (2)", "oktober 2026 (3)"]


def test_a_cohort_is_edited_by_number_or_name(operator, group):
    assert operator.gets("cohort", "edit", "Jesen", "--end", "2026-12-22", "--json") == {"cohort": group}
    assert operator.types("cohort", "edit", group, "--name", "Zima") == (
        "Cohort 1: »Zima« of brezice-racunalnik, 2026-10-01 to 2026-12-22\n"
    )


def test_problems_with_cohorts_are_sentences(operator, group):
    assert operator.is_told("cohort", "add", "bled", *AUTUMN).startswith("There is no programme bled; there are: ")
    assert operator.is_told("cohort", "add", SLUG, *AUTUMN, "--name", "Jesen") == (
        "brezice-racunalnik already has a cohort named »Jesen«."
    )
    assert operator.is_told("cohort", "edit", "7") == "There is no cohort 7; see: povezujejo cohort list."
    assert operator.is_told("cohort", "list", "--programme", "x").startswith("There is no programme x")


# People


def test_enrolling_gives_a_code_and_a_link_for_each(operator, group):
    enrolled = operator.gets("enrol", group, "--count", 3, "--json")
    assert [sorted(one) for one in enrolled] == [["code", "link"]] * 3
    assert len({one["code"] for one in enrolled if CODE.fullmatch(one["code"])}) == 3
    token = LINK.fullmatch(enrolled[0]["link"])[1]
    found = operator.house.database.read_now(partial(invites.look, token=token, now=datetime.now(UTC)))
    assert isinstance(found, Invitation)


def test_a_list_comes_back_with_codes_and_is_not_kept(operator, group):
    (operator.folder / "people.csv").write_text("\ufeffIme;Kraj\nAna Zaupna;Krško\n\nBor Skrit\n")
    assert operator.types("enrol", "Jesen", "--csv", "people.csv", "--dry-run") == (
        "Nobody is enrolled. In »Jesen« would be enrolled: new 2, with their code 0.\nNot read: Kraj.\n"
    )
    assert operator.gets("cohort", "list", "--json")[0]["enrolled"] == 0
    heading, *rows = [line.split(",") for line in operator.types("enrol", "Jesen", "--csv", "people.csv").splitlines()]
    assert heading == ["row", "name", "code", "link"]
    assert [row[:2] for row in rows] == [["2", "Ana Zaupna"], ["4", "Bor Skrit"]]
    assert [bool(CODE.fullmatch(row[2]) and LINK.fullmatch(row[3])) for row in rows] == [True, True]
    kept = b"".join(file.read_bytes() for file in operator.folder.glob("povezujejo.db*"))
    assert [name for name in ("Zaupna", "Skrit", "Krško") if name.encode() in kept] == []


def test_a_workbook_enrols_new_people_in_their_language_and_those_who_have_a_code(operator, group):
    [known] = [one["code"] for one in operator.gets("enrol", group, "--count", 1, "--json")]
    autumn = operator.gets("cohort", "add", SLUG, *AUTUMN, "--name", "Druga", "--json")["cohort"]
    book = openpyxl.Workbook()
    for row in (["Ime", "Šifra", "Jezik"], ["Ana", known], ["Ana", None, "lahko branje"]):
        book.active.append(row)
    book.save(operator.folder / "people.xlsx")
    asked = ("enrol", autumn, "--xlsx", "people.xlsx")
    assert operator.gets(*asked, "--dry-run", "--json") == {"new": 1, "known": 1}
    assert operator.types(*asked, "--dry-run").splitlines()[1:] == ["The same name stands in rows 2 and 3."]
    first, second = operator.gets(*asked, "--json")
    assert first["code"] == known != second["code"]
    house = operator.house
    languages = house.database.read_now(
        lambda c: dict(c.execute(select(participant.c.code, participant.c.language)).all())
    )
    assert languages == {known: "sl", second["code"]: "sl-x-lahko"}
    operator.types(*asked, status=1)
    assert operator.told == f"Nobody is enrolled. In people.xlsx:\nrow 2: {known} is in this cohort already\n"


def test_without_a_list_a_dry_run_says_how_many(operator, group):
    assert operator.gets("enrol", group, "--count", 3, "--dry-run", "--json") == {"new": 3, "known": 0}
    assert operator.gets("cohort", "list", "--json")[0]["enrolled"] == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04", "people.csv is a workbook that cannot be opened: damaged, or locked with a password."),
        (None, "people.csv cannot be read: No such file or directory."),
    ],
)
def test_a_list_that_cannot_be_read_enrols_nobody(operator, group, content, sentence):
    if content is not None:
        (operator.folder / "people.csv").write_bytes(content)
    assert operator.is_told("enrol", group, "--csv", "people.csv") == sentence
    assert operator.gets("cohort", "list", "--json")[0]["enrolled"] == 0


def test_a_list_with_problems_enrols_nobody_and_says_all_of_them(operator, group):
    elsewhere = draw("KAM", Random(1))
    (operator.folder / "people.csv").write_text(f"Ime;Šifra;Jezik\n;;SL\nAna;{elsewhere};xx\nBor;;English\n")
    for dry in ([], ["--dry-run"]):
        assert operator.types("enrol", group, "--csv", "people.csv", *dry, status=1) == ""
        assert operator.told == (
            "Nobody is enrolled. In people.csv:\n"
            "row 2: there is neither a name nor a code\n"
            "row 3: »xx« is no language that is known; write its tag, like »en«\n"
            f"row 3: nobody of this library has the code {elsewhere}\n"
            "row 4: this programme is offered in: sl sl-x-lahko\n"
        )
    assert operator.gets("cohort", "list", "--json")[0]["enrolled"] == 0


def test_there_are_words_for_everything_that_can_be_wrong_with_a_list():
    assert set(list_words.UNREADABLE) == set(Unreadable)
    assert len({list_words.problem(Problem(4, one, "7")) for one in Wrong}) == len(Wrong)


def pages(file):
    return [page.extract_text() for page in pypdf.PdfReader(file).pages]


def test_cards_to_print_lie_in_a_file_for_its_owner_alone(operator, group):
    enrolled = operator.gets("enrol", group, "--count", 9, "--json", "--cards", "kartice.pdf")
    file = operator.folder / "kartice.pdf"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in operator.folder.glob("kartice*")] == ["kartice.pdf"]
    *cards, listed = pages(file)
    assert len(cards) == 2
    assert [one["code"] for one in enrolled if one["code"] not in " ".join(cards) or one["code"] not in listed] == []


def test_names_of_a_list_stand_on_the_librarians_page_alone(operator, group):
    (operator.folder / "people.csv").write_text("Ime,Priimek,Opomba\nAna,Zaupna,Krško\nBor,,\n")
    written = operator.types("enrol", "Jesen", "--csv", "people.csv", "--cards", "kartice.pdf")
    cards, listed = pages(operator.folder / "kartice.pdf")
    codes = CODE.findall(written)
    assert f"{codes[0]} Ana Zaupna (Krško) {codes[1]} Bor" in " ".join(listed.split())
    assert [name for name in ("Ana", "Zaupna", "Krško", "Bor") if name in cards] == []
    kept = b"".join(file.read_bytes() for file in operator.folder.glob("povezujejo.db*"))
    assert [name for name in ("Zaupna", "Krško") if name.encode() in kept] == []


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("there/kartice.pdf", "there/kartice.pdf cannot be written: there is no such folder."),
        (".", ". cannot be written: it is a folder."),
    ],
)
def test_where_no_cards_can_be_written_nobody_is_enrolled(operator, group, file, sentence):
    assert operator.is_told("enrol", group, "--count", "2", "--cards", file) == sentence
    assert operator.gets("cohort", "list", "--json")[0]["enrolled"] == 0


@pytest.mark.parametrize("library", ["BRE", "bre", SLUG, "knjižnica brežice"])
def test_a_link_for_staff_names_role_and_library(operator, library):
    answer = operator.gets("staff", "invite", "--role", "librarian", "--library", library, "--json")
    assert list(answer) == ["link"]
    token = LINK.fullmatch(answer["link"])[1]
    found = operator.house.database.read_now(partial(invites.look, token=token, now=datetime.now(UTC)))
    assert (found.role, found.library) == ("librarian", "BRE")


def test_problems_with_staff_are_sentences(operator):
    assert operator.is_told("staff", "invite", "--role", "coordinator").startswith("Say which library with --library;")
    assert operator.is_told("staff", "invite", "--role", "national", "--library", "BRE").startswith(
        "The national coord"
    )
    assert operator.is_told("staff", "invite", "--role", "librarian", "--library", "Bled").startswith("There is no lib")
    assert operator.is_told("staff", "remove", "7") == "There is nobody with number 7; see: povezujejo staff list."


def test_staff_is_listed_without_names_until_it_is_removed(operator):
    operator.types("db", "upgrade")
    house = operator.house
    now = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    joined = partial(staff.join, role="librarian", library="BRE", chat=house.keys.seal_id(77), now=now)
    house.database.write_now(joined)
    listed = [{"number": 1, "role": "librarian", "library": "BRE", "joined": "2026-11-23"}]
    assert operator.gets("staff", "list", "--json") == listed
    assert operator.types("staff", "remove", 1) == "Number 1 is no longer staff.\n"
    assert operator.gets("staff", "list", "--json") == []


# Questionnaires


def test_programmes_are_listed_without_a_configuration(operator):
    (operator.folder / "config.toml").unlink()
    listed = operator.gets("survey", "list", "--json")
    assert [one["programme"] for one in listed] == [
        "brezice-racunalnik", "kamnik-slovenscina", "ljubljana-karierni-coaching", "ljutomer-branje",
        "novo-mesto-branje", "radovljica-zmoremo",
    ]  # fmt: skip
    assert [wave["wave"] for wave in listed[0]["waves"]] == ["before", "after", "followup"]
    assert [one["languages"] for one in listed[:2]] == [["sl", "sl-x-lahko"], ["sl", "sl-x-lahko", "en"]]


def test_a_preview_shows_every_question_of_a_wave(operator):
    shown = operator.types("survey", "preview", SLUG, "--wave", "after")
    after = load([shipped()]).programmes[SLUG].questionnaires[1]
    assert re.findall(r"^── (\w+)", shown, re.MULTILINE) == ["after"]
    assert re.findall(r"\[(\w+), \w+\]$", shown, re.MULTILINE) == [item.id for item in after.items]
    assert [choice.label for item in after.items for choice in item.choices if choice.label not in shown] == []


def test_a_preview_in_another_language_says_what_stays_in_slovenian(operator):
    programme = operator.folder / "ours" / "kraj-branje"
    programme.mkdir(parents=True)
    (operator.folder / "config.toml").write_text('[surveys]\ndirectories = ["ours"]\n', encoding="utf-8")
    for name in ("programme", "before", "after", "followup"):
        words = (shipped() / SLUG / f"{name}.toml").read_text(encoding="utf-8")
        words = words.replace(SLUG, "kraj-branje").replace("BRE", "KRA").replace("Knjižnica Brežice", "Knjižnica Kraj")
        (programme / f"{name}.toml").write_text(words, encoding="utf-8")
    (programme / "mk.toml").write_text(
        '[texts]\n"Vprašalnik ob koncu" = "Прашања"\n"Kaj je za vas zdaj drugače?" = "Што е поинаку?"\n'
        '"Dobro ali slabo, po svoje. Imen in naslovov, prosimo, ne pišite." = "Без имиња."\n',
        encoding="utf-8",
    )
    shown = operator.types("survey", "preview", "kraj-branje", "--wave", "after", "--language", "mk")
    assert "not translated (mk): intro, thanks\nПрашања\n" in shown
    assert (
        "\n· Zdaj sledijo 4 vprašanja o vašem življenju. Odgovorite po svojem občutku.   [about_life, note]\n" in shown
    )
    after = load([shipped()]).programmes[SLUG].questionnaires[1]
    assert shown.count("   not wholly translated (mk): stays in Slovenian\n") == len(after.items) - 1
    assert "Што е поинаку?   [outcome_words, text]\n   Без имиња.\n" in shown


def test_a_preview_of_nothing_is_a_sentence(operator):
    assert operator.is_told("survey", "preview", SLUG, "--language", "en") == (
        "brezice-racunalnik is not offered in en; there are: sl, sl-x-lahko."
    )
    assert operator.is_told("survey", "preview", SLUG, "--wave", "x") == (
        "brezice-racunalnik has no wave x; there are: before, after, followup."
    )
    assert operator.is_told("survey", "preview", "bled").startswith("There is no programme bled")


def test_a_timeline_names_every_message_with_its_local_hour(operator):
    timeline = operator.gets("timeline", SLUG, "--start", "2026-10-05", "--end", "2026-12-15", "--json")
    assert [(one["at"], one["wave"], one["what"]) for one in timeline if one["wave"] == "after"] == [
        ("2026-12-15T10:00:00+01:00", "after", "invitation"),
        ("2026-12-17T10:00:00+01:00", "after", "reminder 1"),
        ("2026-12-22T10:00:00+01:00", "after", "reminder 2"),
        ("2026-12-29T10:00:00+01:00", "after", "closing"),
        ("2027-01-19T10:00:00+01:00", "after", "feedback"),
    ]
    assert [one["wave"] for one in timeline] == ["before"] * 5 + ["after"] * 5 + ["followup"] * 5


def test_a_timeline_that_cannot_be_is_a_sentence(operator):
    assert operator.is_told("timeline", SLUG, "--start", "2026-12-15", "--end", "2026-10-01") == (
        "The group would end (2026-10-01) before it starts (2026-12-15)."
    )
    assert (
        operator.is_told("timeline", SLUG, *AUTUMN, "--audience", "x") == "brezice-racunalnik asks participants, not x."
    )
