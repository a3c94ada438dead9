"""A story that fails is made smaller, as long as it fails in the same way; the command that plays it again."""

from tests.simulation.plan import written
from tests.simulation.story import play


def rule_of(problem):
    """By what a story has failed."""
    return getattr(problem, "rule", type(problem).__name__)


def shrunk(story, ground, rule, tries=200):
    """The smallest story of the same seed that is found to break the same rule within so many tries."""
    left = tries

    def fails(candidate):
        nonlocal left
        left -= 1
        problem, _ = play(candidate, ground)
        return problem is not None and rule_of(problem) == rule

    steps = [one.at for one in story.steps]
    members = [one.number for one in story.members]
    if story.processes > 1 and fails(story.kept(members, steps, 1)):
        story = story.kept(members, steps, 1)
    for member in list(members):
        fewer = [one for one in members if one != member]
        if fewer and left > 0 and fails(story.kept(fewer, steps)):
            members = fewer
    length = max(1, len(steps) // 2)
    while left > 0:
        at = 0
        while at < len(steps) and left > 0:
            fewer = steps[:at] + steps[at + length :]
            if fails(story.kept(members, fewer)):
                steps = fewer
            else:
                at += length
        if length == 1:
            break
        length //= 2
    return story.kept(members, steps)


def command(story, **how):
    """What plays exactly this story again; `how`: its size and its database, where they were asked for."""
    steps, members = (
        ",".join(map(str, one)) for one in ((s.at for s in story.steps), (m.number for m in story.members))
    )
    asked = "".join(f" --{name} {value}" for name, value in how.items() if value is not None)
    return (
        f"python3 -m tests.simulation --from {story.seed} --processes {story.processes}"
        f" --members {members} --steps {steps or 'none'}{asked}"
    )


def narrowed(seed, processes, members, steps, **size):
    """The story of a seed with what a command names of it; None keeps all."""
    story = written(seed, **size)
    members = [one.number for one in story.members] if members is None else members
    steps = [one.at for one in story.steps] if steps is None else steps
    return story.kept(members, steps, processes)
