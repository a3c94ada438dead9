"""The weekly summary of a programme: who came, who answered, what comes next. Knows neither files nor formats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from reports import texts
from reports.data import participation
from reports.data.frames import Data, read
from reports.data.indicators import EVERYBODY, PARTICIPANTS, change_of
from reports.disclosure.clusters import Grouped, grouped
from reports.disclosure.material import Material, gather
from reports.disclosure.suppression import Cells, enough
from reports.kinds.impact import QUOTES, quotes
from reports.report import Block, Figure, FigureSource, Paragraph, Report, Section, Table
from reports.sections import changes, pictures, response
from reports.sections.annex import annex, of_changes, of_response, pointer
from reports.texts import periods
from reports.texts import response as words
from reports.texts.periods import ToldPeriod
from storage import calls
from surveys.model import Programme
from surveys.months import as_of
from surveys.weeks import Week, local_day

_ALWAYS = ("enrolled", "consented")  # told of every audience, if none, too
_Wave = tuple[str, participation.ResponseStep, participation.ResponseStep]  # its name, now and a week before


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

    Raises ValueError for a week that has not begun. The rest as in `reports.kinds.impact.impact`.
    """
    of, moment = as_of(week, now)
    told = ToldPeriod(of, moment, now)
    everybody = read(connection, programme.slug, change_of(programme, "primary"))
    material = gather(connection, programme, everybody.of(PARTICIPANTS), moment, cells, primary_only=True)
    by_group = grouped(connection, material)
    waiting = len(calls.needing(connection, [programme.slug], now))
    k = material.k
    waves, unopened = _waves(everybody, programme, moment, of.start), participation.unopened(everybody, moment)
    enough_people = enough(participation.enrolled(everybody, moment), k)
    stories = _stories(connection, programme, told, open_text) if enough_people else []
    last = annex(of_changes(material, intervals=True), of_response() if len(everybody.people) else [])
    sections = (
        Section("summary", texts.IN_SHORT, tuple(_summary(everybody, programme, told, waiting))),
        Section("people", texts.PEOPLE, tuple(_people(everybody, programme, told))),
        Section("response", texts.RESPONSE, tuple(_response(programme, waves, unopened, told, k))),
        Section("next", periods.next_title(told), (_next(everybody, programme.slug, told, waiting),)),
        Section("change", periods.so_far(told), (*_so_far(material, by_group), *pointer(last))),
        Section("stories", texts.STORIES, tuple(stories)),
        last,
    )
    return Report(
        kind="weekly",
        title=programme.name,
        subtitle=f"{programme.library} · {periods.heading(told)}",
        subject=programme.slug,
        period=str(of),
        made_on=local_day(now),
        sections=tuple(section for section in sections if section.blocks),
        demo=demo,
        published=material.published + by_group.published,
    )


def summary(new: int, before: int, openings: int, waiting: int, told: ToldPeriod) -> list[Block]:
    """The first sentences: questionnaires that came in the period and before, what is due, who needs a call."""
    came = Paragraph(f"{periods.arrived(new, before, told)} {periods.due(openings, told)}")
    return [came, *([Paragraph(texts.waiting(waiting, told.called))] if waiting else [])]


def arrivals(data: Data, programme: Programme, since: datetime, until: datetime) -> int:
    """How many questionnaires of all waves came back in this time."""
    return sum(
        participation.response(data, wave.id, until).people - participation.response(data, wave.id, since).people
        for wave in programme.waves
    )


def _summary(data: Data, programme: Programme, told: ToldPeriod, waiting: int) -> list[Block]:
    of, moment = told.period, told.moment
    new = arrivals(data, programme, of.start, moment)
    before = arrivals(data, programme, of.previous.start, of.start)
    return summary(new, before, participation.opening(data, moment, of.next.end), waiting, told)


def _people(everybody: Data, programme: Programme, told: ToldPeriod) -> list[Block]:
    """Those who take part, then every further audience that somebody is enrolled in."""
    there = [(name, everybody.of(name)) for name in programme.audiences]
    return [
        response.facts(texts.audience(name), _counts(data, programme.slug, name, told))
        for name, data in there
        if name == PARTICIPANTS or participation.enrolled(data, told.moment)
    ]


def _counts(data: Data, slug: str, audience: str, told: ToldPeriod) -> tuple[Figure, ...]:
    start, moment = told.period.start, told.moment
    before = "" if audience == PARTICIPANTS else f"{audience}."
    counted = (
        ("enrolled", texts.ENROLLED, participation.enrolled(data, moment)),
        ("enrolled.new", periods.new_enrolled(told), participation.newly(data, "enrolled_at", start, moment)),
        ("consented", texts.CONSENTED, participation.consented(data, moment)),
        ("consented.new", periods.new_consented(told), participation.newly(data, "joined_at", start, moment)),
        ("unopened", words.UNOPENED, participation.unopened(data, moment)),
    )
    return tuple(
        response.count(
            f"{before}{id_}",
            label,
            value,
            FigureSource(id_.replace(".", "_"), slug, audience=audience),
            spare=id_ not in _ALWAYS,
        )
        for id_, label, value in counted
    )


def _response(programme: Programme, waves: list[_Wave], unopened: int, told: ToldPeriod, k: int) -> list[Block]:
    if not any(now.begun for _, now, _ in waves):
        return [Paragraph(texts.NO_INVITATIONS)]
    new, now_, then = periods.new_answers(told), periods.response(told.last), periods.response(told.last_before)
    columns = (texts.WAVE, new, words.ELIGIBLE, words.RESPONDED, now_, then, words.EARLY, words.OPEN)
    rows: list[tuple[str | Figure, ...]] = []
    for wave, (name, now, last) in zip(programme.waves, waves, strict=True):
        of = partial(FigureSource, programme=programme.slug, waves=(wave.id,), audience=wave.audience)
        id_, figure = wave.id, response.count
        rows.append(
            (
                name,
                figure(f"{id_}.new", f"{name}: {new}", now.people - last.people, of("answered_new")),
                figure(f"{id_}.eligible", f"{name}: {words.ELIGIBLE}", now.eligible, of("eligible")),
                figure(f"{id_}.responded", f"{name}: {words.RESPONDED}", now.responded, of("responded")),
                response.rate(f"{id_}.response", f"{name}: {now_}", now, k, of("rate")),
                response.rate(f"{id_}.response.last_week", f"{name}: {then}", last, k, of("rate_before")),
                figure(f"{id_}.early", f"{name}: {words.EARLY}", now.early, of("early"), spare=True),
                figure(f"{id_}.open", f"{name}: {words.OPEN}", now.open, of("open"), spare=True),
            )
        )
    said = response.paragraphs(((name, now) for name, now, _ in waves), k)
    chart = pictures.response(waves, periods.tick(told.last_before), k)
    table = Table("", columns, tuple(rows), caption=words.NOTE)
    return [*said, *response.apart(unopened), *chart, table]


def _waves(data: Data, programme: Programme, moment: datetime, before: datetime) -> list[_Wave]:
    return [
        (
            texts.wave_of(wave.name, None if wave.audience == PARTICIPANTS else wave.audience),
            participation.response(data, wave.id, moment),
            participation.response(data, wave.id, before),
        )
        for wave in programme.waves
    ]


def _next(data: Data, slug: str, told: ToldPeriod, waiting: int) -> Block:
    moment, until = told.moment, told.period.next.end
    of, figure = partial(FigureSource, programme=slug, audience=EVERYBODY), partial(response.count, spare=True)
    opening, closing = (count(data, moment, until) for count in (participation.opening, participation.closing))
    return response.due(
        (
            figure("next.openings", texts.DUE_OPENINGS, opening, of("openings")),
            figure("next.closings", texts.DUE_CLOSINGS, closing, of("closings")),
            figure("calls", periods.calls(texts.CALLS, told), waiting, of("calls")),
        )
    )


def _so_far(material: Material, by_group: Grouped) -> list[Block]:
    again = material.repeated
    return [
        *changes.headline(material, by_group.told),
        *([Paragraph(texts.repeated(again, material.k))] if again else []),
    ]


def _stories(
    connection: Connection, programme: Programme, told: ToldPeriod, open_text: Callable[[bytes], str]
) -> list[Block]:
    found = quotes(connection, programme, (told.period.start, told.moment), QUOTES, open_text)
    return [*found] or [Paragraph(periods.no_stories(told))]
