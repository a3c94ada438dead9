"""Two means of one scale in the words of its answers. Knows nothing of where a number comes from."""

from __future__ import annotations

from collections.abc import Sequence

from surveys.locale_sl import number, quoted

Steps = Sequence[tuple[int, str]]  # the scores of a scale with their words, from low to high

_HALF = 0.5
_SLIGHT = 0.3  # of a step: less is no way from one answer to the next, even where both means are nearest to others
_NEAR = 1e-9


def in_words(before: float, after: float, steps: Steps) -> str:
    """From which answer to which two means go, both as they are shown: »od »zelo težko« do »z nekaj pomoči««.

    Where both are nearest to one answer, or lie close on both sides of the middle between two, it is said that they
    stay there. Empty without steps.
    """
    if not steps:
        return ""
    first, last = _nearest(before, after, steps), _nearest(after, before, steps)
    if first != last and abs(after - before) < _SLIGHT - _NEAR:
        first = last = tuple(sorted({*first, *last}))
    if first != last:
        return f"od {quoted(steps[first[0]][1])} do {quoted(steps[last[0]][1])}"
    return f"{_at(first, steps)}{_moved(after - before, first, steps)}"


def means(before: float, after: float, steps: Steps, scale: tuple[int, int] | None, decimals: int = 1) -> str:
    """The sentence on both means, in words where the scale has them; the numbers stand behind the words."""
    numbers = number(before, decimals), number(after, decimals)
    on = f"na lestvici od {scale[0]} do {scale[1]}" if scale else ""
    told = in_words(before, after, steps)
    if not told:
        return f"Povprečni odgovor je bil na začetku {numbers[0]}, ob zaključku {numbers[1]}{f' ({on})' if on else ''}."
    verb = "je šel" if told.startswith("od ") else "ostaja"
    return f"Povprečni odgovor {verb} {told} ({on}: na začetku {numbers[0]}, ob zaključku {numbers[1]})."


def _nearest(mean: float, other: float, steps: Steps) -> tuple[int, ...]:
    """The place of the nearest answer; in the middle of two the one nearer to the other mean, so that no way is longer.

    Both where both means lie in the same middle.
    """
    gaps = [abs(mean - score) for score, _ in steps]
    near = tuple(place for place, gap in enumerate(gaps) if gap <= min(gaps) + _NEAR)
    if len(near) == 1 or abs(mean - other) < _NEAR:
        return near
    return near[-1:] if other > mean else near[:1]


def _at(places: Sequence[int], steps: Steps) -> str:
    named = [quoted(steps[place][1]) for place in places]
    return f"pri {named[0]}" if len(named) == 1 else f"med {named[0]} in {named[-1]}"


def _moved(change: float, places: Sequence[int], steps: Steps) -> str:
    """To which answer beside these the mean moved: »višje« would sound wrong where less of something is better."""
    if abs(change) < _NEAR:
        return ""
    place = places[0] if len(places) > 1 and change < 0 else places[-1] + (len(places) == 1) * (1 if change > 0 else -1)
    whom = f"odgovoru {quoted(steps[place][1])}" if 0 <= place < len(steps) else "temu odgovoru"
    return f", bliže {whom}" if abs(change) >= _HALF - _NEAR else f", nekoliko bliže {whom}"
