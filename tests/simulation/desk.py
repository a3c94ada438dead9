"""What librarians and coordinators do at the desk while people answer: a way of buttons to each thing."""

import asyncio
import re
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.actions import assistance, coordinator, librarian, participant
from bot.actions.choices import ReportForm, ReportKind
from surveys.weeks import week_of

MOST_TAPS = 9
TYPES = 0.5  # how often a code or a day is typed where no question stands
LOST = 0.08  # how often somebody taps something else
_LINK = re.compile(r"https://t\.me/\S+\?start=\S+")
_TO_PERSON = (
    librarian.show_cohort,
    librarian.show_more_of_cohort,
    librarian.show_person,
    librarian.show_more_of_person,
)
_FILLS_IN = (participant.begin_answering, participant.answer_question, participant.hand_in)


@dataclass(frozen=True)
class Way:
    """How something is begun, the buttons that lead to it (the last ones furthest), and what is typed where asked."""

    command: str
    buttons: tuple
    types: str = ""


WAYS = {
    "enrols": Way(
        "/vpis",
        (
            librarian.choose_cohort_to_enrol,
            librarian.ask_how_many,
            librarian.enrol_one,
            librarian.enrol_several,
            librarian.show_codes,
        ),
    ),
    "takes back": Way("/vpis", (librarian.ask_how_many, librarian.enrol_one, librarian.take_back_enrolments)),
    "withdraws": Way(
        "/skupine", (*_TO_PERSON, librarian.ask_end_of_taking_part, librarian.end_taking_part, librarian.take_back)
    ),
    "moves": Way(
        "/skupine", (*_TO_PERSON, librarian.choose_other_cohort, librarian.ask_to_move, librarian.move_person)
    ),
    "assists": Way("/izpolni", _FILLS_IN, "code"),
    "types in": Way(
        "/izpolni",
        (
            assistance.ask_code_of_paper,
            assistance.enter_paper,
            assistance.replace_by_paper,
            assistance.enter_paper_as_of,
            *_FILLS_IN,
        ),
        "code",
    ),
    "lends a phone": Way(
        "/kiosk", (assistance.begin_kiosk, assistance.consent_in_kiosk, *_FILLS_IN, assistance.leave_kiosk), "code"
    ),
    "changes dates": Way(
        "/skupine",
        (*_TO_PERSON[:2], coordinator.change_dates, coordinator.choose_end, coordinator.confirm_dates),
        "day",
    ),
    "closes": Way("/skupine", (*_TO_PERSON[:2], coordinator.close_cohort, coordinator.confirm_closing)),
}
AT_THE_DESK = {
    "enrols": 5,
    "takes back": 1,
    "withdraws": 2,
    "moves": 2,
    "assists": 4,
    "types in": 4,
    "lends a phone": 3,
}
FOR_COORDINATORS = {**AT_THE_DESK, "changes dates": 4, "closes": 1, "reads": 5}


class Staff:
    """A librarian or a coordinator with a phone. `codes` gives the codes of people, `clock` the moment."""

    def __init__(self, person, link, slug, codes, clock):
        self.person, self._link, self._slug = person, link, slug
        self._codes, self._clock = codes, clock
        self._ends_kiosk = ""

    async def joins(self):
        await self.person.follows(self._link)

    async def does(self, what, random):
        if what == "reads":
            await self.reads()
            return
        way = WAYS[what]
        await self.person.says(way.command)
        for _ in range(MOST_TAPS):
            await asyncio.sleep(random.choice((1.1, 2, 8)))
            await self._goes_on(way, random)
        if self._ends_kiosk:
            await self.person.says(self._ends_kiosk)

    async def _goes_on(self, way, random):
        card = next((one for one in reversed(self.person.messages) if one.by_bot and one.buttons), None)
        shown = [] if card is None else [button.data for row in card.buttons for button in row if button.data]
        asked = any(action.is_name_of(one) for action in _FILLS_IN for one in shown)
        if way.types and not asked and random.random() < TYPES:
            await self.person.says(self._words(way.types, random))
            return
        leads = max(way.buttons, key=partial(_how_far, way.buttons, shown))
        wanted = [one for one in shown if leads.is_name_of(one)]
        if not wanted or random.random() < LOST:
            wanted = shown
        if wanted:
            data = random.choice(wanted)
            if assistance.begin_kiosk.is_name_of(data):
                self._ends_kiosk = data.rpartition(":")[2]
            await self.person.taps_data(card.id, data)

    def _words(self, kind, random):
        if kind == "code":
            return random.choice(self._codes() or ["?"])
        first, last = (self._clock() + timedelta(days=random.randrange(-30, 120)) for _ in range(2))
        return f"{first:%d.%m.%Y}" if random.random() < 0.5 else f"{first:%d.%m.%Y} {last:%d.%m.%Y}"

    async def reads(self):
        """The week so far, and the impact of the programme: a first tap leads to the forms, a second one orders."""
        for kind, extra in ((ReportKind.WEEKLY, str(week_of(self._clock()))), (ReportKind.IMPACT, "")):
            for _ in range(2):
                order = coordinator.order_report(kind, self._slug, extra, ReportForm.HTML)
                await self.person.taps_data(self.person.screen.id, order)
                await asyncio.sleep(3)

    def links(self):
        """The links that were given out on this phone."""
        return [found for one in self.person.messages if one.by_bot for found in _LINK.findall(one.text)]


def _how_far(buttons, shown, action):
    return buttons.index(action) if any(action.is_name_of(one) for one in shown) else -1
