"""What a coordinator reads, as one value: every renderer says the same because it renders this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from reports.disclosure.rounding import interval
from reports.texts import EDITED
from storage.analysis.published import Published
from surveys.locale_sl import quoted, rounded, rounded_share

ANNEX = "annex"  # the id of the last section, see `reports.sections.annex`
Kind = Literal["weekly", "library", "country", "impact", "compare", "mayor", "national"]


@dataclass(frozen=True, slots=True)
class FigureSource:
    """What a figure was computed from; `reports.behind.explain` finds its formula and its rows by it."""

    formula: str  # a key of `reports.texts.formulas`: mean_change
    programme: str  # slug; empty for a figure over several programmes
    item: str = ""
    waves: tuple[str, ...] = ()
    audience: str = "participants"
    library: str = ""  # code, where those several are the programmes of one library
    cohorts: tuple[int, ...] = ()  # of these groups alone
    programmes: tuple[str, ...] = ()  # slugs, where of several not all count


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its name: what every format gives, what `--explain` explains.

    `value` is None where it was suppressed or cannot be computed; `note` then says why, in Slovenian. Value and
    interval are rounded to what is shown, so that no format tells more than another.
    """

    id: str  # stable: primary.change
    label: str
    value: float | int | None
    n: int | None = None  # people behind it
    unit: Literal["", "people", "points", "share", "days"] = ""
    decimals: int = 0
    low: float | None = None  # 95 % interval
    high: float | None = None
    note: str = ""
    signed: bool = False  # a change: »+0,8«
    spare: bool = False  # where it is 0, it says nothing that is missed in a sentence
    source: FigureSource | None = None

    def __post_init__(self) -> None:
        """Round once, for every format; an interval of a change as `reports.disclosure.rounding` says."""
        for name in ("value", "low", "high"):
            exact = getattr(self, name)
            if isinstance(exact, float) and (name == "value" or not self._around_zero):
                object.__setattr__(self, name, self._rounded(exact))
        if self._around_zero and self.low is not None and self.high is not None:
            low, high = interval(self.low, self.high, self.value, self.decimals)
            object.__setattr__(self, "low", low)
            object.__setattr__(self, "high", high)

    @property
    def empty(self) -> bool:
        """Whether it is a 0 that is left out of sentences."""
        return self.spare and self.value == 0

    @property
    def _around_zero(self) -> bool:
        """Whether it matters on which side of zero the ends of the interval are."""
        return self.signed and self.unit != "share"

    def _rounded(self, exact: float) -> float:
        return rounded_share(exact, self.decimals) if self.unit == "share" else rounded(exact, self.decimals)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more plain sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A few numbers in a row or column."""

    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; the first column names the row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | Figure, ...], ...]
    caption: str = ""
    detail: bool = False  # for files: too much for a message


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing as SVG with its alternative text, which says all that the drawing says."""

    id: str
    title: str
    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, with their consent; by whom stays unsaid."""

    text: str
    source: str  # »udeleženka ali udeleženec programa«: neutral
    edited: bool = False  # not word for word; whoever said it agrees, where it is more than shortened

    @property
    def said(self) -> str:
        """The words as they stand in every form of a report."""
        return quoted(self.text) + (f" {EDITED}" if self.edited else "")


@dataclass(frozen=True, slots=True)
class ReportPicture:
    """A photograph or a logo as a PNG, with what is to be seen on it."""

    id: str
    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Copied:
    """A sentence that is there to be copied, with the line that says where it is from; not on paper."""

    text: str
    source: str


Block = Paragraph | Facts | Table | Chart | Quote | ReportPicture | Copied


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report."""

    kind: Kind
    title: str
    subtitle: str
    subject: str  # programme slug, code of a library, or »national«
    period: str  # 2026-W47, or the day of the data
    made_on: date
    sections: tuple[Section, ...]
    demo: bool = False  # made-up answers: every format says so
    logo: ReportPicture | None = None
    published: tuple[
        Published, ...
    ] = ()  # what the difference rule has to remember of it: `reports.disclosure.publishing`

    @property
    def name(self) -> str:
        """What a file of it is called, without its ending: `impact-brezice-racunalnik-2026-11-22`."""
        return f"{self.kind}-{self.subject}-{self.period}"

    @property
    def figures(self) -> dict[str, Figure]:
        """Every figure of the report by its id."""
        return {figure.id: figure for section in self.sections for figure in _figures(section)}

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart, in order."""
        return tuple(block for section in self.sections for block in section.blocks if isinstance(block, Chart))


def _figures(section: Section) -> list[Figure]:
    found: list[Figure] = []
    for block in section.blocks:
        if isinstance(block, Facts):
            found.extend(block.figures)
        elif isinstance(block, Table):
            found.extend(cell for row in block.rows for cell in row if isinstance(cell, Figure))
    return found
