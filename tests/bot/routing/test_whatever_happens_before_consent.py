"""Walks at random before yes or no: whatever is typed, opened or tapped, the question stands, nothing is agreed to."""

import random

import pytest
from plugins.crawling import FILES, Crawler

from bot.actions import participant as actions
from bot.routing.routes import COMMANDS
from bot.texts.participant import CONSENT_VERSION
from storage import consents, participants
from storage.schema import EnrolmentState

STEPS = 60
DECIDING = frozenset(
    one.name
    for one in (actions.agree_to_join, actions.refuse_to_join, actions.refuse_as_guardian, actions.put_link_aside)
)  # verbs by which the question is answered or put aside
WORDS = ("da", "ne", "yes", "Не", "kaj je to?", "stop", "pomoč", "nazaj", "hvala", "dober dan", "Ana", "2", "banana")
ASKING = frozenset({"welcome", "which", "guardian", "understood"})


def walk(connection, village, enrolled, seed, shared):
    """Steps at random, and after each what /anketa shows."""
    chance = random.Random(seed)
    crawler = Crawler(connection, village.services, village.services.keys.seal_id(4_000_000 + seed), village.clock())
    if shared is not None:
        crawler.says(f"/start {shared.token}")
        crawler.taps(actions.agree_to_join(shared.token, actions.Consenting.SELF))
    reply, seen = crawler.says(f"/start {enrolled.token}"), []
    for _ in range(STEPS):
        seen += [button.action for row in reply.card.rows for button in row if button.action]
        seen = [action for action in seen if action.partition(":")[0] not in DECIDING]
        match chance.choice(("say", "command", "tap", "old", "file")):
            case "say":
                reply = crawler.says(chance.choice(WORDS))
            case "command":
                reply = crawler.says(f"/{chance.choice(sorted(COMMANDS))}")
            case "file":
                reply = crawler.sends(chance.choice(FILES))
            case which if seen:
                action = chance.choice(seen[-4:] if which == "tap" else seen)
                if action.partition(":")[0] in {actions.erase_everything.name, actions.stop_messages.name}:
                    continue
                reply = crawler.taps(action)
        with crawler._undone():
            asked = crawler.says("/anketa")
            yield asked.view.partition(":")[0], [button.action.partition(":")[0] for (button, *_) in asked.card.rows]
        enrolment = participants.of_enrolment(connection, enrolled.enrolment)
        assert enrolment.state is EnrolmentState.INVITED
    assert not consents.holds(connection, enrolled.enrolment, CONSENT_VERSION)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("slug", "together"), [
    ("brezice-racunalnik", False), ("kamnik-slovenscina", True), ("novo-mesto-branje", False),
])  # fmt: skip
async def test_the_question_stands_whatever_happens_before_it_is_answered(village, slug, together, seed):
    cohort = await village.cohort(slug)
    shared = await village.enrol(await village.cohort(slug, name="Jesen")) if together else None
    enrolled = await village.enrol(cohort)

    def unit(connection):
        return list(walk(connection, village, enrolled, seed, shared))

    asked = await village.services.database.write(unit)
    assert {view for view, _ in asked} <= ASKING
    assert [buttons for _, buttons in asked if not buttons] == []
