"""Raw answers on the command line: out, into another database, and in from paper."""

import csv
import io
import json
import re
import stat
from datetime import UTC, datetime, timedelta
from functools import partial

import pypdf
import pytest
from sqlalchemy import select

from bot.cli import answers_file
from storage import demonstration, enrolments, occasions, participants, schema
from storage.answers import definitions, responses
from storage.answers.records import FIELDS
from storage.cohorts import find
from storage.schema import Giver, OccasionState
from storage.secrets.keys import create_key_file
from surveys import csv_text
from surveys.model import Answer, Mode, NonAnswer
from surveys.weeks import LJUBLJANA
from tests.plugins.consent_texts import text_read

SLUG = "brezice-racunalnik"
AUTUMN = ("--start", "2026-10-01", "--end", "2026-12-15")
THEN = datetime(2026, 10, 5, 8, 0, tzinfo=UTC)
NASTY = ["=1+1", "'=1", "''+", "'", "-", "@x", "'šč'", "navadno", 'dve\nvrsti; "in", navednice', "\t", ""]


def joined(connection, services, group):
    """The place of somebody who has agreed, with all occasions planned."""
    programme = services.programmes[SLUG]
    enrolled = enrolments.enrol(connection, services.keys, programme, find(connection, group), THEN, "operator")
    enrolment = participants.of_enrolment(connection, enrolled.enrolment)
    participants.join(connection, enrolment, None, Giver.WITNESS, Mode.ASSISTED, text_read("2026-11"), THEN, "staff:1")
    occasions.replan_one(connection, programme, enrolled.enrolment, services.policy, THEN)
    return enrolment


def answered(connection, services, group, waves):
    """One person who has handed in the questionnaires of these waves; gives the code."""
    enrolment, programme = joined(connection, services, group), services.programmes[SLUG]
    for one in occasions.of_enrolment(connection, enrolment.id):
        if one.wave in waves:
            questionnaire = programme.questionnaire(programme.wave(one.wave))
            run = responses.begin(connection, one.id, questionnaire.hash, Mode.ASSISTED, THEN)
            responses.store(connection, services.keys, run.id, waves[one.wave], "staff:1", THEN)
            responses.finish(connection, run.id, THEN)
            occasions.settle(connection, one.id, OccasionState.COMPLETE, THEN + timedelta(minutes=5))
    return enrolment.code


@pytest.fixture
def text(operator, group):
    """The id of the open question at the end."""
    return next(item.id for item in operator.services.programmes[SLUG].questionnaires[1].items if item.kind == "text")


@pytest.fixture
def code(operator, group, text):
    """Somebody with answers, a non-answer and a text."""
    first = {"primary": Answer(value=2), "loneliness": Answer(non_answer=NonAnswer.REFUSED)}
    first["purposes"] = Answer(value=0b110)
    after = {text: Answer(text='=1+1; "šč"')}
    services = operator.services
    waves = {"before": first, "after": after}
    return services.database.write_now(partial(answered, services=services, group=group, waves=waves))


@pytest.fixture
def elsewhere(operator, migrated_file):
    """The options of a command on an empty database with other keys."""
    folder = operator.folder / "elsewhere"
    folder.mkdir()
    (folder / "config.toml").write_text((operator.folder / "config.toml").read_text())
    create_key_file(folder / "povezujejo.key")
    (folder / "povezujejo.db").write_bytes(migrated_file.read_bytes())
    return "--config", folder / "config.toml"


def of(file):
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_raw_answers_are_written_one_a_row(operator, code, text):
    operator.types("answers", "export", "--programme", SLUG, "--out", "a.csv")
    item = operator.services.programmes[SLUG].questionnaires[0].item
    chosen = "; ".join(choice.label for choice in item("purposes").choices if choice.code in {1, 2})
    shown = ("code", "programme", "cohort", "wave", "item", "value", "label", "non_answer", "mode", "answered_at")
    end = ("assisted", THEN.isoformat())
    assert [tuple(row.values())[:10] for row in of(operator.folder / "a.csv")] == [
        (code, SLUG, "Jesen", "before", "loneliness", "", "", "refused", *end),
        (code, SLUG, "Jesen", "before", "primary", "2", item("primary").choice(2).label, "", *end),
        (code, SLUG, "Jesen", "before", "purposes", "6", chosen, "", *end),
        (code, SLUG, "Jesen", "after", text, '\'=1+1; "šč"', "", "", *end),
    ]
    assert tuple(of(operator.folder / "a.csv")[0]) == (*shown, *(name for name in FIELDS if name not in shown))
    assert stat.S_IMODE((operator.folder / "a.csv").stat().st_mode) == 0o600
    assert operator.types("answers", "export").encode() == (operator.folder / "a.csv").read_bytes()


def test_an_export_comes_back_in_an_empty_database(operator, code, elsewhere):
    operator.types("answers", "export", "--out", "a.csv")
    told = operator.types("answers", "import", "a.csv", *elsewhere)
    assert told == "Imported from a.csv: 4 answers.\n"
    operator.types("answers", "export", "--out", "b.csv", *elsewhere)
    for ending in ("csv", "definitions.json"):
        assert (operator.folder / f"b.{ending}").read_bytes() == (operator.folder / f"a.{ending}").read_bytes()
    again = operator.types("answers", "import", "a.csv", *elsewhere)
    assert again == "Nothing new: of a.csv everything is here already (4 answers).\n"
    assert operator.gets("answers", "import", "b.csv", "--json") == {"answers": 4, "new": 0}


def test_answers_from_a_demo_say_so_and_never_stand_among_real_ones(operator, code, elsewhere):
    operator.types("answers", "export", "--out", "real.csv")
    operator.services.database.write_now(lambda connection: demonstration.mark(connection, THEN))
    operator.types("answers", "export", "--out", "a.csv")
    assert [row["made_up"] for row in of(operator.folder / "a.csv")] == ["1"] * 4
    assert operator.types("answers", "import", "a.csv", *elsewhere) == "Imported from a.csv: 4 answers.\n"
    operator.types("answers", "export", "--out", "b.csv", *elsewhere)
    assert (operator.folder / "b.csv").read_bytes() == (operator.folder / "a.csv").read_bytes()


def test_answers_from_a_demo_are_refused_where_somebody_real_is(operator, code, elsewhere):
    operator.types("answers", "export", "--out", "real.csv")
    operator.types("answers", "import", "real.csv", *elsewhere)
    operator.services.database.write_now(lambda connection: demonstration.mark(connection, THEN))
    operator.types("answers", "export", "--out", "demo.csv")
    refused = operator.is_told("answers", "import", "demo.csv", *elsewhere)
    assert refused == "These answers come from a demo and are made up; they are not imported among real ones."
    operator.types("answers", "export", "--out", "after.csv", *elsewhere)
    assert (operator.folder / "after.csv").read_bytes() == (operator.folder / "real.csv").read_bytes()


def test_an_export_that_a_spreadsheet_saved_anew_comes_back(operator, code, elsewhere):
    operator.types("answers", "export", "--out", "a.csv")
    table = list(csv.reader(io.StringIO((operator.folder / "a.csv").read_bytes().decode(), newline="")))
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerows(table)
    (operator.folder / "saved.csv").write_text(written.getvalue(), encoding="utf-8-sig", newline="")
    assert operator.types("answers", "import", "saved.csv", *elsewhere) == "Imported from saved.csv: 4 answers.\n"


def test_an_older_version_of_a_questionnaire_comes_with_its_definition(operator, group, elsewhere):
    services = operator.services
    programme = services.programmes[SLUG]
    older = programme.questionnaires[0].model_copy(update={"title": "Prejšnji"})

    def answer(connection):
        enrolment = joined(connection, services, group)
        definitions.store_version(connection, older, programme, THEN)
        first = occasions.of_enrolment(connection, enrolment.id)[0]
        run = responses.begin(connection, first.id, older.hash, Mode.PAPER, THEN)
        responses.store(connection, services.keys, run.id, {"primary": Answer(value=1)}, "staff:1", THEN)
        occasions.settle(connection, first.id, OccasionState.PARTIAL, THEN)

    services.database.write_now(answer)
    operator.types("answers", "export", "--out", "a.csv")
    beside = operator.folder / "a.definitions.json"
    assert list(json.loads(beside.read_text(encoding="utf-8"))) == [older.hash]
    kept = beside.read_bytes()
    beside.unlink()
    told = operator.types("answers", "import", "a.csv", *elsewhere, status=1) + operator.told
    assert told.splitlines()[1].startswith(f"line 2: the version {older.hash[:12]}… of the questionnaire is not known")
    beside.write_bytes(kept.replace("Prejšnji".encode(), b"Drugi"))
    assert operator.is_told("answers", "import", "a.csv", *elsewhere).startswith("a.definitions.json is damaged: ")
    for wrong in ("[]", "[" * 100_000):
        beside.write_text(wrong)
        assert operator.is_told("answers", "import", "a.csv", *elsewhere) == (
            "a.definitions.json cannot be read as the definitions of an export."
        )
    beside.write_bytes(kept)
    assert operator.types("answers", "import", "a.csv", *elsewhere) == "Imported from a.csv: 1 answer.\n"


def test_what_is_here_in_part_is_completed(operator, code, elsewhere):
    operator.types("answers", "export", "--out", "a.csv")
    lines = (operator.folder / "a.csv").read_bytes().splitlines(keepends=True)
    (operator.folder / "part.csv").write_bytes(b"".join(lines[:2]))
    assert operator.types("answers", "import", "part.csv", *elsewhere) == "Imported from part.csv: 1 answer.\n"
    told = operator.types("answers", "import", "a.csv", *elsewhere)
    assert told == "Imported from a.csv: 3 answers; here already: 1 answer.\n"


def test_cells_that_cannot_be_read_are_named_with_their_line(operator, code, elsewhere):
    operator.types("answers", "export", "--out", "a.csv")
    file = operator.folder / "a.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("assisted", "mental", 1), encoding="utf-8")
    operator.types("answers", "import", "a.csv", *elsewhere, status=1)
    assert operator.told == "Nothing is imported:\nline 2: cannot be read: mode\n"
    assert operator.types("answers", "export", *elsewhere).count("\n") == 1


# From paper


@pytest.fixture
def person(operator, group):
    """The code of somebody who has agreed; the wave before has been open for five days."""
    services = operator.services

    def join(connection):
        enrolment = joined(connection, services, group)
        now = datetime.now(UTC)
        opened = {"opens_at": now - timedelta(days=5), "closes_at": now + timedelta(days=9)}
        change = schema.occasion.update().where(schema.occasion.c.wave == "before").values(opened)
        connection.execute(change)
        return enrolment.code

    return services.database.write_now(join)


def test_sheets_are_printed_for_who_has_not_answered_and_for_nobody_else(operator, person, group):
    silent = operator.gets("enrol", group, "--count", 1, "--json")[0]["code"]
    kamnik = operator.gets("cohort", "add", "kamnik-slovenscina", *AUTUMN, "--json")["cohort"]
    other = operator.gets("enrol", kamnik, "--count", 1, "--json")[0]["code"]
    command = ("paper", group, "--out", "listi.pdf", "--wave")
    assert operator.is_told(*command, "never").startswith(f"{SLUG} has no wave never for this group; it has before, ")
    assert operator.is_told(*command, "before", "--code", "x") == "x is no code; a code looks like KAM-7F3K2."
    wrong = f"{other} is nobody of the group »Jesen« of {SLUG}."
    assert operator.is_told(*command, "before", "--code", other) == wrong
    nobody = "Nobody there has agreed and not yet answered this wave: there is nothing to print."
    assert operator.is_told(*command, "before", "--code", silent) == nobody
    assert not (operator.folder / "listi.pdf").exists()
    assert operator.types(*command, "before") == "Written to listi.pdf: the sheets of 1 person.\n"
    words = "".join(page.extract_text() for page in pypdf.PdfReader(operator.folder / "listi.pdf").pages)
    assert set(re.findall(r"[A-Z]{3}-[2-9A-Z]{5}", words)) == {person}
    deeds = select(schema.audit.c.subject).where(schema.audit.c.action == "papers.print")
    assert operator.services.database.read_now(lambda connection: connection.scalars(deeds).all()) == [
        f"cohort:{group}"
    ]


def yesterday():
    return (datetime.now(LJUBLJANA) - timedelta(days=1)).date()


@pytest.mark.parametrize(
    ("heading", "encoding", "day"),
    [
        ("code,wave,item,value,date", "utf-8", "{0:%Y-%m-%d}"),
        ("Šifra;Merjenje;Vprašanje;Odgovor;Datum", "utf-8-sig", "{0.day}. {0.month}. {0.year}"),
        ("code\twave\titem\tanswer\tanswered_at", "utf-8", "{0:%Y-%m-%d}T10:00:00+00:00"),
    ],
)
def test_a_table_typed_from_paper_is_recorded_once(operator, person, heading, encoding, day):
    separator = next(one for one in ",;\t" if one in heading)
    when = day.format(yesterday())
    rows = [("primary", "1"), ("computer_days", "3"), ("loneliness", "Ne vem"), ("fraud", "")]
    lines = [heading, *(separator.join((person, "before", *row, when)) for row in rows), separator * 4, ""]
    (operator.folder / "paper.csv").write_text("\r\n".join(lines), encoding=encoding, newline="")
    assert operator.types("answers", "import", "paper.csv") == "Imported from paper.csv: 3 answers.\n"
    assert operator.gets("answers", "import", "paper.csv", "--json") == {"answers": 3, "new": 0}
    operator.types("answers", "export", "--out", "a.csv")
    assert [(row["item"], row["value"], row["non_answer"], row["mode"]) for row in of(operator.folder / "a.csv")] == [
        ("about_life", "1", "", "paper"),  # a note that stands before questions
        ("computer_days", "3", "", "paper"),
        ("loneliness", "", "dont_know", "paper"),
        ("primary", "1", "", "paper"),
    ]


def test_what_was_typed_twice_is_compared(operator, person):
    def write(name, primary):
        rows = ["code;wave;item;answer;date", f"{person};before;primary;{primary};{yesterday()}"]
        (operator.folder / name).write_text("\n".join(rows), encoding="utf-8")

    write("first.csv", "1")
    write("second.csv", "2")
    operator.types("answers", "import", "first.csv", "--compare", status=1)
    assert operator.told == f"line 2: »before« of {person} has no answers to compare with\n"
    operator.types("answers", "import", "first.csv")
    assert operator.types("answers", "import", "first.csv", "--compare").startswith("No differences")
    heading, found = operator.types("answers", "import", "second.csv", "--compare", status=1).splitlines()
    assert heading.split() == ["code", "wave", "item", "stored", "typed"]
    assert found.split() == [person, "before", "primary", "ne", "gre", "zelo", "težko"]


def test_every_problem_of_a_table_is_in_one_list(operator, person):
    rows = [
        "code;wave;item;answer;label;non_answer;date",
        f"{person};before;primary;9;;;{yesterday()}",
        f"{person};before;fraud;;'=1;;{yesterday()}",
        f"{person};before;loneliness;;;maybe;{yesterday()}",
        f"{person};before;belonging;1;;;yesterday",
        f"{person};before;problem_solving;;;refused;{yesterday()}",
    ]
    (operator.folder / "paper.csv").write_text("\n".join(rows), encoding="utf-8")
    operator.types("answers", "import", "paper.csv", status=1)
    assert operator.told.splitlines() == [
        "Nothing is imported:",
        f"line 2: »9« is none of the choices (primary of {person})",
        f"line 3: »=1« is none of the choices (fraud of {person})",
        "line 4: »maybe« is no way of not answering",
        "line 5: »yesterday« is no day like 2026-11-22 or 22. 11. 2026",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "paper.csv is empty."),
        (b"Ime,code\n", "paper.csv is no table of answers: it lacks the column wave, item, answer, date."),
        (b"code,wave,item,answer,date\n", "paper.csv holds no answers."),
        (b"code\n\xe8\n", "paper.csv is not UTF-8: save it as »CSV UTF-8«."),
        (b"code,wave\nx,y,z\n", "paper.csv: line 2 has more cells than the heading."),
        (b'code,wave\n"x\n', "paper.csv cannot be read: line 2: unexpected end of data."),
        (None, "paper.csv cannot be read: No such file or directory."),
    ],
)
def test_a_table_that_cannot_be_read_is_a_sentence(operator, group, content, sentence):
    if content is not None:
        (operator.folder / "paper.csv").write_bytes(content)
    status = 0 if sentence.endswith("holds no answers.") else 1
    told = operator.types("answers", "import", "paper.csv", status=status) + operator.told
    assert told == f"{sentence}\n"


@pytest.mark.parametrize("words", NASTY)
def test_no_text_becomes_a_formula_and_each_comes_back(words):
    [[cell]] = csv.reader(io.StringIO(csv_text.written([[answers_file.as_cell(words)]]), newline=""))
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert csv_text.bare(cell) == words
