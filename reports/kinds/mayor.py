"""One page for the mayor on one library: three plain sentences, ten people, one chart, one voice. Public.

Knows no statistics that a reader would have to learn, and neither files nor formats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from reports import texts
from reports.charts import plots
from reports.data.frames import read
from reports.data.indicators import AFTER, BEFORE, PARTICIPANTS, Indicator, everything
from reports.disclosure import improvement, release_units, rounding
from reports.disclosure.material import Material, gather
from reports.disclosure.presence import Presence, presence
from reports.disclosure.publishing import first_published
from reports.disclosure.suppression import NOTHING, Cells, Release, enough
from reports.formulas.levels import Level
from reports.kinds.impact import quotes
from reports.report import Block, Chart, Figure, FigureSource, Paragraph, Report, Section, Table
from reports.sections import library_page
from reports.sections.evidence_level import reached
from reports.sections.lasting import Lasting, coming, lasting
from reports.sections.library_page import NOTHING_GIVEN, LibraryPage, PerPerson
from reports.sections.pictures import answers
from reports.sections.press import press, source_of_change, source_of_counts
from reports.texts import levels
from reports.texts import library_page as page_words
from reports.texts import mayor as words
from surveys.locale_sl import rounded
from surveys.model import ORDERED, Programme
from surveys.weeks import local_day

_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER = "9999"  # later than every day of a publication


@dataclass(frozen=True, slots=True)
class _Page:
    """What the page is made of: the materials of all programmes, and those from which something may be told."""

    materials: tuple[Material, ...]
    leading: Material | None  # of those with a change that may be shown, the one that was published first
    lasts: Lasting | None
    there: Presence
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
    given: LibraryPage = NOTHING_GIVEN,
    demo: bool = False,
) -> Report:
    """The page on the programmes of one library as of now; `open_text` unseals a story, `given` is from the library.

    Before the page is handed out, it is remembered with `reports.disclosure.publishing.publish`. Raises ValueError
    where there is no programme.
    """
    if not programmes:
        raise ValueError("a library without programmes has no page")
    materials = tuple(
        gather(connection, one, read(connection, one.slug, everything(one)).of(PARTICIPANTS), now, cells, public=True)
        for one in programmes
    )
    leading, made_on = _leading(connection, materials), local_day(now)
    first = sorted(materials, key=lambda one: one is not leading)
    page = _Page(materials, leading, lasting(first), presence(materials), cells.published)
    came, changed, lasts = _came(page), _changed(page), _lasts(page)
    spent = _spent(page, given)
    level, rests_on = reached(connection, leading) if leading else (None, ())
    told = [Paragraph(one) for one in (came, changed, lasts, *(one.sentence for one in spent))]
    about = page_words.ABOUT_SEVERAL if page.named else page_words.ABOUT_ONE
    sections = (
        Section("summary", words.IN_SHORT, (*told, *_ten_people(page, changed))),
        Section("about", about, tuple(library_page.told(given, programmes))),
        Section("picture", words.PICTURE, tuple(_chart(page))),
        Section("voice", words.VOICE, tuple(_voice(connection, page, now, open_text))),
        Section("method", words.SMALL_PRINT, (Paragraph(_small_print(page, level)), _numbers(page, spent))),
        press(programmes[0].library, _for_press(page, came, made_on)),
    )
    return Report(
        kind="mayor",
        title=programmes[0].library,
        subtitle=words.subtitle(made_on),
        subject=programmes[0].code,
        period=made_on.isoformat(),
        made_on=made_on,
        sections=tuple(section for section in sections if section.blocks),
        demo=demo,
        logo=given.logo,
        published=sum((one.published for one in materials), rests_on),
    )


def _leading(connection: Connection, materials: Sequence[Material]) -> Material | None:
    """The programme whose change was published first, of several of one day the first: docs/decisions/mayor-page.md."""
    told = [one for one in materials if _primary(one)]
    return min(told, key=lambda one: _since(connection, one)) if told else None


def _since(connection: Connection, material: Material) -> str:
    one = material.primary
    name = release_units.name(material.programme.slug, AFTER, one.id if one else "")
    return first_published(connection, name, "mean_after") or _NEVER


def _primary(material: Material) -> Release:
    one = material.primary
    return material.release(AFTER, one.id if one else "")


def _pairs(material: Material) -> int:
    one = material.primary
    return 0 if one is None else len(material.data.pairs(one.id, BEFORE, AFTER))


# The three sentences.


def _came(page: _Page) -> str:
    where = words.programmes([one.programme.name for one in page.materials])
    return words.came(where, page.there, page.k)


def _changed(page: _Page) -> str:
    if page.leading is None or page.leading.primary is None:
        hidden = any(_primary(one).hidden and enough(_pairs(one), page.k) for one in page.materials)
        return words.HIDDEN if hidden else words.too_few_pairs(page.k)
    where = words.inside(page.leading.programme.name) if page.named else ""
    return _change(page, page.leading.primary, _primary(page.leading), _verdict(page), where)


def _change(page: _Page, one: Indicator, release: Release, verdict: str, where: str) -> str:
    found = improvement.improvement(release, page.k)
    if found.of_ten is not None:
        many, counts = found.of_ten.words, found.of_ten.tenths or 1
    elif found.below is not None:
        many, counts = words.fewer(found.below), found.below
    else:
        return words.shifted(rounding.change(release).value, release.n, one.item.text, verdict, where)
    return words.changed(many, counts, found.n, one.item.text, one.improvement, verdict, where)


def _verdict(page: _Page) -> str:
    """Of one programme its own; of several, in how many it is clear, unless the named one goes down."""
    release = NOTHING if page.leading is None else _primary(page.leading)
    measured = [found for one in page.materials if (found := _primary(one)).shows("verdict")]
    if not release.shows("verdict") or len(measured) == 1 or rounding.change(release).high < 0:
        return _own_verdict(release)
    return words.verdicts(sum(rounding.change(found).low > 0 for found in measured), len(measured))


def _own_verdict(release: Release) -> str:
    if not release.shows("verdict"):
        return words.UNJUDGED
    told = rounding.change(release)
    return words.verdict(told.low, told.high)


def _for_press(page: _Page, came: str, made_on: date) -> list[tuple[str, str]]:
    """How many came; and, where it may be told, the change, with the programme's name in the sentence itself."""
    if not enough(page.there.enrolled, page.k):
        return []
    counts = came, source_of_counts(made_on)
    if page.leading is None or page.leading.primary is None:
        return [counts]
    release, where = _primary(page.leading), words.inside(page.leading.programme.name)
    told = _change(page, page.leading.primary, release, _own_verdict(release), where)
    return [
        (told, source_of_change(date.fromisoformat(release.period), release.n, page.leading.primary.item.text)),
        counts,
    ]


def _spent(page: _Page, given: LibraryPage) -> list[PerPerson]:
    """What the programmes took, for each person of the groups that began in a year."""
    people: dict[tuple[str, int], int] = {}
    for one in page.materials:
        there = one.data.people[one.data.people["enrolled_at"] <= one.moment]
        for year, codes in there.groupby(there["start"].dt.year)["code"]:
            people[one.programme.slug, int(year)] = codes.nunique()
    names = {one.programme.slug: page.name(one) for one in page.materials}
    return library_page.per_person(given, names, people, page.k)


def _lasts(page: _Page) -> str:
    """What is there months later; before that what was said at the end, and when there will be more."""
    found = page.lasts
    told = "" if found is None else _told(page, found)
    if found is not None and found.later:
        return told
    expected = coming(page.materials)
    later = (
        words.UNKNOWN_LATER
        if expected is None
        else words.will_be_known(expected.days, expected.known, hidden=expected.hidden)
    )
    return f"{told} {later}".strip()


def _told(page: _Page, found: Lasting) -> str:
    where = words.SAME_PROGRAMME if found.material is page.leading else words.inside(found.material.programme.name)
    where, question = where if page.named else "", found.indicator.item.text
    return words.lasts(found.of_ten, found.asked, question, found.answers, days=found.days, where=where)


# The pictures.


def _ten_people(page: _Page, sentence: str) -> list[Chart]:
    if page.leading is None or page.leading.primary is None:
        return []
    ten = improvement.improvement(_primary(page.leading), page.k).of_ten
    if ten is None:
        return []
    title = f"{ten.title}: {_named(page, page.leading, page.leading.primary)}"
    rest = words.REST if ten.least else words.NOT_HIGHER
    return [plots.icons(ten.tenths, title, sentence, (words.HIGHER, rest))]


def _chart(page: _Page) -> list[Chart]:
    """The answers of the same people; else both means, without an interval; else who was there at all."""
    if page.leading is None:
        return _people_chart(page)
    return answers(page.leading) or _means(page.leading) or _people_chart(page)


def _means(material: Material) -> list[Chart]:
    one, release = material.primary, _primary(material)
    if one is None or one.scale is None or one.item.kind not in ORDERED or not release:
        return []
    before, after = (rounded(release[key] or 0.0, rounding.POINTS) for key in ("mean_before", "mean_after"))
    row = plots.Moved(one.label, before, after, rounding.change(release).value)
    return [plots.dumbbell("means", [row], one.scale, words.means(one.scale), (one.labels[0], one.labels[-1]))]


def _people_chart(page: _Page) -> list[Chart]:
    steps = _steps(page)
    of = steps[0][1]
    bars = [plots.Bar(label, people, of, share_shown=False) for label, people in steps if enough(people, page.k)]
    return [plots.bars("people", bars, words.PEOPLE_CHART)] if enough(of, page.k) else []


def _steps(page: _Page) -> list[tuple[str, int]]:
    before = {code for one in page.materials for code in one.data.answered(BEFORE, one.moment)["code"]}
    return [
        (words.ENROLLED, page.there.enrolled),
        (words.ANSWERED_BEFORE, len(before)),
        (words.ANSWERED, page.there.answered),
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


def _small_print(page: _Page, level: Level | None) -> str:
    releases = [*([_primary(page.leading)] if page.leading else []), *([page.lasts.release] if page.lasts else [])]
    older = sorted({date.fromisoformat(one.period) for one in releases if not one.fresh})
    evident = [levels.line(level)] if level else []
    helped = any(wave.audience != PARTICIPANTS for one in page.materials for wave in one.programme.waves)
    alone = [words.PARTICIPANTS_ALONE] if helped else []
    return " ".join([*alone, words.CAVEAT, *evident, *([words.older(older)] if older else [])])


def _numbers(page: _Page, spent: Sequence[PerPerson]) -> Table:
    """The numbers behind the sentences, for files."""
    everybody = page.materials[0].programme.slug if not page.named else ""
    there = page.there
    figures = [_people("enrolled", words.ENROLLED, there.enrolled, page.k, FigureSource("persons", everybody))]
    if there.told_apart(page.k):
        figures.append(_people("ongoing", words.ONGOING, there.ongoing, page.k))
        figures.append(_people("ended", words.ENDED, there.ended, page.k, FigureSource("ended", everybody)))
    counted = FigureSource("persons_answered", everybody, waves=(AFTER,))
    figures.append(_people("answered", words.ANSWERED, there.answered, page.k, counted))
    if page.leading is not None and page.leading.primary is not None:
        figures += _change_figures(page, page.leading, page.leading.primary)
    if page.lasts is not None:
        found = page.lasts
        source = FigureSource("share", found.material.programme.slug, found.indicator.id, (found.wave,))
        told = words.answered(found.indicator.item.text, texts.either(found.answers))
        figures.append(Figure("lasts.share", told, found.count / found.n, found.n, "share", source=source))
    figures += [figure for one in spent for figure in one.figures]
    rows = tuple((figure.label, figure) for figure in figures)
    return Table(words.NUMBERS, (words.WHAT, words.HOW_MANY), rows, detail=True)


def _change_figures(page: _Page, material: Material, one: Indicator) -> list[Figure]:
    slug, release = material.programme.slug, _primary(material)
    found, waves = improvement.improvement(release, page.k), (BEFORE, AFTER)
    share = None if found.exact is None else found.exact / found.n
    note = texts.bound(found.least, found.below, found.n) if share is None else ""
    label, source = words.answered(one.item.text, words.HIGHER), FigureSource("improved_share", slug, one.id, waves)
    return [
        Figure("pairs", words.PAIRS, release.n, unit="people", source=FigureSource("pairs", slug, one.id, waves)),
        Figure("improved_share", label, share, found.n, "share", note=note, source=source),
    ]


def _people(id_: str, label: str, people: int, k: int, source: FigureSource | None = None) -> Figure:
    hidden = 0 < people < k
    value, note = (None, words.fewer(k)) if hidden else (people, "")
    return Figure(id_, label, value, unit="people", note=note, source=source)
