"""/porocilo and /ucinek: reports on demand. They are only planned here; deliveries render and send them."""

from __future__ import annotations

from bot import roles, staffroom
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import common
from bot.texts import reports as report_texts
from bot.texts import staff as texts
from bot.visit import Visit
from reports.weeks import week_of
from storage import deliveries
from storage.schema import DeliveryKind
from surveys.model import Programme

PARTS = ("text", "picture", "file")


def weekly(visit: Visit, _rest: str = "") -> Reply:
    """/porocilo asks for the programme, where there are several, and for the week."""
    programmes = roles.programmes(visit, Action.REPORT)
    if not programmes:
        return staffroom.refuse(visit)
    if len(programmes) == 1:
        return _ask_week(visit, programmes[0])
    return Reply(draw_weekly(visit, ""), "weekly:", fresh=visit.typed)


def choose_weekly(visit: Visit, slug: str) -> Reply | None:
    """The programme of a weekly report was chosen."""
    programme = _find(visit, slug)
    return None if programme is None else _ask_week(visit, programme)


def order_weekly(visit: Visit, slug: str, which: str) -> Reply | None:
    """This week (t) or the last one (p). A second tap orders nothing more."""
    programme = _find(visit, slug)
    if programme is None or which not in {"t", "p"}:
        return None
    if visit.view != f"week:{slug}":
        return _on_its_way(visit)
    this = week_of(visit.now)
    return _order(visit, programme, {"report": "weekly", "week": str(this if which == "t" else this.previous)})


def impact(visit: Visit, _rest: str = "") -> Reply:
    """/ucinek orders the impact, or asks of which programme."""
    programmes = roles.programmes(visit, Action.REPORT)
    if not programmes:
        return staffroom.refuse(visit)
    if len(programmes) == 1:
        return _order(visit, programmes[0], {"report": "impact"})
    return Reply(draw_impact(visit, ""), "impact:", fresh=visit.typed)


def order_impact(visit: Visit, slug: str) -> Reply | None:
    """The programme of an impact report was chosen. A second tap orders nothing more."""
    programme = _find(visit, slug)
    if programme is None:
        return None
    return _order(visit, programme, {"report": "impact"}) if visit.view == "impact:" else _on_its_way(visit)


def draw_weekly(visit: Visit, _argument: str) -> Screen:
    """The card of `weekly:`."""
    return Screen(report_texts.WHICH_WEEKLY, _programmes(visit, "rpw"))


def draw_week(visit: Visit, slug: str) -> Screen:
    """The card of `week:SLUG`."""
    programme = _find(visit, slug)
    if programme is None:
        return Screen(texts.NOT_STAFF)
    this = week_of(visit.now)
    rows = column(
        Button(report_texts.last_week(this.previous.monday, this.previous.sunday), f"rpo:{slug}:p"),
        Button(report_texts.this_week(this.monday, this.sunday), f"rpo:{slug}:t"),
        Button(common.BACK, "poro") if len(roles.programmes(visit, Action.REPORT)) > 1 else staffroom.to_desk(),
    )
    return Screen(report_texts.which_week(programme.name), rows)


def draw_impact(visit: Visit, _argument: str) -> Screen:
    """The card of `impact:`."""
    return Screen(report_texts.WHICH_IMPACT, _programmes(visit, "rpi"))


def draw_preparing(_visit: Visit, _argument: str) -> Screen:
    """The card of `preparing:`."""
    return Screen(report_texts.PREPARING, column(staffroom.to_desk()))


def _ask_week(visit: Visit, programme: Programme) -> Reply:
    return Reply(draw_week(visit, programme.slug), f"week:{programme.slug}", fresh=visit.typed)


def _order(visit: Visit, programme: Programme, details: dict[str, str]) -> Reply:
    member = roles.member(visit)
    if member is None:
        return staffroom.refuse(visit)
    for part in PARTS:
        deliveries.plan_delivery(
            visit.connection,
            f"report:{visit.update}:{part}",
            DeliveryKind.REPORT,
            visit.now,
            staff=member.id,
            details={**details, "programme": programme.slug, "part": part},
        )
    return _on_its_way(visit)


def _on_its_way(visit: Visit) -> Reply:
    return Reply(draw_preparing(visit, ""), "preparing:", fresh=visit.typed, due=True)


def _find(visit: Visit, slug: str) -> Programme | None:
    return next((one for one in roles.programmes(visit, Action.REPORT) if one.slug == slug), None)


def _programmes(visit: Visit, verb: str) -> tuple[tuple[Button, ...], ...]:
    buttons = [Button(one.name, f"{verb}:{one.slug}") for one in roles.programmes(visit, Action.REPORT)]
    return column(*buttons, staffroom.to_desk())
