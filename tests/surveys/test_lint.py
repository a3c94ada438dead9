"""Wording that is hard to read, unfair, or unfit for a lock screen is advised against."""

import pytest

from surveys.findings import Severity
from surveys.lint import lint
from surveys.load import load

PROGRAMME = """\
slug = "kraj-branje"
name = "Branje za brezposelne"
library = "Knjižnica Kraj"
code = "KRA"
group = "GROUP"
address = "ADDRESS"
easy = EASY
pooled = false
[[waves]]
id = "before"
name = "izhodišče"
anchor = "start"
offset = "0d"
questionnaire = "before"
"""

BEFORE = """\
id = "before"
title = "TITLE"
intro = "INTRO"
thanks = "Hvala."
[[items]]
id = "note"
kind = "note"
text = "NOTE"
[[items]]
id = "primary"
kind = "scale"
role = "primary"
text = "TEXT"
hint = "HINT"
choices = [
  { code = 1, label = "LABEL" },
  { code = 2, label = "dobro" },
]
"""

SOUND = {
    "GROUP": "Srečanja",
    "ADDRESS": "vi",
    "EASY": "false",
    "TITLE": "Vprašalnik",
    "INTRO": "Dober dan.",
    "NOTE": "Zdaj še malo.",
    "TEXT": "Kako vam gre?",
    "HINT": "Na primer doma.",
    "LABEL": "slabo",
}
LINES = {"GROUP": 5, "TITLE": 2, "INTRO": 3, "NOTE": 8, "TEXT": 13, "HINT": 14, "LABEL": 16}


def advice(tmp_path, words):
    programme, before = PROGRAMME, BEFORE
    for name, sound in SOUND.items():
        programme = (
            programme.replace(f"{name}", words.get(name, sound)) if name in {"GROUP", "ADDRESS", "EASY"} else programme
        )
        before = before.replace(f'"{name}"', f'"{words.get(name, sound)}"')
    folder = tmp_path / "kraj-branje"
    folder.mkdir()
    (folder / "programme.toml").write_text(programme, encoding="utf-8")
    (folder / "before.toml").write_text(before, encoding="utf-8")
    loaded = load([tmp_path])
    assert loaded.problems == ()
    return lint(loaded)


def said(findings):
    return [(one.file.name, one.line, one.sentence, one.severity) for one in findings]


def test_sound_wording_gets_no_advice(tmp_path):
    assert advice(tmp_path, {}) == ()


ADVICE = [
    (
        "TEXT",
        "Kolikšen delež, na primer 35 %, je to?",
        '"%" speaks of percentages; say it with whole numbers, »7 od 10«',
    ),
    ("HINT", "Koliko odstotkov?", '"odstotkov" speaks of percentages; say it with whole numbers, »7 od 10«'),
    ("HINT", "Npr. doma.", None),
    ("HINT", "Doma, npr. zvečer.", '"npr." is an abbreviation; write it out'),
    (
        "INTRO",
        "Dovolj bodo 3 minute.",
        '"3 minute" is counted from the questions and said by the bot and on paper; leave it out',
    ),
    ("INTRO", "Obiščite CSD.", '"CSD" is an abbreviation; write it out'),
    ("LABEL", "dva ali več ur", '"dva" is a number in words; write digits'),
    ("TEXT", "Kaj vam da trinajst dni?", '"trinajst" is a number in words; write digits'),
    ("NOTE", "Sledi še petdeset vprašanj.", '"petdeset" is a number in words; write digits'),
    ("LABEL", "zadovoljen/-na", '"n/-na" splits a word by gender; use a noun or the present tense'),
    ("LABEL", "vesel/a", '"l/a" splits a word by gender; use a noun or the present tense'),
    ("LABEL", "vesel_a", '"l_a" splits a word by gender; use a noun or the present tense'),
    ("LABEL", "vesel(a)", '"l(a)" splits a word by gender; use a noun or the present tense'),
    ("TEXT", "Ali ste prišel-a radi?", '"l-a" splits a word by gender; use a noun or the present tense'),
    ("LABEL", "da/ne", None),
    ("LABEL", "e-pošta", None),
    ("LABEL", "se ne strinjam", '"strinjam" makes a scale of agreement; name what is asked in the options'),
    ("LABEL", "povsem drži", '"drzi" makes a scale of agreement; name what is asked in the options'),
    ("TEXT", "Ali se strinjate?", None),
    (
        "TITLE",
        "Vprašalnik za brezposelne",
        '"brezposelne" may stand on a lock screen and reveals something; stay neutral',
    ),
    ("INTRO", "Pomoč romskim otrokom.", '"romskim" may stand on a lock screen and reveals something; stay neutral'),
    ("GROUP", "Srečanja pri romanih", None),
    ("GROUP", "Tečaj za tujce", '"tujce" may stand on a lock screen and reveals something; stay neutral'),
    ("TEXT", "Ali so ovire na poti?", None),
    ("LABEL", "🙂", '"🙂" has no words; a screen reader needs them, so add some'),
    ("TEXT", "Ali ni nemogoče?", '"Ali ni nemogoče?" negates twice; say it positively'),
    ("TEXT", "Ali ne gre? Ali ni časa?", None),
    ("NOTE", "Nič ni narobe, brez skrbi.", '"Nič ni narobe, brez skrbi." negates twice; say it positively'),
    ("TEXT", "Kako ti gre tvoje branje?", '"tvoje" is tikanje, but the address of this programme is "vi"'),
    ("TEXT", "Kako bereš?", '"bereš" is tikanje, but the address of this programme is "vi"'),
    ("TEXT", "Kako gre naš pogovor?", None),
    ("INTRO", "Za otroka: kaj bereš?", None),
    ("TEXT", " ".join(["beseda"] * 20) + "?", None),
    ("TEXT", " ".join(["beseda"] * 21) + "?", "the question has 21 words; shorten it to at most 20"),
    ("NOTE", " ".join(["beseda"] * 30) + ".", None),
]


@pytest.mark.parametrize(("name", "words", "sentence"), ADVICE, ids=[words for _, words, _ in ADVICE])
def test_advice_names_the_line_and_the_words(tmp_path, name, words, sentence):
    file = "programme.toml" if name == "GROUP" else "before.toml"
    expected = [] if sentence is None else [(file, LINES[name], sentence, Severity.WARNING)]
    assert said(advice(tmp_path, {name: words})) == expected


@pytest.mark.parametrize(
    ("number", "expected"), [(12, []), (13, ["the question has 13 words; shorten it to at most 12"])]
)
def test_easy_reading_has_shorter_questions(tmp_path, number, expected):
    found = advice(tmp_path, {"EASY": "true", "TEXT": " ".join(["beseda"] * number) + "?"})
    assert [one.sentence for one in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kako ti gre branje?", []),
        ("Kako vam gre?", ['"vam" is vikanje, but the address of this programme is "ti"']),
        ("Kaj berete?", ['"berete" is vikanje, but the address of this programme is "ti"']),
        ("Povejte po svoje.", ['"povejte" is vikanje, but the address of this programme is "ti"']),
        ("Kaj je zate dober svet?", []),
    ],
)
def test_who_is_addressed_with_ti_is_not_addressed_with_vi(tmp_path, text, expected):
    found = advice(tmp_path, {"ADDRESS": "ti", "TEXT": text})
    assert [one.sentence for one in found] == expected


LISTS = {
    "0 otrok · 1 otrok · 2 otroka": (1, 2, 3),
    "nikoli · 1–2-krat na mesec · 1-krat na teden": (1, 2, 3),
    "0 · 1 · 2": (0, 1, 2),
    "15–29 · 30–44 · 45 ali več": (1, 2, 3),
    "še nič · nekaj besed · vse": (0, 1, 2),
}
CODE = '"{}" has the code {}, a number that says "{}"; give each option the code that its label says'
CONFLICTS = [
    ("0 otrok · 1 otrok · 2 otroka", [CODE.format("0 otrok", 1, "1 otrok"), CODE.format("1 otrok", 2, "2 otroka")]),
    (
        "nikoli · 1–2-krat na mesec · 1-krat na teden",
        [
            '"1–2-krat na mesec" and "1-krat na teden" both say 1; let each number mean one option',
            CODE.format("nikoli", 1, "1-krat na teden"),
            CODE.format("nikoli", 1, "1–2-krat na mesec"),
        ],
    ),
    ("0 · 1 · 2", []),
    ("15–29 · 30–44 · 45 ali več", []),
    ("še nič · nekaj besed · vse", []),
]


def options_of(labels):
    return ", ".join(
        f'{{ code = {code}, label = "{label}" }}'
        for code, label in zip(LISTS[labels], labels.split(" · "), strict=True)
    )


@pytest.mark.parametrize(("labels", "expected"), CONFLICTS)
def test_numbers_in_labels_that_other_options_have_as_codes_are_warned_of(tmp_path, labels, expected):
    given = '{ code = 1, label = "LABEL" },\n  { code = 2, label = "dobro" },'
    folder = tmp_path / "kraj-branje"
    folder.mkdir()
    sound = PROGRAMME
    asked = BEFORE.replace(given, options_of(labels))
    for name, words in SOUND.items():
        sound = sound.replace(name, words)
        asked = asked.replace(f'"{name}"', f'"{words}"')
    (folder / "programme.toml").write_text(sound, encoding="utf-8")
    (folder / "before.toml").write_text(asked, encoding="utf-8")
    loaded = load([tmp_path])
    assert loaded.problems == ()
    assert sorted(one.sentence for one in lint(loaded)) == sorted(expected)


def test_other_numbers_in_another_language_are_warned_of(tmp_path):
    folder = tmp_path / "kraj-branje"
    folder.mkdir()
    sound, asked = PROGRAMME, BEFORE.replace("LABEL", "2 otroka")
    for name, words in SOUND.items():
        sound = sound.replace(name, words)
        asked = asked.replace(f'"{name}"', f'"{words}"')
    (folder / "programme.toml").write_text(sound, encoding="utf-8")
    (folder / "before.toml").write_text(asked, encoding="utf-8")
    words = {**SOUND, "LABEL": "2 otroka", "dobro": "dobro"}
    told = {"Kako vam gre?": "How are you?", "2 otroka": "3 children", "dobro": "good"}
    texts = "\n".join(f'"{said}" = "{told.get(said, "A word")}"' for said in dict.fromkeys(words.values()))
    (folder / "en.toml").write_text(f"[texts]\n{texts}\n", encoding="utf-8")
    found = [one.sentence for one in lint(load([tmp_path])) if "numbers" in one.sentence]
    assert found == ['the options of "primary" carry other numbers in the language "en"; make them equal']
