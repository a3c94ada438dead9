"""`operator invite`, `operator list`, `operator remove`."""

from functools import partial

from bot.runtime.services import wall_clock
from storage import operators


def test_a_link_is_made_listed_and_taken_back(prepared):
    link, terms = prepared.types("operator", "invite").splitlines()
    assert link.startswith("https://t.me/knjiznica_bot?start=o_")
    assert terms == "Good for 7 days and one person: open it where you want to be told."
    assert [(one["number"], one["state"]) for one in prepared.gets("operator", "list", "--json")] == [(1, "link until")]
    assert prepared.types("operator", "remove", "1") == "Number 1 is told no more.\n"
    assert prepared.gets("operator", "list", "--json") == []
    told = prepared.is_told("operator", "remove", "1")
    assert told == "There is nobody with number 1; see: povezujejo operator list."


def test_who_has_joined_is_listed_without_a_name(prepared):
    token = prepared.gets("operator", "invite", "--json")["link"].partition("start=")[2]
    join = partial(operators.join, token=token, chat=b"chat", now=wall_clock())
    assert prepared.services.database.write_now(join)
    heading, row = prepared.types("operator", "list").splitlines()
    assert heading.split() == ["number", "state", "day"]
    assert row.split()[:2] == ["1", "joined"]
