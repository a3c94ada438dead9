"""How long a questionnaire takes: the one estimate that invitations, consent and paper tell. Pure."""

from __future__ import annotations

import math
import re

from surveys import waiting
from surveys.model import EnrolmentRole, Item, Kind, Programme, Questionnaire

_WORD = re.compile(r"\w+")
_A_WORD = 0.6  # seconds: 100 words a minute, as somebody reads who reads little, or is read to
_REPLY = {  # seconds to think and to answer
    Kind.NOTE: 0.0,
    Kind.MULTIPLE: 20.0,
    Kind.TEXT: 60.0,
}
_TAP = 10.0


def minutes(questionnaire: Questionnaire) -> int:
    """Whole minutes, rather one too many; questions that only some are asked count as well."""
    return max(1, math.ceil(sum(map(_seconds, questionnaire.items)) / 60))


def minutes_of_each(
    programme: Programme, audience: str, role: EnrolmentRole = EnrolmentRole.PARTICIPANT
) -> tuple[int, int]:
    """Of the questionnaires that an audience is asked in a role: what the shortest and the longest takes."""
    each = [minutes(waiting.asked(programme, wave, role)) for wave in waiting.waves(programme, audience, role)]
    return min(each, default=1), max(each, default=1)


def _seconds(item: Item) -> float:
    said = (item.text, item.hint, *(choice.label for choice in item.choices))
    return sum(len(_WORD.findall(words)) for words in said) * _A_WORD + _REPLY.get(item.kind, _TAP)
