"""How many options of a question are chosen, in Slovenian words; on a screen and on paper."""

from __future__ import annotations

from surveys.locale_sl import NO_BREAK, plural

_WORDS = ("nič", "en", "dva", "tri", "štiri", "pet", "šest", "sedem", "osem", "devet", "deset")


def how_many(fewest: int | None, most: int | None) -> str:
    """In the accusative: »vsaj dva odgovora«, »en ali dva odgovora«, »od 2 do 5 odgovorov«; one of both is given."""
    if fewest is None or most is None:
        return f"največ {_answers(most or 0)}" if fewest is None else f"vsaj {_answers(fewest)}"
    if fewest == most:
        return _answers(most)
    if fewest + 1 == most:
        return f"{_word(fewest)} ali {_answers(most)}"
    return f"od {fewest} do {most}{NO_BREAK}odgovorov"


def _answers(count: int) -> str:
    return f"{_word(count)} {plural(count, 'odgovor', 'odgovora', 'odgovore', 'odgovorov')}"


def _word(count: int) -> str:
    return _WORDS[count] if count < len(_WORDS) else str(count)
