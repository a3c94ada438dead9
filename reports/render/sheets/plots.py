"""Which tables are worth a chart of the spreadsheet's own, and with which of their numbers. Knows no sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.render.sheets.cells import number_format
from reports.render.sheets.tables import Leaf
from reports.render.words import value, written
from reports.report import Figure, Table
from reports.texts import sheets as texts

_BOTH = 2  # means before and after
_MOST = 3  # bars side by side


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one column, each with a value."""

    name: str
    figures: tuple[Figure, ...]

    @property
    def form(self) -> str:
        """Their number format."""
        return number_format(self.figures[0], *(one.value for one in self.figures if one.value is not None))


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars for each row and series, with the same in words."""

    title: str
    names: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str

    @property
    def shares(self) -> bool:
        """Whether the axis goes from 0 to 100 %."""
        return all(figure.unit == "share" for one in self.series for figure in one.figures)

    @property
    def intervals(self) -> bool:
        """Whether there is one series and every bar of it has its 95 % interval."""
        figures = self.series[0].figures
        return len(self.series) == 1 and all(one.low is not None and one.high is not None for one in figures)


def plots_of(leaf: Leaf) -> list[Plot]:
    """A chart for each table of a sheet where there is something to see."""
    return [found for table in leaf.tables if (found := plot(table, table.title or leaf.title))]


def plot(table: Table, title: str) -> Plot | None:
    """Means beside each other, changes with their intervals, shares, or counts of people; None where nothing is to see.

    Rows with a number that is not shown are left out: a bar of length 0 would be a lie.
    """
    if table.detail or not table.rows:
        return None
    columns = _columns(table)
    rows = [row for row in table.rows if columns and all(_shown(row[column]) for column in columns)]
    series = tuple(Series(table.columns[column], tuple(_figures(rows, column))) for column in columns)
    if len(columns) == len(rows) == 1 or not any(figure.value for one in series for figure in one.figures):
        return None
    names = tuple(_words(row[0]) for row in rows)
    return Plot(title, names, series, _alt(title, names, series))


def _columns(table: Table) -> list[int]:
    means = _where(table, lambda figure: figure.unit == "points" and not figure.signed and figure.low is None)
    if len(means) >= _BOTH:
        return means
    if _where(table, lambda figure: figure.signed):
        return _where(table, lambda figure: figure.signed and figure.low is not None)[:1]
    shares = _where(table, lambda figure: figure.unit == "share")
    if len(shares) > _MOST:
        return []
    return shares or _where(table, lambda figure: figure.unit == "people")[:1]


def _where(table: Table, fits: Callable[[Figure], bool]) -> list[int]:
    """The columns with a figure in every row and with such figures wherever one is shown."""
    found = []
    for column in range(1, len(table.columns)):
        figures = _figures(table.rows, column)
        shown = [figure for figure in figures if figure.value is not None]
        if len(figures) == len(table.rows) and shown and all(map(fits, shown)):
            found.append(column)
    return found


def _shown(cell: str | Figure) -> bool:
    return isinstance(cell, Figure) and cell.value is not None


def _figures(rows: Sequence[Sequence[str | Figure]], column: int) -> list[Figure]:
    return [cell for row in rows if isinstance(cell := row[column], Figure)]


def _words(cell: str | Figure) -> str:
    return value(cell) if isinstance(cell, Figure) else cell


def _alt(title: str, names: Sequence[str], series: Sequence[Series]) -> str:
    rows = [(name, [(one.name, written(one.figures[place])) for one in series]) for place, name in enumerate(names)]
    return texts.charted(title, rows)
