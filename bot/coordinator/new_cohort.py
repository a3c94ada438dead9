"""»Nova skupina«: name and days are typed, together or one after another, repeated, and confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.actions import coordinator as actions
from bot.actions import librarian
from bot.actions.choices import DraftPart
from bot.conversation import permissions
from bot.conversation.declared import Rest
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.coordinator import cohort_draft
from bot.coordinator.cohort_draft import CohortDraft
from bot.librarian import enrolling
from bot.staff import typed_days
from bot.staff.audiences import choices
from bot.texts import days as day_texts
from bot.texts import enrolling as enrolling_texts
from bot.texts import new_cohort as texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common
from bot.views import coordinator as views
from storage import cohorts
from surveys import short_words
from surveys.model import Programme


def begin(request: Request) -> Reply | None:
    """»Nova skupina«: of which programme, and for whom, where there is a choice."""
    found = choices(request, Permission.ADD_GROUP)
    if not found:
        return None
    if len(found) == 1:
        return _shown(request, CohortDraft(found[0][0].slug, 0))
    return Reply(draw_choice(request), views.new_group())


def choose(request: Request, programme: str, audience: int) -> Reply | None:
    """The programme was chosen, and for whom."""
    draft = CohortDraft(programme, audience)
    return None if _find(request, draft) is None else _shown(request, draft)


def typed(request: Request, text: str, draft: Rest) -> Reply | None:
    """Something of the new group was typed: name, days, or »da« below what was repeated."""
    known = cohort_draft.read(draft)
    found = _find(request, known)
    if found is None:
        return None
    said = " ".join(text.casefold().strip(" .!").split())
    if known.is_whole and said in texts.YES:
        return make(request)
    if said in texts.NO:
        return enrolling.choose(request)
    heard, problem = _heard(request, found[0], known, text)
    return _shown(request, heard, problem)


def settle(request: Request, day_first: bool) -> Reply | None:  # noqa: FBT001 - an argument of a button
    """Which day was meant by »1/3/2027«."""
    draft = _on_screen(request)
    if draft is None:
        return Reply.again(request.view)
    return _shown(request, *_in_order(draft.settled(day_first=day_first)))


def rewrite(request: Request, part: DraftPart) -> Reply | None:
    """»Drugo ime« or »Druga datuma«: to be typed anew."""
    draft = _on_screen(request)
    if draft is None:
        return Reply.again(request.view)
    return _shown(request, replace(draft, name="") if part is DraftPart.NAME else replace(draft, start=None, end=None))


def make(request: Request) -> Reply | None:
    """The group is made, once, from the card that repeats it."""
    draft = _on_screen(request)
    found = None if draft is None else _find(request, draft)
    if draft is None or found is None or draft.span is None:
        return Reply.again(request.view)
    problem = name_problem(request, found[0], draft.name)
    if problem:
        return _shown(request, draft, problem)
    made = cohorts.add(
        request.connection,
        found[0],
        name=draft.name,
        start=draft.span[0],
        end=draft.span[1],
        now=request.now,
        actor=permissions.actor(request),
        audience=found[1],
    )
    asked = enrolling.ask_how_many(request, made.id)
    return asked and asked.noted(texts.MADE)


def draw_choice(request: Request) -> Screen:
    """Of which programme, and for whom."""
    buttons = [
        Button(
            f"{programme.name} · {words}" if words else programme.name, actions.choose_for_whom(programme.slug, place)
        )
        for programme, place, words in choices(request, Permission.ADD_GROUP)
    ]
    return Screen(
        enrolling_texts.CHOOSE_PROGRAMME_FOR_GROUP,
        column(*buttons, Button(common.BACK, librarian.choose_cohort_to_enrol())),
    )


def draw(request: Request, draft: Rest) -> Screen:
    """What is known; asks for what is missing, or repeats everything to be confirmed."""
    return _drawn(request, cohort_draft.read(draft))


def _drawn(request: Request, draft: CohortDraft) -> Screen:
    found = _find(request, draft)
    if found is None:
        return Screen(staff_texts.NOT_STAFF)
    cancel = Button(common.CANCEL, librarian.choose_cohort_to_enrol())
    known = texts.known(found[0].name, draft.name, draft.start, draft.end)
    if draft.unclear:
        ways = [
            Button(texts.days(*_meant(draft.settled(day_first=first))), actions.settle_days(first))
            for first in (True, False)
        ]
        return Screen(f"{known}\n\n{texts.WHICH_DAY}", column(*ways, cancel))
    if not draft.is_whole or draft.span is None:
        return Screen(f"{known}\n\n{texts.ask(draft.name, draft.start, draft.end)}", column(cancel))
    asked = typed_days.unusual(request, *draft.span)
    buttons = (
        Button(texts.MAKE, actions.make_cohort()),
        Button(texts.OTHER_NAME, actions.rewrite_draft(DraftPart.NAME)),
        Button(texts.OTHER_DAYS, actions.rewrite_draft(DraftPart.DAYS)),
    )
    return Screen("\n\n".join((known, *asked, texts.CONFIRM)), column(*buttons, cancel))


def name_problem(request: Request, programme: Programme, name: str, but: int = 0) -> str:
    """Why a group of the programme cannot have this tidy name; empty where it can."""
    unfit = short_words.unfit(name, short_words.NAME)
    if unfit is not None:
        return texts.UNFIT[unfit]
    return texts.TAKEN if cohorts.name_taken(request.connection, programme.slug, name, but) else ""


def _heard(request: Request, programme: Programme, draft: CohortDraft, text: str) -> tuple[CohortDraft, str]:
    """The draft with what was typed as far as it can be, and what is wrong."""
    found = typed_days.read(request, text)
    asks_days = bool(draft.name) and (draft.start is None or draft.end is None)
    problem = typed_days.problem(found, which=False)
    if len(found.days) > 2:  # noqa: PLR2004 - the first and the last day
        problem = problem or day_texts.TOO_MANY
    elif found.days and not problem:
        with_days = draft.with_days(found.days)
        draft, problem = (draft, texts.START_OR_END) if with_days is None else _in_order(with_days)
    if not found.days and not problem and asks_days:
        return draft, texts.NO_DAY
    if len(found.pieces) == 1 and not (asks_days and found.days):
        name = found.pieces[0]
        wrong = texts.NOT_A_NAME if name.casefold() in texts.NO_NAMES else name_problem(request, programme, name)
        draft, problem = (draft, problem or wrong) if wrong else (replace(draft, name=name), problem)
    return draft, problem


def _in_order(draft: CohortDraft) -> tuple[CohortDraft, str]:
    """The draft; without its days where the last is before the first."""
    if draft.span is None or draft.span[0] <= draft.span[1]:
        return draft, ""
    return replace(draft, start=None, end=None), day_texts.ENDS_FIRST


def _meant(draft: CohortDraft) -> list[date]:
    return [one.day for one in (draft.start, draft.end) if one is not None]


def _shown(request: Request, draft: CohortDraft, problem: str = "") -> Reply:
    return Reply(_drawn(request, draft), views.group_of(draft.written)).noted(problem)


def _on_screen(request: Request) -> CohortDraft | None:
    """The draft on the screen."""
    shown = views.group_of.arguments_of(request.view)
    return None if shown is None else cohort_draft.read(*shown)


def _find(request: Request, draft: CohortDraft) -> tuple[Programme, str] | None:
    programme = next(
        (one for one in permissions.programmes(request, Permission.ADD_GROUP) if one.slug == draft.slug), None
    )
    if programme is None or draft.place >= len(programme.audiences):
        return None
    return programme, programme.audiences[draft.place]
