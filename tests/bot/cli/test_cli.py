import io
import re
import shlex
import sqlite3
import stat
import sys
import tomllib
from argparse import _SubParsersAction
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from random import Random

import openpyxl
import pypdf
import pytest
from sqlalchemy import select, update

from bot.cli import main, roster_words
from bot.cli.parser import build_parser
from bot.rosters.people import RosterProblem, RowFault
from bot.runtime.exit_codes import ExitCode
from bot.workbooks.book import Unreadable
from storage import access_links, occasions, participants, staff
from storage.access_links import Invitation
from storage.codes import draw
from storage.engine.version import status_at
from storage.schema import Giver, cohort, participant
from surveys.load import load, shipped
from surveys.model import Mode
from tests.bot.participant.test_authored_questions import SECTIONS
from tests.plugins import bombs
from tests.plugins.authored import read
from tests.plugins.consent_texts import text_read

LINK = re.compile(r"https://t\.me/knjiznica_bot\?start=([A-Za-z0-9_-]{1,64})")
CODE = re.compile(r"BRE-[2-9A-HJ-NP-Z]{5}")
AUTUMN = ("--start", "2026-10-01", "--end", "2026-12-15")
SLUG = "brezice-racunalnik"
HEAD = status_at(None).head


def leaves(parser, words=()):
    """Every command that does something, by its words."""
    groups = [action for action in parser._actions if isinstance(action, _SubParsersAction)]
    if not groups:
        yield " ".join(words), parser
    for group in groups:
        for name, inner in group.choices.items():
            yield from leaves(inner, (*words, name))


PARSER = build_parser()
COMMANDS = dict(leaves(PARSER))


# The parser


def test_the_commands_are_those_of_the_design():
    assert list(COMMANDS) == [
        "demo", "init", "run", "check", "status", "retention", "db upgrade", "db status", "db move",
        "keys add", "keys status", "keys rotate", "cohort add", "cohort list", "cohort edit", "cohort close",
        "enrol", "participant move", "participant leave", "participant begin", "participant withdraw",
        "participant erase", "consents", "consent-form", "paper", "staff invite", "staff list", "staff remove",
        "operator invite", "operator list", "operator remove", "survey list", "survey preview",
        "survey import", "timeline",
        "answers export", "answers import", "report weekly", "report library", "report country",
        "report impact", "report compare", "report mayor", "report national", "export", "backup", "restore",
    ]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_help_and_an_example_that_works(command):
    parser = COMMANDS[command]
    assert parser.description.endswith(".")
    _, _, example = parser.epilog.partition("example:\n  povezujejo ")
    assert example.startswith(command)
    module, _, function = PARSER.parse_args(shlex.split(example)).work.partition(":")
    assert callable(getattr(import_module(f"bot.cli.{module}"), function))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_a_configuration_but_those_that_need_none(command):
    options = {option for action in COMMANDS[command]._actions for option in action.option_strings}
    assert ("--config" in options) is (command not in {"demo", "survey import"})


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["cohort"],
        ["cohort", "add", SLUG],
        ["cohort", "add", SLUG, "--start", "1/3/2026", "--end", "2026-12-15"],
        ["cohort", "add", SLUG, "--start", "2026-10-01", "--end", "9999-12-31"],
        ["cohort", "add", SLUG, "--start", "0001-01-01", "--end", "2026-12-15"],
        ["timeline", SLUG, "--start", "2026-10-01", "--end", "9999-12-31"],
        ["enrol", "1"],
        ["enrol", "1", "--count", "0"],
        ["enrol", "1", "--count", "2", "--csv", "x.csv"],
        ["staff", "invite", "--role", "king"],
        ["report", "weekly", "--week", "47"],
        ["report", "weekly", "--out", "."],
        ["consent-form", SLUG, "--out", ""],
        ["backup", "/"],
        ["demo", "--port", "-1"],
        ["demo", "--port", "65536"],
        ["demo", "--port", "9" * 5000],
        ["demo", "--time-scale", "nan"],
        ["demo", "--time-scale", "-1"],
        ["demo", "--time-scale", "1e300"],
        ["demo", "--time-scale", "fast"],
        ["report", "impact", "--format", "docx"],
    ],
)
def test_wrong_usage_ends_with_status_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("usage: povezujejo")


def test_the_version_is_that_of_the_package(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    package = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))["project"]
    assert capsys.readouterr().out == f"{package['name']} {package['version']}\n"


def test_a_terminal_without_our_letters_is_told_all_the_same(monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    assert main(["survey", "list"]) == 0
    assert "BRE      Migam z ra\\u010dunalnikom " in written.getvalue().decode("ascii")


def test_a_demo_says_that_its_folder_cannot_be(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert main(["demo", "--no-browser", "--port", "0", "--data-dir", str(tmp_path / "file")]) == 1
    assert capsys.readouterr().err == f"The folder {tmp_path / 'file'} cannot be made: File exists.\n"


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("1/3/2026", "'1/3/2026' may be 2026-03-01 or 2026-01-03; write it like one of these"),
        ("9999-12-31", "a day lies between 2000-01-01 and 2099-12-31, unlike '9999-12-31'"),
        ("3. 5.", "a day is written like 2026-11-22 or 22. 11. 2026, not '3. 5.'"),
        ("31. 2. 2026", "there is no day '31. 2. 2026' in the calendar"),
        ("2027-02-29", "there is no day '2027-02-29' in the calendar"),
        ("tomorrow", "a day is written like 2026-11-22 or 22. 11. 2026, not 'tomorrow'"),
    ],
)
def test_a_day_that_cannot_be_is_told(day, told, capsys):
    with pytest.raises(SystemExit):
        main(["cohort", "add", SLUG, "--start", day, "--end", "2026-12-15"])
    assert capsys.readouterr().err.rstrip().endswith(told)


# Where the configuration is


def test_without_a_configuration_there_is_a_sentence(operator):
    (operator.folder / "config.toml").unlink()
    assert operator.is_told("cohort", "list") == (
        "There is no config.toml here: write one with »povezujejo init«, or name one with --config."
    )
    assert operator.status == ExitCode.CONFIGURATION


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
    assert operator.types("cohort", "list", status=ExitCode.CONFIGURATION) == ""
    assert operator.told.splitlines() == [
        'config.toml:2: "tokn" in [telegram] is not known; did you mean "token"?',
        'config.toml:3: the section "shedule" is not known; did you mean "schedule"?',
    ]


# The database


def test_a_missing_database_is_named_with_what_makes_it(operator):
    assert operator.gets("db", "status", "--json") == {"current": None, "needed": HEAD, "ready": False}
    assert operator.is_told("cohort", "list").endswith("run: povezujejo db upgrade")
    assert operator.status == ExitCode.DATABASE
    assert operator.types("db", "status").startswith("There is no database at ")
    assert "Bring back the one that was there" in operator.types("db", "status")
    assert operator.types("db", "upgrade") == f"The database has version {HEAD}.\n"
    assert operator.gets("db", "status", "--json") == {"current": HEAD, "needed": HEAD, "ready": True}
    assert stat.S_IMODE((operator.folder / "povezujejo.db").stat().st_mode) == 0o600


def test_a_text_file_in_the_place_of_the_database_is_one_sentence_everywhere(operator):
    operator.types("db", "upgrade")
    operator.types("backup", "copy.db")
    (operator.folder / "config.toml").chmod(0o600)
    (operator.folder / "povezujejo.db").write_text("seznam: Ana, Bine\n" * 300)
    commands = ("check",), ("cohort", "list"), ("db", "status"), ("db", "upgrade"), ("backup", "new.db")
    for command in (*commands, ("restore", "copy.db", "--force")):
        told = operator.is_told(*command)
        assert f"The file {operator.folder / 'povezujejo.db'} is no database, but of another kind. " in told
    assert not (operator.folder / "new.db").exists()


def test_what_cannot_be_done_as_it_was_asked_is_told_from_a_database_that_fails(operator):
    operator.types("db", "upgrade")
    operator.types("backup", "copy.db")
    operator.types("cohort", "list")  # which makes the key known to the database
    for command, status in (
        (("restore", "copy.db"), ExitCode.PROBLEM),  # without --force
        (("restore", "nowhere.db"), ExitCode.PROBLEM),
        (("restore", "config.toml", "--force"), ExitCode.PROBLEM),
        (("backup", "copy.db"), ExitCode.PROBLEM),
        (("db", "move", "--cancel"), ExitCode.PROBLEM),
        (("db", "move"), ExitCode.USAGE),
        (("db", "move", "--to", "mysql://a"), ExitCode.USAGE),
        (("backup", "nowhere/copy.db"), ExitCode.DATABASE),  # a disk that takes nothing
    ):
        assert operator.types(*command, status=status) == ""


def test_a_database_that_a_development_version_made_is_told_and_refused_everywhere(operator):
    operator.types("db", "upgrade")
    operator.types("backup", "copy.db")
    for name in ("povezujejo.db", "copy.db"):
        with closing(sqlite3.connect(operator.folder / name)) as connection:
            connection.execute("ALTER TABLE library ADD COLUMN more INTEGER")
            connection.execute("UPDATE alembic_version SET schema_hash = 'of another program'")
            connection.commit()
    assert f"has version {HEAD}, but a program of another history" in operator.types("db", "status")
    assert operator.gets("db", "status", "--json") == {"current": HEAD, "needed": HEAD, "ready": False}
    for command in (("db", "upgrade"), ("cohort", "list"), ("restore", "copy.db", "--force")):
        told = operator.is_told(*command)
        assert f"has version {HEAD}, but a program of another history" in told
        assert "(library); nothing was changed. Put a backup" in told


def test_a_backup_brings_back_what_was(operator, group):
    operator.types("backup", "copy.db")
    operator.types("cohort", "edit", group, "--name", "Zima")
    assert "--force" in operator.is_told("restore", "copy.db")
    operator.types("restore", "copy.db", "--force")
    assert [one["name"] for one in operator.gets("cohort", "list", "--json")] == ["Jesen"]


# Cohorts


def test_a_cohort_is_added_and_listed(prepared, operator):
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


def test_cohorts_without_a_name_are_told_apart(prepared, operator):
    for _ in range(3):
        operator.types("cohort", "add", SLUG, *AUTUMN)
    names = [one["name"] for one in operator.gets("cohort", "list", "--json")]
    assert names == ["oktober 2026", "oktober 2026 (2)", "oktober 2026 (3)"]


def test_a_cohort_is_edited_by_number_or_name(operator, group):
    assert operator.gets("cohort", "edit", "Jesen", "--end", "2026-12-22", "--json") == {"cohort": group}
    assert operator.types("cohort", "edit", group, "--name", "Zima") == (
        "Cohort 1: »Zima« of brezice-racunalnik, 2026-10-01 to 2026-12-22\n"
    )


def test_days_are_read_as_people_write_them(prepared, operator):
    operator.types("cohort", "add", SLUG, "--start", "1. oktobra 2026", "--end", "15. 12. 26")
    [made] = operator.gets("cohort", "list", "--json")
    assert (made["start"], made["end"]) == ("2026-10-01", "2026-12-15")


def test_a_name_is_one_line_of_sensible_length(prepared, operator):
    operator.types("cohort", "add", SLUG, *AUTUMN, "--name", "Torek\n ob\u202e 17")
    assert [one["name"] for one in operator.gets("cohort", "list", "--json")] == ["Torek ob 17"]
    assert operator.is_told("cohort", "add", SLUG, *AUTUMN, "--name", "J" * 61) == (
        "the name of a cohort has at most 60 characters."
    )


def test_a_group_of_before_that_ends_in_9999_breaks_nothing(operator, group):
    """Older versions took such days."""
    operator.types("enrol", group, "--count", 1)
    services = operator.services
    far = update(cohort).where(cohort.c.id == group).values(start=date(9999, 1, 1), end=date(9999, 12, 31))
    services.database.write_now(lambda connection: connection.execute(far))
    [enrolment] = services.database.read_now(partial(participants.of_cohort, cohort_id=group))

    def joins(connection):
        participants.join(
            connection, enrolment, None, Giver.SELF, Mode.PAPER, text_read("2026-11"), services.clock(), "operator"
        )
        occasions.replan_one(connection, services.programmes[SLUG], enrolment.id, services.policy, services.clock())

    services.database.write_now(joins)
    operator.types("report", "weekly", "--programme", SLUG)
    operator.types("report", "impact", "--programme", SLUG)
    operator.types("cohort", "edit", group, "--start", "2026-10-01", "--end", "2026-12-15")
    assert operator.gets("cohort", "list", "--json")[0]["end"] == "2026-12-15"


def test_problems_with_cohorts_are_sentences(operator, group):
    assert operator.is_told("cohort", "add", "bled", *AUTUMN).startswith("There is no programme bled; there are: ")
    assert operator.is_told("cohort", "add", SLUG, *AUTUMN, "--name", "Jesen") == (
        "brezice-racunalnik already has a cohort named »Jesen«."
    )
    too_far = "the place of a cohort has at most 200 characters."
    assert operator.is_told("cohort", "add", SLUG, *AUTUMN, "--name", "Zima", "--place", "a" * 201) == too_far
    assert operator.is_told("cohort", "edit", group, "--place", "a" * 201) == too_far
    for number in (7, 2**31, 2**63, "9" * 5000):
        assert operator.is_told("cohort", "edit", number) == (
            f"There is no cohort {number}; see: povezujejo cohort list."
        )
    assert operator.is_told("cohort", "list", "--programme", "x").startswith("There is no programme x")


# People


def test_it_is_said_beside_the_output_what_who_joins_late_is_still_asked(prepared, operator):
    for name, dates, sentence in (
        ("Dolga", ("2020-01-01", "2099-12-31"), "The group runs already: who joins now gets only after, followup.\n"),
        ("Lani", ("2020-01-01", "2020-02-01"), "The group ended on 2020-02-01: who joins now gets no questionnaire.\n"),
        ("Nova", ("2098-01-01", "2099-12-31"), ""),
    ):
        add = ("cohort", "add", SLUG, "--name", name, "--start", dates[0], "--end", dates[1])
        operator.types(*add)
        assert len(operator.gets("enrol", name, "--count", 1, "--json")) == 1
        assert operator.told == sentence
        assert operator.gets("enrol", name, "--count", 1, "--dry-run", "--json") == {"new": 1, "known": 0}
        assert operator.told == sentence


def test_enrolling_gives_a_code_and_a_link_for_each(operator, group):
    enrolled = operator.gets("enrol", group, "--count", 3, "--json")
    assert [sorted(one) for one in enrolled] == [["code", "link"]] * 3
    assert len({one["code"] for one in enrolled if CODE.fullmatch(one["code"])}) == 3
    token = LINK.fullmatch(enrolled[0]["link"])[1]
    found = operator.services.database.read_now(partial(access_links.look, token=token, now=datetime.now(UTC)))
    assert isinstance(found, Invitation)


def test_a_list_comes_back_with_codes_and_is_not_kept(operator, group):
    (operator.folder / "people.csv").write_text("\ufeffIme;Kraj\nAna Zaupna;Krško\n\nBor Skrit\n")
    assert operator.types("enrol", "Jesen", "--csv", "people.csv", "--dry-run") == (
        "Nobody is enrolled. In »Jesen« would be enrolled: new 2, with their code 0.\n"
        "The first name is »Ana Zaupna«, the last »Bor Skrit«.\nNot read: Kraj.\n"
    )
    assert operator.gets("cohort", "list", "--json")[0]["enrolled"] == 0
    heading, *rows = [line.split(",") for line in operator.types("enrol", "Jesen", "--csv", "people.csv").splitlines()]
    assert heading == ["row", "name", "code", "link"]
    assert [row[:2] for row in rows] == [["2", "Ana Zaupna"], ["4", "Bor Skrit"]]
    assert [bool(CODE.fullmatch(row[2]) and LINK.fullmatch(row[3])) for row in rows] == [True, True]
    kept = b"".join(file.read_bytes() for file in operator.folder.glob("povezujejo.db*"))
    assert [name for name in ("Zaupna", "Skrit", "Krško") if name.encode() in kept] == []


def test_a_name_on_a_list_that_a_spreadsheet_would_calculate_is_only_words(operator, group):
    (operator.folder / "people.csv").write_text("Ime\n-Ana\nBor\n")
    rows = [line.split(",") for line in operator.types("enrol", "Jesen", "--csv", "people.csv").splitlines()]
    assert [row[1] for row in rows] == ["name", "'-Ana", "Bor"]


def test_a_workbook_enrols_new_people_in_their_language_and_those_who_have_a_code(operator, group):
    [known] = [one["code"] for one in operator.gets("enrol", group, "--count", 1, "--json")]
    autumn = operator.gets("cohort", "add", SLUG, *AUTUMN, "--name", "Druga", "--json")["cohort"]
    book = openpyxl.Workbook()
    for row in (["Ime", "Šifra", "Jezik"], ["Ana", known], ["Ana", None, "lahko branje"]):
        book.active.append(row)
    book.save(operator.folder / "people.xlsx")
    asked = ("enrol", autumn, "--xlsx", "people.xlsx")
    assert operator.gets(*asked, "--dry-run", "--json") == {"new": 1, "known": 1}
    assert operator.types(*asked, "--dry-run").splitlines()[1:] == [
        "The first name is »Ana«, the last »Ana«.",
        "The same name stands in rows 2 and 3.",
    ]
    first, second = operator.gets(*asked, "--json")
    assert first["code"] == known != second["code"]
    services = operator.services
    languages = services.database.read_now(
        lambda c: dict(c.execute(select(participant.c.code, participant.c.language)).all())
    )
    assert languages == {known: "sl", second["code"]: "sl-x-lahko"}
    operator.types(*asked, status=1)
    assert operator.told == f"Nobody is enrolled. In people.xlsx:\nrow 2: {known} is in this cohort already\n"


def test_what_is_hidden_in_a_list_and_which_of_two_sheets_has_to_be_said(operator, group):
    book = openpyxl.Workbook()
    for row in (["Ime"], ["Ana"], ["Bor"], ["Skupaj: 2"]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.save(operator.folder / "people.xlsx")
    asked = ("enrol", group, "--xlsx", "people.xlsx")
    assert operator.is_told(*asked) == (
        "Nobody is enrolled. There are people in hidden rows: 1. Say --hidden take or --hidden leave."
    )
    assert operator.gets(*asked, "--hidden", "take", "--dry-run", "--json") == {"new": 2, "known": 0}
    assert operator.types(*asked, "--hidden", "leave", "--dry-run").splitlines()[1:] == [
        "The first name is »Ana«, the last »Ana«.",
        "Left out: row 4 (a sum): Skupaj: 2.",
    ]
    book.create_sheet("Lani").append(["Ime"])
    book["Lani"].append(["Cene"])
    book.save(operator.folder / "people.xlsx")
    assert operator.is_told(*asked, "--hidden", "leave") == (
        "Nobody is enrolled. There are lists on »Sheet« and »Lani«. Say which: --sheet NAME."
    )
    assert operator.is_told(*asked, "--sheet", "Letos") == "There is no sheet »Letos«, but: Sheet, Lani."
    assert operator.gets(*asked, "--sheet", "Lani", "--dry-run", "--json") == {"new": 1, "known": 0}


def test_without_a_list_a_dry_run_says_how_many(operator, group):
    assert operator.gets("enrol", group, "--count", 3, "--dry-run", "--json") == {"new": 3, "known": 0}
    assert operator.gets("cohort", "list", "--json")[0]["enrolled"] == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04", "people.csv is damaged; save it again as Excel (.xlsx)."),
        (
            bombs.spaces(),
            "people.csv takes more time or memory to be read than a list does; copy the people to a new file.",
        ),
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
    assert set(roster_words.UNREADABLE) == set(Unreadable)
    assert len({roster_words.problem(RosterProblem(4, one, "7")) for one in RowFault}) == len(RowFault)


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
def test_a_link_for_staff_names_role_and_library(prepared, operator, library):
    answer = operator.gets("staff", "invite", "--role", "librarian", "--library", library, "--json")
    assert list(answer) == ["link"]
    token = LINK.fullmatch(answer["link"])[1]
    found = operator.services.database.read_now(partial(access_links.look, token=token, now=datetime.now(UTC)))
    assert (found.role, found.library) == ("librarian", "BRE")


def test_problems_with_staff_are_sentences(prepared, operator):
    assert operator.is_told("staff", "invite", "--role", "coordinator").startswith("Say which library with --library;")
    assert operator.is_told("staff", "invite", "--role", "national", "--library", "BRE").startswith(
        "The national coord"
    )
    assert operator.is_told("staff", "invite", "--role", "librarian", "--library", "Bled").startswith("There is no lib")
    for number in (7, 2**31, 2**63, -(2**63) - 1):
        assert operator.is_told("staff", "remove", number) == (
            f"There is nobody with number {number}; see: povezujejo staff list."
        )


def test_staff_is_listed_without_names_until_it_is_removed(operator):
    operator.types("db", "upgrade")
    services = operator.services
    now = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    joined = partial(staff.join, role="librarian", library="BRE", chat=services.keys.seal_id(77), now=now)
    services.database.write_now(joined)
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


def test_a_preview_shows_limits_messages_names_and_rules_in_words(operator):
    items = SECTIONS.replace('kind = "multiple"', 'kind = "multiple"\nname = "TOPICS"')
    assert read(operator.folder / "ours", items).problems == ()
    (operator.folder / "config.toml").write_text('[surveys]\ndirectories = ["ours"]\n', encoding="utf-8")
    shown = operator.types("survey", "preview", "kraj-branje")
    for line in (
        "   ( ) drugo   [3] · asks »Kaj drugega radi berete?«",
        "   ( ) nič od tega   [4] · alone",
        "   Označite dva odgovora. Če označite »nič od tega«, ne označite nič drugega.",
        "   outside the limits: V tednu je 7 dni.",
        "   called TOPICS in data",
        "   Odgovorite samo, če ste pri 1. vprašanju izbrali »dobro«.",
    ):
        assert line in shown.splitlines()


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
        ("2026-12-15T17:00:00+01:00", "after", "invitation"),
        ("2026-12-17T17:00:00+01:00", "after", "reminder 1"),
        ("2026-12-22T17:00:00+01:00", "after", "reminder 2"),
        ("2026-12-29T17:00:00+01:00", "after", "closing"),
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


@pytest.mark.parametrize(
    ("command", "named"),
    [
        (["cohort", "edit", "\udcff"], 'cohort "\\udcff"'),
        (["cohort", "add", SLUG, *AUTUMN, "--name", "Jesen \udcc5"], 'name "Jesen \\udcc5"'),
        (["report", "impact", "--programme", "\udcff"], 'programme "\\udcff"'),
        (["participant", "leave", "\udcff"], 'code "\\udcff"'),
    ],
    ids=lambda given: given[0] if isinstance(given, list) else "",
)
def test_bytes_that_are_no_text_are_refused_in_a_sentence(operator, command, named):
    assert (
        operator.is_told(*command) == f"{named} is not written in UTF-8; set the terminal to UTF-8 and type it again."
    )
