"""The machine that finds faults finds those that are planted, and tells what plays them again, smaller."""

import asyncio
import re
from datetime import timedelta
from itertools import count, pairwise
from pathlib import Path

import pytest

from tests.simulation import loop
from tests.simulation.plan import written
from tests.simulation.planted import PLANTED, planted
from tests.simulation.shrink import command, narrowed, rule_of, shrunk
from tests.simulation.story import STARTING, play

FOUND_BY = {
    "acknowledged before the commit": ("acknowledged is stored", 1),
    "the offset moves before the commit": ("acknowledged is stored", 1),
    "given up on a full disk": ("nothing fails by itself", 2),
    "given up at the first failure": ("nothing is given up", 1),
    "ended by a line that is cut": ("the process lives", 4),
    "no mark of what was handled": ("acknowledged is stored", 1),
    "handled twice": ("handled once", 6),
    "sent before its beginning is committed": ("so many messages a week", 11),
    "no lease": ("so many messages a week", 4),
    "uncertain is sent again": ("nobody is written to twice", 4),
    "reminded after /stop": ("nothing to who has left", 24),
    "/stop in words alone": ("nothing after /stop", 24),
    "planned for a day too early": ("asked in its time", 1),
    "quiet hours are ignored": ("no quiet hours", 11),
    "so many a week is ignored": ("so many messages a week", 10),
    "winter time in summer": ("the hour on the wall", 1),
    "sent on Sundays and holidays": ("no quiet hours", 8),
    "typed words without a guard": ("stored under what was seen", 17),
    "a hand that taps fast counts as a flood": ("nothing is dropped", 16),
    "a card is not drawn again after a crash": ("it becomes quiet", 5),
    "a card counts as shown that was not": ("every screen equals its state", 4),
    "what was shown is not recorded": ("it becomes quiet", 4),
    "two edits out of order": ("every screen equals its state", 265),
    "a limiter for each process": ("so many messages a second", 1),
    "suppressed one too late": ("no small cell", 18),
}
"""The rule that finds a fault, and a seed in whose story it does; where stories change, the next one is looked for."""
RULE = re.compile(r'(?:breaks|Broken)\(\s*"([^"]+)"')

SIXTY = {"people": 60, "chapters": 1}


def _story(name, seed):
    """The story of a seed; the rate over all chats is met where sixty people answer in one moment, at two processes."""
    if name != "a limiter for each process":
        return written(seed)
    rush = [step.at for step in written(seed, **SIXTY).steps if step.kind == "rush"]
    return narrowed(seed, 2, None, rush, **SIXTY)


def test_one_seed_is_one_story(ground):
    told = []
    for _ in range(2):
        problem, world = play(written(1), ground)
        assert problem is None
        assert world.watch.unasked  # deliveries arrive, and are seen
        told.append(world.watch.log)
    assert told[0] == told[1]


def test_what_goes_round_and_round_is_found_and_a_long_story_is_not(monkeypatch):
    monkeypatch.setattr(loop, "LONGEST", 100)
    monkeypatch.setattr(loop._Jump, "left", 100)

    async def goes_on(steps):
        for _ in steps:
            asyncio.get_running_loop().begins_step()
            for _ in range(30):
                await asyncio.sleep(1)

    async def never_ends():
        for _ in count():
            await asyncio.sleep(1)

    loop.run(goes_on(range(20)))
    with pytest.raises(loop.Endless):
        loop.run(never_ends())


def test_a_process_that_begins_takes_as_long_as_one_does(ground):
    story = next(one for one in map(written, count(1)) if "restarts" in [step.kind for step in one.steps[:-1]])
    problem, world = play(story, ground)
    steps = [(moment, words[0].kind) for moment, what, *words in world.watch.log if what == "step"]
    took = [after - before for (before, kind), (after, _) in pairwise(steps) if kind == "restarts"]
    assert problem is None
    assert min(took) >= timedelta(seconds=STARTING)


@pytest.mark.parametrize("name", [*PLANTED])
def test_a_planted_fault_is_found(ground, name):
    rule, first = FOUND_BY[name]
    found = None
    for seed in (first, *range(1, 1001)):
        with planted(name):
            problem, _ = play(_story(name, seed), ground)
        found = problem and rule_of(problem)
        if found == rule:
            break
    assert found == rule
    assert play(_story(name, seed), ground)[0] is None


def test_every_rule_finds_a_planted_fault():
    sources = [file.read_text("utf-8") for file in Path(__file__).parent.glob("*.py")]
    assert {rule for source in sources for rule in RULE.findall(source)} == {rule for rule, _ in FOUND_BY.values()}


def test_a_story_that_fails_is_made_smaller_and_its_command_plays_it_again(ground):
    name = "no mark of what was handled"
    story = written(FOUND_BY[name][1])
    with planted(name):
        problem, _ = play(story, ground)
        smaller = shrunk(story, ground, rule_of(problem), tries=40)
        said = command(smaller)
        again, _ = play(smaller, ground)
    assert len(smaller.steps) < len(story.steps)
    assert rule_of(again) == rule_of(problem)
    members = [one.number for one in smaller.members]
    assert narrowed(story.seed, smaller.processes, members, [one.at for one in smaller.steps]) == smaller
    assert f"--from {story.seed} " in said
