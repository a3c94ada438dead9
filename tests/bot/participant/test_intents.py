"""What people mean by words that are no answer, in the languages that they read and speak."""

import pytest

from bot.participant.intents import LONGEST, agrees, read, same
from bot.texts import intents as texts
from bot.texts.intents import Intent


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("stop", Intent.STOP),
        ("STOP!!", Intent.STOP),
        ("Nehajte mi pisati.", Intent.STOP),
        ("Dober dan, prosim nehajte mi pisati, hvala", Intent.STOP),
        ("odjava", Intent.STOP),
        ("Please stop writing", Intent.STOP),
        ("unsubscribe", Intent.STOP),
        ("pomoč", Intent.HELP),
        ("POMOC", Intent.HELP),
        ("Ne razumem!", Intent.HELP),
        ("Ne razumem, kaj moram narediti", Intent.HELP),
        ("I don't understand", Intent.HELP),
        ("не разбирам", Intent.HELP),
        ("???", Intent.HELP),
        ("Pokličite me", Intent.HELP),
        ("Dober dan, me lahko pokličete?", Intent.HELP),
        ("please call me", Intent.HELP),
        ("nazaj", Intent.BACK),
        ("go back", Intent.BACK),
        ("English, please!", Intent.LANGUAGE),
        ("Do you speak English?", Intent.LANGUAGE),
        ("v angleščini", Intent.LANGUAGE),
        ("Hvala", Intent.THANKS),
        ("Hvala, lep dan!", Intent.THANKS),
        ("Hvala hvala", Intent.THANKS),
        ("Ok, hvala", Intent.THANKS),
        ("ok thank you", Intent.THANKS),
        ("дякую", Intent.THANKS),
        ("Dober dan.", Intent.GREETING),
        ("Živjo!", Intent.GREETING),
        ("Dober dan, kako ste?", Intent.QUESTION),
        ("kdaj je naslednja delavnica", Intent.QUESTION),
        ("Ali boste odprti v soboto?", Intent.QUESTION),
        ("When is the next meeting", Intent.QUESTION),
        ("Коли наступна зустріч?", Intent.QUESTION),
        ("da", None),
        ("2", None),
        ("", None),
        ("👍", None),
        ("vsak dan", None),
        ("En dan", None),
        ("precej dobro", None),
        ("Hvala, vse je bilo super", None),
        ("Zdaj vnukom pišem sama.", None),
        ("kdaj " * 20, None),
        ("Ali " + "zelo " * (LONGEST // 5) + "?", None),
    ],
)
def test_what_is_meant(text, meant):
    assert read(text) is meant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *(
            (word, True)
            for word in ("da", "Da.", "JA!", "ja, prosim", "yes", "Yes please", "да", "так", "ok", "Dober dan, da")
        ),
        *((word, False) for word in ("ne", "Ne, hvala", "nočem", "no", "No, thank you!", "не", "ні", "jo")),
        *((word, None) for word in ("", "morda", "da ali ne", "kaj je to?", "stop", "3", "ne vem")),
    ],
)
def test_yes_and_no_count_in_every_language_and_nothing_else_does(text, said):
    assert agrees(text) is said


def test_no_phrase_means_two_things():
    means = {
        Intent.STOP: texts.STOP,
        Intent.HELP: texts.HELP,
        Intent.BACK: texts.BACK,
        Intent.LANGUAGE: texts.LANGUAGE,
        Intent.THANKS: texts.THANKS,
        Intent.GREETING: texts.GREETINGS,
    }
    assert {phrase: read(phrase) for phrases in means.values() for phrase in phrases} == {
        phrase: intent for intent, phrases in means.items() for phrase in phrases
    }
    assert [one for one in (*texts.YES, *texts.NO) if read(one) is not None] == []
    assert [one for one in texts.YES if agrees(one) is not True] + [one for one in texts.NO if agrees(one)] == []


def test_the_words_of_a_button_are_the_same_however_they_are_typed():
    assert same("da zelim sodelovati", "Da, želim sodelovati")
    assert not same("da", "Da, želim sodelovati")
