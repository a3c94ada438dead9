"""What participants read about an answer: how it is said, how it is typed, and why one cannot be taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from bot.texts.common import Common, safe
from bot.texts.how_many import how_many
from surveys.epoch import days_since
from surveys.model import Choice, Item, Kind, NonAnswer
from surveys.quantities import bounds, said
from surveys.reading import TEXT_LIMIT, Problem

_OVER_A_LIMIT = frozenset(
    {Problem.TOO_SMALL, Problem.TOO_LARGE, Problem.TOO_EARLY, Problem.TOO_LATE, Problem.TOO_FEW, Problem.TOO_MANY}
)


_DATES = {"day": date(2026, 12, 3), "month": date(1999, 5, 1), "year": date(1999, 1, 1)}


class Asking(Common):
    """About answers, in Slovenian."""

    TYPE_DATES: ClassVar[dict[str, str]] = {
        "day": "Napišite datum in ga pošljite, na primer {example}.",
        "month": "Napišite mesec in leto, na primer {example}.",
        "year": "Napišite leto, na primer {example}.",
    }
    PARTS: ClassVar[dict[str, str]] = {"day": "datum", "month": "mesec in leto", "year": "leto"}

    def type_date(self, item: Item) -> str:
        """How a date is typed, as exactly as the question asks for it."""
        return self.TYPE_DATES[item.accuracy].format(example=self.amount(item, _example(item)))

    TYPE_NUMBER = "Napišite številko in jo pošljite."
    TYPE_DECIMALS = "Napišite številko in jo pošljite. Lahko ima decimalke, na primer {example}."

    def type_number(self, item: Item) -> str:
        """How a number is typed, and that it may have decimals where it may."""
        return self.TYPE_DECIMALS.format(example=self.amount(item, _example(item))) if item.places else self.TYPE_NUMBER

    CHOOSE_SEVERAL = "Izberete lahko več odgovorov. Nato izberite »Naprej«."
    THEN_FORWARD = "Nato izberite »Naprej«."
    CHOOSE = "Izberite {how_many}."

    def several(self, item: Item) -> str:
        """How several options are chosen; what the hint of the item says already is not said again."""
        if item.fewest is None and item.most is None:
            return "" if item.hint else self.CHOOSE_SEVERAL
        said = self.CHOOSE.format(how_many=self.how_many(item.fewest, item.most))
        return said if item.hint else f"{said} {self.THEN_FORWARD}"

    def how_many(self, fewest: int | None, most: int | None) -> str:
        """How many options are chosen, in the accusative: »vsaj dva odgovora«, »en ali dva odgovora«."""
        return how_many(fewest, most)

    def amount(self, item: Item, value: int) -> str:
        """A stored number or date as it is read."""
        meant = said(value, item)
        return self.date(meant, item.accuracy) if isinstance(meant, date) else self.number(meant)

    NON_ANSWERS: ClassVar[dict[NonAnswer, str]] = {
        NonAnswer.DONT_KNOW: "Ne vem",
        NonAnswer.REFUSED: "Ne želim odgovoriti",
        NonAnswer.NOT_APPLICABLE: "Ne velja zame",
        NonAnswer.SKIPPED: "Preskoči",
        NonAnswer.NOT_ASKED: "Ni bilo vprašano",
    }

    SKIPPED = "preskočeno"

    def problem(self, kind: Problem, item: Item, meant: Sequence[Choice] = ()) -> str:
        """Why a reply to an item could not be taken, and what to do; `meant` are options that it may have named."""
        if item.kind is Kind.NOTE:
            return self.CONTINUE_BY_BUTTON
        if item.message and kind in _OVER_A_LIMIT:
            return safe(item.message)
        words = self.SHORT_YEAR if kind is Problem.WHICH_DATE and item.accuracy != "day" else self.PROBLEMS[kind]
        return words.format(
            parts=self.PARTS[item.accuracy],
            minimum=self.amount(item, bounds(item)[0]),
            maximum=self.amount(item, bounds(item)[1]),
            places=item.places,
            how_many=self.how_many(item.fewest, item.most),
            alone=self.OR.join(self.QUOTED.format(safe(choice.label)) for choice in item.choices if choice.alone),
            question=safe(item.text),
            example=self.amount(item, _example(item)),
            options=self.OR.join(self.QUOTED.format(safe(choice.label)) for choice in meant),
        )

    OR = " ali "
    QUOTED = "»{}«"

    CONTINUE_BY_BUTTON = "Za nadaljevanje izberite gumb »Naprej«."

    SHORT_YEAR = "Napišite leto s štirimi številkami, na primer {example}."

    PROBLEMS: ClassVar[dict[Problem, str]] = {
        Problem.NOT_A_NUMBER: "Tukaj potrebujemo eno številko, na primer {example}.",
        Problem.NOT_WHOLE: "Tukaj potrebujemo celo število, brez polovic in decimalk, na primer {example}.",
        Problem.NOT_WHAT_IS_ASKED: "{question} Napišite samo število, na primer {example}.",
        Problem.TOO_SMALL: "Številka je premajhna. Najmanjša možna je {minimum}.",
        Problem.TOO_LARGE: "Številka je prevelika. Največja možna je {maximum}.",
        Problem.TOO_PRECISE: "Številka ima preveč decimalk. Največ jih je lahko {places}.",
        Problem.NOT_A_DATE: "Tukaj potrebujemo {parts}, na primer {example}.",
        Problem.WHICH_DATE: "Ta datum lahko pomeni dva dneva. Napišite ga z letom in v tem vrstnem redu: {example}.",
        Problem.TOO_EARLY: "Ta datum je prezgoden. Najzgodnejši možen je {minimum}.",
        Problem.TOO_LATE: "Ta datum je prepozen. Najpoznejši možen je {maximum}.",
        Problem.TOO_LONG: f"Odgovor je predolg. Napišite ga v največ {TEXT_LIMIT} znakih.",
        Problem.EMPTY: "Odgovor je prazen. Napišite besedo ali stavek.",
        Problem.NO_SUCH_CHOICE: "Tega odgovora ni med možnostmi. Izberite gumb ali napišite številko odgovora.",
        Problem.WHICH_CHOICE: "Mislite odgovor {options}? Napišite besede ali izberite gumb.",
        Problem.TOO_FEW: "To je premalo odgovorov. Izberite {how_many}.",
        Problem.TOO_MANY: "To je preveč odgovorov. Izberite {how_many}.",
        Problem.NOT_TOGETHER: "Odgovor {alone} ne gre skupaj z drugimi.",
        Problem.NOTHING_CHOSEN: "Najprej izberite vsaj en odgovor.",
        Problem.NOT_ALLOWED: "Tega pri tem vprašanju ni mogoče izbrati.",
        Problem.CHOOSE_A_BUTTON: "Tega odgovora ni med možnostmi. Izberite gumb ali napišite številko odgovora.",
    }


def _example(item: Item) -> int:
    """A number or a date that the item takes, as it is stored."""
    low, high = bounds(item)
    usual = days_since(_DATES[item.accuracy]) if item.kind is Kind.DATE else 3
    if item.places:
        usual = 15 * 10 ** (item.places - 1)  # 1,5
    return min(max(usual, low), high)
