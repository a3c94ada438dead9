"""What an author calls questions and options stands in the data, beside codes that never move."""

import csv
import io

import pyreadstat
import pytest
from plugins.authored import asking
from plugins.exporting import made, types
from plugins.respondents import grouper

from tests.bot.participant.test_authored_questions import SECTIONS
from tests.reports.export.test_ddi import problems, said, schema, variable  # noqa: F401 - a fixture

ITEMS = """
[[items]]
id = "visits"
name = "ObiskiKnjižnice"
kind = "choice"
text = "Kje ste nas našli?"
choices = [
  { code = 101, label = "na spletu", name = "splet" },
  { code = 7, label = "drugje", name = "-88" },
  { code = 102, label = "doma" },
]

[[items]]
id = "topics"
name = "Teme.2026"
kind = "multiple"
text = "Kaj vas zanima?"
choices = [{ code = 1, label = "branje", name = "branje" }, { code = 0, label = "pogovor" }]

[[items]]
id = "words"
name = "Besede"
kind = "text"
text = "Kaj je lepo?"
"""


@pytest.fixture
def group(memory, programmes, tmp_path):
    """Somebody who answered all of it."""
    slug = "brezice-racunalnik"
    added = grouper(memory, {slug: asking(programmes[slug], tmp_path, ITEMS)})(slug)
    one = added.enrols()
    added.answers(one, "before", primary=1, visits=7, topics=0b10)
    types(added, one, "before", "words", "Vse")
    return added


def test_tables_name_columns_as_the_author_does(group):
    found = made(group, "csv", plain=True)
    (wide,) = csv.DictReader(io.StringIO(found["siroko.csv"].decode()))
    assert {name: wide[name] for name in wide if "_t0" in name and "answered" not in name} == {
        "mode_t0": "self",
        "channel_t0": "",
        "primary_t0": "1",
        "ObiskiKnjižnice_t0": "7",
        "Teme.2026_t0_0": "0",
        "Teme.2026_t0_1": "1",
        "Besede_t0": "1",
    }
    long = list(csv.DictReader(io.StringIO(found["dolgo.csv"].decode())))
    assert [(row["item"], row["value"]) for row in long] == [
        ("primary", "1"),
        ("ObiskiKnjižnice", "7"),
        ("Teme.2026", "2"),
        ("Besede", ""),
    ]


def test_spss_is_given_ids_where_it_does_not_take_a_name(group, tmp_path):
    found = made(group, "sav")
    path = tmp_path / "data.sav"
    path.write_bytes(found["sav"] if "sav" in found else found[".sav"])
    frame, meta = pyreadstat.read_sav(path)
    assert {"primary_t0", "visits_t0", "Teme.2026_t0_0", "Teme.2026_t0_1", "Besede_t0"} <= set(frame.columns)
    assert frame["visits_t0"].tolist() == [7]
    assert meta.variable_value_labels["visits_t0"][101] == "na spletu"
    codebook = found["sifrant.md"].decode()
    assert "### `visits_t0`" in codebook
    assert "V vprašalniku ima ime ObiskiKnjižnice." in codebook


def test_codebooks_tell_what_the_author_calls_an_option(group, schema):  # noqa: F811
    found = made(group, "csv")
    assert "7 = drugje \\[-88\\]; 101 = na spletu \\[splet\\]; 102 = doma" in found["sifrant.md"].decode()
    assert "Možnost ima v vprašalniku ime branje." in found["sifrant.md"].decode()
    data = found["ddi.xml"]
    assert problems(schema, data) == []
    assert said(variable(data, "ObiskiKnjižnice_t0"), "d:catgry/d:txt") == ["-88", "splet"]


def test_the_codebook_tells_sections_limits_and_words_beside_options(memory, programmes, tmp_path, schema):  # noqa: F811
    slug = "brezice-racunalnik"
    added = grouper(memory, {slug: asking(programmes[slug], tmp_path, SECTIONS)})(slug)
    one = added.enrols()
    added.answers(one, "before", primary=2, topics=0b1001, days=3)
    types(added, one, "before", "topics_other", "Zemljevide")
    found = made(added, "csv", plain=True, texts=True)
    (row,) = csv.DictReader(io.StringIO(found["siroko.csv"].decode()))
    assert [row[f"topics_t0_{code}"] for code in range(5)] == ["1", "0", "0", "1", "0"]
    assert (row["topics_other_t0"], row["topics_other_t0_text"]) == ("1", "Zemljevide")
    codebook = found["sifrant.md"].decode()
    assert "V razdelku »O branju«. Najmanj možnosti: 2. Največ možnosti: 2. »nič od tega« izključuje druge" in codebook
    entry = codebook.partition("### `days_t0`")[2].partition("###")[0]
    assert "»Kako vam gre?«" in entry
    assert "»dobro«" in entry
    assert problems(schema, found["ddi.xml"]) == []
