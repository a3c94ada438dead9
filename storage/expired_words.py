"""What people typed in groups that ended long ago: the words go, that there were some stays. Knows no clock.

A story that is published stays as long as its author lets it. Of numbers and options nothing is forgotten here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, and_, bindparam, delete, func, not_, select, update

from storage.answers import voice_answers
from storage.schema import (
    Decision,
    answer,
    answer_change,
    cohort,
    enrolment,
    occasion,
    run,
    second_entry,
    story,
)
from storage.secrets.keys import Keys

FORGOTTEN = "(izbrisano, ker je rok hrambe potekel)"
_MARK = FORGOTTEN.encode()
"""What stands in the place of typed words: exports and those who read them see that something was written."""

_of_old_group = cohort.c.end <= bindparam("ended")
_OLD_RUNS = (
    select(run.c.id)
    .join_from(run, occasion)
    .join(enrolment, enrolment.c.id == occasion.c.enrolment)
    .join(cohort, cohort.c.id == enrolment.c.cohort)
    .where(_of_old_group)
)
_OLD_ENROLMENTS = select(enrolment.c.id).join_from(enrolment, cohort).where(_of_old_group)
_published = and_(
    story.c.publication_given_at.is_not(None),
    story.c.withdrawn_at.is_(None),
    story.c.decision == Decision.APPROVED,
    story.c.author_refused_at.is_(None),
)
_ANSWERS = select(answer.c.run, answer.c.item).where(
    answer.c.text_sealed.is_not(None), answer.c.text_sealed.not_in(bindparam("marks", expanding=True))
)
_CHANGES = select(answer_change.c.id).where(answer_change.c.text_sealed.is_not(None))
_ENTRIES = select(second_entry.c.id)
_STORIES = select(story.c.id).where(not_(_published))
_OLD_ANSWERS = _ANSWERS.where(answer.c.run.in_(_OLD_RUNS))
_OLD_CHANGES = _CHANGES.where(answer_change.c.run.in_(_OLD_RUNS))
_OLD_ENTRIES = _ENTRIES.where(second_entry.c.run.in_(_OLD_RUNS))
_OLD_STORIES = _STORIES.where(story.c.enrolment.in_(_OLD_ENROLMENTS))
_MOST: BindParameter[int] = bindparam("most")
_NEXT_ANSWERS, _NEXT_CHANGES = _OLD_ANSWERS.limit(_MOST), _OLD_CHANGES.limit(_MOST)
_NEXT_ENTRIES, _NEXT_STORIES = _OLD_ENTRIES.limit(_MOST), _OLD_STORIES.limit(_MOST)
_FORGET_ANSWER = (
    update(answer)
    .where(answer.c.run == bindparam("run_id"), answer.c.item == bindparam("item_id"))
    .values(text_sealed=bindparam("mark"))
)
_ALL = (_ANSWERS, _CHANGES, _ENTRIES, _STORIES)
_OLD = (_OLD_ANSWERS, _OLD_CHANGES, _OLD_ENTRIES, _OLD_STORIES)
_COUNT_ALL, _COUNT_OLD = (
    tuple(select(func.count()).select_from(one.subquery()) for one in queries) for queries in (_ALL, _OLD)
)
_the_ids: BindParameter[list[int]] = bindparam("ids", expanding=True)
_FORGET_CHANGES = delete(answer_change).where(answer_change.c.id.in_(_the_ids))
_FORGET_ENTRIES = delete(second_entry).where(second_entry.c.id.in_(_the_ids))
_FORGET_STORIES = delete(story).where(story.c.id.in_(_the_ids))


def kept(connection: Connection, keys: Keys) -> int:
    """How many texts there are: answers, what they were before, second typings, stories that are not published."""
    return _counted(connection, _COUNT_ALL, {"marks": keys.all_marks(_MARK)})


def due(connection: Connection, keys: Keys, ended: date) -> int:
    """How many of them are of groups that ended on this day or before."""
    return _counted(connection, _COUNT_OLD, {"marks": keys.all_marks(_MARK), "ended": ended})


def forget(connection: Connection, keys: Keys, ended: date, most: int) -> int:
    """Forget at most so many of each kind, with recordings that are still there; gives how many."""
    marks, bound = keys.all_marks(_MARK), {"ended": ended, "most": most}
    answers = connection.execute(_NEXT_ANSWERS, {"marks": marks, **bound}).all()
    for one in answers:
        voice_answers.forget_answer(connection, one.run, one.item)
        connection.execute(_FORGET_ANSWER, {"run_id": one.run, "item_id": one.item, "mark": keys.mark(_MARK)})
    stories = connection.execute(_NEXT_STORIES, bound).scalars().all()
    for number in stories:
        voice_answers.forget_story(connection, number)
    changes = connection.execute(_NEXT_CHANGES, bound).scalars().all()
    entries = connection.execute(_NEXT_ENTRIES, bound).scalars().all()
    for statement, ids in ((_FORGET_CHANGES, changes), (_FORGET_ENTRIES, entries), (_FORGET_STORIES, stories)):
        connection.execute(statement, {"ids": ids})
    return len(answers) + len(stories) + len(changes) + len(entries)


def _counted(connection: Connection, counts: Iterable[Select[Any]], bound: dict[str, Any]) -> int:
    return sum(connection.execute(one, bound).scalar_one() for one in counts)
