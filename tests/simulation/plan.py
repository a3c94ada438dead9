"""What a story is made of, all of it from one number: who lives in it, what they do and what befalls them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from storage.schema import Role
from tests.simulation.crowd import SLUG
from tests.simulation.desk import AT_THE_DESK, FOR_COORDINATORS

BEGINNING = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
AFTER_SUMMER = datetime(2026, 10, 5, 8, 0, tzinfo=UTC)  # when the people of `crowd` have answered
SLUGS = ("brezice-racunalnik", "kamnik-slovenscina", "novo-mesto-branje", "ljubljana-karierni-coaching")
ACTS = {
    "answers": 40,
    "taps": 4,
    "taps old": 2,
    "taps twice": 2,
    "types": 6,
    "types a lot": 2,
    "edits": 2,
    "speaks": 1,
    "service": 1,
    "commands": 3,
    "stops": 1,
    "blocks": 1,
}
"""What people do with their phones, and how often."""
BEFALLS = {
    "wait": 3,
    "calm": 1,
    "line": 6,
    "database": 2,
    "dies": 3,
    "restarts": 1,
    "comes again": 2,
}
"""What happens to all of them."""

MANY = 40  # people who may all answer in the same moment
LONG = 40  # one story in so many goes over more than two years
SEASONS = 9
AT_WORK = 0.3  # of the stories have somebody at the desk


@dataclass(frozen=True)
class Step:
    """One thing that happens, with a number from which everything about it follows."""

    at: int
    kind: str
    who: int
    number: int


@dataclass(frozen=True)
class Member:
    """Somebody who is enrolled: in which group, on whose phone (by number), whether they wait for another."""

    number: int
    group: int
    phone: int
    waits: bool


@dataclass(frozen=True)
class Story:
    """Everything that is decided before it begins."""

    seed: int
    processes: int
    begins: datetime
    groups: tuple  # (programme, days until the start, days it lasts)
    members: tuple
    steps: tuple
    crowd: int = 0  # so many people have answered before, and a coordinator reads the reports
    staff: tuple = ()  # (role, programme)

    def kept(self, members, steps, processes=None):
        """The same with these of its members and steps alone, by their numbers."""
        return replace(
            self,
            members=tuple(one for one in self.members if one.number in members),
            steps=tuple(one for one in self.steps if one.at in steps),
            processes=processes or self.processes,
        )


def written(seed, *, people=None, chapters=None):
    """The story of a seed; a longer one with more `people` and `chapters`."""
    random = Random(f"story {seed}")
    processes = random.choice((1, 1, 1, 2))
    crowd = random.choice((0, 0, 0, 0, 0, 0, 0, random.randrange(3, 7)))
    hours = timedelta(days=random.randrange(60 if crowd else 360), hours=random.randrange(14))
    many = people or random.choice((1, 2, 2, 3))
    goes_far = seed % LONG == 0
    groups = tuple(
        (random.choice(SLUGS), random.randrange(1, 400 if goes_far else 20), random.randrange(1, 60))
        for _ in range(random.choice((1, 2, 2)) + many // 100)
    )
    members = tuple(_member(number, random, len(groups)) for number in range(many))
    steps = []
    for chapter in range(chapters or (SEASONS if goes_far else random.choice((2, 3, 4)))):
        _writes_chapter(steps, random, many, chapter, reads=bool(crowd))
        if goes_far:
            steps.append(Step(len(steps), "season", 0, random.randrange(1 << 30)))
    staff = ((Role.COORDINATOR, SLUG),) if crowd else ()
    begins = (AFTER_SUMMER if crowd else BEGINNING) + hours
    story = Story(seed, processes, begins, groups, members, tuple(steps), crowd, staff)
    return _with_a_desk(story, Random(f"desk {seed}"))


def _with_a_desk(story, random):
    """In some stories somebody is at work meanwhile."""
    if random.random() > AT_WORK:
        return story
    coordinates = random.random() < 0.5
    staff = (*story.staff, (Role.COORDINATOR if coordinates else Role.LIBRARIAN, random.choice(story.groups)[0]))
    steps = list(story.steps)
    for _ in range(random.choice((2, 3, 4)) * (1 + len(story.members) // 8)):
        what = _one_of(FOR_COORDINATORS if coordinates else AT_THE_DESK, random)
        step = Step(len(steps), what, len(staff) - 1, random.randrange(1 << 30))
        steps.insert(random.randrange(len(steps)), step)
    return replace(story, staff=staff, steps=tuple(steps))


def _member(number, random, groups):
    shares = number and random.random() < 0.25
    return Member(
        number, random.randrange(groups), random.randrange(number) if shares else number, random.random() < 0.1
    )


def _writes_chapter(steps, random, people, chapter, *, reads):
    """Something comes by itself, and for a while people answer, while things go wrong."""

    def adds(kind, who=0):
        steps.append(Step(len(steps), kind, who, random.randrange(1 << 30)))

    for _ in range(random.choice((1, 1, 2, 4)) if chapter else 1):
        if random.random() < 0.3:
            adds(_one_of(BEFALLS, random))
        adds("travel")
    who = random.randrange(people)
    for _ in range(random.randrange(4, 9) * (1 + people // 4)):
        if random.random() < 0.2:
            adds(_one_of(BEFALLS, random))
        if random.random() < 0.3:
            who = random.randrange(people)
        adds(_one_of(ACTS, random), who)
    if reads:
        adds("reads")
    if people >= MANY:
        adds("rush")
    if random.random() < 0.4:
        adds("calm")


def _one_of(kinds, random):
    return random.choices([*kinds], [*kinds.values()])[0]
