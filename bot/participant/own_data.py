"""Everything that is held about a person in words, as a page to read: the same record that is given to programs."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.consent import text_archive
from bot.conversation.request import Request
from bot.participant import own_reach, question_cards, receipt
from bot.participant.localised import spoken
from bot.participant.printable_page import Chapter, Part, PrintablePage, PrintableSection, as_html, told
from bot.texts import languages
from bot.texts.common import duration
from bot.texts.own_data import OwnData
from bot.texts.staff import ROLES
from storage.answers import responses as runs
from storage.answers.responses import Response
from storage.participants import Enrolment
from storage.schema import ConsentKind, Role
from surveys.effort import minutes_of_each
from surveys.languages import NAMES, group_name, localised
from surveys.model import Answer, Item, Mode, NonAnswer, Programme
from surveys.waiting import asked

Record = Mapping[str, Any]  # what `storage.privacy.held` says of one place
_TAG = re.compile(r"<[^>]+>")


def as_file(request: Request, held: Sequence[tuple[Enrolment, Record]], role: Record) -> bytes:
    """The page of a person with these places, and what they are among staff; in the language of the chat."""
    words = request.words.own_data
    chapters = [_Desk(request, place, record).chapter() for place, record in held]
    if role:
        chapters.append(_among_staff(request, role))
    notes = (
        words.made(request.now, request.services.policy.zone),
        request.words.read_in(request.lives_in, words.INTRO),
    )
    return as_html(PrintablePage(languages.spoken(request.language), words.TITLE, notes, tuple(chapters))).encode()


def _among_staff(request: Request, role: Record) -> Chapter:
    words = request.words.own_data
    facts = (
        (words.ROLE, ROLES[Role(role["role"])]),
        (words.LIBRARY, role["library"] or ""),
        (words.SINCE, own_reach.on(request, role["joined_at"])),
        *((words.FACTS[key], own_reach.fact(request, key, role[key])) for key in own_reach.FACTS),
    )
    parts = {"browsers": own_reach.browsers(request, role), "email": own_reach.email(request, role)}
    sections = (PrintableSection(words.SECTIONS[key], tuple(made)) for key, made in parts.items() if made)
    return Chapter(words.ROLE, Part(told(facts)), tuple(sections))


@dataclass
class _Desk:
    """One place of a person, with what its record needs in order to be read."""

    request: Request
    enrolment: Enrolment
    record: Record

    @property
    def words(self) -> OwnData:
        return self.request.words.own_data

    @property
    def programme(self) -> Programme:
        return self.request.services.programmes[self.enrolment.programme]

    @cached_property
    def runs(self) -> Mapping[str, Response]:
        """The runs by wave, in the language in which the person is asked."""
        return {run.wave: spoken(run) for run in runs.of_enrolment(self.request.connection, self.enrolment.id)}

    def chapter(self) -> Chapter:
        facts = ((label, self.fact(key)) for key, label in self.words.FACTS.items())
        sections = ((self.words.SECTIONS[key], make(self)) for key, make in SECTIONS.items())
        return Chapter(
            group_name(self.programme, self.request.language),
            Part(told(facts)),
            tuple(PrintableSection(title, tuple(parts)) for title, parts in sections if parts),
        )

    def fact(self, key: str) -> str:
        said = self.record[key]
        match key:
            case "state":
                return self.words.STATES[said]
            case "role" | "allocation":
                return self.words.ROLES[said] if said else ""
            case "enrolled_at" | "joined_at" | "unreachable_at":
                return self.on(said)
        return own_reach.fact(self.request, key, said)

    def on(self, moment: str | None) -> str:
        """A stored moment as people write it; nothing for none."""
        return own_reach.on(self.request, moment)

    def hand(self, actor: str | None) -> str:
        """Through whose hand something was recorded; an own code, also one that was destroyed, is »you«."""
        who = (actor or "").partition(":")[0]
        return self.words.HANDS.get(who, self.words.HANDS["participant"]) if actor else ""

    def title(self, wave: str | None) -> str:
        """What the questionnaire of a wave is called."""
        if wave is None:
            return ""
        if wave in self.runs:
            return self.runs[wave].questionnaire.title
        planned = self.programme.wave(wave)
        if planned is None:
            return wave
        return localised(asked(self.programme, planned, self.enrolment.role), self.request.language).questionnaire.title

    def item(self, row: Record) -> Item | None:
        return self.runs[row["wave"]].questionnaire.item(row["item"]) if row["wave"] in self.runs else None

    def said(self, row: Record, item_id: str = "") -> tuple[str, str]:
        """A question and what was answered, in words."""
        item = self.item({**row, "item": item_id} if item_id else row)
        stored = Answer(
            value=row["value"], text=row["text"], non_answer=row["non_answer"] and NonAnswer(row["non_answer"])
        )
        if item is None:
            return row["question"], row["text"] or row["label"] or str(row["value"])
        return item.text, question_cards.shown(self.request.words, item, stored)


def _consents(desk: _Desk) -> list[Part]:
    return [_consent(desk, one) for one in desk.record["consents"]]


def _consent(desk: _Desk, one: Record) -> Part:
    words = desk.words
    pairs = (
        (words.GIVEN, desk.on(one["given_at"])),
        (words.BY, words.GIVERS[one["given_by"]]),
        (words.HOW, words.IN_KIOSK if _in_kiosk(one) else words.MODES[one["mode"]]),
        (words.RECORDED_BY, desk.hand(one["recorded_by"])),
        (
            words.WITHDRAWN,
            ", ".join(part for part in (desk.on(one["withdrawn_at"]), desk.hand(one["withdrawn_by"])) if part),
        ),
        (words.TEXT_VERSION, one["text_version"]),
        (words.TEXT_LANGUAGE, NAMES.get(one["language"], one["language"])),
        (words.TEXT_KIND, words.TEXT_KINDS.get(one["text_kind"], "")),
        (words.TEXT_HASH, one["text_hash"] or ""),
        (words.TEXT_DERIVED, desk.on(one["text_derived_at"])),
    )
    filed, on_a_page = text_archive.text(one["text_hash"]) or "", text_archive.is_read_on_a_page(one["text_version"])
    return Part(told(pairs), note=_read(desk, one["language"], filed, on_a_page=on_a_page))


def _in_kiosk(one: Record) -> bool:
    """Whether somebody gave a consent by themselves to a text that is for no chat."""
    return one["mode"] == Mode.SELF and one["text_kind"] in {ConsentKind.ALOUD, ConsentKind.ALOUD_GUARDIAN}


def _read(desk: _Desk, language: str, text: str, *, on_a_page: bool) -> str:
    """A filed text of consent with what stood in it, without its marks; commands as the buttons that they were."""
    words = languages.words(language)
    lasting = words.lasting(*minutes_of_each(desk.programme, desk.enrolment.audience))
    buttons = words.web.COMMANDS if on_a_page else {}
    stood = {
        **{f"/{name}": words.QUOTED.format(label) for name, label in buttons.items()},
        "{library}": desk.programme.library,
        "{programme}": group_name(desk.programme, language),
        "{lasting}": lasting,
    }
    plain = html.unescape(_TAG.sub("", text))
    for mark, said in stood.items():
        plain = plain.replace(mark, said)
    return plain


def _waves(desk: _Desk) -> list[Part]:
    words = desk.words
    return [
        Part(
            told(
                (
                    (words.STATE, words.WAVE_STATES[one["state"]]),
                    (words.OPEN, words.from_to(desk.on(one["opens_at"]), desk.on(one["closes_at"]))),
                    (words.INVITED, desk.on(one["invited_at"])),
                    (words.MUTED, desk.on(one["muted_at"])),
                )
            ),
            desk.title(one["wave"]),
        )
        for one in desk.record["waves"]
    ]


def _answers(desk: _Desk) -> list[Part]:
    """Question by question, as »Moji odgovori« lists them."""
    parts = []
    for response in desk.runs.values():
        said = receipt.said(response, runs.answers(desk.request.connection, desk.request.services.keys, response.id))
        pairs = [
            (f"{number}. {item.text}", question_cards.shown(desk.request.words, item, stored))
            for number, (item, stored) in enumerate(said, 1)
        ]
        if pairs:
            how_many, when = desk.words.count(len(pairs)), receipt.when(desk.request, response)
            title = f"{response.questionnaire.title} ({how_many}, {when})"
            parts.append(Part(tuple(pairs), title))
    return parts


def _no_answers(desk: _Desk) -> list[Part]:
    words = desk.words
    pairs = []
    for row in desk.record["no_answers"]:
        question, said = desk.said(row)
        if row["non_answer"] == NonAnswer.NOT_ASKED.value:
            said = words.NOT_ASKED
        elif not row["confirmed"]:
            said = f"{words.NOT_CONFIRMED}: {said}"
        else:
            said = words.READ
        pairs.append((question, said))
    return [Part(tuple(pairs))] if pairs else []


def _earlier(desk: _Desk) -> list[Part]:
    words = desk.words
    pairs = []
    for row in desk.record["earlier_answers"]:
        question, said = desk.said(row)
        when, who = desk.on(row["changed_at"]), desk.hand(row["changed_by"])
        pairs.append((question, f"{words.BEFORE}: {said}\n{words.CHANGED}: {when}, {who}"))
    return [Part(tuple(pairs))] if pairs else []


def _typed_once_more(desk: _Desk) -> list[Part]:
    words = desk.words
    nothing = dict.fromkeys(("value", "text", "non_answer", "label"))
    return [
        Part(
            told(
                (
                    *(
                        desk.said({**nothing, **said, "wave": one["wave"], "question": item}, item)
                        for item, said in one["answers"].items()
                    ),
                    (words.TYPED_BY, desk.hand(one["entered_by"])),
                    (words.FINISHED, desk.on(one["finished_at"])),
                    (words.SETTLED, desk.on(one["settled_at"])),
                )
            ),
            desk.title(one["wave"]),
        )
        for one in desk.record["typed_once_more"]
    ]


def _stories(desk: _Desk) -> list[Part]:
    words = desk.words
    return [
        Part(
            told(
                (
                    (words.TOLD, desk.on(one["told_at"])),
                    (words.HANDED_IN, desk.on(one["handed_in_at"])),
                    (words.THE_TEXT, one["text"]),
                    (words.PUBLICATION, desk.on(one["publication_given_at"])),
                    (words.TEXT_VERSION, one["publication_version"] or ""),
                    (words.PUBLICATION_WITHDRAWN, desk.on(one["withdrawn_at"])),
                    (words.EDITED, one["edited_text"] or ""),
                    (words.DECISION, words.DECISIONS.get(one["decision"], "")),
                )
            ),
            desk.title(one["wave"]),
        )
        for one in desk.record["stories"]
    ]


def _recordings(desk: _Desk) -> list[Part]:
    words = desk.words
    parts = []
    for one in desk.record["recordings"]:
        item = desk.item({"wave": one["wave"], "item": one["of"]})
        pairs = (
            (words.RECEIVED, desk.on(one["received_at"])),
            (words.LENGTH, duration(one["seconds"]) if one["seconds"] else ""),
            (words.TYPED_IN, desk.on(one["typed_in_at"])),
        )
        parts.append(Part(told(pairs), words.OF_STORY if item is None else item.text))
    return [*parts[:-1], Part(parts[-1].pairs, parts[-1].title, words.PASSED_ON)] if parts else []


def _calls(desk: _Desk) -> list[Part]:
    words = desk.words
    pairs = []
    for one in desk.record["calls"]:
        back = f"\n{words.TAKEN_BACK}: {desk.on(one['withdrawn_at'])}" if one["withdrawn_at"] else ""
        pairs.append((desk.on(one["noted_at"]), f"{words.CALLS[one['outcome']]}{back}"))
    return [Part(tuple(pairs))] if pairs else []


def _calls_asked_for(desk: _Desk) -> list[Part]:
    words = desk.words
    pairs = [
        (desk.on(one["asked_at"]), f"{words.TAKEN_BACK}: {desk.on(one['withdrawn_at'])}" if one["withdrawn_at"] else "")
        for one in desk.record["calls_asked_for"]
    ]
    return [Part(tuple((day, back or words.ASKED_FOR) for day, back in pairs))] if pairs else []


def _recent_changes(desk: _Desk) -> list[Part]:
    words = desk.words
    pairs = []
    for one in desk.record["recent_changes"]:
        back = f"\n{words.TAKEN_BACK}: {desk.on(one['undone_at'])}" if one["undone_at"] else ""
        pairs.append((desk.on(one["done_at"]), f"{words.DEEDS[one['what']]}{back}"))
    return [Part(tuple(pairs))] if pairs else []


SECTIONS: Mapping[str, Callable[[_Desk], list[Part]]] = {
    "answers": _answers,
    "earlier_answers": _earlier,
    "no_answers": _no_answers,
    "stories": _stories,
    "recordings": _recordings,
    "waves": _waves,
    "typed_once_more": _typed_once_more,
    "calls_asked_for": _calls_asked_for,
    "calls": _calls,
    "recent_changes": _recent_changes,
    "consents": _consents,
    "browsers": lambda desk: own_reach.browsers(desk.request, desk.record),
    "email": lambda desk: own_reach.email(desk.request, desk.record),
}
"""How each part of a record is read, by its key, in the order of the page; `OwnData.FACTS` names the single lines."""
