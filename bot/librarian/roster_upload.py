"""»Vpis s seznama«: a group is enrolled from a file, after what it does was shown. Once, and everybody or nobody.

A list belongs to who sent it. Its card is drawn from the file, which is here a moment after it was sent. Buttons name
the list and the request in which it came, so that those of an earlier list are known.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from bot.actions import librarian as actions
from bot.conversation import paging, permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request, Sent
from bot.conversation.screens import Button, Document, Reply, Screen, column
from bot.librarian import cohorts, enrolling, roster_preview
from bot.librarian.roster_preview import RosterReading
from bot.staff import roster_enrolment, staff_home
from bot.texts import rosters as texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common, participant
from bot.views import librarian as views
from bot.workbooks import book
from bot.workbooks.book import Unreadable
from storage import attachments, audit, roster_imports
from storage.cohorts import Cohort
from storage.roster_imports import GroupImport

_COHORTS_A_PAGE = 8


def ask(request: Request, cohort_id: int) -> Reply | None:
    """»Vpis s seznama«: what is to be sent."""
    if enrolling.find_cohort(request, cohort_id) is None:
        return None
    return Reply(draw_ask(request, cohort_id), views.list_for(cohort_id))


def sent(request: Request, file: Sent, cohort_id: int, *_arguments: object) -> Reply | None:
    """A file where the group is known already: on its card, or where a list was asked for."""
    cohort = enrolling.find_cohort(request, cohort_id)
    if file.kind != "document" or cohort is None:
        return None
    return _too_big(request, cohort, file) or _shown(request, _receive(request, cohort, file), _stamp(request))


def sent_again(request: Request, file: Sent, roster_id: int, *_arguments: object) -> Reply | None:
    """A corrected list in the place of the one on the screen."""
    roster = _here(request, roster_id)
    if roster is None:
        return sent_anywhere(request, file)
    chosen = views.import_.is_name_of(request.view)
    reply = sent(request, file, roster.cohort) if chosen else sent_anywhere(request, file)
    if reply is not None:
        roster_imports.drop(request.connection, roster.id, roster.attachment)
    return reply


def sent_anywhere(request: Request, file: Sent, *_arguments: object) -> Reply | None:
    """A file from staff, anywhere else: the group is asked for, where there are several."""
    open_cohorts = enrolling.open_cohorts(request)
    if file.kind != "document" or not open_cohorts:
        return None
    refused = _too_big(request, open_cohorts[0], file)
    if refused is not None:
        return refused
    roster_id = _receive(request, open_cohorts[0], file)  # until the group is chosen nothing of the list is shown
    stamp = _stamp(request)
    if len(open_cohorts) == 1:
        return _shown(request, roster_id, stamp)
    return Reply(draw_choice(request, roster_id, stamp, 1), views.import_into(roster_id, stamp, 1), due=True)


def choose(request: Request, roster_id: int, stamp: str, page: int) -> Reply | None:
    """Other groups for the list."""
    roster = _on_choice(request, roster_id, stamp)
    if roster is None:
        return _gone(request)
    return Reply(draw_choice(request, roster_id, stamp, page), views.import_into(roster_id, stamp, page))


def into(request: Request, roster_id: int, stamp: str, cohort_id: int) -> Reply | None:
    """The group for the list was chosen."""
    roster, cohort = _on_choice(request, roster_id, stamp), enrolling.find_cohort(request, cohort_id)
    if roster is None or cohort is None:
        return _gone(request)
    roster_imports.set_cohort(request.connection, roster.id, cohort.id)
    return _shown(request, roster_id, stamp)


def choose_what(request: Request, roster_id: int, stamp: str, choice: str) -> Reply | None:
    """Another sheet of the file, or what is hidden on it."""
    roster = _on_preview(request, roster_id, stamp)
    return _gone(request) if roster is None else _shown(request, roster_id, stamp, choice)


def confirm(request: Request, roster_id: int, stamp: str, choice: str) -> Reply | None:
    """Everybody on the list is enrolled, once, from the card that shows what that does."""
    roster = _on_preview(request, roster_id, stamp)
    cohort = None if roster is None else enrolling.find_cohort(request, roster.cohort)
    if roster is None or cohort is None:
        return _gone(request)
    chosen = _choice_on_screen(request)
    read = roster_preview.read(request, roster, cohort, chosen)
    if not isinstance(read, RosterReading) or read.plan.problems or roster_preview.written(read.choice) != choice:
        return _shown(request, roster_id, stamp, chosen)  # somebody came into the group meanwhile
    plan = read.plan
    if not roster_imports.mark_applied(request.connection, roster.id, request.now):
        return _gone(request)
    actor = permissions.actor(request)
    enrolled = roster_enrolment.enrol(request.connection, request.services, cohort, plan, request.now, actor)
    audit.record(request.connection, actor, "list.enrol", f"cohort:{cohort.id}", request.now)
    names = {new.enrolment: row.printed for new, row in zip(enrolled, plan.people.listed, strict=True) if row.printed}
    roster_imports.keep_names(request.connection, request.services.keys, roster, names)
    begun = {enrolment.id for enrolment in plan.begin.values()}  # who had not agreed keeps the number of waiting
    numbers = [new.enrolment for new in enrolled if new.enrolment not in begun] or [0]
    return enrolling.show_codes(request, cohort.id, min(numbers), max(numbers))


def cancel(request: Request, roster_id: int, stamp: str) -> Reply | None:
    """The list is not to be enrolled: nothing of it stays."""
    roster = _on_preview(request, roster_id, stamp) or _on_choice(request, roster_id, stamp)
    if roster is None:
        return _gone(request)
    roster_imports.drop(request.connection, roster.id, roster.attachment)
    shown = cohorts.show_one(request, roster.cohort) or staff_home.desk(request)
    return shown.noted(texts.NOT_ENROLLED)


def all_problems(request: Request, roster_id: int, stamp: str) -> Reply | None:
    """Everything that is to be corrected, as a file beside the card."""
    roster = _on_preview(request, roster_id, stamp)
    cohort = None if roster is None else enrolling.find_cohort(request, roster.cohort)
    if roster is None or cohort is None:
        return _gone(request)
    chosen = _choice_on_screen(request)
    read = roster_preview.read(request, roster, cohort, chosen)
    if not isinstance(read, RosterReading) or not read.plan.problems:
        return _gone(request)
    file = Document(texts.problems_file(read.plan.problems), texts.PROBLEMS_FILE)
    extra = Screen(texts.problems_caption(cohort.name), media=file)
    return replace(_shown(request, roster_id, stamp, chosen), extras=(extra,))


def draw_ask(request: Request, cohort_id: int) -> Screen:
    """What is to be sent."""
    cohort = enrolling.find_cohort(request, cohort_id)
    if cohort is None:
        return Screen(staff_texts.NOT_STAFF)
    return Screen(texts.ask(cohort.name), column(Button(common.BACK, actions.show_cohort(cohort_id))))


def draw_choice(request: Request, roster_id: int, stamp: str, page: int) -> Screen:
    """The groups for the list."""
    if _here(request, roster_id) is None:
        return _draw_gone()
    part = paging.turned(enrolling.open_cohorts(request), page, _COHORTS_A_PAGE)
    buttons = [
        Button(name, actions.set_cohort_of_list(roster_id, stamp, cohort.id))
        for cohort, name in enrolling.named(request, part.shown)
    ]
    arrows = part.arrows(partial(actions.choose_cohort_of_list, roster_id, stamp))
    cancel = Button(common.CANCEL, actions.discard_list(roster_id, stamp))
    words = "\n\n".join(line for line in (texts.WHICH_GROUP, part.words) if line)
    return Screen(words, (*column(*buttons), *arrows, *column(cancel)))


def draw(request: Request, roster_id: int, stamp: str, choice: str = "") -> Screen:
    """What a list would do; without a choice what is likeliest is read."""
    roster = _here(request, roster_id)
    cohort = None if roster is None else enrolling.find_cohort(request, roster.cohort)
    if roster is None or cohort is None:
        return _draw_gone()
    return roster_preview.draw(request, roster, cohort, stamp, choice)


def _receive(request: Request, cohort: Cohort, file: Sent) -> int:
    """The number of a list that was sent; its file is fetched at once."""
    member = permissions.member(request)
    if member is None:
        raise PermissionError("only staff enrol")
    keys = request.services.keys
    number = attachments.receive(request.connection, keys, file.file, request.now, mime=file.mime)
    return roster_imports.receive(request.connection, cohort.id, number, member.id, request.now)


def _too_big(request: Request, cohort: Cohort, file: Sent) -> Reply | None:
    """What is said at once to a file that no list is as large as."""
    if file.size is None or file.size <= book.MAX_BYTES:
        return None
    too_big = texts.UNREADABLE[Unreadable.TOO_BIG]
    return Reply(draw_ask(request, cohort.id), views.list_for(cohort.id)).noted(too_big)


def _stamp(request: Request) -> str:
    """The number of the request in which a list comes."""
    return str(request.update)


def _shown(request: Request, roster_id: int, stamp: str, choice: str = "") -> Reply:
    """The card of a list, which is drawn again when its file has come."""
    return Reply(draw(request, roster_id, stamp, choice), views.import_(roster_id, stamp, choice), due=True)


def _gone(request: Request) -> Reply:
    """A tap that comes late, twice or from elsewhere: nothing changes, and what counts is shown."""
    if any(view.is_name_of(request.view) for view in (views.cards, views.import_, views.import_into)):
        return Reply.again(request.view).toasted(participant.WHERE_YOU_ARE)
    return staff_home.desk(request).toasted(common.OLD_BUTTON)


def _draw_gone() -> Screen:
    return Screen(texts.GONE, column(staff_home.to_desk()))


def _on_preview(request: Request, roster_id: int, stamp: str) -> GroupImport | None:
    """The list, where the card that shows what it does is on the screen."""
    shown = views.import_.arguments_of(request.view) or ()
    return _here(request, roster_id) if shown[:2] == (roster_id, stamp) else None


def _on_choice(request: Request, roster_id: int, stamp: str) -> GroupImport | None:
    """The list, where the card that asks for its group is on the screen."""
    shown = views.import_into.arguments_of(request.view) or ()
    return _here(request, roster_id) if shown[:2] == (roster_id, stamp) else None


def _choice_on_screen(request: Request) -> str:
    """What of the file the card on the screen shows; empty: what is likeliest."""
    _roster_id, _stamp, choice = views.import_.arguments_of(request.view) or (0, "", "")
    return str(choice)


def _here(request: Request, roster_id: int) -> GroupImport | None:
    """The list that waits, where whoever is here has sent it and may enrol in its group."""
    roster, member = roster_imports.find(request.connection, roster_id), permissions.member(request)
    if roster is None or roster.applied_at is not None or member is None or roster.staff != member.id:
        return None
    return roster if permissions.cohort(request, Permission.ENROL, roster.cohort) is not None else None
