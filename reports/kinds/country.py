"""The summary of a week or a month over all libraries, for the national coordinator: counts of the work alone.

Knows neither files nor formats. What changed for people stands in `reports.kinds.national`; nothing here is an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection

from reports import texts
from reports.data.frames import read
from reports.disclosure.suppression import Cells
from reports.kinds import attention, lines
from reports.kinds.attention import Work
from reports.kinds.lines import CountLine
from reports.kinds.weekly import summary
from reports.report import Block, Paragraph, Report, Section
from reports.sections import response
from reports.texts import country as say
from reports.texts import library as words
from reports.texts import periods
from reports.texts.periods import ToldPeriod
from reports.texts.response import of_questionnaires
from surveys.model import Programme
from surveys.months import Period, as_of
from surveys.weeks import local_day

_DRAWN = 8  # so many libraries make a chart that can be read; a table holds more


def country(
    connection: Connection,
    programmes: Sequence[Programme],
    period: Period | str,
    now: datetime,
    cells: Cells,
    *,
    demo: bool = False,
) -> Report:
    """The report of one ISO week or calendar month over all libraries, as it stood at its end or stands now.

    Raises ValueError for a period that has not begun, and where there is no programme.
    """
    if not programmes:
        raise ValueError("there is no programme to tell of")
    told, k = ToldPeriod(*as_of(period, now), now), cells.inside
    rows, needing = _read(connection, programmes, told, k)
    all_ = lines.together(rows)
    drawn = lines.response_chart(rows, say.RESPONSE_CHART, told, k) if len(rows) <= _DRAWN else []
    said = response.paragraphs([(all_.name, all_.response)], k, of_questionnaires)
    sections = (
        Section("summary", texts.IN_SHORT, tuple(_summary(len(programmes), rows, all_, needing, told))),
        Section("attention", say.ATTENTION, tuple(_attention(needing))),
        Section("next", periods.next_title(told), tuple(lines.due(rows, say.LIBRARY, told))),
        Section("libraries", say.LIBRARIES, (*said, lines.work(rows, say.LIBRARY, told, k), *drawn)),
        Section("method", texts.METHOD, (Paragraph(say.method(k, attention.FALL, attention.IDLE.days)),)),
    )
    return Report(
        kind="country",
        title=say.TITLE,
        subtitle=say.subtitle(len(rows), told),
        subject="national",
        period=str(told.period),
        made_on=local_day(now),
        sections=sections,
        demo=demo,
    )


Needing = dict[str, tuple[str, ...]]  # the name of a library → why it needs attention


def _read(
    connection: Connection, programmes: Sequence[Programme], told: ToldPeriod, k: int
) -> tuple[list[CountLine], Needing]:
    """A line for each library in the order of their names, and which of them need attention."""
    people = attention.read_staff(connection, told.moment)
    rows: list[CountLine] = []
    needing: Needing = {}
    for (name, code), several in groupby(sorted(programmes, key=_library), key=_library):
        works: list[Work] = []
        parts: list[CountLine] = []
        for programme in several:
            data = read(connection, programme.slug)
            works.append(attention.read_work(connection, programme, data))
            parts.append(lines.of_programme(connection, programme, data, told))
        line = lines.together(parts, name, code)
        rows.append(line)
        if found := attention.reasons(line, works, people, told, k):
            needing[name] = found
    return rows, needing


def _library(programme: Programme) -> tuple[str, str]:
    return programme.library, programme.code


def _summary(
    programmes: int, rows: Sequence[CountLine], all_: CountLine, needing: Needing, told: ToldPeriod
) -> list[Block]:
    people = Paragraph(words.people(programmes, all_.enrolled, all_.consented, len(rows)))
    came, *waiting = summary(all_.new, all_.before, all_.openings, all_.waiting, told)
    return [people, came, *waiting, Paragraph(say.attention(list(needing)))]


def _attention(needing: Needing) -> list[Block]:
    """What only one library needs first, then what several share, once for all of them."""
    sharing: dict[str, list[str]] = {}
    for name, found in needing.items():
        for reason in found:
            sharing.setdefault(reason, []).append(name)
    own = {
        name: said for name, found in needing.items() if (said := tuple(one for one in found if len(sharing[one]) == 1))
    }
    shared = [say.shared(reason, names) for reason, names in sharing.items() if len(names) > 1]
    told = [*(say.needs(name, found) for name, found in own.items()), *shared]
    return [Paragraph(one) for one in told] or [Paragraph(say.NOTHING)]
