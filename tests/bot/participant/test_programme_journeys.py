"""Each of the six programmes, from the staff link to the reports, with the numbers recomputed by hand."""

import asyncio
import math
import re
from datetime import date
from statistics import fmean, stdev

import pytest

from bot.worker import requests
from surveys.load import load, shipped
from surveys.locale_sl import rounded
from surveys.model import Kind

PEOPLE = 12
SLUGS = sorted(load([shipped()]).programmes)
T_QUANTILE = 2.200985  # t(0.975) with 11 degrees of freedom, from a table
LINK = re.compile(r"https://t\.me/\S+")


def answer_of(item, person, wave):
    """What a made-up person answers: better after than before, not all alike, and one »Ne vem«."""
    codes = [choice.code for choice in item.choices]
    match item.kind:
        case Kind.NOTE:
            return "Naprej ›", None
        case Kind.TEXT:
            return "Preskoči", None
        case Kind.NUMBER:
            number = item.minimum + (person + (wave != "before")) % (item.maximum - item.minimum + 1)
            return str(number), number
        case Kind.MULTIPLE:
            return item.choices[person % len(codes)].label, 1 << codes[person % len(codes)]
    place = min(len(codes) - 1, (person * 7 % len(codes) + (1 if wave != "before" and person % 3 else 0)))
    return item.choices[place].label, codes[place]


async def questionnaire_of(programme, person, number, wave):
    """Answer a whole questionnaire on the phone and hand it in; gives the values by item."""
    questionnaire = programme.questionnaire(programme.wave(wave))
    given = {}
    for _ in range(3 * len(questionnaire.items)):
        if "Oddaj odgovore" in person.buttons:
            await person.taps("Oddaj odgovore")
            await person.settles()
            return given
        item = next(item for item in questionnaire.items if item.text in person.screen.text)
        words, value = answer_of(item, number, wave)
        if item.kind is Kind.NUMBER:
            await person.says(words)
        elif item.kind is Kind.MULTIPLE:
            await person.taps(next(label for label in person.buttons if label.endswith(words)))
            await person.settles()
            await person.taps("Naprej")
        else:
            await person.taps(next(label for label in person.buttons if label.endswith(words)))
        await person.settles()
        given[item.id] = value
    raise AssertionError("the questionnaire has no end")


async def enrolled_by(librarian, cohort, count):
    """The links that the librarian's phone shows for so many new people."""
    await librarian.says("/vpis")
    await librarian.settles()
    await librarian.taps(cohort.name)
    await librarian.settles()
    await librarian.taps("1\xa0oseba")
    await librarian.settles()
    for _ in range(count - 1):
        await librarian.taps("Še ena oseba")
        await librarian.settles()
    links = [found[0] for message in librarian.messages if message.media and (found := LINK.findall(message.text))]
    assert len(set(links)) == count
    return links


async def joined(village, programme, link, number):
    person = village.simulator.person(f"Oseba {number}")
    await person.follows(link)
    await person.settles()
    if programme.answered_for_child:
        await person.taps("Za svojega otroka")
        await person.settles()
    await person.taps("Da")
    await person.settles()
    return person


async def wave_of(programme, people, wave):
    rounds = (questionnaire_of(programme, person, number, wave) for number, person in enumerate(people))
    return await asyncio.gather(*rounds)


async def begin(people):
    for person in people:
        await person.taps("Začni")
    await asyncio.gather(*(person.settles() for person in people))


@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
async def test_a_whole_programme_from_the_staff_link_to_the_reports(village, slug):
    programme = village.programme(slug)
    librarian, coordinator = await village.librarian(slug), await village.coordinator(slug)
    cohort = await village.cohort(slug, date(2026, 3, 2), date(2026, 5, 4))
    links = await enrolled_by(librarian, cohort, PEOPLE)
    people = [await joined(village, programme, link, number) for number, link in enumerate(links)]
    before = await wave_of(programme, people, "before")
    await village.travel(village.clock.now.replace(month=5, day=4, hour=16))
    await begin(people)
    after = await wave_of(programme, people, "after")
    await village.wait(days=95)
    await begin(people)
    followup = await wave_of(programme, people, "followup")
    assert all("Hvala" in person.screen.text for person in people)

    impact = await requests.make(village.services, requests.ReportSpec("impact", slug))
    check_impact(impact.figures, before, after, followup)
    weekly = await requests.make(village.services, requests.ReportSpec("weekly", slug))
    assert [weekly.figures[id_].value for id_ in ("enrolled", "consented")] == [PEOPLE, PEOPLE]
    assert "calls" not in weekly.figures  # nobody waits for one
    check_monday(programme, coordinator)


def check_impact(figures, before, after, followup):
    """The primary outcome of the report is what one computes from what the people tapped."""
    pairs = [(b["primary"], a["primary"]) for b, a in zip(before, after, strict=True)]
    change = [a - b for b, a in pairs]
    half = T_QUANTILE * stdev(change) / math.sqrt(PEOPLE)
    assert figures["primary.n"].value == PEOPLE
    assert figures["primary.before"].value == shown(fmean(b for b, _ in pairs))
    assert figures["primary.after"].value == shown(fmean(a for _, a in pairs))
    assert figures["primary.change"].value == shown(fmean(change))
    interval = figures["primary.change"].low, figures["primary.change"].high
    hidden = (None, None)  # where it would give away a small group
    assert interval in {hidden, (shown(fmean(change) - half), shown(fmean(change) + half))}
    later = [f["primary"] - b["primary"] for b, f in zip(before, followup, strict=True)]
    assert figures["primary.followup.change"].value == shown(fmean(later))
    assert [figures[f"flow.{step}"].value for step in ("enrolled", "consented", "before", "after", "followup")] == (
        [PEOPLE] * 5
    )


def shown(value):
    """A mean as reports show it: with one decimal."""
    return rounded(value, 1)


def check_monday(programme, coordinator):
    """Monday's message comes by itself, once a week, and names no programme."""
    told = [one.text for one in coordinator.messages if one.by_bot and one.text.startswith("Dober dan. To je pregled")]
    assert len(told) == len({text.splitlines()[0] for text in told}) > 20
    assert [text for text in told if programme.name in text] == []
    assert [text for text in told if "izpolnjenih vprašalnikov" in text or "izpolnjen vprašalnik" in text]
