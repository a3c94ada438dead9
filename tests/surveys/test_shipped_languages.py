"""The six programmes in all their languages: other words, and the same questionnaire."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.engine import Accepted, Chose, Confirmed, Declined, Seen, Toggled, Typed, answer, current, progress
from surveys.languages import localised, phrases
from surveys.load import load, shipped
from surveys.model import CHOSEN, EnrolmentRole, Kind, NonAnswer
from surveys.reading import Problem, read_choice
from surveys.waiting import asked

PROGRAMMES = load([shipped()]).programmes
OFFERED = [(slug, language) for slug, programme in PROGRAMMES.items() for language in programme.languages]
WIDEST = 28  # characters of a label that a phone of 320 px shows on one button
SEVERAL = [
    (questionnaire, language)
    for programme in PROGRAMMES.values()
    for questionnaire in programme.questionnaires
    for language in programme.languages[1:]
]


def measured(questionnaire):
    """All of a questionnaire but its words."""
    return [
        item.model_copy(
            update={
                "text": "…",
                "hint": item.hint and "…",
                "choices": tuple(choice.model_copy(update={"label": "…"}) for choice in item.choices),
            }
        )
        for item in questionnaire.items
    ]


WAITING = [
    (programme.slug, wave.id, language)
    for programme in PROGRAMMES.values()
    for wave in programme.waves
    if wave.waiting
    for language in programme.languages
]


@pytest.mark.parametrize(("slug", "wave", "language"), WAITING)
def test_what_is_said_to_those_who_took_part_is_said_to_nobody_who_waits_in_any_language(slug, wave, language):
    programme = PROGRAMMES[slug]
    heard = localised(asked(programme, programme.wave(wave), EnrolmentRole.WAITING), language)
    assert (heard.questionnaire.intro, heard.questionnaire.thanks) == ("", "")
    assert heard.untold == frozenset()
    second = "Second questionnaire" if language == "en" else "Drugi vprašalnik"
    assert (heard.questionnaire.title == second) == (wave != "before")


def test_all_are_offered_in_easy_reading_and_kamnik_in_english():
    assert {slug: programme.languages for slug, programme in PROGRAMMES.items()} == {
        "brezice-racunalnik": ("sl", "sl-x-lahko"),
        "kamnik-slovenscina": ("sl", "sl-x-lahko", "en"),
        "ljubljana-karierni-coaching": ("sl", "sl-x-lahko"),
        "ljutomer-branje": ("sl", "sl-x-lahko"),
        "novo-mesto-branje": ("sl", "sl-x-lahko"),
        "radovljica-zmoremo": ("sl", "sl-x-lahko"),
    }
    assert PROGRAMMES["kamnik-slovenscina"].groups["en"] == "Meetings in the library"
    assert [programme.groups.keys() for programme in PROGRAMMES.values()] == [
        set(programme.languages[1:]) for programme in PROGRAMMES.values()
    ]


@pytest.mark.parametrize(("slug", "language"), OFFERED)
def test_nothing_is_missing_and_nothing_but_words_changes(slug, language):
    for questionnaire in PROGRAMMES[slug].questionnaires:
        found = localised(questionnaire, language)
        assert (found.missing, found.untold) == (frozenset(), frozenset())
        assert measured(found.questionnaire) == measured(questionnaire)
        assert [phrase.key for phrase in phrases(found.questionnaire)] == [
            phrase.key for phrase in phrases(questionnaire)
        ]
        assert [
            phrase.words
            for phrase in phrases(found.questionnaire)
            if phrase.part == "label" and len(phrase.words) > WIDEST
        ] == []


def test_the_core_keeps_its_words_in_easy_reading():
    for programme in PROGRAMMES.values():
        for questionnaire in programme.questionnaires:
            easy = localised(questionnaire, "sl-x-lahko").questionnaire
            assert [item for item in easy.items if item.role == "core"] == [
                item for item in questionnaire.items if item.role == "core"
            ]


def test_kamnik_at_the_start_in_english():
    english = localised(PROGRAMMES["kamnik-slovenscina"].questionnaires[0], "en").questionnaire
    can_do = ["not at all", "with great difficulty", "with some help", "quite well", "without any problems"]
    assert (english.title, english.intro, english.thanks) == (
        "Questions at the start",
        "These are short questions about how things are going for you. Every answer is a right answer.",
        "We hope you enjoy the meetings.",
    )
    assert [(item.id, item.text, item.hint, [choice.label for choice in item.choices]) for item in english.items] == [
        (
            "primary",
            "How well can you have a conversation in Slovene?",
            "For example in a shop, at the doctor's or with neighbours.",
            can_do,
        ),
        (
            "understanding",
            "How much do you understand when someone speaks Slovene slowly?",
            "",
            ["nothing", "a little", "about half", "almost everything", "everything"],
        ),
        (
            "at_office",
            "How well can you have a conversation at a public office?",
            "For example at the municipality (občina), at the administrative unit (upravna enota) or at school.",
            can_do,
        ),
        ("slovene_days", "How many days a week do you speak Slovene?", "A short conversation counts, too.", []),
        ("about_life", "Now there are 4 questions about your life. Answer the way you feel.", "", []),
        (
            "problem_solving",
            "How often do you manage to solve a problem without help?",
            "",
            ["never", "rarely", "sometimes", "often", "always"],
        ),
        (
            "belonging",
            "How strongly do you feel you belong to your local area?",
            "",
            ["not at all", "a little", "moderately", "strongly", "very strongly"],
        ),
        (
            "loneliness",
            "How often do you feel lonely?",
            "",
            ["never", "very rarely", "sometimes", "often", "always"],
        ),
        (
            "life_satisfaction",
            "How satisfied are you with your life now?",
            "",
            ["not at all", "a little", "moderately", "quite", "very"],
        ),
    ]


def replies(item):
    """What a person may send for an item, sensible or not."""
    taps = [Chose(choice.code) for choice in item.choices] + [Toggled(choice.code) for choice in item.choices]
    numbers = [Typed("0"), Typed("7"), Typed("-1"), Typed("")]
    return st.sampled_from([*taps, *numbers, Confirmed(), Seen(), *map(Declined, NonAnswer)])


def decided(outcome):
    """An outcome without the words of the item that it may carry."""
    return (type(outcome), getattr(outcome, "changes", None), getattr(outcome, "problem", None))


@given(data=st.data())
def test_the_engine_decides_alike_in_every_language(data):
    slovenian, language = data.draw(st.sampled_from(SEVERAL))
    other = localised(slovenian, language).questionnaire
    answers = {}
    for _ in range(data.draw(st.integers(1, 15))):
        item = current(slovenian, answers) or data.draw(st.sampled_from(slovenian.items))
        assert getattr(current(other, answers), "id", None) == getattr(current(slovenian, answers), "id", None)
        assert progress(other, answers) == progress(slovenian, answers)
        reply = data.draw(replies(item))
        outcome = answer(slovenian, answers, item.id, reply)
        assert decided(answer(other, answers, item.id, reply)) == decided(outcome)
        if isinstance(outcome, Accepted):
            answers = {**answers, **outcome.changes}


@given(data=st.data())
def test_a_typed_label_means_its_option_in_the_language_that_is_shown(data):
    slovenian, language = data.draw(st.sampled_from(SEVERAL))
    asked = localised(slovenian, language).questionnaire
    item = data.draw(st.sampled_from([item for item in asked.items if item.kind in CHOSEN]))
    choice = data.draw(st.sampled_from(item.choices))
    assert read_choice(choice.label.upper(), item.choices) == choice
    assert read_choice("čisto nekaj tretjega", item.choices) is Problem.CHOOSE_A_BUTTON
    if item.kind is not Kind.MULTIPLE:
        given_reply = answer(asked, {}, item.id, Typed(choice.label))
        expected = answer(slovenian, {}, item.id, Typed(slovenian.item(item.id).choice(choice.code).label))
        assert decided(given_reply) == decided(expected)
