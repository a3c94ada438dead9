"""What was ordered: how buttons and deliveries write it down, who may have it, and the card that tells how it goes.

Orders become deliveries; `bot.delivery.summaries` makes and sends what they name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from bot import roles, staffroom
from bot.making import Order
from bot.reporting import PUBLIC
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import consents as consent_texts
from bot.texts import enrolling as enrolling_texts
from bot.texts import paper as paper_texts
from bot.texts import reports as texts
from bot.texts import staff as staff_texts
from bot.visit import Visit, whole
from reports.report import Kind
from reports.weeks import read_week, week_of
from storage import audit, cohorts, deliveries
from storage.deliveries import Standing
from storage.schema import DeliveryKind, DeliveryState
from surveys.model import Programme

KINDS: Mapping[str, Kind] = {
    "w": "weekly",
    "l": "library",
    "i": "impact",
    "c": "compare",
    "m": "mayor",
    "n": "national",
}  # as buttons write them
PARTS = {"chat": ("text", "picture"), "pdf": ("pdf",), "html": ("html",), "xlsx": ("xlsx",)}  # of each form
MONDAY = (*PARTS["chat"], "pdf")  # what comes by itself
_EVERY_PART = ("text", "picture", "pdf", "html", "xlsx", "data", "cards", "paper", "consents")
_OPEN = {DeliveryState.DUE, DeliveryState.SENDING}


def read(visit: Visit, letter: str, subject: str, extra: str) -> Order | None:
    """The order of a button, where whoever is here may give it; `extra` is a week or a cohort."""
    programmes = roles.programmes(visit, Action.REPORT)
    slugs, codes = {one.slug for one in programmes}, {one.code for one in programmes}
    match KINDS.get(letter):
        case "weekly" if subject in slugs and _has_begun(visit, extra):
            return Order("weekly", subject, week=extra)
        case "library" if subject in codes and _has_begun(visit, extra):
            return Order("library", subject, week=extra)
        case "impact" if subject in slugs and not extra:
            return Order("impact", subject)
        case "compare" if subject in slugs and _of_programme(visit, subject, whole(extra)):
            return Order("compare", subject, cohort=whole(extra))
        case "mayor" if subject in codes and not extra:
            return Order("mayor", subject)
        case "national" if subject == "national" and not extra and roles.programmes(visit, Action.REPORT_NATION):
            return Order("national", subject)
    return None


def written(order: Order) -> str:
    """As buttons and views write it: `w:brezice-racunalnik:2026-W47`."""
    letter = next(letter for letter, kind in KINDS.items() if kind == order.kind)
    return f"{letter}:{order.subject}:{order.week or order.cohort or ''}"


def details(order: Order) -> dict[str, object]:
    """As a delivery stores it."""
    given = {"report": order.kind, "subject": order.subject, "week": order.week, "cohort": order.cohort}
    return {name: value for name, value in given.items() if value is not None}


def of_details(stored: Mapping[str, object]) -> Order:
    """The order that a delivery stores."""
    subject = stored.get("subject") or stored["programme"]  # rows of before there were libraries
    return Order(stored["report"], subject, stored.get("week"), stored.get("cohort"))  # type: ignore[arg-type]  # JSON


def place(visit: Visit, action: str, subject: str, stored: Mapping[str, object], parts: Sequence[str]) -> Reply:
    """Plan the deliveries of an order and say that it is being made; `action` and `subject` are for the audit."""
    member = roles.member(visit)
    if member is None:
        return staffroom.refuse(visit)
    for part in parts:
        deliveries.plan_delivery(
            visit.connection,
            f"report:{visit.update}:{part}",
            DeliveryKind.REPORT,
            visit.now,
            staff=member.id,
            details={**stored, "part": part},
        )
    audit.record(visit.connection, member.actor, action, subject, visit.now)
    return Reply(draw(visit, str(visit.update)), f"order:{visit.update}", fresh=visit.typed, due=True)


def on_screen(visit: Visit) -> Reply | None:
    """The card of the order that was given last, where that is what the chat shows."""
    name, _, argument = visit.view.partition(":")
    return Reply(draw(visit, argument), visit.view) if name == "order" else None


def number(key: str) -> str:
    """The number of the order to which a delivery with this key belongs."""
    return key.split(":")[1]


def ended(standings: Sequence[Standing]) -> bool:
    """Whether nothing of an order is still to come."""
    return not any(one.state in _OPEN for one in standings)


def standings(connection: Connection, number: str) -> tuple[Standing, ...]:
    """How the deliveries of an order stand."""
    return deliveries.standings(connection, [f"report:{number}:{part}" for part in _EVERY_PART])


def draw(visit: Visit, number: str) -> Screen:
    """The card of `order:NUMBER`."""
    found = standings(visit.connection, number)
    if not found:
        return Screen(texts.ORDER_GONE, column(staffroom.to_desk()))
    stored = found[0].details
    what, again = _named(visit, stored), _again(stored)
    states = {one.state for one in found}
    if not ended(found):
        words, buttons = texts.preparing(what, cards="cards" in stored, paper="paper" in stored), []
    elif states == {DeliveryState.SENT}:
        words, buttons = texts.ready(what), [Button(_more(stored), again)]
    elif DeliveryState.UNCERTAIN in states:
        words, buttons = texts.perhaps_arrived(what), [Button(texts.TRY_AGAIN, again)]
    else:
        words, buttons = texts.not_made(what), [Button(texts.TRY_AGAIN, again)]
    return Screen(words, column(*buttons, staffroom.to_desk()))


def sorry(visit: Visit, stored: Mapping[str, object]) -> str:
    """What is said when it cannot be made."""
    return texts.not_made(_named(visit, stored))


def named(visit: Visit, order: Order) -> str:
    """What a report is called in the chat: its kind, of what, and when; safe for a screen."""
    programmes = visit.house.programmes.values()
    of = next((one for one in programmes if order.subject in {one.slug, one.code}), None)
    if order.kind == "national":
        return texts.report_name(order.kind)
    if of is None:
        return texts.report_name(order.kind, order.subject)
    subject = of.library if order.kind in {"library", "mayor"} else of.name
    return texts.report_name(order.kind, subject, _when(visit, order))


def inside(order: Order) -> bool:
    """Whether its text and picture stay in the chat: all but those of a report that is made to be published."""
    return order.kind not in PUBLIC


def _named(visit: Visit, stored: Mapping[str, object]) -> str:
    if "cards" in stored:
        group = cohorts.find(visit.connection, int(str(stored["cards"])))
        return enrolling_texts.cards_name("" if group is None else group.name)
    if "consents" in stored:
        group = cohorts.find(visit.connection, int(str(stored["consents"])))
        return consent_texts.list_name("" if group is None else group.name)
    if "paper" in stored:
        return _paper_named(visit, stored)
    if "export" not in stored:
        return named(visit, of_details(stored))
    programme: Programme | None = visit.house.programmes.get(str(stored["export"]))
    return texts.export_name(programme.name if programme else "", str(stored["form"]))


def _paper_named(visit: Visit, stored: Mapping[str, object]) -> str:
    group = cohorts.find(visit.connection, int(str(stored["paper"])))
    programme = None if group is None else visit.house.programmes.get(group.programme)
    wave = None if programme is None else programme.wave(str(stored["wave"]))
    subject = str(stored["code"]) or ("" if group is None else group.name)
    return paper_texts.order_name(subject, "" if wave is None else wave.name)


def _more(stored: Mapping[str, object]) -> str:
    """What stands on that button, once everything has come."""
    if "paper" in stored:
        return paper_texts.PRINT
    if "consents" in stored:
        return staff_texts.TO_GROUP
    return enrolling_texts.CODES if "cards" in stored else texts.OTHER_FORM


def _again(stored: Mapping[str, object]) -> str:
    """The button that leads to the forms once more, or to the codes of which there are cards."""
    if "paper" in stored:
        return f"pap:{stored['paper']}:{stored['enrolment']}"
    if "cards" in stored:
        return f"ens:{stored['cards']}:{stored['first']}:{stored['last']}"
    if "consents" in stored:
        return f"sku:{stored['consents']}"
    return f"rs:x:{stored['export']}" if "export" in stored else f"rf:{written(of_details(stored))}"


def _when(visit: Visit, order: Order) -> str:
    if order.week is not None:
        week = read_week(order.week)
        return texts.days(week.monday, week.sunday)
    group = None if order.cohort is None else cohorts.find(visit.connection, order.cohort)
    return "" if group is None else group.name


def _has_begun(visit: Visit, week: str) -> bool:
    try:
        return read_week(week) <= week_of(visit.now)
    except ValueError:
        return False


def _of_programme(visit: Visit, slug: str, cohort_id: int) -> bool:
    group = cohorts.find(visit.connection, cohort_id)
    return group is not None and group.programme == slug
