"""The SELECT of whole records: whose it gives, in which order, and that it uses indexes. See also test_importing."""

from plugins.respondents import grouper

from storage.answers import records
from storage.schema import EnrolmentState, OccasionState
from surveys.model import Mode, NonAnswer

SLUG = "kamnik-slovenscina"


def test_records_are_of_closed_occasions_of_people_who_agreed_run_by_run(connection, programmes):
    group = grouper(connection, programmes)(SLUG)
    group.answers(group.enrols(), "before", primary=2, belonging=NonAnswer.REFUSED)
    group.answers(group.enrols(EnrolmentState.LEFT), "before", Mode.PAPER, OccasionState.PARTIAL, primary=3)
    group.answers(group.enrols(), "before", state=OccasionState.OPEN, primary=4)
    for state in (EnrolmentState.ERASED, EnrolmentState.DECLINED, EnrolmentState.INVITED):
        group.answers(group.enrols(state), "before", primary=1)

    found = records.read(connection, SLUG)
    assert [(row["item"], row["value"], row["non_answer"], row["mode"]) for row in found] == [
        ("belonging", None, NonAnswer.REFUSED, "self"),
        ("primary", 2, None, "self"),
        ("primary", 3, None, "paper"),
    ]
    assert {tuple(row) for row in found} == {(*records.FIELDS, "text_sealed")}
    assert records.read(connection, "brezice-racunalnik") == []


def test_no_table_is_read_whole_on_sqlite(memory):
    query = str(records._RECORDS.params(programme=SLUG).compile(memory, compile_kwargs={"render_postcompile": True}))
    plan = [row[-1] for row in memory.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", (0,) * query.count("?"))]
    assert {step.split()[0] for step in plan} <= {"SEARCH", "CORRELATED"}
