"""Moments by chat: those that have passed are forgotten, and there is an end to how many are remembered."""

from bot.runtime import moments
from bot.runtime.moments import Moments


def test_a_moment_is_remembered_until_it_has_passed():
    kept = Moments()
    kept.put("a", 5.0, 1.0)
    assert (kept.get("a"), kept.later("a", 2.0), kept.later("a", 7.0)) == (5.0, 5.0, 7.0)
    assert (kept.get("b"), kept.later("b", 2.0)) == (None, 2.0)
    kept.forget("a")
    kept.forget("b")
    assert kept.get("a") is None


def test_ten_thousand_people_one_after_the_other_take_the_room_of_those_who_are_there():
    kept, most = Moments(), 0
    for second in range(10_000):
        kept.put(second, second + 40.0, float(second))
        most = max(most, len(kept))
    assert most <= moments._FEW
    assert kept.get(9_999) == 10_039.0


def test_it_is_looked_through_seldom_also_while_many_are_there(monkeypatch):
    monkeypatch.setattr(moments, "_FEW", 2)
    kept = Moments()
    rooms = set()
    for chat in range(1000):
        kept.put(chat, 5000.0, float(chat))
        rooms.add(kept._room)
    assert (len(kept), len(rooms)) == (1000, 9)


def test_where_too_many_are_there_all_begin_anew(monkeypatch):
    monkeypatch.setattr(moments, "_FEW", 2)
    monkeypatch.setattr(moments, "_MOST", 10)
    kept, most = Moments(), 0
    for chat in range(100):
        kept.put(chat, 5000.0, 0.0)
        most = max(most, len(kept))
    assert most < 20
