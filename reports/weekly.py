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
from reports.report import Block, Facts, Figure, Paragraph, Report, Section, Source, Table
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
    of, moment = as_of(week, now)
    everybody = read(connection, programme.slug)
    material = gather(connection, programme, everybody.of(PARTICIPANTS), moment, cells, primary_only=True)
    waiting = len(calls.needing(connection, [programme.slug], moment))
    k = material.k
    waves = _waves(everybody, programme, moment, of.start)
    enough_people = enough(participation.enrolled(everybody, moment), k)
    stories = _stories(connection, programme, (of.start, moment), open_text) if enough_people else []
    sections = (
        Section("summary", texts.IN_SHORT, tuple(_summary(everybody, programme, of, moment, waiting))),
        Section("people", texts.PEOPLE, (_people(everybody, programme.slug, of, moment),)),
        Section("response", texts.RESPONSE, tuple(_response(programme.slug, waves, k))),
        Section("next", texts.NEXT_WEEK, (_next(everybody, programme.slug, of, moment, waiting),)),
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


def as_of(week: Week | str, now: datetime) -> tuple[Week, datetime]:
    """The week and its last moment until now. Raises ValueError for a week that has not begun."""
    of = read_week(week) if isinstance(week, str) else week
    if of.start > now:
        raise ValueError(f"the week {of} has not begun")
    return of, min(now, of.end)


def summary(new: int, before: int, openings: int, waiting: int) -> list[Block]:
    """The first sentences: questionnaires that came this week and the week before, what is due, who needs a call."""
    told = Paragraph(f"{texts.arrived(new, before)} {texts.due_next_week(openings)}")
    return [told, *([Paragraph(texts.waiting(waiting))] if waiting else [])]


def arrivals(data: Data, programme: Programme, since: datetime, until: datetime) -> int:
    """How many questionnaires of all waves came back in this time."""
    return sum(
        participation.response(data, wave.id, until).answered - participation.response(data, wave.id, since).answered
        for wave in programme.waves
    )


def count(id_: str, label: str, value: int, slug: str, *waves: str) -> Figure:
    """A count of the work of one programme, or of several (`slug` empty)."""
    return Figure(id_, label, value, unit="people", source=Source("count", slug, waves=waves))


def rate(id_: str, label: str, response: participation.Response, k: int, slug: str, *waves: str) -> Figure:
    """Answers over invitations; nothing where fewer than k were invited."""
    shown = enough(response.asked, k)
    note = "" if shown else texts.no_rate(response.asked, texts.FEW_INVITED, texts.NONE_INVITED)
    source = Source("rate", slug, waves=waves)
    return Figure(id_, label, response.rate if shown else None, response.asked, "share", note=note, source=source)


def _summary(data: Data, programme: Programme, of: Week, moment: datetime, waiting: int) -> list[Block]:
    new = arrivals(data, programme, of.start, moment)
    before = arrivals(data, programme, of.previous.start, of.start)
    return summary(new, before, participation.opening(data, moment, of.next.end), waiting)


def _people(data: Data, slug: str, of: Week, moment: datetime) -> Facts:
    enrolled, consented = participation.enrolled(data, moment), participation.consented(data, moment)
    return Facts(
        "",
        (
            count("enrolled", texts.ENROLLED, enrolled, slug),
            count("enrolled.new", texts.NEW_ENROLLED, enrolled - participation.enrolled(data, of.start), slug),
            count("consented", texts.CONSENTED, consented, slug),
            count("consented.new", texts.NEW_CONSENTED, consented - participation.consented(data, of.start), slug),
        ),
    )


def _response(slug: str, waves: list[_Wave], k: int) -> list[Block]:
    if not any(now.asked for _, now, _ in waves):
        return [Paragraph(texts.NO_INVITATIONS)]
    columns = (
        texts.WAVE, texts.INVITATIONS, texts.ANSWERS, texts.NEW_ANSWERS, texts.RESPONSE, texts.LAST_WEEK
    )  # fmt: skip
    rows = tuple(
        (
            name,
            count(f"{now.wave}.invited", f"{name}: {texts.INVITATIONS}", now.asked, slug, now.wave),
            count(f"{now.wave}.answered", f"{name}: {texts.ANSWERS}", now.answered, slug, now.wave),
            count(f"{now.wave}.new", f"{name}: {texts.NEW_ANSWERS}", now.answered - last.answered, slug, now.wave),
            rate(f"{now.wave}.response", f"{name}: {texts.RESPONSE}", now, k, slug, now.wave),
            rate(f"{now.wave}.response.last_week", f"{name}: {texts.LAST_WEEK}", last, k, slug, now.wave),
        )
        for name, now, last in waves
    )
    return [*pictures.response(waves, k), Table("", columns, rows)]


def _waves(data: Data, programme: Programme, moment: datetime, before: datetime) -> list[_Wave]:
    return [
        (
            texts.wave_of(wave.name, None if wave.audience == PARTICIPANTS else wave.audience),
            participation.response(data, wave.id, moment),
            participation.response(data, wave.id, before),
        )
        for wave in programme.waves
    ]


def _next(data: Data, slug: str, of: Week, moment: datetime, waiting: int) -> Facts:
    until = of.next.end
    return Facts(
        "",
        (
            count("next.openings", texts.DUE_OPENINGS, participation.opening(data, moment, until), slug),
            count("next.closings", texts.DUE_CLOSINGS, participation.closing(data, moment, until), slug),
            count("calls", texts.CALLS, waiting, slug),
        ),
    )


def _so_far(material: Material) -> list[Block]:
    again = material.repeated
    return [*changes.headline(material), *([Paragraph(texts.repeated(again, material.k))] if again else [])]


def _stories(
    connection: Connection, programme: Programme, between: tuple[datetime, datetime], open_text: Callable[[bytes], str]
) -> list[Block]:
    return quotes(connection, programme, between, QUOTES, open_text) or [Paragraph(texts.NO_STORIES)]
