"""Somebody who reads every report of two successive weeks, and can count, learns nobody's answer.

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
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.stats import t as student
from sqlalchemy import create_engine

from reports import texts
from reports.impact import impact
from reports.publishing import publish
from reports.render.html import as_html
from reports.render.json import as_json
from reports.render.pdf import as_pdf
from reports.render.png import as_png
from reports.render.text import as_text
from reports.render.words import written
from reports.render.xlsx import as_xlsx
from reports.suppression import Cells
from reports.weekly import weekly
from reports.weeks import week_of
from storage import schema
from storage.schema import EnrolmentState
from surveys.model import Choice, Item, Kind, Programme, Questionnaire, Wave

CELLS = Cells()
K = CELLS.inside
FIRST = datetime(2026, 9, 16, 12, tzinfo=UTC)
SECOND = FIRST + 7 * DAY
PARTS, WORLDS, PROGRAMMES = 5, 20, 5  # 500 programmes in all, with a seed for each part
OUTCOME = (1, 3)


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
        waves=tuple(Wave(id=id_, name=id_, anchor=to, offset=at, questionnaire=id_) for id_, to, at in waves),
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
    return points, first, newcomers, draw(st.sampled_from([0, 0, 0, 1])) if first else 0


@dataclass
class Reader:
    """What is known of one item: people in segments of a table whose counts are unknown."""

    cells: list
    truth: dict  # segment → Counter of cells
    facts: list = field(default_factory=list)

    def knows(self, segments, weight, low, high):
        row = [float(weight(cell)) if one in segments else 0.0 for one in self.truth for cell in self.cells]
        self.facts.append((row, low, high))

    def count(self, segments, weight):
        return sum(weight(cell) * n for one in segments for cell, n in self.truth[one].items())

    def other(self, segments, weight):
        """Whether another count would fit everything that is known."""
        goal = np.array([float(weight(cell)) if one in segments else 0.0 for one in self.truth for cell in self.cells])
        sizes = [([float(one == other) for other in self.truth for _ in self.cells], sum(self.truth[one].values()))
                 for one in self.truth]  # fmt: skip
        rows = [row for row, _ in sizes] + [row for row, _, _ in self.facts]
        low = [n for _, n in sizes] + [low for _, low, _ in self.facts]
        high = [n for _, n in sizes] + [high for _, _, high in self.facts]
        for sign in (-1, 1):
            found = milp(
                sign * goal,
                constraints=LinearConstraint(np.array(rows), np.array(low) - 1e-7, np.array(high) + 1e-7),
                integrality=np.ones(len(goal)),
                bounds=Bounds(0, np.inf),
            )
            assert found.x is not None, "what the reports say contradicts itself"
            if round(goal @ found.x) != self.count(segments, weight):
                return True
        return False


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
    for key, weight in (("before", lambda cell: cell[0]), ("after", lambda cell: cell[1]), ("change", change_of)):
        mean = figures[f"{item}.{key}"]["value"]
        reader.knows(segments, weight, n * (mean - 0.05), n * (mean + 0.05))
    change = figures[f"{item}.change"]
    total = reader.count(segments, change_of)
    if change["low"] is not None and n * 0.1 < 1:  # the sum of changes is known exactly
        widest = min(total / n - change["low"], change["high"] - total / n) + 0.05
        narrowest = max(total / n - change["low"], change["high"] - total / n) - 0.05
        squares = [
            (max(half, 0) * n**0.5 / student.ppf(0.975, n - 1)) ** 2 * (n - 1) + total * total / n
            for half in (narrowest, widest)
        ]
        reader.knows(segments, lambda cell: change_of(cell) ** 2, *squares)
    for name in figures:
        parts = name.removeprefix(f"{item}.").split("_")
        if name.startswith(f"{item}.") and set(parts) <= set(DIRECTIONS) and figures[name]["value"] is not None:
            many = figures[name]["value"]
            reader.knows(segments, lambda cell, parts=parts: any(DIRECTIONS[one](cell) for one in parts), many, many)
    bound = re.match(r"(vsaj|manj kot) (\d+) od", figures[f"{item}.improved_share"]["note"])
    if bound:
        many = int(bound[2])
        reader.knows(segments, DIRECTIONS["improved"], *((many, n) if bound[1] == "vsaj" else (0, many - 1)))


def reads_answers(reader, segments, document, codes, n):
    """What the alternative text of the drawing of all answers says."""
    drawn = [one for section in document["sections"] for one in section["blocks"] if one.get("chart") == "answers"]
    for chart in drawn:
        for side, line in enumerate(chart["alt"].removesuffix(".").split(". ")):
            for label, percent in re.findall(r"(?:^|: |, )([^:,]+?) (\d+)\N{NO-BREAK SPACE}%", line):
                group = meant(label, codes)
                low, high = ((int(percent) + half) / 100 * n for half in (-0.5, 0.5))
                reader.knows(segments, lambda cell, side=side, group=group: cell[side] in group, low, high)


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
    """One database with a few programmes, and two weeks of their reports."""

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

    def leave(self, number, how_many):
        for one in self.enrolments[number][:how_many]:
            self.groups[number].becomes(one, EnrolmentState.ERASED)

    def reports(self, number, now, *, every):
        """The weekly summary and the impact of a programme, published and written."""
        programme = self.programmes[number]
        documents = []
        for report in (
            lambda: weekly(self.connection, programme, week_of(now), now, CELLS, open_text),
            lambda: impact(self.connection, programme, now, CELLS, open_text),
        ):
            made = report()
            assert publish(self.connection, made, now, CELLS)
            check_formats(made, every=every)
            documents.append(json.loads(as_json(made)))
        return documents[1]


def learn(reader, documents, item, codes):
    """Everything that both weeks say of an item; gives the weeks in which it may be spoken of."""
    spoken = []
    for document, segments in zip(documents, (("stay", "go"), ("stay", "come")), strict=True):
        figure = document["figures"].get(f"{item}.n")
        if figure is None or figure["value"] is None:
            continue
        of = ("stay", "go") if figure["note"].startswith("stanje") else segments
        reads_change(reader, of, document, item)
        if item == "primary":
            reads_answers(reader, of, document, codes, figure["value"])
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
    for segment, counts in reader.truth.items():
        for side, code in product((0, 1), codes):
            weight = lambda cell, side=side, code=code: cell[side] == code  # noqa: E731 - a small predicate
            if counts and reader.count((segment,), weight) == sum(counts.values()):
                assert reader.other((segment,), weight), (item, segment, side, code)


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
@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS))
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
    points, first, newcomers, gone = world.made[number]
    world.come(number, first)
    earlier = world.reports(number, FIRST, every=every)
    world.leave(number, gone)
    world.come(number, newcomers)
    documents = [earlier, world.reports(number, SECOND, every=every)]
    segments = {"stay": first[gone:], "go": first[:gone], "come": newcomers}
    for item, codes, side in (("primary", range(1, points + 1), 0), ("loneliness", range(1, 6), 2)):
        truth = {
            name: Counter(tuple(scored(item, one[side + wave]) for wave in (0, 1)) for one in people)
            for name, people in segments.items()
        }
        check_change(Reader(list(product(codes, codes)), truth), documents, item, codes)
    check_outcome(documents, segments)


def scored(item, value):
    return value if item == "primary" else 6 - value


def test_the_reader_would_notice_a_count_that_follows():
    reader = Reader(list(product(range(1, 4), range(1, 4))), {"stay": Counter({(1, 1): 1, (1, 2): 4})})
    reader.knows(("stay",), change_of, 4, 4)
    reader.knows(("stay",), lambda cell: change_of(cell) ** 2, 4, 4)

    assert not reader.other(("stay",), DIRECTIONS["same"])
    assert Reader(reader.cells, reader.truth).other(("stay",), DIRECTIONS["same"])
