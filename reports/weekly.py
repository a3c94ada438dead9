"""The weekly summary of a programme: who came, who answered, what comes next. Knows neither files nor formats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from reports import changes, participation, pictures, texts
from reports.frames import Data, read
from reports.impact import QUOTES, quotes
from reports.indicators import PARTICIPANTS
from reports.material import Material, gather
from reports.report import Block, Facts, Figure, Paragraph, Report, Section, Table
from reports.suppression import Cells, enough
from reports.weeks import Week, local_day, read_week
from storage import calls
from surveys.model import Programme

_Wave = tuple[str, participation.Response, participation.Response]  # its name, now and a week before


def weekly(
    connection: Connection,
    programme: Programme,
    week: Week | str,
    now: datetime,
    cells: Cells,
    open_text: Callable[[bytes], str],
    *,
    demo: bool = False,
) -> Report:
    """The report of one ISO week as it stood at its end, or stands now where the week still runs.

    Raises ValueError for a week that has not begun. The rest as in `reports.impact.impact`.
    """
    of = read_week(week) if isinstance(week, str) else week
    if of.start > now:
        raise ValueError(f"the week {of} has not begun")
    moment = min(now, of.end)
    everybody = read(connection, programme.slug)
    material = gather(connection, programme, everybody.of(PARTICIPANTS), moment, cells, primary_only=True)
    waiting = len(calls.needing(connection, [programme.slug], moment))
    k = material.k
    waves = _waves(everybody, programme, moment, of.start)
    enough_people = enough(participation.enrolled(everybody, moment), k)
    stories = _stories(connection, programme, (of.start, moment), open_text) if enough_people else []
    sections = (
        Section("summary", texts.IN_SHORT, tuple(_summary(everybody, programme, of, moment, waiting))),
        Section("people", texts.PEOPLE, (_people(everybody, of, moment),)),
        Section("response", texts.RESPONSE, (*pictures.response(waves, k), _response(waves, k))),
        Section("next", texts.NEXT_WEEK, (_next(everybody, of, moment, waiting),)),
        Section("change", texts.SO_FAR, tuple(_so_far(material))),
        Section("stories", texts.STORIES, tuple(stories)),
    )
    return Report(
        kind="weekly",
        title=programme.name,
        subtitle=texts.week_subtitle(programme.library, of.monday, of.sunday),
        subject=programme.slug,
        period=str(of),
        made_on=local_day(now),
        sections=tuple(section for section in sections if section.blocks),
        demo=demo,
        published=material.published,
    )


def _summary(data: Data, programme: Programme, of: Week, moment: datetime, waiting: int) -> list[Block]:
    new = sum(_new(data, wave.id, of.start, moment) for wave in programme.waves)
    before = sum(_new(data, wave.id, of.previous.start, of.start) for wave in programme.waves)
    told = [texts.arrived(new, before), texts.due_next_week(participation.opening(data, moment, of.next.end))]
    return [Paragraph(" ".join(told)), *([Paragraph(texts.waiting(waiting))] if waiting else [])]


def _people(data: Data, of: Week, moment: datetime) -> Facts:
    enrolled, consented = participation.enrolled(data, moment), participation.consented(data, moment)
    return Facts(
        "",
        (
            _count("enrolled", texts.ENROLLED, enrolled),
            _count("enrolled.new", texts.NEW_ENROLLED, enrolled - participation.enrolled(data, of.start)),
            _count("consented", texts.CONSENTED, consented),
            _count("consented.new", texts.NEW_CONSENTED, consented - participation.consented(data, of.start)),
        ),
    )


def _response(waves: list[_Wave], k: int) -> Table:
    columns = (
        texts.WAVE, texts.INVITATIONS, texts.ANSWERS, texts.NEW_ANSWERS, texts.RESPONSE, texts.LAST_WEEK
    )  # fmt: skip
    rows = tuple(
        (
            name,
            _count(f"{now.wave}.invited", f"{name}: {texts.INVITATIONS}", now.asked),
            _count(f"{now.wave}.answered", f"{name}: {texts.ANSWERS}", now.answered),
            _count(f"{now.wave}.new", f"{name}: {texts.NEW_ANSWERS}", now.answered - last.answered),
            _rate(f"{now.wave}.response", f"{name}: {texts.RESPONSE}", now, k),
            _rate(f"{now.wave}.response.last_week", f"{name}: {texts.LAST_WEEK}", last, k),
        )
        for name, now, last in waves
    )
    return Table("", columns, rows)


def _waves(data: Data, programme: Programme, moment: datetime, before: datetime) -> list[_Wave]:
    return [
        (
            texts.wave_of(wave.name, None if wave.audience == PARTICIPANTS else wave.audience),
            participation.response(data, wave.id, moment),
            participation.response(data, wave.id, before),
        )
        for wave in programme.waves
    ]


def _next(data: Data, of: Week, moment: datetime, waiting: int) -> Facts:
    until = of.next.end
    return Facts(
        "",
        (
            _count("next.openings", texts.DUE_OPENINGS, participation.opening(data, moment, until)),
            _count("next.closings", texts.DUE_CLOSINGS, participation.closing(data, moment, until)),
            _count("calls", texts.CALLS, waiting),
        ),
    )


def _so_far(material: Material) -> list[Block]:
    again = material.repeated
    return [*changes.headline(material), *([Paragraph(texts.repeated(again, material.k))] if again else [])]


def _stories(
    connection: Connection, programme: Programme, between: tuple[datetime, datetime], open_text: Callable[[bytes], str]
) -> list[Block]:
    return quotes(connection, programme, between, QUOTES, open_text) or [Paragraph(texts.NO_STORIES)]


def _new(data: Data, wave: str, since: datetime, until: datetime) -> int:
    return participation.response(data, wave, until).answered - participation.response(data, wave, since).answered


def _count(id_: str, label: str, value: int) -> Figure:
    return Figure(id_, label, value, unit="people")


def _rate(id_: str, label: str, response: participation.Response, k: int) -> Figure:
    if not enough(response.asked, k):
        return Figure(id_, label, None, response.asked, "share", note=texts.TOO_FEW)
    return Figure(id_, label, response.rate, response.asked, "share")
