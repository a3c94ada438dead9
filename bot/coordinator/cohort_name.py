"""»Preimenuj« and »Izbriši skupino«: another name for a group, and the end of one in which nobody is."""

from __future__ import annotations

from bot.actions import coordinator as actions
from bot.actions import librarian
from bot.conversation import permissions
from bot.conversation.declared import Rest
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.coordinator import cohort_dates, new_cohort
from bot.librarian import cohorts as groups
from bot.texts import cohorts as cohort_texts
from bot.texts import new_cohort as texts
from bot.texts.slovene import common
from bot.views import coordinator as views
from storage import cohorts
from storage.cohorts import Cohort
from surveys import short_words


def ask(request: Request, cohort: int) -> Reply | None:
    """»Preimenuj«: the new name is to be typed."""
    group = cohort_dates.find(request, cohort)
    return None if group is None else _asked(request, group)


def typed(request: Request, text: str, cohort: int) -> Reply | None:
    """A name was typed: both are shown, to be confirmed."""
    group = cohort_dates.find(request, cohort)
    if group is None:
        return None
    name = short_words.tidy(text)
    if name.casefold() in texts.NO:
        return groups.show_one(request, group.id)
    problem = new_cohort.name_problem(request, request.services.programmes[group.programme], name, group.id)
    if name.casefold() in texts.NO_NAMES or name == group.name:
        problem = texts.NOT_A_NAME
    if problem:
        return _asked(request, group, problem)
    return Reply(draw(request, group.id, name), views.renaming(group.id, Rest(name)))


def typed_again(request: Request, text: str, cohort: int, name: Rest) -> Reply | None:  # noqa: ARG001 - by its view
    """»da«, or yet another name."""
    if " ".join(text.casefold().strip(" .!").split()) in texts.YES:
        return rename(request, cohort)
    return typed(request, text, cohort)


def rename(request: Request, cohort: int) -> Reply | None:
    """The group has the new name, once, from the card that shows it."""
    group = cohort_dates.find(request, cohort)
    if group is None:
        return None
    shown = views.renaming.arguments_of(request.view)
    if shown is None or shown[0] != group.id:
        return groups.show_one(request, group.id)
    name = str(shown[1])
    programme = request.services.programmes[group.programme]
    problem = new_cohort.name_problem(request, programme, name, group.id)
    if problem:
        return _asked(request, group, problem)
    cohorts.edit(
        request.connection,
        programme,
        group.id,
        request.services.policy,
        now=request.now,
        actor=permissions.actor(request),
        name=name,
    )
    return _shown(request, group, texts.RENAMED)


def ask_remove(request: Request, cohort: int) -> Reply | None:
    """»Izbriši skupino«, to be confirmed."""
    group = _found(request, cohort)
    return None if group is None else Reply(draw_remove(request, group.id), views.removing(group.id))


def remove(request: Request, cohort: int) -> Reply | None:
    """A group in which nobody is goes, from the card that asks."""
    group = _found(request, cohort)
    if group is None or request.view != views.removing(group.id):
        return groups.show_one(request, cohort) or groups.show_all(request)
    if not cohorts.remove(request.connection, group.id, request.now, permissions.actor(request)):
        return _shown(request, group, texts.SOMEBODY_IS_IN_IT)
    return groups.show_all(request).noted(texts.removed(group.name))


def draw_ask(request: Request, cohort: int) -> Screen:
    """A new name is to be typed."""
    group = cohort_dates.find(request, cohort)
    if group is None:
        return cohort_dates.gone()
    return Screen(texts.ask_name(group.name), column(Button(common.CANCEL, librarian.show_cohort(group.id))))


def draw(request: Request, cohort: int, name: str) -> Screen:
    """The new name, to be confirmed."""
    group = cohort_dates.find(request, cohort)
    if group is None:
        return cohort_dates.gone()
    rows = column(
        Button(cohort_texts.CONFIRM, actions.confirm_name(group.id)),
        Button(common.CANCEL, librarian.show_cohort(group.id)),
    )
    return Screen(texts.ask_rename(group.name, name), rows)


def draw_remove(request: Request, cohort: int) -> Screen:
    """Whether it is to be removed."""
    group = _found(request, cohort)
    if group is None:
        return cohort_dates.gone()
    rows = column(
        Button(texts.REMOVE_YES, actions.confirm_removal(group.id)),
        Button(common.CANCEL, librarian.show_cohort(group.id)),
    )
    return Screen(texts.ask_remove(group.name), rows)


def _asked(request: Request, group: Cohort, problem: str = "") -> Reply:
    return Reply(draw_ask(request, group.id), views.rename(group.id)).noted(problem)


def _shown(request: Request, group: Cohort, note: str) -> Reply | None:
    shown = groups.show_one(request, group.id)
    return None if shown is None else shown.noted(note)


def _found(request: Request, cohort: int) -> Cohort | None:
    """The group, closed or not, where whoever is here may remove it."""
    return permissions.cohort(request, Permission.ADD_GROUP, cohort)
