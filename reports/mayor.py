"""One page for the mayor on one library: three plain sentences, ten people, one chart, one voice. Public.

Knows no statistics that a reader would have to learn, and neither files nor formats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from reports import charts, groups, texts
from reports.frames import Data, read
from reports.impact import quotes
from reports.indicators import AFTER, BEFORE, PARTICIPANTS, Indicator
from reports.lasting import Lasting, lasting
from reports.material import Material, gather
from reports.pictures import answers
from reports.report import Block, Chart, Figure, Paragraph, Report, Section, Source, Table
from reports.slovenian import rounded
from reports.suppression import Cells, Edition, enough
from reports.texts import mayor as words
from reports.weeks import local_day
from surveys.model import ORDERED, Programme

_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
_TENTHS = 10


@dataclass(frozen=True, slots=True)
class _Page:
    """What the page is made of: the materials of all programmes, and those from which something may be told."""

    materials: tuple[Material, ...]
    leading: Material | None  # of those with a change that may be shown, the one with most pairs
    lasts: Lasting | None
    k: int

    @property
    def named(self) -> bool:
        """Whether a sentence has to name its programme."""
        return len(self.materials) > 1

    def name(self, material: Material) -> str:
        """The name of a programme where there are several, else nothing."""
        return material.programme.name if self.named else ""


def mayor(
    connection: Connection,
    programmes: Sequence[Programme],
    now: datetime,
    cells: Cells,
    open_text: Callable[[bytes], str],
    *,
    demo: bool = False,
) -> Report:
    """The page on the programmes of one library as of now; `open_text` unseals a story.

    Before the page is handed out, it is remembered with `reports.publishing.publish`. Raises ValueError where there is
    no programme.
    """
    if not programmes:
        raise ValueError("a library without programmes has no page")
    materials = tuple(
        gather(connection, one, read(connection, one.slug).of(PARTICIPANTS), now, cells, public=True)
        for one in programmes
    )
    page = _Page(materials, _leading(materials), lasting(materials), cells.published)
    came, changed, lasts = _came(page), _changed(page), _lasts(page)
    told = [Paragraph(came), Paragraph(changed), Paragraph(lasts)]
    sections = (
        Section("summary", words.IN_SHORT, (*told, *_ten_people(page, changed))),
        Section("picture", words.PICTURE, tuple(_chart(page))),
        Section("voice", words.VOICE, tuple(_voice(connection, page, now, open_text))),
        Section("method", words.SMALL_PRINT, (Paragraph(_small_print(page)), _numbers(page))),
    )
    made_on = local_day(now)
    return Report(
        kind="mayor",
        title=programmes[0].library,
        subtitle=words.subtitle(made_on),
        subject=programmes[0].code,
        period=made_on.isoformat(),
        made_on=made_on,
        sections=tuple(section for section in sections if section.blocks),
        demo=demo,
        published=tuple(one for material in materials for one in material.published),
    )


def _leading(materials: Sequence[Material]) -> Material | None:
    told = [one for one in materials if _primary(one)]
    return max(told, key=lambda one: _primary(one).n) if told else None


def _primary(material: Material) -> Edition:
    one = material.primary
    return material.edition(AFTER, one.id if one else "")


def _pairs(material: Material) -> int:
    one = material.primary
    return 0 if one is None else len(material.data.pairs(one.id, BEFORE, AFTER))


def _enrolled(page: _Page) -> int:
    return len({code for one in page.materials for code in _codes(one.data, one.moment)})


def _codes(data: Data, moment: datetime) -> list[str]:
    return list(data.people.loc[data.people["enrolled_at"] <= moment, "code"])


def _answered(page: _Page) -> int:
    return len({code for one in page.materials for code in one.data.answered(AFTER, one.moment)["code"]})


# The three sentences.


def _came(page: _Page) -> str:
    where = words.programmes([one.programme.name for one in page.materials])
    return words.came(where, _enrolled(page), _answered(page), page.k)


def _changed(page: _Page) -> str:
    if page.leading is None or page.leading.primary is None:
        hidden = any(_primary(one).hidden and enough(_pairs(one), page.k) for one in page.materials)
        return words.HIDDEN if hidden else words.too_few_pairs(page.k)
    one, edition = page.leading.primary, _primary(page.leading)
    found, verdict = groups.improvement(edition, page.k), _verdict(page, edition)
    where = words.inside(page.leading.programme.name) if page.named else ""
    if found.exact is not None and found.tenths is not None:
        many = words.of_ten(found.tenths, exact=found.tenths * found.n == found.exact * _TENTHS)
    elif found.least is not None:
        many = words.at_least(found.least, found.n)
    elif found.below is not None:
        many = words.less_than(found.below, found.n)
    else:
        return words.shifted(edition["change"] or 0.0, one.item.text, verdict, where)
    return words.changed(many, one.item.text, verdict, where)


def _verdict(page: _Page, edition: Edition) -> str:
    """Of one programme its own; of several, in how many it is clear, unless the named one goes down."""
    between = edition["ci_low"] or 0.0, edition["ci_high"] or 0.0
    measured = [found for one in page.materials if (found := _primary(one)).shows("verdict")]
    if not edition.shows("verdict"):
        return words.UNJUDGED
    if len(measured) == 1 or between[1] < 0:
        return words.verdict(*between)
    return words.verdicts(sum((found["ci_low"] or 0.0) > 0 for found in measured), len(measured))


def _lasts(page: _Page) -> str:
    found = page.lasts
    if found is None:
        return words.UNKNOWN_LATER
    tenths = found.tenths
    many = words.of_ten(tenths, exact=tenths * found.n == found.count * _TENTHS)
    where = words.inside(found.material.programme.name)
    if found.material is page.leading:
        where = words.SAME_PROGRAMME
    question = found.indicator.item.text
    return words.lasts(many, tenths, question, found.answers, later=found.later, where=where if page.named else "")


# The pictures.


def _ten_people(page: _Page, sentence: str) -> list[Chart]:
    if page.leading is None or page.leading.primary is None:
        return []
    found = groups.improvement(_primary(page.leading), page.k)
    if found.tenths is None:
        return []
    title = f"{words.ICONS}: {_named(page, page.leading, page.leading.primary)}"
    rest = words.NOT_HIGHER if found.exact is not None else words.REST
    return [charts.icons(found.tenths, title, sentence, (words.HIGHER, rest))]


def _chart(page: _Page) -> list[Chart]:
    """The answers of the same people; else both means, without an interval; else who was there at all."""
    if page.leading is None:
        return _people_chart(page)
    return answers(page.leading) or _means(page.leading) or _people_chart(page)


def _means(material: Material) -> list[Chart]:
    one, edition = material.primary, _primary(material)
    if one is None or one.scale is None or one.item.kind not in ORDERED or not edition:
        return []
    before, after, change = (rounded(edition[key] or 0.0, 1) for key in ("mean_before", "mean_after", "change"))
    row = charts.Moved(one.label, before, after, change)
    return [charts.dumbbell("means", [row], one.scale, words.means(one.scale))]


def _people_chart(page: _Page) -> list[Chart]:
    steps = _steps(page)
    of = steps[0][1]
    bars = [charts.Bar(label, people, of, share_shown=False) for label, people in steps if enough(people, page.k)]
    return [charts.bars("people", bars, words.PEOPLE_CHART)] if enough(of, page.k) else []


def _steps(page: _Page) -> list[tuple[str, int]]:
    before = {code for one in page.materials for code in one.data.answered(BEFORE, one.moment)["code"]}
    return [
        (words.ENROLLED, _enrolled(page)),
        (words.ANSWERED_BEFORE, len(before)),
        (words.ANSWERED, _answered(page)),
    ]


def _named(page: _Page, material: Material, one: Indicator) -> str:
    return ", ".join(part for part in (page.name(material), one.label) if part)


# The voice and the small print.


def _voice(connection: Connection, page: _Page, now: datetime, open_text: Callable[[bytes], str]) -> Sequence[Block]:
    """One story, first from the programme that the page speaks of, where its people are enough."""
    ordered = sorted(page.materials, key=lambda one: one is not page.leading)
    for material in ordered:
        if enough(material.data.occasions["code"].nunique(), page.k):
            found = quotes(connection, material.programme, (_ALWAYS, now), 1, open_text)
            if found:
                return found
    return []


def _small_print(page: _Page) -> str:
    editions = [*([_primary(page.leading)] if page.leading else []), *([page.lasts.edition] if page.lasts else [])]
    older = sorted({date.fromisoformat(one.period) for one in editions if not one.fresh})
    return " ".join([words.CAVEAT, *([words.older(older)] if older else [])])


def _numbers(page: _Page) -> Table:
    """The numbers behind the sentences, for files."""
    everybody = page.materials[0].programme.slug if not page.named else ""
    figures = [
        _people("enrolled", words.ENROLLED, _enrolled(page), page.k, Source("count", everybody)),
        _people("answered", words.ANSWERED, _answered(page), page.k, Source("count", everybody, waves=(AFTER,))),
    ]
    if page.leading is not None and page.leading.primary is not None:
        figures += _change_figures(page, page.leading, page.leading.primary)
    if page.lasts is not None:
        found = page.lasts
        source = Source("share", found.material.programme.slug, found.indicator.id, (found.wave,))
        told = words.answered(found.indicator.item.text, texts.either(found.answers))
        figures.append(Figure("lasts.share", told, found.count / found.n, found.n, "share", source=source))
    rows = tuple((figure.label, figure) for figure in figures)
    return Table(words.NUMBERS, (words.WHAT, words.HOW_MANY), rows, detail=True)


def _change_figures(page: _Page, material: Material, one: Indicator) -> list[Figure]:
    slug, edition = material.programme.slug, _primary(material)
    found, waves = groups.improvement(edition, page.k), (BEFORE, AFTER)
    share = None if found.exact is None else found.exact / found.n
    note = texts.bound(found.least, found.below, found.n) if share is None else ""
    label, source = words.answered(one.item.text, words.HIGHER), Source("improved_share", slug, one.id, waves)
    return [
        Figure("pairs", words.PAIRS, edition.n, unit="people", source=Source("pairs", slug, one.id, waves)),
        Figure("improved_share", label, share, found.n, "share", note=note, source=source),
    ]


def _people(id_: str, label: str, people: int, k: int, source: Source) -> Figure:
    hidden = 0 < people < k
    value, note = (None, words.fewer(k)) if hidden else (people, "")
    return Figure(id_, label, value, unit="people", note=note, source=source)
