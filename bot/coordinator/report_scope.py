"""Which programme, or which library: the first question of every report, drawn from the role and the page alone."""

from __future__ import annotations

from collections.abc import Iterable

from bot.actions import coordinator as actions
from bot.actions.choices import NATION, Purpose, ReportKind
from bot.conversation import paging, permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Rows, Screen, column
from bot.staff import staff_home
from bot.texts import reports as texts
from bot.texts import staff as staff_texts
from bot.texts.common import safe
from bot.texts.slovene import common
from bot.views import coordinator as views
from surveys.model import Programme

_PERMISSIONS = {
    Purpose.WEEKLY: Permission.REPORT,
    Purpose.IMPACT: Permission.REPORT,
    Purpose.EXPORT: Permission.EXPORT,
}
_FIRST = {
    Purpose.WEEKLY: actions.tell_of_weeks,
    Purpose.IMPACT: actions.tell_of_impact,
    Purpose.EXPORT: actions.export_data,
}  # what asks for the library
_EVERYTHING = {
    Purpose.IMPACT: actions.choose_form(ReportKind.NATIONAL, NATION, ""),
    Purpose.WEEKLY: actions.choose_subject(Purpose.WEEKLY, NATION),
}
_A_PAGE = 8
_ALPHABET = str.maketrans({"č": "c~", "š": "s~", "ž": "z~"})


def begin(request: Request, purpose: Purpose, page: int) -> Reply | Programme:
    """The question, a refusal, or the programme where there is but one."""
    programmes = of(request, purpose)
    if not programmes:
        return staff_home.desk(request, texts.ONLY_COORDINATORS)
    if _of_all_libraries(request):
        return Reply(draw_libraries(request, purpose, page), views.libraries(purpose, page))
    return in_library(request, purpose, programmes[0].code) or staff_home.refuse(request)


def in_library(request: Request, purpose: Purpose, code: str) -> Reply | Programme | None:
    """The question within a library, or its only programme; None where there is nothing for whoever is here."""
    programmes = _of_library(request, purpose, code)
    if len(programmes) < 2:  # noqa: PLR2004 - nothing to choose from
        return programmes[0] if programmes else None
    return Reply(draw_library(request, purpose, code), views.library(purpose, code))


def draw_libraries(request: Request, purpose: Purpose, page: int) -> Screen:
    """All libraries."""
    libraries = {one.code: one.library for one in of(request, purpose)}
    turned = paging.turned(sorted(libraries.items(), key=lambda one: _in_order(one[1])), page, _A_PAGE)
    everything = _EVERYTHING.get(purpose) if turned.number == 1 else None
    rows = (
        *column(*([Button(texts.ALL_LIBRARIES, everything)] if everything else [])),
        *column(*(Button(name, actions.choose_library(purpose, code)) for code, name in turned.shown)),
        *turned.arrows(_FIRST[purpose]),
        *column(staff_home.to_desk()),
    )
    return _titled(purpose, texts.CHOOSE_LIBRARY, turned.words, rows=rows)


def draw_library(request: Request, purpose: Purpose, code: str) -> Screen:
    """The programmes of a library."""
    programmes = _of_library(request, purpose, code)
    if not programmes:
        return Screen(staff_texts.NOT_STAFF)
    whole = [Button(texts.WHOLE_LIBRARY, actions.choose_subject(purpose, code))] if purpose is Purpose.WEEKLY else []
    buttons = (Button(one.name, actions.choose_subject(purpose, one.slug)) for one in programmes)
    leave = Button(common.BACK, _FIRST[purpose]()) if _of_all_libraries(request) else staff_home.to_desk()
    library = safe(programmes[0].library)
    return _titled(purpose, library, texts.CHOOSE_PROGRAMME, rows=column(*buttons, *whole, leave))


def find(request: Request, purpose: Purpose, slug: str) -> Programme | None:
    """The programme, where whoever is here may have it."""
    return next((one for one in of(request, purpose) if one.slug == slug), None)


def of(request: Request, purpose: Purpose) -> list[Programme]:
    """The programmes of which whoever is here may have this."""
    return permissions.programmes(request, _PERMISSIONS[purpose])


def back(request: Request, purpose: Purpose, code: str) -> Button:
    """The button of the card after the choice: to the question before it, or to the desk where there was none."""
    if len(_of_library(request, purpose, code)) > 1:
        return Button(common.BACK, actions.choose_library(purpose, code))
    return Button(common.BACK, _FIRST[purpose]()) if _of_all_libraries(request) else staff_home.to_desk()


def _of_library(request: Request, purpose: Purpose, code: str) -> list[Programme]:
    return [one for one in of(request, purpose) if one.code == code]


def _of_all_libraries(request: Request) -> bool:
    return bool(permissions.programmes(request, Permission.REPORT_NATION))


def _in_order(name: str) -> str:
    """What a Slovenian name is sorted by."""
    return name.casefold().translate(_ALPHABET)


def _titled(purpose: Purpose, *paragraphs: str, rows: Rows) -> Screen:
    said: Iterable[str] = (texts.TITLES[purpose], *paragraphs)
    return Screen("\n\n".join(words for words in said if words), rows)
