"""Somebody who reads every report of two successive weeks, and can count, learns nobody's answer.

The reports are the weekly summary, the impact report (with those who wait, those who did not answer at the end, and
what a change means) and the page for the mayor.

Small programmes are made up; their reports are written in every format; what the formats say is turned into equations
over the unknown answers, and an integer solver looks for what follows from them. The reader is thought to know who
answered in which week. No function of the reports decides here what is safe.
"""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from itertools import count, pairwise, product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from plugins.respondents import DAY, grouper, open_text
from plugins.rotation import of_this_run
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.stats import t as student
from sqlalchemy import create_engine

from reports import texts
from reports.disclosure.publishing import publish
from reports.disclosure.suppression import Cells
from reports.kinds.impact import impact
from reports.kinds.mayor import mayor
from reports.kinds.weekly import weekly
from reports.render.html import as_html
from reports.render.json import as_json
from reports.render.pdf import as_pdf
from reports.render.png import as_png
from reports.render.text import as_text
from reports.render.words import written
from reports.render.xlsx import as_xlsx
from storage import schema
from storage.schema import Allocation, EnrolmentState
from surveys.model import Choice, Item, Kind, Programme, Questionnaire, Wave
from surveys.weeks import week_of

CELLS = Cells()
K = CELLS.inside
FIRST = datetime(2026, 9, 16, 12, tzinfo=UTC)
SECOND = FIRST + 7 * DAY
PARTS, WORLDS, PROGRAMMES = 5, 20, 5  # 500 programmes in all, with a seed for each part
OUTCOME = (1, 3)
WEEKS = (("stay",), ("stay", "come"))  # who waits, or falls silent, in each


def scale_item(id_, points, role, *, reverse=False):
    choices = tuple(Choice(code=code, label=f"stopnja {'abcde'[code - 1]}") for code in range(1, points + 1))
    return Item(id=id_, kind=Kind.SCALE, text=f"{id_}?", indicator=id_, choices=choices, role=role, reverse=reverse)


def programme_of(number, points):
    before = (scale_item("primary", points, "primary"), scale_item("loneliness", 5, "core", reverse=True))
    after = (*before, scale_item("outcome", 3, "outcome"))
    waves = [("before", "start", "-1d"), ("after", "end", "0d")]
    return Programme(
        slug=f"mali-program-{number}",
        name="Mali program",
        library="Mala knjižnica",
        code="ABCDE"[number] * 3,
        group="Skupina",
        waves=tuple(
            Wave(id=id_, name=id_, anchor=to, offset=at, questionnaire=id_, waiting=True) for id_, to, at in waves
        ),
        questionnaires=(
            Questionnaire(id="before", title="Prej", items=before),
            Questionnaire(id="after", title="Potem", items=after),
        ),
    )


@st.composite
def crowd(draw, points, least, most):
    """People by their answers: primary and loneliness before and after, and the outcome."""
    near = st.integers(1, points)
    answers = st.tuples(near, near, st.integers(1, 5), st.integers(1, 5), st.integers(*OUTCOME))
    alike = draw(st.lists(answers, min_size=1, max_size=4))  # few kinds of people, which is where counts are small
    size = draw(st.integers(least, most))
    return draw(st.lists(st.sampled_from(alike) | answers, min_size=size, max_size=size))


@st.composite
def small_programmes(draw):
    """The answers of a programme's people in the first week, of its newcomers, and how many are erased between."""
    points = draw(st.sampled_from([3, 5]))
    first = draw(crowd(points, 0, 16))
    newcomers = draw(crowd(points, 0, 9))
    gone = draw(st.sampled_from([0, 0, 0, 1])) if first else 0
    extra = draw(st.sampled_from(["waiting", "silent", "silent", "mayor", *[""] * 6]))  # each costs time
    beside = [draw(beside_them(points, most)) if extra == "waiting" else [] for most in (14, 8)]
    silent = [draw(beside_them(points, most)) if extra == "silent" else [] for most in (9, 7)]
    return points, first, newcomers, gone, beside, silent, extra == "mayor"


@st.composite
def beside_them(draw, points, most):
    """People who wait, by their answers before and after; or who are silent at the end, by the first of both."""
    near = st.integers(1, points)
    alike = draw(st.lists(st.tuples(near, near), min_size=1, max_size=4))
    size = draw(st.integers(3, most))
    return draw(st.lists(st.sampled_from(alike) | st.tuples(near, near), min_size=size, max_size=size))


@dataclass
class Reader:
    """What is known of one item: people in segments of a table whose counts are unknown."""

    cells: list
    truth: dict  # segment → Counter of cells
    facts: list = field(default_factory=list)
    found: list = field(default_factory=list)  # tables that fitted what was known when they were found

    def knows(self, segments, weight, low, high):
        row = [float(weight(cell)) if one in segments else 0.0 for one in self.truth for cell in self.cells]
        self.facts.append((row, low, high))

    def count(self, segments, weight):
        return sum(weight(cell) * n for one in segments for cell, n in self.truth[one].items())

    def other(self, segments, weight):
        """Whether another count would fit what is known: in a table that was found before, or in a new one."""
        goal = np.array([float(weight(cell)) if one in segments else 0.0 for one in self.truth for cell in self.cells])
        rows, low, high = self.known()
        true = self.count(segments, weight)
        if any(round(goal @ one) != true for one in self.found if np.all((rows @ one >= low) & (rows @ one <= high))):
            return True
        for sign in (-1, 1):
            found = milp(
                sign * goal,
                constraints=LinearConstraint(rows, low, high),
                integrality=np.ones(len(goal)),
                bounds=Bounds(0, np.inf),
            )
            assert found.x is not None, "what the reports say contradicts itself"
            self.found.append(np.round(found.x))
            if round(goal @ found.x) != true:
                return True
        return False

    def known(self):
        """The weights of each fact, and between which numbers their sum lies."""
        sizes = [([float(one == other) for other in self.truth for _ in self.cells], sum(self.truth[one].values()))
                 for one in self.truth]  # fmt: skip
        rows, low, high = zip(*((row, n, n) for row, n in sizes), *self.facts, strict=True)
        return np.array(rows), np.array(low) - 1e-7, np.array(high) + 1e-7


def change_of(cell):
    return cell[1] - cell[0]


DIRECTIONS = {
    "worse": lambda cell: cell[1] < cell[0],
    "same": lambda cell: cell[1] == cell[0],
    "improved": lambda cell: cell[1] > cell[0],
}


def reads_change(reader, segments, document, item):
    """What the tables and sentences say of a change in these people."""
    figures = document["figures"]
    n = figures[f"{item}.n"]["value"]
    for key, weight in (("before", lambda cell: cell[0]), ("after", lambda cell: cell[1])):
        mean = figures[f"{item}.{key}"]["value"]
        reader.knows(segments, weight, n * (mean - 0.05), n * (mean + 0.05))
    reads_interval(reader, segments, figures[f"{item}.change"], n)
    reads_counts(reader, segments, figures, item, n)


def reads_counts(reader, segments, figures, item, n):
    """Higher, same and lower, joined or not, and a bound on the higher ones."""
    for name in figures:
        parts = name.removeprefix(f"{item}.").split("_")
        if name.startswith(f"{item}.") and set(parts) <= set(DIRECTIONS) and figures[name]["value"] is not None:
            many = figures[name]["value"]
            reader.knows(segments, lambda cell, parts=parts: any(DIRECTIONS[one](cell) for one in parts), many, many)
    bound = re.match(r"(vsaj|manj kot) (\d+) od", figures[f"{item}.improved_share"]["note"])
    if bound:
        many = int(bound[2])
        reader.knows(segments, DIRECTIONS["improved"], *((many, n) if bound[1] == "vsaj" else (0, many - 1)))


def reads_interval(reader, segments, change, n):
    """What both ends of an interval say: of the change, which lies in their middle, and of how its parts are spread."""
    if change["low"] is None:
        return
    lows, highs = (where_it_lies(change[end], change["value"]) for end in ("low", "high"))
    reader.knows(segments, change_of, *(n * (low + high) / 2 for low, high in zip(lows, highs, strict=True)))
    if n * 0.1 < 1:  # the sum of changes is known exactly
        total = reader.count(segments, change_of)
        widest = min(total / n - lows[0], highs[1] - total / n)
        narrowest = max(total / n - lows[1], highs[0] - total / n)
        squares = [
            (max(half, 0) * n**0.5 / student.ppf(0.975, n - 1)) ** 2 * (n - 1) + total * total / n
            for half in (narrowest, widest)
        ]
        reader.knows(segments, lambda cell: change_of(cell) ** 2, *squares)


def where_it_lies(end, change):
    """Between which numbers an end of an interval is: 0,05 stands for all between it and zero.

    An end at the change may have been moved there to hold it, from at most a tenth away.
    """
    if abs(end) == 0.05:
        low, high = sorted((0.0, end))
    else:
        low, high = end - 0.05, end + 0.05
    at_the_change = end == change or (change == 0 and abs(end) == 0.05)
    return (low - 0.1, high + 0.1) if at_the_change else (low, high)


def reads_answers(reader, segments, document, codes, n):
    """What the alternative text of the drawing of all answers says."""
    drawn = [one for section in document["sections"] for one in section["blocks"] if one.get("chart") == "answers"]
    for chart in drawn:
        for side, line in enumerate(chart["alt"].removesuffix(".").split(". ")):
            for label, percent in re.findall(r"(?:^|: |, )([^:,]+?) (\d+)\N{NO-BREAK SPACE}%", line):
                group = meant(label, codes)
                low, high = ((int(percent) + half) / 100 * n for half in (-0.5, 0.5))
                reader.knows(segments, lambda cell, side=side, group=group: cell[side] in group, low, high)


def reads_ceiling(reader, segments, document, codes):
    """How many had the best answer at the start, or one of the best."""
    for words in paragraphs(document, "evidence"):
        found = re.match(r"(?:Najvišji odgovor|Enega od najvišjih odgovorov) \((.+?)\) .* (\d+) od \d+;", words)
        if found:
            group, many = meant(found[1], codes), int(found[2])
            reader.knows(segments, lambda cell, group=group: cell[0] in group, many, many)


def paragraphs(document, section):
    there = [one for one in document["sections"] if one["id"] == section]
    return [block["paragraph"] for one in there for block in one["blocks"] if "paragraph" in block]


def reads_the_mayor(reader, segments, page, codes):
    """What the public page says of the same change, from ten people on."""
    figures = page["figures"]
    if "pairs" not in figures:
        return
    old = any("Nekatere številke so z dne" in words for words in paragraphs(page, "method"))
    of = ("stay", "go") if old else segments
    n, share = figures["pairs"]["value"], figures["improved_share"]
    if n != sum(sum(reader.truth[one].values()) for one in of):
        return  # an edition of another day than the answers that are told beside it
    if share["value"] is not None:
        low, high = ((share["value"] + half) * n for half in (-0.005, 0.005))
        reader.knows(of, DIRECTIONS["improved"], low, high)
    bound = re.match(r"(vsaj|manj kot) (\d+) od", share["note"])
    if bound:
        many = int(bound[2])
        reader.knows(of, DIRECTIONS["improved"], *((many, n) if bound[1] == "vsaj" else (0, many - 1)))
    reads_answers(reader, of, page, codes, n)


def reads_waiting(reader, document, week):
    """What is said of those who wait; gives the week of which it is, or nothing."""
    figures = document["figures"]
    if "counterfactual.waiting.n" not in figures:
        return ()
    tables = [block for one in document["sections"] for block in one["blocks"] if "table" in block]
    mine = {"figure": "counterfactual.waiting.n"}
    old = any("Stanje" in one["caption"] for one in tables if any(mine in row for row in one["rows"]))
    here = ("stay",) if old else week
    n, change = (figures[f"counterfactual.waiting.{key}"]["value"] for key in ("n", "change"))
    assert figures["counterfactual.difference"]["value"] == round(figures["counterfactual.change"]["value"] - change, 1)
    reader.knows(here, change_of, n * (change - 0.05), n * (change + 0.05))
    total, lead = reader.count(here, change_of), paragraphs(document, "counterfactual")[0]
    judged = re.search(r"ni jasno spremenil|v povprečju (?:višji|nižji)", lead)
    if judged and n * 0.1 < 1:
        bound = total**2 / n * ((n - 1) / student.ppf(0.975, n - 1) ** 2 + 1)
        clear = not judged[0].startswith("ni")
        reader.knows(here, lambda cell: change_of(cell) ** 2, *((0, bound) if clear else (bound, np.inf)))
    return here


def hidden_answers(document, codes):
    """The answers that the drawing joins with others, before and after; none without a drawing."""
    drawn = [one for section in document["sections"] for one in section["blocks"] if one.get("chart") == "answers"]
    labels = {label for one in drawn for label in re.findall(r"(?:: |, )([^:,]+?) \d+\N{NO-BREAK SPACE}%", one["alt"])}
    alone = {group[0] for label in labels if len(group := meant(label, codes)) == 1}
    return [(side, code) for side in (0, 1) for code in codes if labels and code not in alone]


def meant(label, codes):
    """The codes of an answer or of several that were joined."""
    names = {code: f"stopnja {'abcde'[code - 1]}" for code in codes}
    for start, end in ((a, b) for a in codes for b in codes if a <= b):
        group = tuple(range(start, end + 1))
        if texts.joined(tuple(names[code] for code in group), ordered=True) == label:
            return group
    raise AssertionError(label)


def numbers_in(words):
    return set(re.findall(r"\d+(?:,\d+)?", words))


def said(report):
    """Every number that the report as JSON says, as it is written."""
    document = json.loads(as_json(report))
    strings = []

    def walk(part):
        if isinstance(part, dict):
            [walk(one) for one in part.values()]
        elif isinstance(part, list):
            [walk(one) for one in part]
        elif isinstance(part, str):
            strings.append(part)

    walk({key: part for key, part in document.items() if key != "figures"})
    figures = [f"{figure.label} {written(figure)} {figure.n}" for figure in report.figures.values()]
    return set().union(*map(numbers_in, [*strings, *figures]))


def check_formats(report, *, every):
    """No format says a number that the report as JSON does not say; the ticks of a scale tell nothing."""
    known = said(report) | {str(tick) for tick in range(1, 11)} | {str(report.made_on.year), "100"}
    page = re.sub(r"<style>.*?</style>", "", as_html(report), flags=re.DOTALL)
    for words in (unescape(re.sub(r"<[^>]*>", " ", page)), unescape(re.sub(r"<[^>]*>", " ", as_text(report)))):
        assert numbers_in(words) <= known, numbers_in(words) - known
    if every:
        assert as_pdf(report).startswith(b"%PDF")
        assert as_png(report).startswith(b"\x89PNG")
        assert as_xlsx(report).startswith(b"PK")


class World:
    """One database with a few programmes, and two weeks of their reports.

    Of each programme there are people who take part, people who wait, and people who do not answer at the end.
    """

    def __init__(self, connection, made):
        self.connection, self.made = connection, made
        self.programmes = [programme_of(number, one[0]) for number, one in enumerate(made)]
        add = grouper(connection, {one.slug: one for one in self.programmes})
        self.groups = [add(one.slug) for one in self.programmes]
        self.enrolments = [[] for _ in made]

    def come(self, number, people):
        group = self.groups[number]
        for primary, later, lonely, lonelier, outcome in people:
            one = group.enrols()
            group.answers(one, "before", primary=primary, loneliness=lonely)
            group.answers(one, "after", primary=later, loneliness=lonelier, outcome=outcome)
            self.enrolments[number].append(one)

    def wait(self, number, people):
        self.groups[number].changes_waiting(people, Allocation.ORDER)

    def fall_silent(self, number, people):
        group = self.groups[number]
        for primary, _ in people:
            one = group.enrols()
            group.answers(one, "before", primary=primary)
            group.asks(one, "after")

    def leave(self, number, how_many):
        for one in self.enrolments[number][:how_many]:
            self.groups[number].becomes(one, EnrolmentState.ERASED)

    def reports(self, number, now, *, every):
        """The weekly summary, the impact and the public page of a programme, published and written; the last two."""
        programme, public = self.programmes[number], self.made[number][-1]
        documents = []
        for report in (
            lambda: weekly(self.connection, programme, week_of(now), now, CELLS, open_text),
            lambda: impact(self.connection, programme, now, CELLS, open_text),
            *([lambda: mayor(self.connection, [programme], now, CELLS, open_text)] if public else []),
        ):
            made = report()
            assert publish(self.connection, made, now, CELLS)
            check_formats(made, every=every)
            documents.append(json.loads(as_json(made)))
        return documents[1], documents[2] if public else {"figures": {}, "sections": []}


def learn(reader, documents, item, codes):
    """Everything that both weeks say of an item; gives the weeks in which it may be spoken of."""
    spoken = []
    for (document, page), segments in zip(documents, (("stay", "go"), ("stay", "come")), strict=True):
        if item == "primary":
            reads_the_mayor(reader, segments, page, codes)
        figure = document["figures"].get(f"{item}.n")
        if figure is None or figure["value"] is None:
            continue
        of = ("stay", "go") if figure["note"].startswith("stanje") else segments
        reads_change(reader, of, document, item)
        if item == "primary":
            reads_answers(reader, of, document, codes, figure["value"])
            reads_ceiling(reader, of, document, codes)
        spoken.append((of, document))
    return spoken


def check_change(reader, documents, item, codes):
    """No small hidden count of either week follows, and nobody's answer."""
    for segments, document in learn(reader, documents, item, codes):
        hidden = hidden_answers(document, codes) if item == "primary" else []
        for side, code in hidden:
            weight = lambda cell, side=side, code=code: cell[side] == code  # noqa: E731 - a small predicate
            if reader.count(segments, weight) < K:
                assert reader.other(segments, weight), (item, side, code, segments)
        for key, weight in DIRECTIONS.items():
            hidden = document["figures"].get(f"{item}.{key}", {"value": None})["value"] is None
            if hidden and reader.count(segments, weight) < K:
                assert reader.other(segments, weight), (item, key, segments)
    check_alike(reader, codes)


def check_waiting(documents, people, codes):
    """Nobody who waits is seen through: no small count of how changes went or what was answered follows."""
    truth = {name: Counter(some) for name, some in zip(("stay", "come"), people, strict=True)}
    reader = Reader(list(product(codes, codes)), truth)
    weeks = zip(documents, WEEKS, strict=True)
    spoken = [here for (document, _), week in weeks if (here := reads_waiting(reader, document, week))]
    for here in spoken:
        for key, weight in DIRECTIONS.items():
            if reader.count(here, weight) < K:
                assert reader.other(here, weight), (key, here)
        for side, code in product((0, 1), codes):
            weight = lambda cell, side=side, code=code: cell[side] == code  # noqa: E731 - a small predicate
            if reader.count(here, weight) < K:
                assert reader.other(here, weight), (side, code, here)
    check_alike(reader, codes) if spoken else None
    return len(spoken)


def check_alike(reader, codes):
    """Of no part of the people it follows that all of them said the same."""
    for segment, counts in reader.truth.items():
        for side, code in product((0, 1), codes):
            weight = lambda cell, side=side, code=code: cell[side] == code  # noqa: E731 - a small predicate
            if counts and reader.count((segment,), weight) == sum(counts.values()):
                assert reader.other((segment,), weight), (segment, side, code)


def check_silent(documents, people, codes):
    """Of those who did not answer at the end only their first answers are told, as a mean: no small count follows."""
    truth = {
        name: Counter((first, first) for first, _ in some) for name, some in zip(("stay", "come"), people, strict=True)
    }
    reader, spoken = Reader([(code, code) for code in codes], truth), []
    for document, _ in documents:
        figures = document["figures"]
        told = figures.get("dropouts.baseline", {"value": None})
        if told["value"] is None:
            continue
        n, stayed = told["n"], figures["completers.baseline"]["value"]
        here = ("stay",) if n == len(people[0]) else ("stay", "come")
        assert n == reader.count(here, lambda _: 1)
        assert stayed == figures["primary.before"]["value"]
        assert figures["dropouts.difference"]["value"] == round(told["value"] - stayed, 1)
        reader.knows(here, lambda cell: cell[0], n * (told["value"] - 0.05), n * (told["value"] + 0.05))
        if figures["dropouts.difference"]["low"] is not None:  # who knows how widely the others are spread knows this
            squares = reader.count(here, lambda cell: cell[0] ** 2)
            reader.knows(here, lambda cell: cell[0] ** 2, squares, squares)
        spoken.append(here)
    for here, code in product(spoken, codes):
        weight = lambda cell, code=code: cell[0] == code  # noqa: E731 - a small predicate
        if reader.count(here, weight) < K:
            assert reader.other(here, weight), (code, here)
    check_alike(reader, codes) if spoken else None


def check_outcome(documents, truth):
    """Shares of single answers stand for enough people on both sides, week by week and between them."""
    found = []
    for document in documents:
        shown = {name: one for name, one in document["figures"].items() if name.startswith("outcome.after.")}
        counts = {name: round(one["value"] * one["n"]) for name, one in shown.items() if one["value"] is not None}
        assert all(many >= K for many in counts.values())
        assert not counts or sum(counts.values()) == next(iter(shown.values()))["n"]
        found.append((counts, next((one["n"] for one in shown.values()), 0)))
    for (earlier, n), (later, m) in pairwise(found):
        assert n == m or abs(n - m) >= K or not earlier or not later
        if earlier.keys() == later.keys() and m > n and not truth["go"]:
            assert max(later[name] - earlier[name] for name in earlier) < m - n


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", of_this_run(range(PARTS), 3))
def test_nobody_is_seen_through_the_reports_of_two_successive_weeks(part):
    worlds = count()

    @seed(part)
    @settings(max_examples=WORLDS, suppress_health_check=list(HealthCheck), database=None)
    @given(made=st.lists(small_programmes(), min_size=PROGRAMMES, max_size=PROGRAMMES))
    def look(made):
        every = next(worlds) == 0
        engine = create_engine("sqlite://")
        schema.metadata.create_all(engine)
        with engine.begin() as connection:
            world = World(connection, made)
            for number in range(len(made)):
                check_programme(world, number, every=every and number == 0)
        engine.dispose()

    look()


def check_programme(world, number, *, every):
    """Two weeks of one programme, read by somebody who can count; now and then in every format."""
    points, first, newcomers, gone, beside, silent, _ = world.made[number]
    world.come(number, first)
    world.wait(number, beside[0])
    world.fall_silent(number, silent[0])
    earlier = world.reports(number, FIRST, every=every)
    world.leave(number, gone)
    world.come(number, newcomers)
    world.wait(number, beside[1])
    world.fall_silent(number, silent[1])
    documents = [earlier, world.reports(number, SECOND, every=every)]
    segments = {"stay": first[gone:], "go": first[:gone], "come": newcomers}
    for item, codes, side in (("primary", range(1, points + 1), 0), ("loneliness", range(1, 6), 2)):
        truth = {
            name: Counter(tuple(scored(item, one[side + wave]) for wave in (0, 1)) for one in people)
            for name, people in segments.items()
        }
        check_change(Reader(list(product(codes, codes)), truth), documents, item, codes)
    check_outcome([document for document, _ in documents], segments)
    check_waiting(documents, beside, range(1, points + 1))
    check_silent(documents, silent, range(1, points + 1))


def scored(item, value):
    return value if item == "primary" else 6 - value


def test_the_reader_would_notice_a_count_that_follows():
    reader = Reader(list(product(range(1, 4), range(1, 4))), {"stay": Counter({(1, 1): 1, (1, 2): 4})})
    reader.knows(("stay",), change_of, 4, 4)
    reader.knows(("stay",), lambda cell: change_of(cell) ** 2, 4, 4)

    assert not reader.other(("stay",), DIRECTIONS["same"])
    assert Reader(reader.cells, reader.truth).other(("stay",), DIRECTIONS["same"])


@pytest.mark.slow
def test_what_one_person_answered_does_not_follow_once_they_are_erased_and_others_have_come():
    """Found by chance: thirteen people, of whom one is erased, and nine newcomers."""
    first = [(1, 1), (2, 4), (1, 1), (2, 3), (5, 2), (5, 2), (2, 5), (5, 3), (4, 1), (1, 1), (1, 1), (2, 1), (1, 1)]
    newcomers = [(1, 4), (4, 2), (3, 2), (4, 3), (1, 4), (4, 3), (1, 4), (4, 2), (5, 5)]
    made = [[(*pair, 4, 5, 2) for pair in people] for people in (first, newcomers)]
    engine = create_engine("sqlite://")
    schema.metadata.create_all(engine)
    with engine.begin() as connection:
        world = World(connection, [(5, *made, 1, [[], []], [[], []], False)])
        check_programme(world, 0, every=False)
    engine.dispose()
