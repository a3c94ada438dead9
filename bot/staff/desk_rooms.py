"""Under which command of staff each of their cards stands, for whoever shows commands beside the card."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.declared import SEPARATOR
from bot.views import assistance, coordinator, librarian

_ROOMS = {
    "vpis": (
        librarian.enrol,
        librarian.several,
        librarian.enrolled,
        librarian.cards,
        librarian.list_for,
        librarian.import_into,
        librarian.import_,
    ),
    "skupine": (librarian.groups, librarian.group, librarian.group_more, librarian.meeting),
    "udelezenec": (librarian.ask, librarian.person, librarian.more_of, librarian.new_link),
    "izpolni": (assistance.ask_assist,),
    "kiosk": (assistance.kiosk_start,),
    "vprasalnik": (assistance.preview,),
    "posnemi": (assistance.record,),
    "prepis": (assistance.voices, assistance.voice),
    "klici": (librarian.calls, librarian.call),
    "koledar": (assistance.calendar, assistance.messages, assistance.calendar_programme, assistance.calendar_dates),
    "porocilo": (coordinator.week,),
    "ucinek": (coordinator.what, coordinator.compared),
    "izvoz": (coordinator.export,),
    "zgodbe": (coordinator.stories, coordinator.story, coordinator.edit_story),
    "izvedeli": (coordinator.all_feedback, coordinator.feedback, coordinator.write_feedback),
    "stanje": (coordinator.state,),
    "pomoc": (assistance.staff_help,),
}
_COMMANDS: Mapping[str, str] = {view.name: command for command, views in _ROOMS.items() for view in views}


def command_of(view: str) -> str:
    """The command under which a card stands; "" for one that stands under several, or under none."""
    return _COMMANDS.get(view.partition(SEPARATOR)[0], "")
