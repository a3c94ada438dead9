"""The machine that finds faults finds those that are planted, and tells what plays them again, smaller."""

import pytest

from tests.simulation.plan import written
from tests.simulation.planted import PLANTED, planted
from tests.simulation.shrink import command, narrowed, rule_of, shrunk
from tests.simulation.story import play

FOUND_BY = {
    "acknowledged before the commit": [1],
    "the offset moves before the commit": [1],
    "given up on a full disk": [2],
    "no mark of what was handled": [1],
    "sent before its beginning is committed": [11],
    "no lease": [3, 4],
    "uncertain is sent again": [4],
    "reminded after /stop": [24, 56],
    "quiet hours are ignored": [11],
    "so many a week is ignored": [5, 10],
    "winter time in summer": [1, 3],
    "sent on Sundays and holidays": [5, 8],
    "typed words without a guard": [17, 20],
    "a hand that taps fast counts as a flood": [3],
    "a card is not drawn again after a crash": [5, 11],
    "a card counts as shown that was not": [1, 3],
    "what was shown is not recorded": [3, 4],
    "two edits out of order": [265],
    "a limiter for each process": [1],
    "suppressed one too late": [18],
}
"""The seeds by whose stories a fault was found, of the first thousand; where stories change, the next is looked for."""

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


@pytest.mark.parametrize("name", [*PLANTED])
def test_a_planted_fault_is_found(ground, name):
    for seed in (*FOUND_BY[name], *range(1, 1001)):
        with planted(name):
            problem, _ = play(_story(name, seed), ground)
        if problem is not None:
            break
    assert problem is not None
    assert play(_story(name, seed), ground)[0] is None


def test_a_story_that_fails_is_made_smaller_and_its_command_plays_it_again(ground):
    name = "no mark of what was handled"
    story = written(FOUND_BY[name][0])
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
