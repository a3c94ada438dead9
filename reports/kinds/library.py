"""The weekly summary of a whole library over its programmes: counts of the work alone. Knows neither files nor formats.

What changed for people is told by the reports of each programme; nothing here holds an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from reports import texts
from reports.data.frames import read
from reports.disclosure.suppression import Cells
from reports.kinds import lines
from reports.kinds.weekly import summary
from reports.report import Block, Paragraph, Report, Section
from reports.texts import library as words
from reports.texts import periods
from reports.texts.periods import ToldPeriod
from surveys.model import Programme
from surveys.months import as_of
from surveys.weeks import Week, local_day


def library(
    connection: Connection,
    programmes: Sequence[Programme],
    week: Week | str,
    now: datetime,
    cells: Cells,
    *,
    demo: bool = False,
) -> Report:
    """The report of one ISO week over all programmes of one library, as it stood at its end or stands now.

    Raises ValueError for a week that has not begun, and where there is no programme.
    """
    if not programmes:
        raise ValueError("a library without programmes has no summary")
    told = ToldPeriod(*as_of(week, now), now)
    rows = [lines.of_programme(connection, one, read(connection, one.slug), told) for one in programmes]
    k = cells.inside
    sections = (
        Section("summary", texts.IN_SHORT, tuple(_summary(len(rows), lines.together(rows), told))),
        Section("programmes", words.PROGRAMMES, (lines.work(rows, words.PROGRAMME, told, k),)),
        Section(
            "response",
            texts.RESPONSE,
            tuple(lines.answers(rows, words.RESPONSE_CHART, told, k)),
        ),
        Section("next", periods.next_title(told), tuple(lines.due(rows, words.PROGRAMME, told))),
    )
    return Report(
        kind="library",
        title=programmes[0].library,
        subtitle=words.subtitle(len(programmes), told),
        subject=programmes[0].code,
        period=str(told.period),
        made_on=local_day(now),
        sections=tuple(section for section in sections if section.blocks),
        demo=demo,
    )


def _summary(programmes: int, together: lines.CountLine, told: ToldPeriod) -> list[Block]:
    people = Paragraph(words.people(programmes, together.enrolled, together.consented))
    return [people, *summary(together.new, together.before, together.openings, together.waiting, told)]
