"""The codebook for archives is valid DDI-Codebook 2.6 and says what each variable means."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree
from plugins.exporting import made

from storage.answers import definitions
from surveys.model import NonAnswer

SCHEMA = "DDI_SCHEMA"
DDI = {"d": "ddi:codebook:2_6"}


@pytest.fixture(scope="session")
def schema():
    """The official schema, which is no part of the project; continuous integration must have it."""
    folder = os.environ.get(SCHEMA)
    if not folder:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say(f"{SCHEMA} does not name the folder of the DDI-Codebook 2.6 schema")
    return etree.XMLSchema(etree.parse(Path(folder) / "codebook.xsd"))


def problems(schema, data):
    schema.validate(etree.fromstring(data).getroottree())
    return [f"{error.line}: {error.message}" for error in schema.error_log]


def variable(data, name):
    return etree.fromstring(data).xpath(f"//d:var[@name='{name}']", namespaces=DDI)[0]


def said(node, path):
    return [found if isinstance(found, str) else found.text for found in node.xpath(path, namespaces=DDI)]


@pytest.mark.parametrize("form", ["csv", "xlsx", "sav"])
def test_every_shipped_programme_is_valid_with_and_without_people(schema, new_group, programmes, form):
    for slug in programmes:
        group = new_group(slug)
        assert problems(schema, made(group, form, texts=True)["ddi.xml"]) == []
        group.answers(group.enrols(), "before", primary=NonAnswer.DONT_KNOW)
        assert problems(schema, made(group, form)["ddi.xml"]) == []


def test_odd_words_in_a_definition_do_not_break_the_file(schema, new_group):
    group = new_group()
    questionnaire = group.programme.questionnaires[0]
    item = questionnaire.items[0].model_copy(update={"text": "Ali je <5 & \x02»6«?"})
    odd = questionnaire.model_copy(update={"items": (item, *questionnaire.items[1:])})
    group.programme = group.programme.model_copy(update={"questionnaires": (odd, *group.programme.questionnaires[1:])})
    data = made(group, "csv")["ddi.xml"]
    assert problems(schema, data) == []
    places = {place.text for place in etree.fromstring(data).iterfind(".//{*}qstnLit")}
    assert "Ali je <5 & »6«?" in places


def test_the_study_names_its_library_dates_and_waves(new_group):
    group = new_group("brezice-racunalnik")
    group.answers(group.enrols(), "before", primary=3)
    group.answers(group.enrols(), "after", primary=3)
    study = etree.fromstring(made(group, "csv")["ddi.xml"]).find("{*}stdyDscr")
    assert said(study, ".//d:titl") == ["Knjižnice povezujejo: Migam z računalnikom"]
    assert said(study, ".//d:producer") == ["Knjižnica Brežice"]
    assert said(study, ".//d:timePrd/@date") == ["2026-08-03", "2026-08-28"]
    assert said(study, ".//d:collDate/@date") == ["2026-08-03", "2026-08-29"]
    assert said(study, ".//d:timeMeth") == [
        "Ponovljena merjenja istih oseb: izhodišče (t0), zaključek (t1), spremljanje (t2)."
    ]


def test_a_variable_has_its_question_answers_and_missing_values(new_group):
    data = made(new_group("brezice-racunalnik"), "sav")["ddi.xml"]
    found = variable(data, "primary_t1")
    assert dict(found.attrib) == {
        "ID": "F1_primary_t1",
        "name": "primary_t1",
        "files": "F1",
        "intrvl": "discrete",
        "nature": "ordinal",
        "representationType": "code",
    }
    assert said(found, "d:qstn/d:qstnLit") == ["Kako vam gre delo z računalnikom?"]
    assert said(found, "d:catgry[@missing='Y']/d:catValu") == ["-99", "-98", "-97", "-96", "-95"]
    assert said(found, "d:catgry[not(@missing)]/d:labl") == [
        "ne gre",
        "zelo težko",
        "z nekaj pomoči",
        "precej dobro",
        "brez težav",
    ]
    assert said(found, "d:concept") == ["delo z računalnikom"]
    days = variable(data, "computer_days_t0")
    assert [dict(one.attrib) for one in days.iterfind(".//{*}range")] == [
        {"UNITS": "INT", "min": "0", "max": "7"},
        {"UNITS": "INT", "min": "-99", "max": "-95"},
    ]
    assert said(variable(data, "purposes_t0_1"), "d:universe") == [
        "samo, kadar ne drži, da je pri »Koliko dni na teden uporabljate računalnik?« odgovor 0"
    ]


def test_every_file_is_described_with_its_columns(new_group):
    group = new_group("brezice-racunalnik")
    group.answers(group.enrols(), "before", primary=3)
    found = made(group, "csv")
    root = etree.fromstring(found["ddi.xml"])
    told = list(zip(said(root, ".//d:fileName"), said(root, ".//d:caseQnty"), said(root, ".//d:varQnty"), strict=True))
    heads = {
        name: data.decode("utf-8-sig").split("\r\n")[0].split(";") for name, data in found.items() if "csv" in name
    }
    wide, long = heads["siroko.csv"], heads["dolgo.csv"]
    assert told == [
        ("brezice-racunalnik-siroko.csv", "1", str(len(wide))),
        ("brezice-racunalnik-dolgo.csv", "1", str(len(long))),
    ]
    assert said(root, ".//d:var[@files='F1']/@name") == wide
    assert said(root, ".//d:var[@files='F2']/@name") == long


def test_versions_of_a_question_stand_beside_it(new_group, memory):
    group = new_group("brezice-racunalnik")
    now = group.programme.questionnaires[0]
    older = now.items[0].model_copy(update={"text": "Kako znate uporabljati računalnik?"})
    old = now.model_copy(update={"items": (older, *now.items[1:])})
    definitions.store_version(memory, old, group.programme, datetime(2026, 1, 1, tzinfo=UTC) - timedelta(days=300))
    notes = said(variable(made(group, "sav")["ddi.xml"], "primary_t0"), "d:notes")
    assert notes == [
        f"program brezice-racunalnik, vprašalnik before, različica {old.hash[:12]}",
        f"program brezice-racunalnik, vprašalnik before, različica {now.hash[:12]}",
        f"Različica {old.hash[:12]} sprašuje: »Kako znate uporabljati računalnik?«",
    ]
