"""What a button or typed words are for the engine, read off as a person reads them."""

from bot.participant.question_cards import NON_ANSWER_OF_KEY
from bot.texts import languages
from surveys import engine


def reply_of(key):
    """What the button of an answer says by its last part."""
    if key[0] == "c":
        return engine.Chose(int(key[1:]))
    if key[0] in "+-":
        return engine.Toggled(int(key[1:]), chosen=key[0] == "+")
    if key in ("k", "o"):
        return engine.Confirmed() if key == "k" else engine.Seen()
    return engine.Declined(NON_ANSWER_OF_KEY[key])


def words_of(item, words, language):
    """What typed words say below a question: one of its non-answers by name, or what they say themselves."""
    said = words.strip().rstrip(".!").casefold()
    for one in engine.allowed(item):
        if languages.words(language).NON_ANSWERS[one].casefold() == said:
            return engine.Declined(one)
    return engine.Typed(words)
