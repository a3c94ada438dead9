"""A sound folder loads; each way of breaking it is said with file, line and a sentence."""

import re
import tomllib
from pathlib import Path

import pytest

from surveys.conditions import Compare
from surveys.findings import Severity
from surveys.load import load
from surveys.model import Item

SHARED = """\
[lists]
five = [
  { code = 1, label = "nikoli" },
  { code = 2, label = "redko" },
  { code = 3, label = "pogosto" },
]

[[items]]
id = "problem_solving"
kind = "scale"
text = "Kako pogosto vam uspe?"
choices = "five"
role = "core"

[[items]]
id = "belonging"
kind = "scale"
text = "Kako pogosto ste doma?"
choices = "five"
role = "core"

[[items]]
id = "loneliness"
kind = "scale"
text = "Kako pogosto je tiho?"
choices = "five"
reverse = true
role = "core"

[[items]]
id = "life_satisfaction"
kind = "scale"
text = "Kako pogosto je lepo?"
choices = "five"
role = "core"
"""

PROGRAMME = """\
slug = "kraj-branje"
name = "Branje"
library = "Knjižnica Kraj"
code = "KRA"
group = "Srečanja"

[[waves]]
id = "before"
name = "izhodišče"
anchor = "start"
offset = "0d"
questionnaire = "before"

[[waves]]
id = "after"
name = "zaključek"
anchor = "end"
offset = "0d"
questionnaire = "after"

[lists]
mood = [
  { code = 1, label = "slabo", emoji = "🙁" },
  { code = 2, label = "dobro", emoji = "🙂" },
]
"""

BEFORE = """\
id = "before"
title = "Vprašalnik"

[[items]]
id = "primary"
kind = "scale"
text = "Kako vam gre?"
choices = "five"
role = "primary"

[[items]]
id = "mood"
kind = "faces"
text = "Kakšno je razpoloženje?"
choices = "mood"

[[items]]
id = "where"
kind = "multiple"
text = "Kje berete?"
choices = [
  { code = 0, label = "doma" },
  { code = 1, label = "v knjižnici" },
]

[[items]]
id = "days"
kind = "number"
text = "Koliko dni?"
minimum = 0
maximum = 7
when = { all = [ { item = "where", is = "has", value = 1 }, { not = { item = "mood", is = "eq", value = 1 } } ] }

[[items]]
id = "words"
kind = "text"
text = "Kaj je lepo?"
when = { any = [ { item = "days", is = "gt", value = 3 }, { item = "primary", is = "in", value = [ 2, 3 ] } ] }

[[items]]
id = "thanks"
kind = "note"
text = "Še malo."
when = { item = "words", is = "answered" }

[[items]]
use = "problem_solving"

[[items]]
use = "belonging"
when = { item = "days", is = "ge", value = 1 }

[[items]]
use = "loneliness"

[[items]]
use = "life_satisfaction"
"""

AFTER = BEFORE.replace('"before"', '"after"')

ENGLISH = """\
[texts]
"Srečanja" = "Meetings"
"Vprašalnik" = "Questions"
"Kako vam gre?" = "How are you doing?"
"redko" = "seldom"
"Kakšno je razpoloženje?" = "What is your mood?"
"slabo" = "bad"
"dobro" = "good"
"Kje berete?" = "Where do you read?"
"doma" = "at home"
"v knjižnici" = "in the library"
"Koliko dni?" = "How many days?"
"Kaj je lepo?" = "What is nice?"

[items.loneliness]
"pogosto" = "frequently"
"""

SHARED_ENGLISH = """\
[texts]
"nikoli" = "never"
"redko" = "rarely"
"pogosto" = "often"
"Kako pogosto vam uspe?" = "How often do you succeed?"
"Kako pogosto ste doma?" = "How often are you at home?"
"Kako pogosto je tiho?" = "How often is it quiet?"
"Kako pogosto je lepo?" = "How often is it nice?"
"Še malo." = "A little more."
"""

BREAKS = tomllib.loads((Path(__file__).parent / "breaks.toml").read_text(encoding="utf-8"))["breaks"]

FILES = {
    "shared.toml": SHARED,
    "kraj-branje/programme.toml": PROGRAMME,
    "kraj-branje/before.toml": BEFORE,
    "kraj-branje/after.toml": AFTER,
    "shared.en.toml": SHARED_ENGLISH,
    "kraj-branje/en.toml": ENGLISH,
}


def lay(folder, files):
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def told(folder, loaded):
    return [(str(one.file.relative_to(folder)), one.line, one.sentence) for one in loaded.problems]


def line_of(content, words):
    return content[: content.index(words)].count("\n") + 1


def test_a_sound_folder_loads_whole(tmp_path):
    loaded = load([lay(tmp_path, FILES)])
    assert loaded.problems == ()
    (programme,) = loaded.programmes.values()
    assert (programme.slug, [wave.id for wave in programme.waves]) == ("kraj-branje", ["before", "after"])
    first = programme.questionnaire(programme.waves[0])
    assert [item.id for item in first.items] == [
        "primary",
        "mood",
        "where",
        "days",
        "words",
        "thanks",
        "problem_solving",
        "belonging",
        "loneliness",
        "life_satisfaction",
    ]
    assert [choice.label for choice in first.items[0].choices] == ["nikoli", "redko", "pogosto"]
    assert first.item("belonging").when == Compare(item="days", is_="ge", value=1)
    assert loaded.drafts["kraj-branje", "before"].questionnaire == first
    assert loaded.places["kraj-branje"].source.file == tmp_path / "kraj-branje" / "programme.toml"


@pytest.mark.parametrize("broken", BREAKS, ids=lambda broken: broken["name"])
def test_each_way_of_breaking_a_folder_is_said_with_file_line_and_sentence(tmp_path, broken):
    names = {"shared": "shared.toml", "shared.en": "shared.en.toml"}
    file = names.get(broken["file"], f"kraj-branje/{broken['file']}.toml")
    old = broken.get("old", FILES[file])
    assert old in FILES[file]
    files = {**FILES, file: FILES[file].replace(old, broken["new"], 1)}
    loaded = load([lay(tmp_path, files)])
    where = f"kraj-branje/{broken['told_in']}.toml" if "told_in" in broken else file
    expected = (where, line_of(files[where], broken["at"]), broken["sentence"])
    assert [one for one in told(tmp_path, loaded) if one == expected or not broken.get("others")] == [expected]
    assert loaded.programmes == {}
    assert {one.severity for one in loaded.problems} == {Severity.ERROR}


def test_a_question_may_be_asked_in_other_words_where_the_definition_says_so(tmp_path):
    said = AFTER.replace('text = "Koliko dni?"', 'text = "Koliko dni je bilo lepo?"\nreworded = true')
    english = ENGLISH.replace('"Koliko dni?"', '"Koliko dni je bilo lepo?" = "How many nice days?"\n"Koliko dni?"')
    loaded = load([lay(tmp_path, {**FILES, "kraj-branje/after.toml": said, "kraj-branje/en.toml": english})])
    assert told(tmp_path, loaded) == []
    assert len(loaded.programmes) == 1


def test_all_problems_of_all_files_come_at_once_in_order(tmp_path):
    files = {
        **FILES,
        "kraj-branje/before.toml": BEFORE.replace('"faces"', '"face"').replace('"mood"\nkind', '"Mood"\nkind'),
        "kraj-branje/after.toml": AFTER.replace("maximum = 7", "maximum = -1").replace("text =", "txt =", 1),
        "shared.toml": SHARED + "[more]\n",
    }
    loaded = load([lay(tmp_path, files)])
    assert [(file, line) for file, line, _ in told(tmp_path, loaded)] == [
        ("kraj-branje/after.toml", 4),
        ("kraj-branje/after.toml", 7),
        ("kraj-branje/after.toml", 30),
        ("kraj-branje/before.toml", 12),
        ("kraj-branje/before.toml", 13),
        ("shared.toml", 36),
    ]


def test_an_unknown_key_of_a_shared_file_is_named(tmp_path):
    files = {**FILES, "shared.toml": "version = 1\n" + SHARED}
    assert told(tmp_path, load([lay(tmp_path, files)])) == [
        ("shared.toml", 1, '"version" is not known here; known here: better, items, lists')
    ]


def test_a_file_of_another_encoding_is_named(tmp_path):
    files = {**FILES, "kraj-branje/before.toml": BEFORE.encode("cp1250")}
    assert told(tmp_path, load([lay(tmp_path, files)])) == [
        ("kraj-branje/before.toml", 2, "this line is not UTF-8; save the file with the encoding UTF-8")
    ]


def test_a_questionnaire_that_no_wave_uses_is_named(tmp_path):
    files = {**FILES, "kraj-branje/later.toml": BEFORE.replace('"before"', '"later"')}
    assert told(tmp_path, load([lay(tmp_path, files)])) == [
        ("kraj-branje/later.toml", 1, "no wave uses this questionnaire; name it in a wave, or remove it")
    ]


def test_a_questionnaire_that_asks_nothing_is_named(tmp_path):
    note = 'id = "later"\ntitle = "Hvala"\n[[items]]\nid = "note"\nkind = "note"\ntext = "Hvala."\n'
    wave = PROGRAMME.replace('questionnaire = "after"', 'questionnaire = "later"')
    files = {**FILES, "kraj-branje/later.toml": note, "kraj-branje/programme.toml": wave}
    assert ("kraj-branje/later.toml", 1, "this questionnaire asks nothing; add an item that is no note") in told(
        tmp_path, load([lay(tmp_path, files)])
    )


def test_folders_that_hold_nothing_are_named(tmp_path):
    empty, missing = tmp_path / "empty", tmp_path / "missing"
    empty.mkdir()
    lay(tmp_path / "some", {**FILES, "kraj-pisanje/before.toml": BEFORE, "stray.toml": "", ".git/config": ""})
    assert told(tmp_path, load([empty, missing, tmp_path / "some"])) == [
        ("empty", None, "this folder is empty: a programme is a folder in it with a programme.toml; add one"),
        ("missing", None, "there is no such folder; correct its name in the configuration"),
        ("some/kraj-pisanje", None, "this folder has no programme.toml; add one, or remove the folder"),
        ("some/stray.toml", None, "this file is in no programme's folder; move it into one"),
    ]


def test_behind_an_unreadable_file_of_names_no_name_is_complained_of(tmp_path):
    broken = "this is not TOML: invalid value; look for a missing quote, bracket or equals sign"
    shared = lay(tmp_path / "shared", {**FILES, "shared.toml": "lists = "})
    assert told(shared, load([shared])) == [("shared.toml", 1, broken)]
    programme = lay(tmp_path / "programme", {**FILES, "kraj-branje/programme.toml": "slug = "})
    assert told(programme, load([programme])) == [("kraj-branje/programme.toml", 1, broken)]


def test_a_broken_list_is_named_once_and_spoils_whatever_uses_it(tmp_path):
    files = {**FILES, "shared.toml": SHARED.replace("code = 2", "code = 1")}
    loaded = load([lay(tmp_path, files)])
    assert told(tmp_path, loaded) == [("shared.toml", 4, 'the code 1 is taken by "nikoli"; give another')]
    assert loaded.programmes == {}


def test_a_shared_item_that_is_no_table_or_uses_another_is_named(tmp_path):
    lists = SHARED[: SHARED.index("[[items]]")]
    used = SHARED + '\n[[items]]\nuse = "loneliness"\n'
    loaded = load([lay(tmp_path / "used", {**FILES, "shared.toml": used})])
    assert told(tmp_path, loaded)[-1] == (
        "used/shared.toml",
        38,
        f'"use" is not known here; known here: {", ".join(sorted(Item.model_fields))}',
    )
    loaded = load([lay(tmp_path / "table", {**FILES, "shared.toml": f"items = [ 1 ]\n{lists}"})])
    assert told(tmp_path, loaded)[-1] == ("table/shared.toml", 1, 'each of "items" must be a table: { … }')


def test_a_shared_file_may_hold_lists_alone(tmp_path):
    child = PROGRAMME.replace("[[waves]]", "answered_for_child = true\n\n[[waves]]", 1)
    core = BEFORE.index('[[items]]\nuse = "problem_solving"')
    files = {
        "shared.toml": SHARED[: SHARED.index("[[items]]")],
        "kraj-branje/programme.toml": child,
        "kraj-branje/before.toml": BEFORE[:core],
        "kraj-branje/after.toml": AFTER[: core - 1],
    }
    loaded = load([lay(tmp_path, files)])
    assert loaded.problems == ()
    assert loaded.programmes["kraj-branje"].answered_for_child is True


def test_a_programme_has_one_primary_item(tmp_path):
    none = {name: content.replace('role = "primary"\n', "") for name, content in FILES.items()}
    two = {
        name: content.replace('text = "Koliko dni?"', 'text = "?"\nrole = "primary"') for name, content in FILES.items()
    }
    assert told(tmp_path, load([lay(tmp_path / "none", none)])) == [
        (
            "none/kraj-branje/programme.toml",
            1,
            (
                'no wave asks an item with the role "primary", which the national result needs; '
                "name one, the main result, or set pooled = false"
            ),
        )
    ]
    assert told(tmp_path, load([lay(tmp_path / "two", two)])) == [
        (
            "two/kraj-branje/programme.toml",
            1,
            'days, primary all have the role "primary"; only one item may be the main result',
        )
    ]


def test_another_audience_needs_neither_core_nor_primary_item(tmp_path):
    own = 'id = "helped"\ntitle = "Vprašalnik"\n[[items]]\nid = "glad"\nkind = "text"\ntext = "Kaj je lepo?"\n'
    wave = PROGRAMME.replace(
        "[lists]",
        '[[waves]]\nid = "helped"\nname = "zaključek"\nanchor = "end"\noffset = "0d"\nquestionnaire = "helped"\n'
        'audience = "volunteers"\n\n[lists]',
    )
    files = {**FILES, "kraj-branje/helped.toml": own, "kraj-branje/programme.toml": wave}
    assert load([lay(tmp_path, files)]).problems == ()


def test_a_later_folder_uses_and_adds_to_what_is_shared(tmp_path):
    lay(tmp_path / "ours", FILES)
    programme = PROGRAMME.replace("kraj-branje", "trg-branje").replace("KRA", "TRG").replace("Knjižnica Kraj", "Trg")
    lay(
        tmp_path / "theirs",
        {
            "shared.toml": '[lists]\nmoods = [ { code = 1, label = "a" }, { code = 2, label = "b" } ]\n',
            "trg-branje/programme.toml": programme,
            "trg-branje/before.toml": BEFORE,
            "trg-branje/after.toml": AFTER,
        },
    )
    loaded = load([tmp_path / "ours", tmp_path / "theirs"])
    assert loaded.problems == ()
    assert list(loaded.programmes) == ["kraj-branje", "trg-branje"]


def test_a_later_folder_takes_nothing_that_is_taken(tmp_path):
    lay(tmp_path / "ours", FILES)
    lay(tmp_path / "theirs", {**FILES, "kraj-pisanje/before.toml": BEFORE, "kraj-pisanje/after.toml": AFTER})
    other = PROGRAMME.replace("kraj-branje", "kraj-pisanje").replace("Knjižnica Kraj", "Knjižnica Trg")
    lay(tmp_path / "theirs", {"kraj-pisanje/programme.toml": other})
    loaded = load([tmp_path / "ours", tmp_path / "theirs"])
    file = tmp_path / "ours" / "kraj-branje" / "programme.toml"
    assert told(tmp_path, loaded) == [
        ("theirs/kraj-branje/programme.toml", 1, f'the programme "kraj-branje" is defined in {file}; rename this one'),
        (
            "theirs/kraj-pisanje/programme.toml",
            4,
            'the code KRA belongs to "Knjižnica Kraj"; choose other letters for another library',
        ),
        ("theirs/shared.toml", 2, 'the list "five" is shared by an earlier folder; choose another name'),
        *(
            (
                "theirs/shared.toml",
                line_of(SHARED, f'id = "{item}"'),
                f'the item "{item}" is shared already; choose another name',
            )
            for item in ("problem_solving", "belonging", "loneliness", "life_satisfaction")
        ),
    ]
    assert list(loaded.programmes) == ["kraj-branje"]
    assert loaded.places["kraj-branje"].source.file == file


@pytest.mark.parametrize("value", ["1", '"x"', "true", "[]", "{}", "[{}]", "1979-05-27"])
@pytest.mark.parametrize("name", ["shared.toml", "kraj-branje/programme.toml", "kraj-branje/before.toml"])
def test_any_value_in_any_place_is_loaded_or_refused_with_a_sentence(tmp_path, name, value):
    folder = lay(tmp_path, FILES)
    lines = FILES[name].splitlines()
    for place, line in enumerate(lines):
        key, equals, _ = line.partition(" = ")
        if equals and not key.startswith(" "):
            lay(folder, {name: "\n".join([*lines[:place], f"{key} = {value}", *lines[place + 1 :]])})
            problems = load([folder]).problems
            assert [one for one in problems if not re.fullmatch(SENTENCE, one.sentence, re.DOTALL)] == []


SENTENCE = r'["a-z0-9].*([;:,]|must|is no) .*'  # what is wrong, and what to do


SAID = '[improvement]\nprimary = "jim gre bolje"\n\n[better]\nloneliness = "več družbe"\n\n[lists]'


def test_what_reports_say_of_an_item_is_read_and_no_part_of_the_questionnaire(tmp_path):
    shared = SHARED + '\n[better]\nloneliness = "manj tišine"\n'
    own = {**FILES, "shared.toml": shared, "kraj-branje/programme.toml": PROGRAMME.replace("[lists]", SAID)}
    (bare,), (shared_only,), (whole,) = (
        load([lay(tmp_path / name, files)]).programmes.values()
        for name, files in (("a", FILES), ("b", {**FILES, "shared.toml": shared}), ("c", own))
    )

    assert (bare.improvement, bare.better) == ({}, {})
    assert (shared_only.improvement, shared_only.better) == ({}, {"loneliness": "manj tišine"})
    assert (whole.improvement, whole.better) == ({"primary": "jim gre bolje"}, {"loneliness": "več družbe"})
    assert [one.hash for one in whole.questionnaires] == [one.hash for one in bare.questionnaires]
