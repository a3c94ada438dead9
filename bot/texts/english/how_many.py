"""How many options of a question are chosen, in English words."""

from __future__ import annotations

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def how_many(fewest: int | None, most: int | None) -> str:
    """»at least two answers«, »one or two answers«, »2 to 5 answers«; one of both is given."""
    if fewest is None or most is None:
        return f"at most {_answers(most or 0)}" if fewest is None else f"at least {_answers(fewest)}"
    if fewest == most:
        return _answers(most)
    return f"{_word(fewest)} or {_answers(most)}" if fewest + 1 == most else f"{fewest} to {most} answers"


def _answers(count: int) -> str:
    return f"{_word(count)} answer{'' if count == 1 else 's'}"


def _word(count: int) -> str:
    return _WORDS[count] if count < len(_WORDS) else str(count)
