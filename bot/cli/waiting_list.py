"""Who of those that are enrolled together waits: the last by their order, or drawn here by lot."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random, SystemRandom

from bot.cli.options import EnrolOptions
from bot.cli.problem import CommandProblem
from storage.schema import Allocation
from surveys.model import EnrolmentRole, Programme
from surveys.waiting import offered

_BY_LOT = SystemRandom()


@dataclass(frozen=True, slots=True)
class WaitingShare:
    """By their places in the order of enrolling, and how that was decided; nobody, where none was asked for."""

    places: frozenset[int] = frozenset()
    allocation: Allocation | None = None

    def role(self, place: int) -> EnrolmentRole:
        """Of whoever is enrolled at this place."""
        return EnrolmentRole.WAITING if place in self.places else EnrolmentRole.PARTICIPANT

    def decided(self, place: int) -> Allocation | None:
        """How it was decided for whoever is enrolled at this place."""
        return self.allocation if place in self.places else None


def drawn(given: EnrolOptions, programme: Programme, audience: str, people: int, lot: Random = _BY_LOT) -> WaitingShare:
    """As many as `--waiting` says. Raises Problem where so many cannot wait, or nobody can."""
    if not given.waiting:
        if given.by_lot:
            raise CommandProblem("--by-lot draws who waits: say with --waiting how many.")
        return WaitingShare()
    if not offered(programme, audience):
        raise CommandProblem(f"{programme.slug} asks nobody who waits: no wave is marked with waiting = true.")
    if given.waiting > people:
        raise CommandProblem(f"{given.waiting} of {people} people cannot wait; give a smaller number after --waiting.")
    if given.by_lot:
        return WaitingShare(frozenset(lot.sample(range(people), given.waiting)), Allocation.LOT)
    return WaitingShare(frozenset(range(people - given.waiting, people)), Allocation.ORDER)
