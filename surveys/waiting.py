"""People who wait for the next group: which waves they have, and what they are asked. Pure.

They answer at the same distance as those who take part, and only what can be answered without the programme.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from surveys.languages import EASY, SLOVENIAN
from surveys.model import EnrolmentRole, Programme, Questionnaire, Wave

_SECOND: Mapping[str, str] = {SLOVENIAN: "Drugi vprašalnik", EASY: "Drugi vprašalnik", "en": "Second questionnaire"}
RECENT = timedelta(days=92)  # so long an answer stands for how somebody is at the start of a group


def waves(programme: Programme, audience: str, role: EnrolmentRole) -> tuple[Wave, ...]:
    """The waves of an audience, or those of them that are for people who wait as well."""
    everybody = role is EnrolmentRole.PARTICIPANT
    return tuple(wave for wave in programme.waves if wave.audience == audience and (everybody or wave.waiting))


def offered(programme: Programme, audience: str) -> bool:
    """Whether somebody can wait in a group of this audience: the definition says in which waves."""
    return bool(waves(programme, audience, EnrolmentRole.WAITING))


def first_and_last(programme: Programme, audience: str) -> tuple[Wave, Wave] | None:
    """The wave at the start and the one at the end of the time of waiting; None where nobody waits."""
    found = waves(programme, audience, EnrolmentRole.WAITING)
    return (found[0], found[-1]) if found else None


def begins(programme: Programme, wave_id: str) -> bool:
    """Whether this is the wave at whose opening the time of waiting ends."""
    return any(
        pair is not None and pair[0].id == wave_id
        for pair in (first_and_last(programme, audience) for audience in programme.audiences)
    )


def asked(programme: Programme, wave: Wave, role: EnrolmentRole) -> Questionnaire:
    """What somebody with this role is asked in a wave."""
    questionnaire = programme.questionnaire(wave)
    if role is EnrolmentRole.PARTICIPANT:
        return questionnaire
    kept = of_those_who_wait(questionnaire)
    return kept if begins(programme, wave.id) else _called(kept, _SECOND)


def of_those_who_wait(questionnaire: Questionnaire) -> Questionnaire:
    """The same questions in the same words and order, without what only participants can answer.

    What it says before and after the questions speaks of meetings, and is left out: the bot says it in other words.
    """
    kept = tuple(item for item in questionnaire.items if item.of_those_who_wait)
    return questionnaire.model_copy(update={"items": kept, "intro": "", "thanks": ""})


def _called(questionnaire: Questionnaire, titles: Mapping[str, str]) -> Questionnaire:
    """The same under another title: nothing ends for who has not begun."""
    told = {
        language: {**{key: words for key, words in one.items() if key != "title"}, **_title(titles, language)}
        for language, one in questionnaire.translations.items()
    }
    return questionnaire.model_copy(update={"title": titles[SLOVENIAN], "translations": told})


def _title(titles: Mapping[str, str], language: str) -> dict[str, str]:
    return {"title": titles[language]} if language in titles else {}


def stands_for(begun_on: date, ended_on: date, start: date) -> bool:
    """Whether what was answered while waiting is how somebody is at the start of a group.

    It was begun by the first day there; what was half answered then may be ended after it.
    """
    return begun_on <= start <= ended_on + RECENT
