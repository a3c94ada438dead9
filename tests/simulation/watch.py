"""What must hold whatever happens, watched from Telegram's side and read from the database beside the bot."""

import json
from collections import defaultdict, deque
from datetime import timedelta
from zoneinfo import ZoneInfo

import holidays
from sqlalchemy import bindparam, select, text

from bot.actions import assistance
from bot.actions import participant as actions
from storage.schema import DeliveryKind, enrolment, occasion
from tests.simulation import crowd
from tests.simulation.seams import delivering

HOME = ZoneInfo("Europe/Ljubljana")
FREE = holidays.country_holidays("SI")
WEEK = timedelta(days=7)
MOST_A_WEEK = 3
HOURS = {8, 10, 17}  # the end of the quiet ones, that of invitations, and after a meeting
TO_PEOPLE = {DeliveryKind.OPENING, DeliveryKind.REMINDER, DeliveryKind.STORY, DeliveryKind.FEEDBACK}
A_SECOND = 30  # messages that Telegram takes over all chats
ON_ITS_WAY = timedelta(minutes=2)  # between what was decided and what arrives

_MARKED = text("SELECT count(*) FROM handled_update WHERE channel = 'telegram' AND key = :key")
_STORED = text("SELECT run, item, value, non_answer, draft, length(text_sealed) FROM answer")
_RUN = text(
    "SELECT occasion.wave, cohort.programme FROM run JOIN occasion ON occasion.id = run.occasion"
    " JOIN enrolment ON enrolment.id = occasion.enrolment JOIN cohort ON cohort.id = enrolment.cohort"
    " WHERE run.id = :run"
)

_TIME = (
    select(occasion.c.opens_at, occasion.c.closes_at, enrolment.c.left_at)
    .join_from(occasion, enrolment)
    .where(occasion.c.id == bindparam("occasion"))
)
INVITES = {DeliveryKind.OPENING, DeliveryKind.REMINDER}
OF_A_QUESTION = (
    actions.answer_question,
    actions.confirm_words,
    actions.refuse_words,
    assistance.settle_difference,
)


def _joins(kind, body):
    """Whether somebody opens a link or agrees, such as a second person on the phone of one who has stopped."""
    if kind == "callback_query":
        return any(one.is_name_of(body["data"]) for one in (actions.agree_to_join, actions.join_for_child))
    return kind == "message" and str(body.get("text", "")).startswith("/start ")


class Broken(AssertionError):  # noqa: N818 - says what has happened
    """Something does not hold that must."""

    def __init__(self, rule, words):
        super().__init__(f"{rule}: {words}")
        self.rule = rule


class Watch:
    """Is told what happens, and keeps what does not hold for the story to find."""

    def __init__(self, clock, engines):
        self.clock, self._engines = clock, engines
        self.broken, self.log = [], []
        self.seen = defaultdict(list)  # chat → (second, (run, index)) of questions, as they came on the screen
        self.unasked = {}  # message → the delivery that brought it
        self._asked = {}  # update → what its person had seen
        self._sent = {}  # (delivery, attempt) → when Telegram had it
        self._unasked = defaultdict(list)  # chat → when it was written to
        self.stopped = {}  # chat → since when no more messages are wished
        self._questions, self._changes, self._handled = {}, {}, set()
        self._left = deque(maxlen=A_SECOND)  # when the last messages left
        self.hands = defaultdict(set)  # run → the chats in which it was changed
        self._stored, self._stored_as_of = frozenset(), -1

    def breaks(self, rule, words):
        self.broken.append(Broken(rule, words))

    def notes(self, *words):
        self.log.append((self.clock(), *words))

    # What people do

    def asks(self, number, kind, body, chat):
        self.notes("comes", kind, chat, body.get("data") or body.get("text"))
        self._asked[number] = (kind, body, chat)

    def is_acknowledged(self, update):
        """Telegram lets go of an update: whatever it asked for is stored."""
        if not self.read(_MARKED, key=str(update.update_id))[0][0]:
            self.breaks("acknowledged is stored", f"update {update.kind} was let go without being stored")

    # What the bot does

    def leaves(self):
        """A message or an edit leaves a process of the bot."""
        now = self.clock()
        if len(self._left) == A_SECOND and now - self._left[0] < timedelta(seconds=1):
            self.breaks("so many messages a second", f"more than {A_SECOND} left within a second")
        self._left.append(now)

    def shows(self, call, result):
        """A message or an edit has arrived at a phone."""
        chat = int(call.text("chat_id"))
        self.notes("shown", call.method, chat, result.get("message_id"), call.text("text")[:60].replace("\n", " "))
        markup = call.structure("reply_markup") or {}
        for button in (button for row in markup.get("inline_keyboard", []) for button in row):
            name, _, rest = button.get("callback_data", "").partition(":")
            if name == actions.answer_question.name:
                question = tuple(map(int, rest.split(":")[:2]))
                if not self.seen[chat] or self.seen[chat][-1][1] != question:
                    self.seen[chat].append((int(self.clock().timestamp()), question))
                break
        due = delivering.get()
        if due is not None and due.kind in TO_PEOPLE and call.method != "editMessageText":
            self.unasked[result["message_id"]] = due.id
            self._is_written_to(chat, due)

    def _is_written_to(self, chat, due):
        now = self.clock()
        earlier = self._sent.get(due.id)
        if earlier is not None and earlier != due.attempt:
            self.breaks("nobody is written to twice", f"{due.kind} arrived again")
        self._sent[due.id] = due.attempt
        self._is_no_quiet_hour(now, due)
        self._is_wanted(now, due)
        planned = due.planned_at.astimezone(HOME)
        if planned.minute == planned.second == planned.microsecond == 0 and planned.hour not in HOURS:
            self.breaks("the hour on the wall", f"{due.kind} was planned for {planned:%a %d. %m. %Y at %H:%M}")
        stopped = self.stopped.get(chat)
        if stopped is not None and now - stopped > ON_ITS_WAY:
            self.breaks("nothing after /stop", f"{due.kind} arrived {now - stopped} after it")
        week = [moment for moment in self._unasked[chat] if moment > now - WEEK + ON_ITS_WAY]
        self._unasked[chat].append(now)
        if len(week) >= MOST_A_WEEK and due.kind is DeliveryKind.REMINDER and not due.details:
            self.breaks("so many messages a week", f"{due.kind} is number {len(week) + 1}")

    def _is_wanted(self, now, due):
        """Staff may have ended somebody's taking part, and moved the days of a group."""
        for opens_at, closes_at, left_at in self.read(_TIME, occasion=due.occasion):
            if left_at is not None and now - left_at > ON_ITS_WAY:
                self.breaks("nothing to who has left", f"{due.kind} arrived {now - left_at} after it")
            if due.kind in INVITES and not opens_at <= now <= closes_at + ON_ITS_WAY:
                self.breaks("asked in its time", f"{due.kind} arrived at {now}, asked is {opens_at} to {closes_at}")

    def _is_no_quiet_hour(self, now, due):
        here = now.astimezone(HOME)
        decided = (now - ON_ITS_WAY).astimezone(HOME)
        day = here.date()
        if day.weekday() == 6 or day in FREE or not (8 <= here.hour < 20 or 8 <= decided.hour < 20):
            self.breaks("no quiet hours", f"{due.kind} arrived on {here:%a %d. %m. %Y at %H:%M}")

    # What is handled

    def stored(self, connection):
        """All answers, as a unit sees them; read again where something may have changed them."""
        if self._stored_as_of != self._engines.answers:
            self._stored = frozenset(connection.execute(_STORED))
            self._stored_as_of = self._engines.answers
        return self._stored

    def changes(self, arrival, before, after, handled):
        """What a unit does, which counts once it is committed."""
        self._changes[arrival.key] = (before, after, handled)

    def is_handled(self, arrival, number):
        """An update was handled: what it changed belongs to what its person saw."""
        before, after, handled = self._changes.pop(arrival.key)
        if arrival.key in self._handled and (before != after or not handled.repeated):
            self.breaks("handled once", f"{type(arrival.asked).__name__} was handled when it came again")
        self._handled.add(arrival.key)
        kind, body, _ = self._asked.get(int(arrival.key), ("", {}, 0))
        seen = self._seen(number, body)
        changed = {(row.run, self._index(row)) for row in after - before if row.non_answer != "not_asked"}
        for run, _ in changed:
            self.hands[run].add(number)
        if kind == "callback_query":
            name, _, rest = body["data"].partition(":")
            seen = set()
            if any(action.name == name for action in OF_A_QUESTION):
                seen = {tuple(map(int, rest.split(":")[:2]))}
            if name == actions.hand_in.name:
                seen = changed
        if kind and not changed <= seen:
            self.breaks("stored under what was seen", f"{kind} changed {changed}, seen was {seen}")
        if handled.reply.view.startswith("stopped:"):
            self.stopped.setdefault(number, self.clock())
        elif _joins(kind, body):
            self.stopped.pop(number, None)

    def _seen(self, chat, body):
        """The question on the screen and the one before, within the second to which Telegram's dates are told."""
        written = max(body.get("date", 0), body.get("edit_date", 0))
        before = [question for second, question in self.seen[chat] if second < written][-2:]
        return {*before, *(question for second, question in self.seen[chat] if second == written)}

    def _index(self, row):
        if row.run not in self._questions:
            wave, programme = self.read(_RUN, run=row.run)[0]
            one = self.programmes[programme]
            self._questions[row.run] = [item.id for item in one.questionnaire(one.wave(wave)).items]
        return self._questions[row.run].index(row.item)

    def given_up(self, arrival):
        self.breaks("nothing is given up", f"an update was given up: {json.dumps(str(type(arrival.asked)))}")

    def reads(self, report):
        """A report was made for somebody."""
        self.notes("report", report.name)
        if found := crowd.shown_of_few(report, self.read):
            self.breaks("no small cell", f"{report.name} tells {found}")

    def read(self, statement, **values):
        with self._engines.watching.connect() as connection:
            return connection.execute(statement, values).all()
