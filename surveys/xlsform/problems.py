"""What keeps a form from being taken, and what its author should know: with sheet, row, column and a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from surveys.expressions.flaws import UNSUPPORTED, ExpressionError


class FormFlaw(StrEnum):
    """The kinds of problems."""

    UNREADABLE = "unreadable"  # the file
    INVALID = "invalid"  # wrong for everybody who reads XLSForm, or asks for what cannot be
    UNSUPPORTED = "unsupported"  # right, and not taken here
    DOUBTFUL = "doubtful"  # taken, perhaps otherwise than it was meant


@dataclass(frozen=True, slots=True)
class FormProblem:
    """One problem. `row` is that of the spreadsheet, 0 where no row is meant; `column` the heading as written."""

    sheet: str
    row: int
    column: str
    kind: FormFlaw
    sentence: str  # Slovenian: for whoever has a spreadsheet

    @property
    def order(self) -> tuple[str, int, str, str]:
        """What they are sorted by; the questions come before their choices."""
        return "~" + self.sheet if self.sheet != "survey" else "", self.row, self.column, self.sentence


@dataclass(slots=True)
class FormFindings:
    """What was found so far."""

    problems: list[FormProblem] = field(default_factory=list)
    warnings: list[FormProblem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FormPlace:
    """A row of a sheet, where something may be wrong."""

    findings: FormFindings
    sheet: str
    row: int

    def invalid(self, column: str, sentence: str) -> None:
        """Wrong."""
        self._add(FormFlaw.INVALID, column, sentence)

    def unsupported(self, column: str, sentence: str) -> None:
        """Right, and not taken."""
        self._add(FormFlaw.UNSUPPORTED, column, sentence)

    def warn(self, column: str, sentence: str, kind: FormFlaw = FormFlaw.DOUBTFUL) -> None:
        """Taken all the same."""
        self.findings.warnings.append(FormProblem(self.sheet, self.row, column, kind, sentence))

    def expression(self, column: str, error: ExpressionError) -> None:
        """Everything wrong with an expression."""
        for flaw in error.flaws:
            kind = FormFlaw.UNSUPPORTED if flaw.flaw in UNSUPPORTED else FormFlaw.INVALID
            self._add(kind, column, f"{flaw.sentence('sl')} (Znak {flaw.at + 1}.)")

    def _add(self, kind: FormFlaw, column: str, sentence: str) -> None:
        self.findings.problems.append(FormProblem(self.sheet, self.row, column, kind, sentence))


def sorted_once(problems: list[FormProblem]) -> Iterator[FormProblem]:
    """Each problem once, in the order of the sheets and rows."""
    yield from sorted(dict.fromkeys(problems), key=lambda one: one.order)
