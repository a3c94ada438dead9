"""A questionnaire in another language has other words, and nothing else that is other."""

from surveys.languages import NAMES, Localised, group_name, localised, phrases
from surveys.model import Choice, Item, Questionnaire
from tests.surveys.test_model import ASKED, PROGRAMME

ENGLISH = {
    "title": "Questions",
    "first.text": "Do you?",
    "first.choice.1": "yes",
    "first.choice.2": "no",
}


def told(**more):
    return ASKED.model_copy(update={"translations": {"en": ENGLISH}, **more})


def test_the_words_change_and_what_is_not_wholly_translated_stays():
    asked = told(intro="Dober dan.")
    found = localised(asked, "en")
    first = ASKED.items[0].model_copy(
        update={"text": "Do you?", "choices": (Choice(code=1, label="yes"), Choice(code=2, label="no"))}
    )
    assert found == Localised(
        asked.model_copy(update={"title": "Questions", "items": (first, ASKED.items[1])}),
        "en",
        missing=frozenset({"second"}),
        untold=frozenset({"intro"}),
    )


def test_an_item_is_never_half_translated():
    for lacking in ("first.text", "first.choice.2"):
        some = {key: words for key, words in ENGLISH.items() if key != lacking}
        found = localised(ASKED.model_copy(update={"translations": {"en": some}}), "en")
        assert found.questionnaire.items == ASKED.items
        assert found.missing == {"first", "second"}


def test_a_hint_is_translated_or_the_item_is_not():
    item = Item(id="days", kind="number", text="Koliko?", hint="Na teden.", minimum=0, maximum=7)
    words = {"days.text": "How many?"}
    asked = Questionnaire(id="asked", title="Vprašalnik", items=(item,), translations={"en": words})
    assert localised(asked, "en").missing == {"days"}
    whole = asked.model_copy(update={"translations": {"en": words | {"days.hint": "A week."}}})
    assert localised(whole, "en").questionnaire.items == (
        item.model_copy(update={"text": "How many?", "hint": "A week."}),
    )


def test_slovenian_and_an_unknown_language_leave_it_as_it_is():
    assert localised(told(), "sl") == Localised(told(), "sl")
    unknown = localised(told(), "mk")
    assert (unknown.questionnaire, unknown.missing, unknown.untold) == (told(), {"first", "second"}, {"title"})


def test_phrases_come_in_the_order_of_reading():
    asked = told(intro="Dober dan.", thanks="Hvala.")
    assert [(phrase.key, phrase.part, phrase.words, phrase.item) for phrase in phrases(asked)] == [
        ("title", "title", "Vprašalnik", None),
        ("intro", "intro", "Dober dan.", None),
        ("thanks", "thanks", "Hvala.", None),
        ("first.text", "text", "Ali?", "first"),
        ("first.choice.1", "label", "da", "first"),
        ("first.choice.2", "label", "ne", "first"),
        ("second.text", "text", "Hvala.", "second"),
    ]


def test_translations_belong_to_the_version_and_their_absence_does_not():
    assert told().hash != ASKED.hash
    assert Questionnaire.model_validate_json(told().model_dump_json()) == told()
    assert Questionnaire(**dict(ASKED)).hash == ASKED.hash


def test_the_group_is_named_in_the_language_or_in_slovenian():
    programme = PROGRAMME.model_copy(update={"groups": {"en": "Meetings"}})
    assert [group_name(programme, language) for language in ("sl", "en", "mk")] == ["Srečanja", "Meetings", "Srečanja"]


def test_the_languages_name_themselves():
    assert list(NAMES.items()) == [
        ("sl", "Slovenščina"),
        ("sl-x-lahko", "Lahko branje"),
        ("en", "English"),
        ("bs", "Bosanski"),
        ("hr", "Hrvatski"),
        ("sr", "Srpski"),
        ("mk", "Македонски"),
        ("sq", "Shqip"),
        ("uk", "Українська"),
        ("it", "Italiano"),
        ("hu", "Magyar"),
        ("de", "Deutsch"),
    ]
