"""What a questionnaire is: frozen values without behaviour, as they are read from TOML and stored as JSON.

Knows nothing of how questions are shown, when they are sent, or who answers them.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from surveys.conditions import AllOf, Condition, Quantity


class NonAnswer(StrEnum):
    """The five ways of not answering, kept apart in storage and in every export."""

    DONT_KNOW = "dont_know"
    REFUSED = "refused"
    NOT_APPLICABLE = "not_applicable"
    SKIPPED = "skipped"
    NOT_ASKED = "not_asked"


class Mode(StrEnum):
    """Whose hand gave the answers."""

    SELF = "self"
    ASSISTED = "assisted"
    PROXY = "proxy"
    PAPER = "paper"


class ReportedMode(StrEnum):
    """A mode as reports tell it: who answered by their own hand in a browser stands apart from those in a chat.

    One division of people, and not two, of hands and of channels, which could be held against each other.
    """

    SELF = Mode.SELF.value
    WEB = "web"
    ASSISTED = Mode.ASSISTED.value
    PROXY = Mode.PROXY.value
    PAPER = Mode.PAPER.value


class EnrolmentRole(StrEnum):
    """What somebody is in a group: who takes part, or who waits for the next one and is asked beside them."""

    PARTICIPANT = "participant"
    WAITING = "waiting"


class Kind(StrEnum):
    """The kinds of items. SCALE and FACES are ordered; NOTE asks nothing."""

    CHOICE = "choice"
    SCALE = "scale"
    FACES = "faces"
    MULTIPLE = "multiple"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    NOTE = "note"


ORDERED = frozenset({Kind.SCALE, Kind.FACES})
CHOSEN = frozenset({Kind.CHOICE, Kind.SCALE, Kind.FACES, Kind.MULTIPLE})

_OFFSET = re.compile(r"(-?\d+)([dhms])")
_LONGEST = timedelta(days=36_500)  # from any day of a group one still comes to a day that can be
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


def read_offset(text: object) -> timedelta:
    """Read ``"90d"``, ``"-12h"`` or ``"30s"``; raises ValueError with a sentence otherwise."""
    if isinstance(text, timedelta):
        return text
    found = _OFFSET.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError('a length of time is written like "90d", "12h", "15m" or "30s"')
    with suppress(OverflowError, ValueError):  # more than a timedelta holds, or more digits than are read
        length = timedelta(**{_UNITS[found[2]]: int(found[1])})
        if abs(length) <= _LONGEST:
            return length
    raise ValueError(f"a length of time is at most {_LONGEST.days}d")


def write_offset(offset: timedelta) -> str:
    """The inverse of `read_offset`: the largest unit that says the length exactly."""
    seconds = int(offset.total_seconds())
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


Offset = Annotated[timedelta, BeforeValidator(read_offset), PlainSerializer(write_offset)]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,31}$")]
Words = Annotated[str, Field(min_length=1)]
Name = Annotated[str, Field(pattern=r"^([\p{L}_][\p{L}\p{M}\p{N}_.-]{0,63})?$")]  # of XML, without a colon
HIGHEST_CODE = 999_999
HIGHEST_BIT = 29  # the highest code of MULTIPLE, whose answers are a sum of bits in an INTEGER column


class Frozen(BaseModel):
    """Unknown keys are refused, so that a typing mistake never silently does nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Choice(Frozen):
    """One option. `code` is what is stored, whatever stands before or after it; for ordered items also the score."""

    code: Annotated[int, Field(ge=0, le=HIGHEST_CODE)]
    label: Words
    emoji: str = ""  # beside the words, never instead of them
    name: Annotated[str, Field(pattern=r"^\S{0,64}$")] = ""  # as its author calls it: »other«, »-88«
    alone: bool = False  # MULTIPLE: excludes the others: »nič od tega«
    other: str = ""  # what who chooses it is asked next, in words: »Kaj drugega?«


class Item(Frozen):
    """One question (or note). Which fields apply to which kind is checked by `surveys.load`."""

    id: Identifier
    name: Name = ""  # as its author calls it, and exports with him
    kind: Annotated[Kind, Field(strict=False)]
    text: Words
    hint: str = ""
    indicator: str = ""  # short label of the indicator, for reports: »samostojnost«
    choices: tuple[Choice, ...] = ()
    reverse: bool = False  # a higher code is a worse outcome
    reliability: Annotated[float, Field(gt=0, lt=1)] | None = None  # known from elsewhere: two answers of one person
    minimum: Quantity | None = None  # NUMBER, as it is said, and DATE, as it is stored; inclusive
    maximum: Quantity | None = None
    unit: str = ""  # NUMBER: »dni«, for reports
    places: Annotated[int, Field(ge=0, le=6)] = 0  # NUMBER: decimals; it is stored times 10 to this power
    message: str = ""  # said in place of the bot's own words to who goes over a limit
    fewest: Annotated[int, Field(ge=1)] | None = None  # MULTIPLE: so many options at least
    most: Annotated[int, Field(ge=1)] | None = None
    section: Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]{0,31})?$")] = ""  # that it stands in
    accuracy: Literal["day", "month", "year"] = "day"  # DATE; a month or a year is stored as its first day
    dont_know: bool = True  # offer »Ne vem«
    refusable: bool = False  # offer »Ne želim odgovoriti«
    optional: bool = False  # offer »Preskoči«
    not_applicable: bool = False  # offer »Ne velja zame«
    role: Literal["core", "primary", "programme", "outcome", "use", "own"] = "programme"
    when: Condition | None = None
    reworded: bool = False  # the same question as in an earlier wave, asked in other words
    waiting: bool | None = None  # whether those are asked too who wait for the next group; None: by the role

    @property
    def of_those_who_wait(self) -> bool:
        """Whether somebody can answer it who does not take part yet."""
        return self.waiting if self.waiting is not None else self.role not in {"outcome", "use"}

    @property
    def called(self) -> str:
        """What data call it: as its author does, or by its id."""
        return self.name or self.id

    @property
    def asks(self) -> bool:
        """Whether the item expects an answer and counts in the progress."""
        return self.kind is not Kind.NOTE

    def choice(self, code: int) -> Choice | None:
        """The option with this code, if there is one."""
        return next((choice for choice in self.choices if choice.code == code), None)


class QuestionSection(Frozen):
    """Items that belong together: a heading over the first of them that is asked, and a rule for all of them."""

    id: Identifier
    title: Words
    when: Condition | None = None


class Questionnaire(Frozen):
    """What is asked in one wave. Its `hash` names this very version for ever."""

    id: Identifier
    title: Words  # neutral: may stand on a lock screen
    intro: str = ""
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    thanks: str = ""
    sections: tuple[QuestionSection, ...] = ()
    translations: dict[str, dict[str, str]] = {}  # by language and key, see `surveys.languages.phrases`

    @property
    def hash(self) -> str:
        """64 hexadecimal digits, the same for the same content on every machine.

        Fields at their defaults do not count, so that a field added later leaves older hashes as they are.
        """
        return hashlib.sha256(self.model_dump_json(exclude_defaults=True).encode()).hexdigest()

    def place(self, item: Item) -> int:
        """Where an item of it stands, from 0."""
        return next(place for place, one in enumerate(self.items) if one.id == item.id)

    @property
    def branches(self) -> bool:
        """Whether any item is asked only where its rule holds."""
        of_items = any(item.when is not None for item in self.items)
        return of_items or any(section.when is not None for section in self.sections)

    def item(self, item_id: str) -> Item | None:
        """The item with this id, if there is one."""
        return next((item for item in self.items if item.id == item_id), None)

    def section_of(self, item: Item) -> QuestionSection | None:
        """The section that an item stands in, if it does."""
        return next((section for section in self.sections if section.id == item.section), None)

    def heading(self, item: Item) -> str:
        """The title of its section over the first item that stands in it."""
        section = self.section_of(item)
        first = section and next(one for one in self.items if one.section == section.id)
        return section.title if section is not None and first == item else ""

    def rule(self, item: Item) -> Condition | None:
        """When an item is asked: by its own rule and by that of its section."""
        section = self.section_of(item)
        of_section = None if section is None else section.when
        if item.when is None or of_section is None:
            return item.when or of_section
        return AllOf(all=(of_section, item.when))


class Wave(Frozen):
    """When a questionnaire is due: `offset` after the start or the end of the cohort."""

    id: Identifier  # before, after, followup, followup2 …
    name: Words  # »izhodišče«
    anchor: Literal["start", "end"]
    offset: Offset
    questionnaire: Identifier
    audience: Identifier = "participants"  # a cohort of another audience has other waves: volunteers
    waiting: bool = False  # those who wait for the next group are asked as well


class PlannedComparisons(Frozen):
    """What is to be compared, named before anybody answers (docs/decisions/analysis-plan.md)."""

    changes: tuple[Identifier, ...]  # waves that are compared with the first one
    waiting_list: bool = True  # those who wait for a place are a comparison, where a cohort has any


class Programme(Frozen):
    """One programme of one library, with all its waves and questionnaires."""

    slug: Slug
    name: Words
    library: Words
    code: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]  # begins every participant code: KAM
    group: Words  # the neutral name of the group, all that a lock screen may show
    address: Literal["vi", "ti"] = "vi"  # how the questionnaire speaks to who answers
    answered_for_child: bool = False  # an adult answers for a child: guardian's consent, mode proxy
    easy: bool = False  # written in easy reading
    pooled: bool = True  # claims to be in the national result, and keeps to its rules
    about: str = ""  # what it is, in one sentence, for who does not know it: on the page for the mayor
    waves: Annotated[tuple[Wave, ...], Field(min_length=1)]
    questionnaires: tuple[Questionnaire, ...]
    languages: tuple[str, ...] = ("sl",)  # that it is offered in, Slovenian first
    groups: dict[str, str] = {}  # the neutral name of the group in other languages
    analysis_plan: PlannedComparisons | None = None
    improvement: dict[str, str] = {}  # by item: »jim gre branje bolje kot na začetku«, for the sentence of a report
    better: dict[str, str] = {}  # by reversed item, what there is more of where it is better: »manj osamljenosti«

    @property
    def has_primary(self) -> bool:
        """Whether it asks a primary question, from which its main result comes."""
        return any(item.role == "primary" for questionnaire in self.questionnaires for item in questionnaire.items)

    @property
    def national(self) -> bool:
        """Whether it counts in the national result: with adults where it claims so, else beside them with children."""
        return self.pooled or (self.answered_for_child and self.has_primary)

    @property
    def audiences(self) -> tuple[str, ...]:
        """Who is asked, in the order of the waves; a cohort is of one of them."""
        return tuple(dict.fromkeys(wave.audience for wave in self.waves))

    def wave(self, wave_id: str) -> Wave | None:
        """The wave with this id, if there is one."""
        return next((wave for wave in self.waves if wave.id == wave_id), None)

    def questionnaire(self, wave: Wave) -> Questionnaire:
        """The questionnaire of a wave; the loader has made sure that there is one."""
        return next(q for q in self.questionnaires if q.id == wave.questionnaire)


class Answer(Frozen):
    """What holds for one item: a value, a text, or one of the five non-answers.

    `value` is the code of the chosen option, the entered number or date as `surveys.quantities` has it, for MULTIPLE
    the sum of ``1 << code`` over the chosen options, and 1 for a NOTE that was read. A `draft` (MULTIPLE before
    »Naprej«) is stored but open.
    """

    value: int | None = None
    text: str | None = None
    non_answer: NonAnswer | None = None
    draft: bool = False
