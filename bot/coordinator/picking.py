"""Which programme, or which library: the first question of every report, drawn from the role and the page alone."""

from __future__ import annotations

from collections.abc import Iterable

from bot import roles, staffroom
from bot.librarian import paging
from bot.roles import Action
from bot.screens import Button, Reply, Rows, Screen, column
from bot.texts import reports as texts
from bot.texts import staff as staff_texts
from bot.texts.common import safe
from bot.texts.slovene import common
from bot.visit import Visit
from surveys.model import Programme

WEEKLY, IMPACT, EXPORT = "w", "i", "x"  # what the programme is picked for
_ACTIONS = {WEEKLY: Action.REPORT, IMPACT: Action.REPORT, EXPORT: Action.EXPORT}
_COMMANDS = {WEEKLY: "poro", IMPACT: "ucin", EXPORT: "izvo"}
_A_PAGE = 8
_ALPHABET = str.maketrans({"č": "c~", "š": "s~", "ž": "z~"})


def begin(visit: Visit, purpose: str, page: str) -> Reply | Programme:
    """The question, a refusal, or the programme where there is but one."""
    programmes = of(visit, purpose)
    if not programmes:
        return staffroom.desk(visit, texts.ONLY_COORDINATORS)
    if _of_all_libraries(visit):
        argument = f"{purpose}:{paging.asked(page)}"
        return Reply(draw_libraries(visit, argument), f"libraries:{argument}", fresh=visit.typed)
    return in_library(visit, purpose, programmes[0].code) or staffroom.refuse(visit)


def in_library(visit: Visit, purpose: str, code: str) -> Reply | Programme | None:
    """The question within a library, or its only programme; None where there is nothing for whoever is here."""
    programmes = _of_library(visit, purpose, code)
    if len(programmes) < 2:  # noqa: PLR2004 - nothing to choose from
        return programmes[0] if programmes else None
    argument = f"{purpose}:{code}"
    return Reply(draw_library(visit, argument), f"library:{argument}", fresh=visit.typed)


def draw_libraries(visit: Visit, argument: str) -> Screen:
    """The card of `libraries:PURPOSE:PAGE`."""
    purpose, _, number = argument.partition(":")
    libraries = {one.code: one.library for one in of(visit, purpose)}
    page = paging.turned(sorted(libraries.items(), key=lambda one: _in_order(one[1])), number, _A_PAGE)
    everything = Button(texts.ALL_LIBRARIES, "rf:n:national:")
    rows = (
        *column(*([everything] if purpose == IMPACT and page.number == 1 else [])),
        *column(*(Button(name, f"rl:{purpose}:{code}") for code, name in page.shown)),
        *page.arrows(_COMMANDS.get(purpose, "")),
        *column(staffroom.to_desk()),
    )
    return _titled(purpose, texts.CHOOSE_LIBRARY, page.words, rows=rows)


def draw_library(visit: Visit, argument: str) -> Screen:
    """The card of `library:PURPOSE:CODE`."""
    purpose, _, code = argument.partition(":")
    programmes = _of_library(visit, purpose, code)
    if not programmes:
        return Screen(staff_texts.NOT_STAFF)
    whole = [Button(texts.WHOLE_LIBRARY, f"rs:{purpose}:{code}")] if purpose == WEEKLY else []
    buttons = (Button(one.name, f"rs:{purpose}:{one.slug}") for one in programmes)
    leave = Button(common.BACK, _COMMANDS[purpose]) if _of_all_libraries(visit) else staffroom.to_desk()
    library = safe(programmes[0].library)
    return _titled(purpose, library, texts.CHOOSE_PROGRAMME, rows=column(*buttons, *whole, leave))


def find(visit: Visit, purpose: str, slug: str) -> Programme | None:
    """The programme, where whoever is here may have it."""
    return next((one for one in of(visit, purpose) if one.slug == slug), None)


def of(visit: Visit, purpose: str) -> list[Programme]:
    """The programmes of which whoever is here may have this; none for a purpose that there is not."""
    action = _ACTIONS.get(purpose)
    return [] if action is None else roles.programmes(visit, action)


def back(visit: Visit, purpose: str, code: str) -> Button:
    """The button of the card after the choice: to the question before it, or to the desk where there was none."""
    if len(_of_library(visit, purpose, code)) > 1:
        return Button(common.BACK, f"rl:{purpose}:{code}")
    return Button(common.BACK, _COMMANDS[purpose]) if _of_all_libraries(visit) else staffroom.to_desk()


def _of_library(visit: Visit, purpose: str, code: str) -> list[Programme]:
    return [one for one in of(visit, purpose) if one.code == code]


def _of_all_libraries(visit: Visit) -> bool:
    return bool(roles.programmes(visit, Action.REPORT_NATION))


def _in_order(name: str) -> str:
    """What a Slovenian name is sorted by."""
    return name.casefold().translate(_ALPHABET)


def _titled(purpose: str, *paragraphs: str, rows: Rows) -> Screen:
    said: Iterable[str] = (texts.TITLES[purpose], *paragraphs)
    return Screen("\n\n".join(words for words in said if words), rows)
