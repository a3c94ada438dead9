"""»Vpis s seznama«: a group is enrolled from a file, after what it does was shown. Once, and everybody or nobody.

A list belongs to who sent it. Its card is drawn from the file, which is here a moment after it was sent. Buttons name
the list and the visit in which it came, so that those of an earlier list are known.
"""

from __future__ import annotations

from dataclasses import replace

from bot import listed, roles, staffroom
from bot.librarian import enrolling, groups, paging
from bot.lists import sheet
from bot.lists.sheet import Unreadable, UnreadableError
from bot.roles import Action
from bot.screens import Button, Document, Reply, Screen, column
from bot.texts import lists as texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common, participant
from bot.visit import Sent, Visit, whole
from storage import attachments, audit, cohorts, group_imports
from storage.cohorts import Cohort
from storage.group_imports import GroupImport

_GROUPS_A_PAGE = 8


def ask(visit: Visit, cohort_id: str) -> Reply | None:
    """»Vpis s seznama«: what is to be sent."""
    group = enrolling.find_cohort(visit, cohort_id)
    if group is None:
        return None
    return Reply(draw_ask(visit, str(group.id)), f"list_for:{group.id}", fresh=visit.typed)


def sent(visit: Visit, cohort_id: str, file: Sent) -> Reply | None:
    """A file where the group is known already: on its card, or where a list was asked for."""
    group = enrolling.find_cohort(visit, cohort_id.partition(":")[0])
    if file.kind != "document" or group is None:
        return None
    return _too_big(visit, group, file) or _shown(visit, f"{_receive(visit, group, file)}:{visit.update}")


def sent_again(visit: Visit, argument: str, file: Sent) -> Reply | None:
    """A corrected list in the place of the one on the screen."""
    one = _here(visit, argument)
    if one is None:
        return sent_anywhere(visit, "", file)
    chosen = visit.view == f"import:{argument}"
    reply = sent(visit, str(one.cohort), file) if chosen else sent_anywhere(visit, "", file)
    if reply is not None:
        group_imports.drop(visit.connection, one.id, one.attachment)
    return reply


def sent_anywhere(visit: Visit, _argument: str, file: Sent) -> Reply | None:
    """A file from staff, anywhere else: the group is asked for, where there are several."""
    open_groups = enrolling.open_groups(visit)
    if file.kind != "document" or not open_groups:
        return None
    refused = _too_big(visit, open_groups[0], file)
    if refused is not None:
        return refused
    one = _receive(visit, open_groups[0], file)  # until the group is chosen nothing of the list is shown
    if len(open_groups) == 1:
        return _shown(visit, f"{one}:{visit.update}")
    argument = f"{one}:{visit.update}:1"
    return Reply(draw_choice(visit, argument), f"import_into:{argument}", fresh=True, due=True)


def choose(visit: Visit, import_id: str, stamp: str, page: str) -> Reply | None:
    """Other groups for the list."""
    one = _on_screen(visit, "import_into", import_id, stamp)
    if one is None:
        return _gone(visit)
    argument = f"{one.id}:{stamp}:{whole(page)}"
    return Reply(draw_choice(visit, argument), f"import_into:{argument}", fresh=visit.typed)


def into(visit: Visit, import_id: str, stamp: str, cohort_id: str) -> Reply | None:
    """The group for the list was chosen."""
    one, group = _on_screen(visit, "import_into", import_id, stamp), enrolling.find_cohort(visit, cohort_id)
    if one is None or group is None:
        return _gone(visit)
    group_imports.set_cohort(visit.connection, one.id, group.id)
    return _shown(visit, f"{one.id}:{stamp}")


def confirm(visit: Visit, import_id: str, stamp: str) -> Reply | None:
    """Everybody on the list is enrolled, once, from the card that shows what that does."""
    one = _on_screen(visit, "import", import_id, stamp)
    group = None if one is None else enrolling.find_cohort(visit, str(one.cohort))
    if one is None or group is None:
        return _gone(visit)
    plan = _plan(visit, one, group)
    if not isinstance(plan, listed.Plan) or plan.problems:
        return _shown(visit, f"{one.id}:{stamp}")  # somebody came into the group meanwhile
    if not group_imports.mark_applied(visit.connection, one.id, visit.now):
        return _gone(visit)
    actor = roles.actor(visit)
    enrolled = listed.enrol(visit.connection, visit.house, group, plan, visit.now, actor)
    audit.record(visit.connection, actor, "list.enrol", f"cohort:{group.id}", visit.now)
    names = {new.enrolment: row.printed for new, row in zip(enrolled, plan.people.listed, strict=True) if row.printed}
    group_imports.keep_names(visit.connection, visit.house.keys, one, names)
    numbers = [new.enrolment for new in enrolled]
    return enrolling.show_codes(visit, str(group.id), str(min(numbers)), str(max(numbers)))


def cancel(visit: Visit, import_id: str, stamp: str) -> Reply | None:
    """The list is not to be enrolled: nothing of it stays."""
    one = _on_screen(visit, visit.view.partition(":")[0], import_id, stamp)
    if one is None:
        return _gone(visit)
    group_imports.drop(visit.connection, one.id, one.attachment)
    shown = groups.show_one(visit, str(one.cohort)) or staffroom.desk(visit)
    return replace(shown, card=replace(shown.card, text=f"<i>{texts.NOT_ENROLLED}</i>\n\n{shown.card.text}"))


def all_problems(visit: Visit, import_id: str, stamp: str) -> Reply | None:
    """Everything that is to be corrected, as a file beside the card."""
    one = _on_screen(visit, "import", import_id, stamp)
    group = None if one is None else enrolling.find_cohort(visit, str(one.cohort))
    plan = None if one is None or group is None else _plan(visit, one, group)
    if one is None or group is None or not isinstance(plan, listed.Plan) or not plan.problems:
        return _gone(visit)
    file = Document(texts.problems_file(plan.problems), texts.PROBLEMS_FILE)
    extra = Screen(texts.problems_caption(group.name), media=file)
    return replace(_shown(visit, f"{one.id}:{stamp}"), fresh=True, extras=(extra,))


def draw_ask(visit: Visit, cohort_id: str) -> Screen:
    """The card of `list_for:COHORT`."""
    group = enrolling.find_cohort(visit, cohort_id)
    if group is None:
        return Screen(staff_texts.NOT_STAFF)
    return Screen(texts.ask(group.name), column(Button(common.BACK, f"sku:{group.id}")))


def draw_choice(visit: Visit, argument: str) -> Screen:
    """The card of `import_into:IMPORT:STAMP:PAGE`."""
    list_, _, number = argument.rpartition(":")
    one = _here(visit, list_)
    if one is None:
        return _draw_gone()
    page = paging.turned(enrolling.open_groups(visit), number, _GROUPS_A_PAGE)
    buttons = [Button(name, f"lii:{list_}:{group.id}") for group, name in enrolling.named(visit, page.shown)]
    rows = (*column(*buttons), *page.arrows(f"lic:{list_}"), *column(Button(common.CANCEL, f"lid:{list_}")))
    return Screen("\n\n".join(part for part in (texts.WHICH_GROUP, page.words) if part), rows)


def draw(visit: Visit, argument: str) -> Screen:
    """The card of `import:IMPORT:STAMP`."""
    one = _here(visit, argument)
    group = None if one is None else enrolling.find_cohort(visit, str(one.cohort))
    if one is None or group is None:
        return _draw_gone()
    cancel = Button(common.CANCEL, f"lid:{argument}")
    plan = _plan(visit, one, group)
    if isinstance(plan, str):
        return Screen(plan, column(cancel))
    if plan.problems:
        more = [] if texts.fit(plan.problems) else [Button(texts.ALL_PROBLEMS, f"lip:{argument}")]
        return Screen(texts.refused(group.name, plan.problems), column(*more, cancel))
    there = cohorts.sizes(visit.connection).get(group.id, 0)
    read = plan.people
    parts = [
        texts.preview(group.name, plan.new, len(plan.known), there),
        texts.unread(read.unread) if read.unread else "",
        texts.alike(read.alike) if read.alike else "",
    ]
    rows = column(Button(texts.confirm(len(read.listed)), f"lix:{argument}"), cancel)
    return Screen("\n\n".join(part for part in parts if part), rows)


def _plan(visit: Visit, one: GroupImport, group: Cohort) -> listed.Plan | str:
    """What the list would do, or why that cannot be said (yet)."""
    file = attachments.load(visit.connection, visit.house.keys, one.attachment)
    data = attachments.content(visit.connection, visit.house.keys, one.attachment)
    if data is None:
        return f"{texts.title(group.name)}\n\n{texts.READING if file and not file.problem else texts.NOT_FETCHED}"
    try:
        return listed.plan(visit.connection, visit.house, group, data)
    except UnreadableError as refused:
        return texts.unreadable(group.name, texts.UNREADABLE[refused.why])


def _receive(visit: Visit, group: Cohort, file: Sent) -> int:
    """The number of a list that was sent; its file is fetched at once."""
    member = roles.member(visit)
    if member is None:
        raise PermissionError("only staff enrol")
    keys = visit.house.keys
    number = attachments.receive(visit.connection, keys, file.file, visit.now, mime=file.mime)
    return group_imports.receive(visit.connection, group.id, number, member.id, visit.now)


def _too_big(visit: Visit, group: Cohort, file: Sent) -> Reply | None:
    """What is said at once to a file that no list is as large as."""
    if file.size is None or file.size <= sheet.MAX_BYTES:
        return None
    asked = Reply(draw_ask(visit, str(group.id)), f"list_for:{group.id}", fresh=True)
    why = f"<i>{texts.UNREADABLE[Unreadable.TOO_BIG]}</i>\n\n{asked.card.text}"
    return replace(asked, card=replace(asked.card, text=why))


def _shown(visit: Visit, argument: str) -> Reply:
    """The card of a list, which is drawn again when its file has come."""
    return Reply(draw(visit, argument), f"import:{argument}", fresh=visit.typed, due=True)


def _gone(visit: Visit) -> Reply:
    """A tap that comes late, twice or from elsewhere: nothing changes, and what counts is shown."""
    name, _, argument = visit.view.partition(":")
    draws = {"cards": enrolling.draw_codes, "import": draw, "import_into": draw_choice}
    if name not in draws:
        return staffroom.desk(visit).toasted(common.OLD_BUTTON)
    return Reply(draws[name](visit, argument), visit.view).toasted(participant.WHERE_YOU_ARE)


def _draw_gone() -> Screen:
    return Screen(texts.GONE, column(staffroom.to_desk()))


def _on_screen(visit: Visit, name: str, import_id: str, stamp: str) -> GroupImport | None:
    """The list, where its card is on the screen."""
    return _here(visit, import_id) if visit.view.split(":")[:3] == [name, import_id, stamp] else None


def _here(visit: Visit, argument: str) -> GroupImport | None:
    """The list of `IMPORT:STAMP…` that waits, where whoever is here has sent it and may enrol in its group."""
    one, member = group_imports.find(visit.connection, whole(argument.partition(":")[0])), roles.member(visit)
    if one is None or one.applied_at is not None or member is None or one.staff != member.id:
        return None
    group = cohorts.find(visit.connection, one.cohort)
    return one if group is not None and roles.may(visit, Action.ENROL, group.programme) else None
