"""What was exported comes back as it was: into an empty database of either kind, once, and all or nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from plugins.respondents import OPENS
from sqlalchemy import func, insert, select

from storage import cohorts, participants, schema
from storage.answers import definitions, records, responses
from storage.answers.importing import Imported, ImportLine, ImportRefusedError, add_records
from storage.schema import EnrolmentState, Giver, OccasionState
from storage.secrets.keys import Keys
from surveys.model import Answer, Item, Mode, NonAnswer

SLUG = "kamnik-slovenscina"
NOW = datetime(2026, 12, 1, 9, 30, 15, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)
ELSEWHERE = Keys({3: b"e" * 32})  # of the database that the records come from


@pytest.fixture
def kamnik(programmes):
    return programmes[SLUG]


@pytest.fixture
def source(memory, programmes):
    """Another database, in which three people have answered."""
    definitions.sync(memory, programmes.values(), NOW)
    autumn = add(memory, schema.cohort, programme=SLUG, name="jesen", start=date(2026, 8, 3), end=date(2026, 8, 28),
                 place="Kamnik", created_at=OPENS["before"], closed_at=NOW)  # fmt: skip
    for number, code in enumerate(("KAM-7F3K2", "KAM-AAAAA", "-3")):
        state = EnrolmentState.LEFT if number == 1 else EnrolmentState.ACTIVE
        person = enrols(memory, autumn, code, state)
        answers(memory, programmes[SLUG], person, "before", primary=2, belonging=NonAnswer.REFUSED)
        answers(memory, programmes[SLUG], person, "after", primary=3 + number % 2, open_question=f"=1+{number}\n»šč«")
    return memory


def add(connection, table, **values):
    return connection.execute(insert(table), values).inserted_primary_key[0]


def enrols(connection, cohort, code, state):
    joined = OPENS["before"] - 9 * 24 * HOUR
    person = add(connection, schema.participant, code=code, language="en", created_at=joined)
    left = joined + HOUR if state is EnrolmentState.LEFT else None
    place = add(connection, schema.enrolment, participant=person, cohort=cohort, state=state, enrolled_at=joined,
                joined_at=joined, left_at=left)  # fmt: skip
    if state is EnrolmentState.LEFT:
        for version in ("1", "2"):
            given = joined if version == "1" else joined + HOUR
            add(connection, schema.consent, enrolment=place, text_version=version, giver=Giver.SELF, mode=Mode.SELF,
                given_at=given, withdrawn_at=left)  # fmt: skip
    return place


def answers(connection, programme, enrolment, wave, **values):
    questionnaire = programme.questionnaire(programme.wave(wave))
    opens = OPENS[wave]
    occasion = add(connection, schema.occasion, enrolment=enrolment, wave=wave, opens_at=opens,
                   closes_at=opens + 14 * 24 * HOUR, state=OccasionState.COMPLETE, invited_at=opens)  # fmt: skip
    run = responses.begin(connection, occasion, questionnaire.hash, Mode.SELF, opens + HOUR)
    text = next(item.id for item in programme.questionnaire(programme.wave("after")).items if item.kind == "text")
    given = {text if item == "open_question" else item: as_answer(value) for item, value in values.items()}
    responses.store(connection, ELSEWHERE, run.id, given, "staff:1", opens + HOUR + timedelta(microseconds=7))
    responses.finish(connection, run.id, opens + 2 * HOUR)


def as_answer(value):
    if isinstance(value, NonAnswer):
        return Answer(non_answer=value)
    return Answer(text=value) if isinstance(value, str) else Answer(value=value)


def read(connection, keys, slug=SLUG):
    """The records of a database, readable, with where they stand in a file."""
    found = records.read(connection, slug)
    for row in found:
        sealed = row.pop("text_sealed")
        if sealed is not None:
            row["value"] = keys.open_text(sealed)
    return [ImportLine(number, row) for number, row in enumerate(found, start=2)]


@pytest.fixture
def lines(source):
    return read(source, ELSEWHERE)


@pytest.fixture
def take(connection, keys, programmes):
    """Imports lines into a database that knows the shipped programmes."""
    definitions.sync(connection, programmes.values(), NOW)

    def take(lines, brought=None):
        return add_records(connection, keys, programmes, brought or {}, lines, NOW, "operator")

    return take


def problems(take, lines, brought=None):
    with pytest.raises(ImportRefusedError) as refused:
        take(lines, brought)
    heading, *found = str(refused.value).splitlines()
    assert heading == "Nothing is imported:"
    return found


def changed(lines, place, **values):
    """The lines with one of them changed."""
    return [
        ImportLine(line.number, {**line.record, **values}) if number == place else line
        for number, line in enumerate(lines)
    ]


def test_an_export_comes_back_as_the_same_records_under_other_keys(connection, keys, lines, take):
    assert take(lines) == Imported(12, 12)
    assert read(connection, keys) == lines


def test_every_row_is_as_it_was_but_for_its_number(connection, source, lines, take):
    take(lines)
    tables = (schema.cohort, schema.participant, schema.enrolment, schema.occasion, schema.run)
    own = {schema.cohort.c.plan_fixed_at}  # a plan was fixed in one database, and no import says when
    for table in tables:
        columns = [one for one in table.c if not one.primary_key and not one.foreign_keys and one not in own]
        assert rows(connection, columns) == rows(source, columns)


def rows(connection, columns):
    return [tuple(row) for row in connection.execute(select(*columns).order_by(*columns))]


def test_the_newest_consent_comes_along(connection, lines, take):
    take(lines)
    assert rows(connection, [schema.consent.c.text_version, schema.consent.c.giver]) == [("2", Giver.SELF)]


def test_the_same_file_again_changes_nothing(connection, keys, lines, take):
    take(lines)
    audited = connection.scalar(select(func.count()).select_from(schema.audit))
    assert take(lines) == Imported(12, 0)
    assert read(connection, keys) == lines
    assert connection.scalar(select(func.count()).select_from(schema.audit)) == audited


def test_only_what_is_not_there_is_added(lines, take):
    take(lines[:5])
    assert take(lines) == Imported(12, 7)


def test_the_audit_names_each_person_once(connection, lines, take):
    take(lines)
    audit = schema.audit.c
    assert rows(connection, [audit.subject, audit.actor, audit.action]) == [
        ("-3", "operator", "answers.import"),
        ("KAM-7F3K2", "operator", "answers.import"),
        ("KAM-AAAAA", "operator", "answers.import"),
    ]


def test_no_lines_are_no_answers(take):
    assert take([]) == Imported(0, 0)


def test_a_tombstone_that_was_brought_never_stands_in_the_way_of_another(connection, source, lines, take, kamnik):
    take(lines)
    brought = participants.of_code(connection, "-3")[0].participant
    assert participants.destroy_code(connection, brought) == "-3"
    group = cohorts.find(connection, "jesen")
    third = enrols(connection, group.id, "KAM-BBBBB", EnrolmentState.ACTIVE)
    person = participants.of_enrolment(connection, third).participant
    connection.execute(schema.participant.update().where(schema.participant.c.id == brought).values(code=f"-{person}"))
    assert participants.destroy_code(connection, person) == f"-{person}x"


def test_a_version_that_is_not_known_comes_along_or_is_asked_for(connection, lines, take, kamnik):
    questionnaire = kamnik.questionnaires[0].model_copy(update={"title": "Prejšnji vprašalnik"})
    before = [
        ImportLine(line.number, {**line.record, "questionnaire": questionnaire.hash})
        for line in lines
        if line.record["wave"] == "before"
    ]
    told = "put the file of definitions that was exported with the answers beside them"
    version = f"the version {questionnaire.hash[:12]}… of the questionnaire"
    assert problems(take, before) == [f"line 2: {version} is not known here; {told}"]
    assert take(before, {questionnaire.hash: questionnaire}) == Imported(6, 6)
    assert definitions.version(connection, questionnaire.hash) == questionnaire


def test_every_problem_is_named_with_its_first_line(lines, take):
    wrong = changed(lines, 0, programme="bled")
    wrong = changed(wrong, 1, programme="bled")
    wrong = changed(wrong, 2, code="Ana")
    wrong = changed(wrong, 4, item="nothing")
    wrong = changed(wrong, 5, value=None)
    wrong = changed(wrong, 6, value=1, non_answer=NonAnswer.SKIPPED)
    wrong = changed(wrong, 7, cohort_place="Bled")
    assert problems(take, wrong) == [
        "line 2: there is no programme bled in this configuration",
        "line 4: Ana is no code of a participant",
        "line 6: the questionnaire has no item nothing",
        f"line 7: {lines[5].record['item']} needs either a value or a non-answer",
        f"line 8: {lines[6].record['item']} needs either a value or a non-answer",
        f"line 9: the cohort of {lines[7].record['code']} differs from what is on line 5: place",
    ]


def test_an_answer_stands_once_in_a_file(lines, take):
    twice = [*lines, ImportLine(99, lines[0].record)]
    record = lines[0].record
    assert problems(take, twice) == [f"line 99: {record['item']} of {record['code']} stands on line 2 already"]


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"enrolment": EnrolmentState.LEFT}, "the enrolment of {code} differs from what is here: state"),
        ({"language": "sq"}, "the participant of {code} differs from what is here: language"),
        ({"answered_at": NOW}, "{item} of {code} is answered differently here"),
        ({"value": None, "non_answer": NonAnswer.DONT_KNOW}, "{item} of {code} is answered differently here"),
    ],
)
def test_what_is_here_and_different_is_a_problem(lines, take, values, what):
    take(lines)
    place = next(number for number, line in enumerate(lines) if line.record["value"] is not None)
    record = lines[place].record
    said = what.format(code=record["code"], item=record["item"])
    assert problems(take, changed(lines, place, **values))[0].partition(": ")[2] == said


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"cohort_end": date(9999, 1, 1)}, "a cohort starts and ends between 2000-01-01 and 2099-12-31, not"),
        ({"cohort_end": date(2026, 1, 1)}, "the cohort would end (2026-01-01) before it starts"),
        ({"cohort": "Jesen\n2"}, "the name of a cohort is one line without control and direction characters"),
        ({"cohort": "J" * 61}, "the name of a cohort has at most 60 characters"),
    ],
)
def test_a_group_that_cannot_be_is_a_problem(lines, take, values, problem):
    wrong = [ImportLine(line.number, {**line.record, **values}) for line in lines]
    assert problems(take, wrong)[0].startswith(f"line 2: {problem}")


def test_what_the_tables_forbid_is_a_problem(lines, take):
    twice = [ImportLine(line.number, {**line.record, "code_created_at": None}) for line in lines]
    assert problems(take, twice) == [f"line 2: the participant of {lines[0].record['code']} cannot be"]


@pytest.mark.parametrize(
    ("slug", "kind", "good", "bad"),
    [
        (SLUG, "scale", "1", "77"),
        (SLUG, "number", "3", "three"),
        (SLUG, "number", "3", str(2**31)),
        (SLUG, "note", "1", "2"),
        ("brezice-racunalnik", "multiple", "6", str(1 << 29)),
        ("brezice-racunalnik", "multiple", "6", "-1"),
    ],
)
def test_a_value_must_be_one_that_the_question_has(connection, lines, take, programmes, slug, kind, good, bad):
    item_id, questionnaire = an_item(programmes[slug], kind)
    definitions.store_version(connection, questionnaire, programmes[slug], NOW)
    record = {**lines[0].record, "programme": slug, "questionnaire": questionnaire.hash, "item": item_id}
    record["non_answer"] = None
    assert problems(take, [ImportLine(2, {**record, "value": bad})]) == [f"line 2: {item_id} has no value {bad}"]
    assert take([ImportLine(2, {**record, "value": good})]) == Imported(1, 1)


def an_item(programme, kind):
    """An item of a kind, and a questionnaire that asks it: a note is added to one."""
    for questionnaire in programme.questionnaires:
        found = next((item for item in questionnaire.items if item.kind == kind), None)
        if found is not None:
            return found.id, questionnaire
    first = programme.questionnaires[0]
    return "added", first.model_copy(update={"items": (*first.items, Item(id="added", kind=kind, text="Beri."))})
