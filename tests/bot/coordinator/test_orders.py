"""What staff order is a value: as it is stored it is read back, and rows of before are read too."""

import pytest

from bot.actions.choices import DataForm
from bot.orders import kinds
from bot.orders.cards import CardsOrder
from bot.orders.consent_form import ConsentFormOrder
from bot.orders.consent_list import ConsentListOrder
from bot.orders.data import DataOrder
from bot.orders.paper import PaperOrder
from bot.orders.report import PARTS, ReportOrder
from bot.worker.jobs import ReportSpec
from surveys.model import EnrolmentRole

SLUG = "brezice-racunalnik"
ORDERS = [
    ReportOrder(ReportSpec("weekly", SLUG, week="2026-W09"), ()),
    ReportOrder(ReportSpec("compare", SLUG, cohort=7), ()),
    ReportOrder(ReportSpec("country", "national", month="2026-02"), ()),
    DataOrder(SLUG, DataForm.SAV),
    CardsOrder(1, 2, 3),
    PaperOrder(1, "before", "BRE-7F3K2", 4),
    PaperOrder(1, "after"),
    ConsentListOrder(1),
    ConsentFormOrder(SLUG, "participants", "en", guardian=True, code="BRE-7F3K2", role=EnrolmentRole.WAITING),
]


@pytest.mark.parametrize("order", ORDERS, ids=lambda one: type(one).__name__)
def test_an_order_is_read_back_as_it_was_stored(order):
    assert kinds.read(order.stored()) == order


def test_every_kind_is_stored_under_one_name():
    assert {type(order) for order in ORDERS} == {kind.__self__ for kind in kinds.KINDS.values()}
    for order in ORDERS:
        assert len(order.stored().keys() & kinds.KINDS.keys()) == 1


@pytest.mark.parametrize(
    ("stored", "order"),
    [
        ({"report": "weekly", "programme": SLUG, "part": "file"}, ReportOrder(ReportSpec("weekly", SLUG), ("file",))),
        (
            {"consent_form": SLUG, "audience": "participants", "language": "sl", "guardian": False, "code": ""},
            ConsentFormOrder(SLUG, "participants", "sl", guardian=False),
        ),
        ({"cards": 1, "first": 2, "last": 3, "part": "cards"}, CardsOrder(1, 2, 3)),
        ({"export": SLUG, "form": "csv", "part": "data"}, DataOrder(SLUG, DataForm.CSV)),
        ({"paper": 1, "wave": "before", "code": "", "enrolment": 0, "part": "paper"}, PaperOrder(1, "before")),
        ({"consents": 1, "part": "consents"}, ConsentListOrder(1)),
    ],
)  # fmt: skip
def test_rows_of_versions_before_are_read(stored, order):
    assert kinds.read(stored) == order


@pytest.mark.parametrize("stored", [{"part": "text"}, {"cards": 1, "consents": 1}])
def test_what_is_of_no_kind_or_of_two_is_refused(stored):
    with pytest.raises(ValueError, match="values to unpack"):
        kinds.read(stored)


def test_a_report_that_is_ordered_in_several_parts_is_one_order():
    assert [ReportOrder(ReportSpec("mayor", "BRE"), parts).parts for parts in PARTS.values()] == list(PARTS.values())
