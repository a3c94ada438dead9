"""What is wrong with an expression: where, in a sentence for who writes workbooks and in one for who writes TOML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Flaw(StrEnum):
    """The ways in which an expression cannot be calculated."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    CURLY_QUOTE = "curly_quote"
    OPEN_QUOTE = "open_quote"
    OPEN_REFERENCE = "open_reference"
    OPEN_BRACKET = "open_bracket"
    STRANGE_SIGN = "strange_sign"
    NO_VALUE = "no_value"
    LEFT_OVER = "left_over"
    BARE_NAME = "bare_name"
    UNKNOWN_NAME = "unknown_name"
    UNKNOWN_FUNCTION = "unknown_function"
    ARGUMENTS = "arguments"
    NO_ANSWER_HERE = "no_answer_here"
    UNKNOWN_OPTION = "unknown_option"
    QUOTED_NAME = "quoted_name"
    NOT_QUOTED_NAME = "not_quoted_name"
    NO_DATE = "no_date"
    PATTERN = "pattern"
    PATTERN_UNSUPPORTED = "pattern_unsupported"
    PATH = "path"
    FUNCTION_UNSUPPORTED = "function_unsupported"


UNSUPPORTED = frozenset({Flaw.PATTERN_UNSUPPORTED, Flaw.PATH, Flaw.FUNCTION_UNSUPPORTED, Flaw.TOO_LONG, Flaw.TOO_DEEP})

_SENTENCES: Mapping[Flaw, tuple[str, str]] = {
    Flaw.EMPTY: ("there is no expression; write one", "Izraza ni; napišite ga."),
    Flaw.TOO_LONG: (
        "the expression is longer than {said} characters; divide it among calculated items",
        "Izraz je daljši od {said} znakov; razdelite ga na več delov.",
    ),
    Flaw.TOO_DEEP: (
        "more than {said} parts stand within one another here; divide the expression",
        "Tu je več kot {said} delov eden v drugem; razdelite izraz.",
    ),
    Flaw.CURLY_QUOTE: (
        "{said} is a curly quotation mark; write ' or \"",
        "{said} je zavit narekovaj; napišite ravnega: ' ali \".",
    ),
    Flaw.OPEN_QUOTE: (
        "the quotation mark {said} is never closed; add one behind the words",
        "Narekovaj {said} se ne konča; dodajte enakega za besedilom.",
    ),
    Flaw.OPEN_REFERENCE: (
        "{said} is no name between braces; write ${{name}}",
        "{said} ni ime v zavitih oklepajih; napišite ${{ime}}.",
    ),
    Flaw.OPEN_BRACKET: (
        "the bracket opened here is never closed; add )",
        "Oklepaj, ki se začne tu, se ne konča; dodajte ).",
    ),
    Flaw.STRANGE_SIGN: (
        "{said} means nothing here{advice}",
        "Znak {said} tu nima pomena{advice}.",
    ),
    Flaw.NO_VALUE: (
        "a value is missing before {said}; write a name as ${{name}}, a number, or words between quotes",
        "Pred {said} manjka vrednost; napišite ime kot ${{ime}}, število ali besedilo v narekovajih.",
    ),
    Flaw.LEFT_OVER: (
        "{said} stands behind a complete expression; join both with and, or, = …, or remove it",
        "{said} stoji za končanim izrazom; povežite oboje z and, or, = … ali to izbrišite.",
    ),
    Flaw.BARE_NAME: (
        "{said} stands alone{advice}",
        "{said} stoji brez oznake{advice}.",
    ),
    Flaw.UNKNOWN_NAME: (
        "no row has the name {said}{advice}",
        "Nobena vrstica nima imena {said}{advice}.",
    ),
    Flaw.UNKNOWN_FUNCTION: (
        "there is no function {said}{advice}",
        "Funkcije {said} ni{advice}.",
    ),
    Flaw.ARGUMENTS: (
        "{said} takes {advice}",
        "{said}: {advice}.",
    ),
    Flaw.NO_ANSWER_HERE: (
        "the dot means the answer to this very question, which is not given yet; name another item",
        "Pika pomeni odgovor na prav to vprašanje, ki ga tu še ni; navedite drugo vprašanje.",
    ),
    Flaw.UNKNOWN_OPTION: (
        "{said} is not among the choices of this question{advice}",
        "{said} ni med odgovori tega vprašanja{advice}.",
    ),
    Flaw.QUOTED_NAME: (
        "{said} stands between quotes and is no answer there; write it without them, parts of a text by concat(…)",
        "{said} v narekovajih ni odgovor; napišite ga brez njih, dele besedila pa združite s concat(…).",
    ),
    Flaw.NOT_QUOTED_NAME: (
        "the second value of jr:choice-name is the name of the question between quotes: '${{name}}'",
        "Druga vrednost funkcije jr:choice-name je ime vprašanja v narekovajih: '${{ime}}'.",
    ),
    Flaw.NO_DATE: (
        "{said} is no date; write it as '2026-12-31'",
        "{said} ni datum; napišite ga kot '2026-12-31'.",
    ),
    Flaw.PATTERN: (
        "{said} is no regular expression; look for a bracket that is never closed",
        "{said} ni pravilni vzorec (regex); poglejte, ali je kak oklepaj brez para.",
    ),
    Flaw.PATTERN_UNSUPPORTED: (
        "{said} in a regular expression is not taken; write a simpler pattern",
        "{said} v vzorcu (regex) ni podprto; napišite preprostejši vzorec.",
    ),
    Flaw.PATH: (
        "{said} is a path of XPath, which is not taken; name the item as ${{name}}",
        "{said} je pot XPath, ki ni podprta; navedite vprašanje kot ${{ime}}.",
    ),
    Flaw.FUNCTION_UNSUPPORTED: (
        "the function {said} is not taken; say it with others, or leave it out",
        "Funkcija {said} ni podprta; izrazite to drugače ali jo izpustite.",
    ),
}
_DID_YOU_MEAN = ("; did you mean {}?", "; ste mislili {}?")


@dataclass(frozen=True, slots=True)
class ExpressionFlaw:
    """One thing that is wrong. `at` counts characters from 0; `said` is what stands there.

    `meant` is what may have been meant, `counts` how many values a function takes, from and to (None: any number).
    """

    flaw: Flaw
    at: int
    said: str = ""
    meant: str = ""
    counts: tuple[int, int | None] | None = None

    def sentence(self, language: Literal["en", "sl"] = "en") -> str:
        """What is wrong and what to write instead."""
        place = 0 if language == "en" else 1
        advice = _counted(self.counts)[place] if self.counts else ""
        if self.meant:
            advice = _DID_YOU_MEAN[place].format(self.meant)
        return _SENTENCES[self.flaw][place].format(said=self.said, advice=advice).replace("?.", "?")


class ExpressionError(ValueError):
    """An expression that cannot be read; `flaws` are all that were found, in the order of the text."""

    def __init__(self, *flaws: ExpressionFlaw) -> None:
        super().__init__("; ".join(flaw.sentence() for flaw in flaws))
        self.flaws = flaws


def _counted(counts: tuple[int, int | None]) -> tuple[str, str]:
    """How many values a function takes, in both languages."""
    low, high = counts
    if high is None:
        return f"at least {low} values", f"vrednosti mora biti vsaj {low}"
    if low == high:
        value = "value" if low == 1 else "values"
        return (f"{low} {value}" if low else "no value"), f"število vrednosti mora biti {low}"
    return f"{low} to {high} values", f"število vrednosti mora biti od {low} do {high}"
