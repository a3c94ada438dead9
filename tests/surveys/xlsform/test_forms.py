"""Forms of XLSForm: what is taken becomes items, what is not is told with its row; pyxform is the oracle."""

import tomllib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from surveys.conditions import holds
from surveys.expressions.evaluate import ExpressionContext, evaluate
from surveys.expressions.parser import parse
from surveys.expressions.values import to_boolean
from surveys.fields import read_condition
from surveys.load import load
from surveys.locate import SourcePlace, SourceText
from surveys.model import Kind
from surveys.xlsform.form import ProgrammeDetails, files_of, read_form
from surveys.xlsform.identifiers import Identifiers
from surveys.xlsform.problems import FormFindings
from surveys.xlsform.rules import RuleItem, UntoldError, when
from surveys.xlsform.sheets import sheet_of
from surveys.xlsform.toml_text import value_text

DETAILS = ProgrammeDetails("kraj-branje", "Knjižnica Kraj", "KRA", "Srečanja", ("before",))
CHOICES = """
    list_name | name | label
    yn        | yes  | da
    yn        | no   | ne
    ocena     | 1    | slabo
    ocena     | 2    | srednje
    ocena     | 3    | dobro
    dk        | a    | romane
    dk        | b    | pesmi
    dk        | 88   | Ne vem
    dk        | 99   | Ne želim odgovoriti
"""


def rows_of(table):
    """Numbered rows of a table whose cells stand between bars."""
    lines = [line for line in table.splitlines() if line.strip()]
    return [(number, [cell.strip() for cell in line.split("|")]) for number, line in enumerate(lines, start=1)]


def form(survey, choices=CHOICES, options="", **rules):
    """What is read of a form, and what is found."""
    tables = {"survey": survey, "choices": choices, "settings": options}
    findings = FormFindings()
    sheets = [sheet_of(name, rows_of(table)) for name, table in tables.items() if table.strip()]
    return read_form(sheets, findings, Identifiers(), **rules), findings


def table_of(question, columns="type | name | label", **rules):
    """The table of the only item of a form."""
    read, findings = form(f"{columns}\ntext | first | Prvo?\n{question}", **rules)
    assert findings.problems == []
    return read.items[-1].table


def problems(survey, *others, **rules):
    _, findings = form(survey, *others, **rules)
    return [(one.sheet, one.row, one.column, one.kind.value) for one in findings.problems]


def folder(read, findings, path):
    """What the loader says of the folder that a form becomes."""
    texts, _ = files_of([read], DETAILS, findings)
    home = path / "kraj-branje"
    home.mkdir()
    for name, text in texts.items():
        (home / name).write_text(text, encoding="utf-8")
    return load([path])


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("text | a | Kaj?", {"id": "a", "text": "Kaj?", "kind": "text", "dont_know": False, "optional": True}),
        ("string | a | Kaj?", {"kind": "text"}),
        ("integer | a | Koliko?", {"kind": "number"}),
        ("int | a | Koliko?", {"kind": "number"}),
        ("decimal | a | Koliko?", {"kind": "number", "places": 2}),
        ("date | a | Kdaj?", {"kind": "date"}),
        ("select_one yn | a | Ali?", {"kind": "choice"}),
        ("select one yn | a | Ali?", {"kind": "choice"}),
        ("select one from yn | a | Ali?", {"kind": "choice"}),
        ("select_one ocena | a | Kako?", {"kind": "scale"}),
        ("select_multiple yn | a | Kaj?", {"kind": "multiple"}),
        ("select all that apply from yn | a | Kaj?", {"kind": "multiple"}),
        ("select_one dk | a | Kaj?", {"kind": "choice", "dont_know": True, "refusable": True}),
        ("range | a | Koliko?", {"kind": "number", "minimum": 1, "maximum": 10}),
        ("note | a | Lepo.", {"kind": "note"}),
        ("acknowledge | a | Prav?", {"kind": "note"}),
        ("text | Ime.Priimek | Kaj?", {"id": "ime_priimek", "name": "Ime.Priimek"}),
        ("text | Čas | Kaj?", {"id": "cas", "name": "Čas"}),
        ("text | _1 | Kaj?", {"id": "q_1", "name": "_1"}),
        ("text | loneliness | Kaj?", {"id": "loneliness_2", "name": "loneliness"}),
    ],
)
def test_each_type_becomes_an_item(question, expected):
    found = table_of(question)
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("required", "yes", {"optional": False}),
        ("required", "TRUE", {"optional": False}),
        ("required", "no", {"optional": True}),
        ("hint", "Na leto.", {"hint": "Na leto."}),
        ("constraint", ". >= 0 and . <= 120", {"minimum": 0, "maximum": 120}),
        ("constraint", "0 < . and not(. > 9)", {"minimum": 1, "maximum": 9}),
        ("constraint", ".>=-5", {"minimum": -5}),
        ("zss:indicator", "obiski", {"indicator": "obiski"}),
        ("zss:unit", "dni", {"unit": "dni"}),
        ("zss:reverse", "yes", {"reverse": True}),
        ("bind::required", "yes", {"optional": False}),
    ],
)
def test_each_column_becomes_a_key(column, cell, expected):
    found = table_of(f"integer | a | Koliko? | {cell}", f"type | name | label | {column}")
    assert {key: found[key] for key in expected} == expected


def test_dates_have_limits_and_an_accuracy():
    columns = "type | name | label | constraint | appearance"
    found = table_of("date | a | Kdaj? | . >= date('2020-01-31') | month-year", columns)
    assert (found["minimum"], found["accuracy"]) == (date(2020, 1, 31), "month")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("decimal | a | ? | . > 0 and . < 24", {"minimum": 0.01, "maximum": 23.99}),
        ("decimal | a | ? | . > -0.5", {"minimum": -0.49}),
        ("date | a | ? | . > date('2020-12-31') and . < date('2021-03-01')",
         {"minimum": date(2021, 1, 1), "maximum": date(2021, 2, 28)}),
    ],
)  # fmt: skip
def test_an_open_limit_is_the_nearest_answer_within_it(question, expected):
    found = table_of(question, "type | name | label | constraint")
    assert {key: found[key] for key in expected} == expected


def test_a_range_says_from_where_to_where():
    columns = "type | name | label | parameters"
    assert table_of("range | a | ? | start=0 end=5 step=1", columns)["maximum"] == 5
    found = table_of("range | a | ? | start=0.5; end=5; step=0.5".replace(";", ""), columns)
    assert (found["minimum"], found["places"]) == (0.5, 1)
    assert problems(f"{columns}\nrange | a | ? | start=5 end=1") == [("survey", 2, "parameters", "invalid")]


def test_codes_are_the_names_where_these_are_numbers_and_names_are_kept_elsewhere():
    assert table_of("select_one ocena | a | Kako?")["choices"][0] == {"code": 1, "label": "slabo"}
    assert table_of("select_one yn | a | Ali?")["choices"][1] == {"code": 2, "label": "ne", "name": "no"}
    many = "list_name | name | label\nm | 5 | pet\nm | 96 | drugo\n"
    read, findings = form("type|name|label\nselect_one m|a|Kaj?\nselect_multiple m|b|Kaj?", many)
    assert findings.problems == []
    assert [[one["code"] for one in item.table["choices"]] for item in read.items] == [[5, 96], [1, 2]]


def test_zss_code_says_the_code():
    own = "list_name | name | label | zss:code\nm | a | pet | 7\nm | b | drugo | 3\n"
    read, findings = form("type|name|label\nselect_one m|a|Kaj?", own)
    assert findings.problems == []
    assert [one["code"] for one in read.items[0].table["choices"]] == [7, 3]


def test_ways_of_not_answering_are_said():
    _, findings = form("type|name|label\nselect_one dk|a|Kaj?")
    assert [(one.row, one.column) for one in findings.warnings if one.sheet == "choices"] == [(9, "name"), (10, "name")]


def test_88_is_no_answer_only_among_small_numbers():
    listed = "list_name|name|label\nm|1|ena\nm|2|dve\nm|88|brez\nn|87|ena\nn|88|dve\no|1|ena\no|2|dve\no|99|Drugo"
    read, _ = form("type|name|label\nselect_one m|a|K?\nselect_one n|b|K?\nselect_one o|c|K?", listed)
    assert [len(item.table["choices"]) for item in read.items] == [2, 2, 3]


def test_relevance_of_groups_is_joined_with_that_of_the_question():
    survey = """
        type           | name | label | relevant
        select_one yn  | a    | Ali?  |
        begin group    | g    | Več   | ${a} = 'yes'
        integer        | n    | Koliko? |
        begin_group    | h    |       | ${n} > 2
        text           | t    | Kaj?  | selected(${a}, 'yes')
        end group      |      |       |
        end_group      |      |       |
        text           | u    | Kaj?  |
    """
    read, findings = form(survey)
    assert findings.problems == []
    yes = {"item": "a", "is": "eq", "value": 1}
    assert read.items[1].table["when"] == yes
    assert read.items[2].table["when"] == {"all": [yes, {"item": "n", "is": "gt", "value": 2}, yes]}
    assert "when" not in read.items[3].table


HEAD = "type | name | label | relevant | constraint\nselect_one yn | y | Ali?\ntext | t | Kaj?\n"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("text | a b | Kaj?", ("name", "invalid")),
        ("text |  | Kaj?", ("name", "invalid")),
        (" | a | Kaj?", ("type", "invalid")),
        ("text | Y | Kaj?", ("name", "invalid")),
        ("text | a |", ("label", "invalid")),
        ("textt | a | Kaj?", ("type", "invalid")),
        ("select_one | a | Kaj?", ("type", "invalid")),
        ("select_one none | a | Kaj?", ("type", "invalid")),
        ("end_group", ("type", "invalid")),
        ("begin_group | g | G", ("type", "invalid")),
        ("text | a | Kaj? | ${x} = 1", ("relevant", "invalid")),
        ("text | a | Kaj? | ${a} = 1", ("relevant", "invalid")),
        ("text | a | Kaj? | ${y} = 'yse'", ("relevant", "invalid")),
        ("text | a | Kaj? | ${y} == 'yes'", ("relevant", "invalid")),
        ("text | a | Kaj? | ${y} = „yes“", ("relevant", "invalid")),
        ("text | a | Kaj? | selected(${y} 'yes')", ("relevant", "invalid")),
        ("text | a | Kaj? | ${y} = ${t}", ("relevant", "unsupported")),
        ("text | a | Kaj? | ${t} = 'x'", ("relevant", "unsupported")),
        ("text | a | Kaj? | 1 + 1 = 2", ("relevant", "unsupported")),
        ("text | a | Kaj? | ../y = 'yes'", ("relevant", "unsupported")),
        ("text | a | Kaj? | pulldata('x', 'y', 'z', 'q') = 1", ("relevant", "unsupported")),
        ("integer | a | Kaj? | | . < today()", ("constraint", "unsupported")),
        ("integer | a | Kaj? | | . >= ", ("constraint", "invalid")),
        ("text | a | Kaj? | | regex(., '[0-9]+')", ("constraint", "unsupported")),
        ("text | a | Dan, ${t}!", ("label", "unsupported")),
        ("geopoint | a | Kje?", ("type", "unsupported")),
        ("image | a | Slika?", ("type", "unsupported")),
        ("calculate | a |", ("type", "unsupported")),
        ("hidden | a |", ("type", "unsupported")),
        ("rank yn | a | Kaj?", ("type", "unsupported")),
        ("select_one_from_file f.csv | a | Kaj?", ("type", "unsupported")),
        ("select_one yn or_other | a | Kaj?", ("type", "unsupported")),
        (f"text | a | {'x' * 301}", ("label", "unsupported")),
    ],
)
def test_what_is_not_taken_is_told_with_row_and_column(question, expected):
    assert problems(HEAD + question)[0] == ("survey", 4, *expected)


@pytest.mark.parametrize("number", ["1" * 12, "9" * 400, "-" + "9" * 40])
def test_numbers_beyond_all_bounds_are_told(number):
    columns = "type | name | label | constraint | relevant | parameters\n"
    first = "integer | n | Koliko? | | |\n"
    assert problems(f"{columns}integer | a | ? | . > {number}") == [("survey", 2, "constraint", "unsupported")]
    assert problems(f"{columns}{first}text | a | ? | | ${{n}} < {number}") == [("survey", 3, "relevant", "unsupported")]
    for end in (number, "1e9999", "nan", "0.00000001"):
        assert problems(f"{columns}range | a | ? | | | start=-{number} end={end}")[0][:3] == ("survey", 2, "parameters")


def test_a_rule_about_a_question_without_its_list_is_not_complained_of_as_well():
    survey = "type|name|label|relevant\nselect_one q|a|A\ntext|b|B|${a} = 'x'"
    assert problems(survey) == [("survey", 2, "type", "invalid")]


def test_a_repeat_is_told_once_and_all_problems_come_at_once():
    survey = "type|name|label\nbegin_repeat|r|R\ntext|a|A\nend_repeat\ngeopoint|g|G\nselect_one q|b|B\n"
    assert problems(survey) == [
        ("survey", 2, "type", "unsupported"),
        ("survey", 5, "type", "unsupported"),
        ("survey", 6, "type", "invalid"),
    ]


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ("list_name|name|label\nyn|yes|da\nyn|yes|ja\nyn|no|ne", (3, "name", "invalid")),
        ("list_name|name|label\nyn|yes|da\n|no|ne\nyn|b|B", (3, "list_name", "invalid")),
        ("list_name|name|label\nyn|yes|da\nyn||ne\nyn|b|B", (3, "name", "invalid")),
        ("list_name|name|label\nyn|ye s|da\nyn|no|ne\nyn|b|B", (2, "name", "invalid")),
    ],
)
def test_what_is_wrong_with_choices_is_told_with_its_row(choices, expected):
    assert problems("type|name|label\nselect_one yn|a|A", choices) == [("choices", *expected)]


def test_lists_that_are_too_long_or_short_are_not_taken():
    for count in (1, 31):
        listed = "list_name|name|label\n" + "".join(f"l|n{place}|Odgovor {place}\n" for place in range(count))
        assert problems("type|name|label\nselect_one l|a|A", listed) == [("survey", 2, "type", "unsupported")]


def test_leaving_out_takes_the_rest_but_not_a_rule_that_needs_it():
    survey = "type|name|label|relevant\ntext|a|A\ngeopoint|g|Kje?\n"
    read, findings = form(survey, leave_out=True)
    assert [item.name for item in read.items] == ["a"]
    assert findings.problems == []
    assert problems(survey + "text|b|B|${g} != ''\n", leave_out=True) == [("survey", 4, "relevant", "unsupported")]


def test_rows_that_are_disabled_and_metadata_are_passed_over():
    read, findings = form("type|name|label|disabled\nstart|start\ntext|a|A|yes\ntext|b|B\n")
    assert [item.name for item in read.items] == ["b"]
    assert [(one.row, one.kind.value) for one in findings.warnings if one.sheet == "survey"] == [(2, "doubtful")]


def test_forms_speak_several_languages(tmp_path):
    survey = """
        type          | name | label::English (en) | label::Slovenščina (sl) | hint::Slovenščina (sl)
        select_one yn | a    | Do you?             | Ali?                    |
        text          | b    |                     | Kaj?                    | Na kratko.
    """
    choices = "list_name|name|label::Slovenščina (sl)|label::English (en)\nyn|yes|da|yes\nyn|no|ne|no"
    read, findings = form(survey, choices)
    assert [item.table["text"] for item in read.items] == ["Ali?", "Kaj?"]
    assert [(one.row, one.column) for one in findings.warnings if "prevedeno" in one.sentence] == [
        (3, "label::English (en)")
    ]
    programme = folder(read, findings, tmp_path).programmes["kraj-branje"]
    assert programme.languages == ("sl", "en")
    assert programme.questionnaires[0].translations["en"]["a.text"] == "Do you?"


def test_a_folder_of_everything_loads(tmp_path):
    survey = """
        type                | name   | label      | required | relevant                  | constraint
        note                | intro  | Pozdrav!   |          |                           |
        select_one ocena    | Ocena  | Kako?      | yes      |                           |
        integer             | n      | Koliko?    |          | ${Ocena} >= 2             | . >= 0 and . <= 9
        decimal             | d      | Koliko ur? |          | ${n} != ''                | . <= 24
        date                | kdaj   | Kdaj?      |          | not(${n} = 3) or ${d} > 1.5 | . >= date('2020-01-01')
        select_multiple dk  | kaj    | Kaj?       |          | ${kdaj} < date('2026-01-01') |
        text                | x      | Zakaj?     |          | selected(${kaj}, 'a') and ${Ocena} != '3' |
    """
    read, findings = form(survey, options="form_title\nBranje")
    assert findings.problems == []
    loaded = folder(read, findings, tmp_path)
    assert [str(one) for one in loaded.problems] == []
    (asked,) = loaded.programmes["kraj-branje"].questionnaires
    kinds = [Kind.NOTE, Kind.SCALE, Kind.NUMBER, Kind.NUMBER, Kind.DATE, Kind.MULTIPLE, Kind.TEXT]
    assert [item.kind for item in asked.items] == kinds
    assert asked.item("ocena").role == "primary"
    assert asked.title == "Branje"


# What a rule says in a definition is what it says in XForms: any rule that is taken, under any answers.

_ITEMS = {
    "n": RuleItem("n", Kind.NUMBER, {}),
    "one": RuleItem("one", Kind.CHOICE, {"a": 1, "b": 2, "c": 3}),
    "s": RuleItem("s", Kind.SCALE, {"1": 1, "2": 2, "3": 3}, numbered=True),
    "m": RuleItem("m", Kind.MULTIPLE, {"x": 1, "y": 2}),
    "t": RuleItem("t", Kind.TEXT, {}),
    "d": RuleItem("d", Kind.DATE, {}),
}
_COMPARISONS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
_SIMPLE = st.one_of(
    st.builds("${{n}} {} {}".format, _COMPARISONS, st.integers(-2, 3)),
    st.builds("{1} {0} ${{n}}".format, _COMPARISONS, st.integers(-2, 3)),
    st.builds("${{s}} {} {}".format, _COMPARISONS, st.integers(1, 3)),
    st.builds("${{one}} {} '{}'".format, st.sampled_from(["=", "!="]), st.sampled_from("abc")),
    st.builds("selected(${{one}}, '{}')".format, st.sampled_from("abc")),
    st.builds("selected(${{m}}, '{}')".format, st.sampled_from("xy")),
    st.builds("${{{}}} {} ''".format, st.sampled_from(sorted(_ITEMS)), st.sampled_from(["=", "!="])),
    st.builds("${{d}} {} date('2026-01-0{}')".format, _COMPARISONS, st.integers(1, 3)),
    st.sampled_from(["string-length(${t}) > 0", "count-selected(${m}) = 0", "count-selected(${m}) >= 1"]),
)
_RULES = st.recursive(
    _SIMPLE,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not({})".format, inner),
    ),
    max_leaves=6,
)
_ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "n": st.integers(-2, 3),
        "one": st.sampled_from("abc"),
        "s": st.sampled_from("123"),
        "m": st.sampled_from(["x", "y", "x y"]),
        "t": st.just("words"),
        "d": st.integers(1, 3).map(lambda day: date(2026, 1, day)),
    },
)


def as_stored(name, answer):
    item = _ITEMS[name]
    match item.kind:
        case Kind.MULTIPLE:
            return sum(1 << item.codes[one] for one in answer.split())
        case Kind.TEXT:
            return 1
        case Kind.DATE:
            return (answer - date(1970, 1, 1)).days
    return item.codes.get(answer, answer)


@settings(max_examples=400, deadline=None)
@given(_RULES, _ANSWERS)
def test_any_rule_that_is_taken_holds_when_it_holds_in_xforms(text, answers):
    expression = parse(text)
    rule = tomllib.loads(f"when = {value_text(when(expression, _ITEMS))}")["when"]
    findings = []
    condition = read_condition(rule, SourcePlace(SourceText(None, {}, "")), findings)
    assert findings == []
    typed = {name: float(value) if isinstance(value, int) else value for name, value in answers.items()}
    theirs = to_boolean(evaluate(expression, ExpressionContext(date(2026, 12, 3), typed)))
    assert holds(condition, {name: as_stored(name, answer) for name, answer in answers.items()}) is theirs


@pytest.mark.parametrize(
    "text", ["${n}", "${n} > ${s}", "${m} = 'x'", "${one} > 2", "true()", "${n} + 1 > 2", "${d} > 5"]
)
def test_what_a_when_rule_cannot_say_is_not_said_otherwise(text):
    with pytest.raises(UntoldError):
        when(parse(text), _ITEMS)


# pyxform, which compiles forms for ODK: what we take it takes, and what it refuses we refuse.


def by_pyxform(survey, choices=CHOICES):
    """Whether pyxform takes a form."""

    def cells(table):
        (_, head), *rows = rows_of(table)
        return [dict(zip(head, row, strict=False)) for _, row in rows]

    tables = {"survey": cells(survey), "choices": cells(choices), "settings": [{"form_id": "form", "name": "form"}]}
    filled = {name: [{key: cell for key, cell in row.items() if cell} for row in rows] for name, rows in tables.items()}
    heads = {f"{name}_header": [dict.fromkeys(key for row in rows for key in row)] for name, rows in filled.items()}
    try:
        convert({**filled, **heads}, validate=False)
    except PyXFormError:
        return False
    return True


_TYPES = st.sampled_from(
    ["text", "integer", "decimal", "date", "note", "select_one yn", "select_multiple dk", "select_one ocena", "range",
     "acknowledge", "select_one nolist", "geopoint", "textt", "begin_group", "end_group", "calculate", "start", ""]
)  # fmt: skip
_NAMES = st.sampled_from(["a", "b", "c", "d", "a b", "", "Ime", "č", "1x", "x.y"])
_ROW = st.tuples(
    _TYPES,
    _NAMES,
    st.sampled_from(["Kaj?", "Kako ste?", ""]),
    st.sampled_from(["", "", "${a} = 'yes'", "${b} > 3", "${zz} = 1", "${a", "selected(${c}, 'a')", "‘a’"]),
    st.sampled_from(["", "", "yes", "no", "true()"]),
    st.sampled_from(["", "", ". > 3", ". <= 5 and . >= 1", ". >"]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_ROW, min_size=1, max_size=7))
def test_any_form_that_we_take_pyxform_takes_and_any_other_has_a_reason(rows):
    survey = "type|name|label|relevant|required|constraint\n" + "\n".join("|".join(row) for row in rows)
    if not survey.partition("\n")[2].replace("|", "").strip():
        return
    read, findings = form(survey)
    assert all(one.sentence[-1] in ".?)" and one.row >= 0 for one in (*findings.problems, *findings.warnings))
    if findings.problems:
        assert all(one.row for one in findings.problems)
    else:
        assert by_pyxform(survey), findings
        files_of([read], DETAILS, findings)
