"""»🔊 Poslušaj«: a question is heard; the card stays the lowest message, and nothing of the answers changes."""

from __future__ import annotations

from bot import roles
from bot.participant import aloud, questions
from bot.participant.spoken import spoken
from bot.screens import Reply, Screen, Voice
from bot.visit import Visit, whole
from storage import recordings, runs
from storage.runs import Run


def listen(visit: Visit, run_id: str, index: str, times: str) -> Reply | None:
    """The recording, and the card below it.

    A tap that is repeated finds another count of times in the view, and sends nothing.
    """
    found = runs.load(visit.connection, whole(run_id))
    run = None if found is None else spoken(found)
    place, heard = whole(index), whole(times)
    if run is None or place >= len(run.questionnaire.items) or not roles.may_answer(visit, run.programme, run.chat):
        return None
    here = visit.view == f"question:{_argument(run, place, heard)}"
    voice = _voice(visit, run, place) if here and run.open else None
    if voice is None:
        return questions.where(visit, run).toasted(visit.words.WHERE_YOU_ARE)
    argument = _argument(run, place, heard + 1)
    return Reply(questions.draw(visit, argument), f"question:{argument}", fresh=True, extras=(voice,))


def _argument(run: Run, place: int, heard: int) -> str:
    """What stands in the name of the view."""
    return f"{run.id}:{place}:{heard}" if heard else f"{run.id}:{place}"


def _voice(visit: Visit, run: Run, place: int) -> Screen | None:
    """What is heard; None where nobody recorded just these words."""
    words = aloud.key(run.questionnaire.items[place])
    found = recordings.find(visit.connection, visit.house.keys, run.programme, run.language, words)
    return None if found is None else Screen("", media=Voice(found.attachment, found.file, found.seconds))
