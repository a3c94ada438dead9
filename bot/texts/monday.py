"""What coordinators read on Monday: a few sentences that also make sense when they are heard, and their buttons.

The first line, which a lock screen shows, names neither programme nor group.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.texts.common import safe
from bot.texts.slovene import participant
from bot.texts.waves import capital, of_questionnaire, questionnaire
from reports.texts import DEMO
from storage.agenda import OfGroup
from surveys.locale_sl import counted, days, plural

NOTHING = "Ta teden ni ničesar, kar bi čakalo na vas."
WISH = "Lep teden vam želimo!"
UNWRITTEN = "Besedila še ni."
DRAFT = "Osnutek čaka na vašo potrditev."

TODAY = "danes"
CALL = "Koga poklicati"
STORY = "Preberi zgodbo"
STORIES = "Preberi zgodbe"
MORE_LEARNED = f"{participant.LEARNED}: druge skupine"
MORE_GROUPS = "Druge skupine"
NUMBERS = "Več: številke tedna"
_NAMED = 3  # groups in a sentence


def head(first: date, last: date, *, demo: bool) -> str:
    """The first line, and in a demo that nothing of it is true."""
    made_up = f"\n<i>{DEMO}</i>" if demo else ""
    return f"<b>Dober dan. To je pregled tedna {days(first, last)}.</b>{made_up}"


def to_call(people: Sequence[OfGroup]) -> str:
    """How many people of which groups need a call."""
    whom = counted(_all(people), "osebo", "osebi", "osebe", "oseb")
    return f"Poklicati je treba {whom}{_of_groups(people)}."


def stories(count: int) -> str:
    """How many stories wait for a decision."""
    waits = plural(count, "čaka", "čakata", "čakajo", "čaka")
    return f"Na vašo odločitev {waits} {counted(count, 'zgodba', 'zgodbi', 'zgodbe', 'zgodb')}."


def learned(group: str, wave: str, when: str, *, draft: bool) -> str:
    """What a group can be told of a closed questionnaire, if it is written by then."""
    stands = DRAFT if draft else UNWRITTEN
    return f"Skupina {_group(group)} lahko {when} dobi »{participant.LEARNED}« iz {of_questionnaire(wave)}. {stands}"


def opens(group: str, wave: str, when: str, people: int) -> str:
    """Which questionnaire a group gets this week; `when` begins with »v«, or is »danes«."""
    getting = counted(people, "oseba", "osebi", "osebe", "oseb")
    named = capital(when) if when == TODAY else f"{capital(when)},"
    comes = f"{named} pride v skupino {_group(group)} {questionnaire(wave)}"
    return f"{comes}. {plural(people, 'Dobi', 'Dobita', 'Dobijo', 'Dobi')} ga {getting}."


def more_open(count: int) -> str:
    """How many groups get a questionnaire besides those that are named."""
    groups = counted(count, "skupina", "skupini", "skupine", "skupin")
    return f"Vprašalnik {plural(count, 'dobi', 'dobita', 'dobijo', 'dobi')} še {groups}."


def arrived(groups: Sequence[OfGroup], first: date, last: date) -> str:
    """What came in, and between which days."""
    count = _all(groups)
    came = plural(count, "je prispel", "sta prispela", "so prispeli", "je prispelo")
    what = counted(
        count, "izpolnjen vprašalnik", "izpolnjena vprašalnika", "izpolnjeni vprašalniki", "izpolnjenih vprašalnikov"
    )
    return f"V tednu {days(first, last)} {came} {what}{_of_groups(groups)}."


def write(group: str) -> str:
    """The button to what a group can be told."""
    return f"{participant.LEARNED}: {group}"


def group(name: str) -> str:
    """The button to a group."""
    return f"Skupina: {name}"


def _of_groups(groups: Sequence[OfGroup]) -> str:
    """» iz skupine »Pomlad««, or »: 9 iz skupine »Pomlad«, 5 iz skupine »Jesen««."""
    if len(groups) == 1:
        return f" iz skupine {_group(groups[0].name)}"
    parts = [f"{one.count} iz skupine {_group(one.name)}" for one in groups[:_NAMED]]
    others = _all(groups[_NAMED:])
    return ": " + ", ".join([*parts, *([f"{others} iz drugih skupin"] if others else [])])


def _all(groups: Sequence[OfGroup]) -> int:
    return sum(one.count for one in groups)


def _group(name: str) -> str:
    return f"»{safe(name)}«"
