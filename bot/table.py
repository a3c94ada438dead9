"""Which use case answers what: commands, buttons, places for typing, screens that are drawn again."""

from __future__ import annotations

from collections.abc import Callable

from bot import staffroom
from bot.coordinator import cohorts, exports, orders, picking, reports, state
from bot.librarian import assisting, calls, caring, enrolling, groups, people, preview, printing, undoing
from bot.participant import home, invitations, joining, later, questions, rights
from bot.screens import Reply, Screen
from bot.texts import participant
from bot.visit import Visit

Command = Callable[[Visit, str], Reply]
Tap = Callable[..., Reply | None]
Typed = Callable[[Visit, str, str], Reply | None]
View = Callable[[Visit, str], Screen]


def _always(text: str) -> View:
    return lambda _visit, _argument: Screen(text)


COMMANDS: dict[str, Command] = {
    "start": joining.start,
    "anketa": home.continue_,
    "zasebnost": rights.show_privacy,
    "privacy": rights.show_privacy,
    "moji_podatki": rights.my_data,
    "izbris": rights.ask_erase,
    "stop": rights.ask_stop,
    "pomoc": rights.show_help,
    "help": rights.show_help,
    "vpis": enrolling.choose,
    "skupine": groups.show_all,
    "udelezenec": people.find,
    "izpolni": assisting.assist,
    "vprasalnik": preview.choose,
    "klici": calls.show,
    "porocilo": reports.weekly,
    "ucinek": reports.impact,
    "izvoz": exports.begin,
    "stanje": state.show,
}

TAPS: dict[str, Tap] = {
    "yes": joining.accept,
    "no": joining.refuse,
    "ng": joining.no_guardian,
    "ch": joining.ask_guardian,
    "go": questions.begin,
    "q": questions.tap,
    "qb": questions.back,
    "qf": questions.forward,
    "qe": questions.hand_in,
    "nz": later.ask,
    "nb": later.back,
    "nd": later.put_off,
    "nn": later.ask_never,
    "nx": later.never,
    "home": rights.go_home,
    "stk": rights.stop,
    "ers": rights.erase,
    "desk": staffroom.go_to_desk,
    "vpis": enrolling.choose,
    "en": enrolling.enrol,
    "enb": enrolling.ask_how_many,
    "enm": enrolling.enrol_several,
    "ens": enrolling.show_codes,
    "enk": printing.order,
    "skup": groups.show_all,
    "sku": groups.show_one,
    "udel": people.find,
    "per": people.show,
    "pli": caring.show_link,
    "pre": caring.ask_new_link,
    "prx": caring.make_new_link,
    "ple": caring.ask_leave,
    "plx": caring.leave,
    "pco": caring.ask_consent,
    "pcx": caring.record_consent,
    "izpo": assisting.assist,
    "pas": assisting.assist_one,
    "vpra": preview.choose,
    "pv": preview.turn,
    "pvi": preview.inert,
    "klic": calls.show,
    "kli": calls.show_one,
    "klo": calls.note,
    "kln": calls.ask_refusal,
    "klz": calls.refuse,
    "und": undoing.undo,
    "nsk": cohorts.begin,
    "nsp": cohorts.choose,
    "poro": reports.weekly,
    "ucin": reports.impact,
    "izvo": exports.begin,
    "rl": exports.choose_library,
    "rs": exports.choose,
    "rc": reports.ask_group,
    "rf": reports.ask_form,
    "ro": reports.order,
    "xo": exports.order,
    "stan": state.show,
}

TYPED: dict[str, Typed] = {
    "question": questions.typed,
    "summary": questions.typed_at_summary,
    "invitation": invitations.typed,
    "desk": people.typed_at_desk,
    "groups": people.typed_at_desk,
    "group": people.typed_at_desk,
    "person": people.typed_at_desk,
    "calls": people.typed_at_desk,
    "call": people.typed_at_desk,
    "refusal": people.typed_at_desk,
    "done": people.typed_at_desk,
    "ask": people.find_typed,
    "ask_assist": assisting.assist_typed,
    "group_of": cohorts.typed,
}

VIEWS: dict[str, View] = {
    "welcome": joining.draw_welcome,
    "guardian": joining.draw_guardian,
    "declined": joining.draw_declined,
    "no_guardian": joining.draw_no_guardian,
    "invitation": invitations.draw,
    "later": later.draw,
    "never": later.draw_never,
    "wish": later.draw_settled,
    "question": questions.draw,
    "summary": questions.draw_summary,
    "closed": questions.draw_closed,
    "thanks": questions.draw_thanks,
    "home": home.draw,
    "joined": home.draw_joined,
    "privacy": rights.draw_privacy,
    "help": rights.draw_help,
    "my_data": rights.draw_my_data,
    "stop": rights.draw_stop,
    "stopped": _always(participant.STOPPED),
    "nothing_to_stop": _always(participant.NOTHING_TO_STOP),
    "nothing_held": _always(participant.NOTHING_HELD),
    "erase": rights.draw_erase,
    "desk": staffroom.draw_desk,
    "enrol": enrolling.draw_choice,
    "enrolled": enrolling.draw_enrolled,
    "several": enrolling.draw_how_many,
    "cards": enrolling.draw_codes,
    "groups": groups.draw_all,
    "group": groups.draw_one,
    "ask": people.draw_ask,
    "person": people.draw,
    "new_link": caring.draw_new_link,
    "leaving": caring.draw_leaving,
    "consent": caring.draw_consent,
    "ask_assist": assisting.draw_ask,
    "preview": preview.draw,
    "calls": calls.draw,
    "call": calls.draw_one,
    "refusal": calls.draw_refusal,
    "done": undoing.draw,
    "new_group": cohorts.draw_choice,
    "group_of": cohorts.draw_ask,
    "libraries": picking.draw_libraries,
    "library": picking.draw_library,
    "week": reports.draw_week,
    "what": reports.draw_what,
    "compared": reports.draw_groups,
    "form": reports.draw_form,
    "export": exports.draw,
    "order": orders.draw,
    "state": state.draw,
}
