"""Catalogues are read beside the programmes; what they lack or translate in vain is advised, not refused."""

import pytest

from surveys.catalogues import TRANSLATED
from surveys.findings import Severity
from surveys.languages import localised
from surveys.lint import lint
from surveys.load import load
from tests.surveys.test_load import BEFORE, ENGLISH, FILES, PROGRAMME, SHARED, SHARED_ENGLISH, lay, line_of, told

EASY = '[texts]\n"Kako vam gre?" = "Kako gre?"\n'


def advised(folder, loaded):
    assert loaded.problems == ()
    return [(str(one.file.relative_to(folder)), one.line, one.sentence, one.severity) for one in lint(loaded)]


def warned(file, line, sentence):
    return (file, line, sentence, Severity.WARNING)


def test_the_own_file_comes_before_the_shared_one_and_an_item_before_all(tmp_path):
    loaded = load([lay(tmp_path, FILES)])
    programme = loaded.programmes["kraj-branje"]
    assert (programme.languages, programme.groups) == (("sl", "en"), {"en": "Meetings"})
    english = localised(programme.questionnaires[0], "en")
    assert (english.missing, english.untold) == (frozenset(), frozenset())
    assert {
        item.id: (item.text, [choice.label for choice in item.choices]) for item in english.questionnaire.items
    } == {
        "primary": ("How are you doing?", ["never", "seldom", "often"]),
        "mood": ("What is your mood?", ["bad", "good"]),
        "where": ("Where do you read?", ["at home", "in the library"]),
        "days": ("How many days?", []),
        "words": ("What is nice?", []),
        "thanks": ("A little more.", []),
        "problem_solving": ("How often do you succeed?", ["never", "seldom", "often"]),
        "belonging": ("How often are you at home?", ["never", "seldom", "often"]),
        "loneliness": ("How often is it quiet?", ["never", "seldom", "frequently"]),
        "life_satisfaction": ("How often is it nice?", ["never", "seldom", "often"]),
    }
    assert loaded.drafts["kraj-branje", "before"].questionnaire == programme.questionnaires[0]
    assert advised(tmp_path, loaded) == []


def test_a_shared_catalogue_alone_offers_no_language(tmp_path):
    files = {name: content for name, content in FILES.items() if name != "kraj-branje/en.toml"}
    files["shared.en.toml"] = '[texts]\n"nikoli" = "never"\n'
    loaded = load([lay(tmp_path, files)])
    programme = loaded.programmes["kraj-branje"]
    assert (programme.languages, programme.groups) == (("sl",), {})
    assert [one.translations for one in programme.questionnaires] == [{}, {}]
    assert advised(tmp_path, loaded) == []


def test_languages_stand_in_the_order_in_which_they_are_offered(tmp_path):
    loaded = load([lay(tmp_path, {**FILES, "kraj-branje/bs.toml": "", "kraj-branje/sl-x-lahko.toml": EASY})])
    assert loaded.programmes["kraj-branje"].languages == ("sl", "sl-x-lahko", "en", "bs")
    assert {language for _, language in loaded.lexicons} == {"sl-x-lahko", "en", "bs"}
    assert loaded.programmes["kraj-branje"].questionnaires[0].translations.keys() == {"sl-x-lahko", "en"}


def test_a_later_folder_has_its_own_words_for_what_an_earlier_one_shares(tmp_path):
    lay(tmp_path / "ours", FILES)
    other = PROGRAMME.replace("kraj-branje", "trg-branje").replace("KRA", "TRG").replace("Knjižnica Kraj", "Trg")
    files = {
        "shared.en.toml": '[texts]\n"nikoli" = "not once"\n',
        "trg-branje/programme.toml": other,
        "trg-branje/before.toml": BEFORE,
        "trg-branje/after.toml": FILES["kraj-branje/after.toml"],
        "trg-branje/en.toml": ENGLISH,
    }
    lay(tmp_path / "theirs", files)
    loaded = load([tmp_path / "ours", tmp_path / "theirs"])
    labels = {
        slug: [choice.label for choice in localised(programme.questionnaires[0], "en").questionnaire.items[-1].choices]
        for slug, programme in loaded.programmes.items()
    }
    assert labels == {"kraj-branje": ["never", "seldom", "often"], "trg-branje": ["not once", "seldom", "often"]}
    assert advised(tmp_path, loaded) == []


@pytest.mark.parametrize("stem", ["fr", "sl-lahko", "sl"])
def test_a_catalogue_of_no_language_is_named(tmp_path, stem):
    sentence = (
        "Slovenian is what is translated from; write its words in the questionnaires"
        if stem == "sl"
        else f'"{stem}" is no language of questionnaires; use one of {", ".join(TRANSLATED)}'
    )
    files = {**FILES, f"kraj-branje/{stem}.toml": EASY, f"shared.{stem}.toml": EASY}
    loaded = load([lay(tmp_path, files)])
    assert told(tmp_path, loaded) == [
        (f"kraj-branje/{stem}.toml", 1, sentence),
        (f"shared.{stem}.toml", 1, sentence),
    ]


def test_what_a_language_lacks_is_listed_once_each(tmp_path):
    lacking = ENGLISH.replace('"doma" = "at home"\n', "").replace('"Srečanja" = "Meetings"\n', "")
    loaded = load([lay(tmp_path, {**FILES, "kraj-branje/en.toml": lacking})])
    assert localised(loaded.programmes["kraj-branje"].questionnaires[0], "en").missing == {"where"}
    assert advised(tmp_path, loaded) == [
        warned(
            "kraj-branje/en.toml",
            1,
            f'"{words}" is not translated (English); add the line "{words}" = "…" under [texts]',
        )
        for words in ("Srečanja", "doma")
    ]


def test_what_nothing_says_any_more_is_named(tmp_path):
    stale = ENGLISH.replace('"redko" = "seldom"', '"redko" = "seldom"\n"Koliko dnii?" = "How?"\n"xyz" = "z"')
    stale += '"nikdar" = "never"\n\n[items.quiet]\n"redko" = "r"\n'
    shared = SHARED_ENGLISH + '"Prav nič." = "Nothing."\n'
    loaded = load([lay(tmp_path, {**FILES, "kraj-branje/en.toml": stale, "shared.en.toml": shared})])
    assert advised(tmp_path, loaded) == [
        warned(
            "kraj-branje/en.toml",
            line_of(stale, '"Koliko dnii?"'),
            'nothing says "Koliko dnii?"; did it become "Koliko dni?"?',
        ),
        warned("kraj-branje/en.toml", line_of(stale, '"xyz"'), 'nothing says "xyz"; remove the line'),
        warned(
            "kraj-branje/en.toml",
            line_of(stale, '"nikdar"'),
            'no item "loneliness" says "nikdar"; remove the line',
        ),
        warned("kraj-branje/en.toml", line_of(stale, '"redko" = "r"'), 'no item "quiet" says "redko"; remove the line'),
        warned("shared.en.toml", 10, 'nothing says "Prav nič."; remove the line'),
    ]


def test_what_is_shared_is_said_though_no_programme_uses_it(tmp_path):
    shared = SHARED.replace(
        "[[items]]", '[[items]]\nid = "spare"\nkind = "note"\ntext = "Na zalogo."\nhint = "Tu."\n\n[[items]]', 1
    )
    shared = shared.replace("[lists]", '[lists]\nspare = [ { code = 1, label = "prvi" } ]', 1)
    words = SHARED_ENGLISH + '"Na zalogo." = "Spare."\n"prvi" = "first"\n\n[items.spare]\n"Tu." = "Here."\n'
    loaded = load([lay(tmp_path, {**FILES, "shared.toml": shared, "shared.en.toml": words})])
    assert advised(tmp_path, loaded) == []


def test_beside_a_problem_the_shared_words_are_not_called_unused(tmp_path):
    broken = {**FILES, "kraj-branje/before.toml": BEFORE.replace('kind = "text"', 'kind = "essay"')}
    loaded = load([lay(tmp_path, broken)])
    assert len(loaded.problems) == 1
    assert lint(loaded) == ()


EASY_WORDS = [
    ("Kako vam gre?", "Kako vam gre od 0 do 100 %?", '"%" speaks of percentages; say it with whole numbers, »7 od 10«'),
    ("Kako vam gre?", "Kako bereš?", '"bereš" is tikanje, but the address of this programme is "vi"'),
    ("Še malo.", " ".join(["beseda"] * 13), "a sentence has 13 words; shorten it to at most 12"),
    ("Še malo.", " ".join(["beseda"] * 12) + ". Še malo.", None),
    ("slabo", "🙁", '"🙁" has no words; a screen reader needs them, so add some'),
    ("Vprašalnik", "Vprašanja za tujce", '"tujce" may stand on a lock screen and reveals something; stay neutral'),
]


@pytest.mark.parametrize(("slovenian", "words", "sentence"), EASY_WORDS)
def test_easy_reading_keeps_to_its_rules(tmp_path, slovenian, words, sentence):
    catalogue = f'[texts]\n"{slovenian}" = "{words}"\n'
    found = advised(tmp_path, load([lay(tmp_path, {**FILES, "kraj-branje/sl-x-lahko.toml": catalogue})]))
    expected = [] if sentence is None else [warned("kraj-branje/sl-x-lahko.toml", 2, sentence)]
    assert [one for one in found if "is not translated" not in one[2]] == expected


def test_slovenian_rules_are_not_for_other_languages(tmp_path):
    words = "You do (35 % or so), e.g. not so well, on and on and on, so that no sto is nikoli brez?"
    catalogue = ENGLISH.replace('"How are you doing?"', f'"{words}"')
    assert advised(tmp_path, load([lay(tmp_path, {**FILES, "kraj-branje/en.toml": catalogue})])) == []


def test_an_option_needs_words_in_every_language(tmp_path):
    catalogue = ENGLISH.replace('"slabo" = "bad"', '"slabo" = "👎"')
    assert advised(tmp_path, load([lay(tmp_path, {**FILES, "kraj-branje/en.toml": catalogue})])) == [
        warned(
            "kraj-branje/en.toml",
            line_of(catalogue, '"slabo"'),
            '"👎" has no words; a screen reader needs them, so add some',
        )
    ]
