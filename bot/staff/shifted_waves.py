"""What new days of a cohort move, or another cohort of a person: each wave with what happens to it."""

from __future__ import annotations

from bot.texts import cohorts as texts
from storage.replan_preview import Shift
from surveys.model import Programme


def described(programme: Programme, shifts: list[Shift]) -> list[str]:
    """The waves with what happens to each."""
    names = {wave.id: wave.name for wave in programme.waves}
    return [texts.shift(names.get(shift.wave, shift.wave), shift) for shift in shifts]
