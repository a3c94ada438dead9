"""Answers from paper: each goes through the questionnaire as a reply would, and all of a file are recorded or none.

Knows nothing of files. What words people use for not answering comes along with the answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from storage import audit, occasions, participants
from storage.answers import responses
from storage.answers.definitions import store_version
from storage.answers.importing import Imported, ImportRefusedError
from storage.answers.responses import Response
from storage.codes import read_code
from storage.occasions import Occasion
from storage.participants import Enrolment
from storage.schema import EnrolmentState, OccasionState
from storage.secrets.keys import Keys
from surveys import engine, waiting
from surveys.model import Answer, Item, Kind, Mode, NonAnswer, Programme, Questionnaire, Wave
from surveys.reading import TEXT_LIMIT, Problem, fold, says

_BLANK = Answer(non_answer=NonAnswer.SKIPPED)  # stands in for what was left empty, and is not stored
_NOON = time(12)
_RECORDABLE = (OccasionState.PLANNED, OccasionState.OPEN, OccasionState.MISSED)

REFUSALS: Mapping[Problem, str] = MappingProxyType(
    {
        Problem.EMPTY: "is empty",
        Problem.TOO_LONG: f"is longer than {TEXT_LIMIT} characters",
        Problem.NOT_A_NUMBER: "is not a number",
        Problem.NOT_WHOLE: "is not a whole number",
        Problem.NOT_WHAT_IS_ASKED: "is a number with other words; write the number alone",
        Problem.TOO_SMALL: "is smaller than the question allows",
        Problem.TOO_LARGE: "is larger than the question allows",
        Problem.TOO_PRECISE: "has more decimals than the question allows",
        Problem.NOT_A_DATE: "is not a date",
        Problem.WHICH_DATE: "may mean several days; write it like 3. 12. 2026",
        Problem.TOO_EARLY: "is earlier than the question allows",
        Problem.TOO_LATE: "is later than the question allows",
        Problem.NO_SUCH_CHOICE: "is none of the choices",
        Problem.WHICH_CHOICE: "may mean several choices; write the words:",
        Problem.NOTHING_CHOSEN: "names no choice",
        Problem.TOO_FEW: "names fewer choices than the question asks for",
        Problem.TOO_MANY: "names more choices than the question allows",
        Problem.NOT_TOGETHER: "names a choice that excludes the others",
        Problem.CHOOSE_A_BUTTON: "is none of the choices",
        Problem.NOT_ALLOWED: "is not offered by the question",
    }
)
WITHOUT_CONSENT: Mapping[EnrolmentState, str] = MappingProxyType(
    {
        EnrolmentState.INVITED: "has not consented yet; record the consent first",
        EnrolmentState.DECLINED: "has declined",
        EnrolmentState.LEFT: "has left the group",
        EnrolmentState.ERASED: "was erased",
    }
)


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """One answer as somebody typed it from paper. `wave` is an id or a name; `answer` a code or the words."""

    line: int
    code: str
    wave: str
    item: str
    answer: str
    day: date | None  # on which the paper was filled in
    non_answer: NonAnswer | None = None
    cohort: str = ""  # its name; needed where somebody is in several


@dataclass(frozen=True, slots=True)
class EntryDifference:
    """One answer that was typed twice, and not in the same way; None: left empty."""

    code: str
    wave: str
    item: Item
    stored: Answer | None
    typed: Answer | None


@dataclass(slots=True)
class _Import:
    connection: Connection
    keys: Keys
    programmes: Mapping[str, Programme]
    zone: ZoneInfo
    words: Mapping[str, NonAnswer]
    now: datetime
    actor: str
    compared: bool = False  # with what is stored: then an answer counts also where it would not be asked for
    answers: int = 0
    new: int = 0
    problems: dict[str, int] = field(default_factory=dict)

    def refuse(self, line: int, sentence: str) -> None:
        """Remember a problem; of the same one the first line counts."""
        self.problems.setdefault(sentence, line)


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a questionnaire from paper belongs."""

    code: str
    programme: Programme
    wave: Wave
    occasion: Occasion
    run: Response | None
    questionnaire: Questionnaire  # that of the run, or the one that is asked now


def record(
    connection: Connection,
    keys: Keys,
    programmes: Mapping[str, Programme],
    zone: ZoneInfo,
    words: Mapping[str, NonAnswer],
    written: Iterable[WrittenAnswer],
    now: datetime,
    actor: str,
) -> Imported:
    """Record questionnaires from paper, each handed in on its day; one that is here already changes nothing.

    `zone` is where the days are; `words` say not answering, in the form that `surveys.reading.fold` gives. An empty
    answer is one that was left empty: the questionnaire then counts as answered in part. Raises ImportRefusedError
    with every problem; the caller's transaction then ends.
    """
    work = _Import(connection, keys, programmes, zone, words, now, actor)
    for code, lines in _papers(written):
        _record_one(work, code, lines)
    if work.problems:
        raise ImportRefusedError(work.problems)
    return Imported(work.answers, work.new)


def differences(
    connection: Connection,
    keys: Keys,
    programmes: Mapping[str, Programme],
    zone: ZoneInfo,
    words: Mapping[str, NonAnswer],
    written: Iterable[WrittenAnswer],
    now: datetime,
) -> list[EntryDifference]:
    """Where what was typed once more is not what is stored; changes nothing.

    A question is compared whether or not it follows from the other answers of the second entry.
    Raises ImportRefusedError with every problem, also where there is nothing to compare with.
    """
    work = _Import(connection, keys, programmes, zone, words, now, actor="", compared=True)
    found: list[EntryDifference] = []
    for code, lines in _papers(written):
        read = _read_one(work, code, lines)
        if read is None:
            continue
        target, given = read
        if target.run is None or target.run.finished_at is None:
            work.refuse(lines[0].line, f"»{target.wave.id}« of {code} has no answers to compare with")
            continue
        stored = responses.answers(connection, keys, target.run.id)
        for item in target.run.questionnaire.items:
            first, second = _said(stored.get(item.id)), _said(given.get(item.id))
            if item.asks and first != second:
                found.append(EntryDifference(code, target.wave.id, item, first, second))
    if work.problems:
        raise ImportRefusedError(work.problems)
    return found


def _papers(written: Iterable[WrittenAnswer]) -> list[tuple[str, list[WrittenAnswer]]]:
    """The lines of each questionnaire, with the code of its person."""
    papers: dict[tuple[str, str, str], list[WrittenAnswer]] = {}
    for one in written:
        papers.setdefault((read_code(one.code) or one.code, fold(one.wave), one.cohort), []).append(one)
    return [(code, lines) for (code, _, _), lines in papers.items()]


def _said(answer: Answer | None) -> Answer | None:
    """An answer that a person gave; what was not asked is none."""
    return None if answer == engine.NOT_ASKED else answer


def days(occasion: Occasion, zone: ZoneInfo, now: datetime) -> tuple[date, date] | None:
    """The first and the last day on which it may have been filled in; None where nothing is recorded (yet)."""
    if occasion.state not in _RECORDABLE or now < occasion.opens_at:
        return None
    opens, closes, today = (moment.astimezone(zone).date() for moment in (occasion.opens_at, occasion.closes_at, now))
    return opens, min(closes, today)


def moment_of(occasion: Occasion, day: date, zone: ZoneInfo, now: datetime) -> datetime:
    """When answers of a day count as given: at noon, as far as the occasion was open and it is not yet to come."""
    noon = datetime.combine(day, _NOON, zone).astimezone(UTC)
    return min(max(noon, occasion.opens_at), occasion.closes_at, now)


def _read_one(work: _Import, code: str, lines: Sequence[WrittenAnswer]) -> tuple[_Target, dict[str, Answer]] | None:
    """One questionnaire of one person: where it belongs, and what it answers."""
    by_item: dict[str, WrittenAnswer] = {}
    for line in lines:
        earlier = by_item.setdefault(line.item, line)
        if earlier is not line:
            work.refuse(line.line, f"{line.item} of {code} stands on line {earlier.line} already")
        if line.day != lines[0].day:
            work.refuse(line.line, f"the answers of {code} in {line.wave} have several dates; a questionnaire has one")
    target = _target(work, code, lines[0])
    return None if target is None else (target, _take(work, target, by_item))


def _record_one(work: _Import, code: str, lines: Sequence[WrittenAnswer]) -> None:
    """Record one questionnaire of one person."""
    read = _read_one(work, code, lines)
    if read is None:
        return
    target, given = read
    questions = sum(given[item.id] is not engine.SEEN for item in target.questionnaire.items if item.id in given)
    work.answers += questions
    if target.run is not None:
        _compare(work, target, target.run, given, lines[0])
    elif questions and lines[0].day is not None:
        _store(work, target, given, lines[0].day, lines[0].line)
        work.new += questions
    elif questions:
        work.refuse(lines[0].line, f"the answers of {code} need the date on which they were given")


def _target(work: _Import, code: str, line: WrittenAnswer) -> _Target | None:
    """The occasion that a line names; None, and a problem, where there is not exactly one."""
    enrolments = participants.of_code(work.connection, code)
    if line.cohort:
        enrolments = [enrolment for enrolment in enrolments if enrolment.cohort_name == line.cohort]
    active = [enrolment for enrolment in enrolments if enrolment.state is EnrolmentState.ACTIVE]
    targets = [target for enrolment in active for target in _targets(work, enrolment, line.wave)]
    if not enrolments:
        where = f" in the group »{line.cohort}«" if line.cohort else ""
        work.refuse(line.line, f"nobody has the code {code}{where}")
    elif not active:
        work.refuse(line.line, f"{code} {WITHOUT_CONSENT[enrolments[-1].state]}")
    elif not targets:
        work.refuse(line.line, f"no wave »{line.wave}« is planned for {code}")
    elif len(targets) > 1:
        work.refuse(line.line, f"{code} is in several groups; name the group in a column cohort")
    else:
        return targets[0]
    return None


def _targets(work: _Import, enrolment: Enrolment, name: str) -> list[_Target]:
    """The occasion of somebody in one cohort for the wave with this id or name, if it is planned."""
    programme = work.programmes.get(enrolment.programme)
    if programme is None:
        return []
    waves = {wave.id: wave for wave in programme.waves if fold(name) in {fold(wave.id), fold(wave.name)}}
    targets = []
    for one in occasions.of_enrolment(work.connection, enrolment.id):
        if one.wave in waves:
            response = responses.of_occasion(work.connection, one.id)
            asked = (
                waiting.asked(programme, waves[one.wave], enrolment.role)
                if response is None
                else response.questionnaire
            )
            read = _straight(asked) if work.compared else asked
            targets.append(_Target(enrolment.code, programme, waves[one.wave], one, response, read))
    return targets


def _straight(questionnaire: Questionnaire) -> Questionnaire:
    """The same questions, all of them asked of everybody."""
    items = tuple(item.model_copy(update={"when": None}) for item in questionnaire.items)
    sections = tuple(section.model_copy(update={"when": None}) for section in questionnaire.sections)
    return questionnaire.model_copy(update={"items": items, "sections": sections})


def _take(work: _Import, target: _Target, by_item: dict[str, WrittenAnswer]) -> dict[str, Answer]:
    """The answers that the questionnaire admits, in its order; what was left empty is not among them."""
    taken: dict[str, Answer] = {}  # with stand-ins for what was left empty, so that the path goes on
    for item in target.questionnaire.items:
        line = by_item.pop(item.id, None)
        silent = line is None or (not line.answer and line.non_answer is None)
        if item not in engine.path(target.questionnaire, taken):
            if not silent and line is not None:
                work.refuse(line.line, f"{item.id} is not asked of {target.code} after the other answers")
        elif not item.asks:
            taken[item.id] = engine.SEEN
        elif silent or line is None:
            taken[item.id] = _BLANK
        else:
            taken[item.id] = _read(work, target, taken, item, line)
    for line in by_item.values():
        see = f"povezujejo survey preview {target.programme.slug}"
        work.refuse(line.line, f"»{target.wave.id}« asks no {line.item}; see: {see}")
    return {item: answer for item, answer in taken.items() if answer is not _BLANK}


def _read(work: _Import, target: _Target, taken: Mapping[str, Answer], item: Item, line: WrittenAnswer) -> Answer:
    """What one line answers; blank, and a problem, where the question does not take it."""
    outcome = engine.answer(target.questionnaire, taken, item.id, _reply(work, item, line))
    if isinstance(outcome, engine.Accepted):
        return outcome.changes[item.id]
    problem, meant = Problem.NOT_ALLOWED, ""
    if isinstance(outcome, engine.Invalid):
        problem = outcome.problem
        meant = "".join(f" »{choice.label}«" for choice in outcome.meant)
    said = line.answer if line.non_answer is None else line.non_answer
    work.refuse(line.line, f"»{said}« {REFUSALS[problem]}{meant} ({item.id} of {target.code})")
    return _BLANK


def _reply(work: _Import, item: Item, line: WrittenAnswer) -> engine.Reply:
    """What is written, as a reply: a way of not answering, or what a person would type."""
    declined = line.non_answer
    labelled = any(says(line.answer, choice.label) for choice in item.choices)
    if declined is None and item.kind is not Kind.TEXT and not labelled:
        declined = next((one for words, one in work.words.items() if says(line.answer, words)), None)
    return engine.Typed(line.answer, line.day) if declined is None else engine.Declined(declined)


def _compare(
    work: _Import, target: _Target, response: Response, given: Mapping[str, Answer], line: WrittenAnswer
) -> None:
    """A questionnaire that has answers must be this very one."""
    stored = responses.answers(work.connection, work.keys, response.id)
    if response.mode is not Mode.PAPER or stored != {**given, **engine.close(response.questionnaire, given)}:
        work.refuse(line.line, f"»{target.wave.id}« of {target.code} has other answers already ({response.mode})")


def _store(work: _Import, target: _Target, given: Mapping[str, Answer], day: date, line: int) -> None:
    occasion, questionnaire = target.occasion, target.questionnaire
    problem = _untimely(work, occasion, day)
    if problem:
        work.refuse(line, f"»{target.wave.id}« of {target.code} {problem}")
        return
    moment = moment_of(occasion, day, work.zone, work.now)
    version = store_version(work.connection, questionnaire, target.programme, work.now)
    run = responses.begin(work.connection, occasion.id, version, Mode.PAPER, moment)
    answers = {**given, **engine.close(questionnaire, given)}
    responses.store(work.connection, work.keys, run.id, answers, work.actor, moment, held=())
    responses.finish(work.connection, run.id, moment)
    whole = engine.current(questionnaire, answers) is None
    state = OccasionState.COMPLETE if whole else OccasionState.PARTIAL
    occasions.settle(work.connection, occasion.id, state, work.now)
    audit.record(work.connection, work.actor, "answers.import", target.code, work.now)


def _untimely(work: _Import, occasion: Occasion, day: date) -> str:
    """Why nothing can be handed in on this day; empty where it can."""
    opens, closes = (moment.astimezone(work.zone).date() for moment in (occasion.opens_at, occasion.closes_at))
    if occasion.state not in _RECORDABLE:
        return f"is {occasion.state}"
    if day > work.now.astimezone(work.zone).date():
        return f"cannot have been answered on {day}, which is yet to come"
    if day < opens:
        return f"opens on {opens}; {day} is too early"
    return f"closed on {closes}; {day} is too late" if day > closes else ""
