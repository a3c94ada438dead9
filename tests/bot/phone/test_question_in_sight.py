"""Of a question that is answered by one tap nothing is out of sight on a small phone: words, answers, ways on."""

import pytest
from playwright.async_api import expect

from bot.participant import question_cards
from bot.telegram.messages import messages
from bot.texts.languages import WORDS
from surveys.languages import localised
from surveys.load import load, shipped
from surveys.model import Answer, Kind

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

BARS = 128  # pixels that the bars of Telegram take on such a phone: status, name of the chat, field
SMALL = {"width": 360, "height": 740}
ANSWERS = """(card, count) => {
  const last = [...card.querySelectorAll("button")][count - 1];
  return last.getBoundingClientRect().bottom - card.getBoundingClientRect().top;
}"""


def scales():
    """The cards of all questions of which one option is chosen, the one before being answered."""
    for programme in load([shipped()]).programmes.values():
        for questionnaire in programme.questionnaires:
            for language in programme.languages:
                spoken = localised(questionnaire, language).questionnaire
                for item in spoken.items:
                    if item.kind in {Kind.CHOICE, Kind.SCALE, Kind.FACES}:
                        before = {one.id: Answer(value=1) for one in spoken.items[: spoken.items.index(item)]}
                        yield question_cards.question(WORDS[language], spoken, before, item, 1, 0), len(item.choices)


async def test_a_question_with_all_its_answers_is_in_sight_at_once(page, table):
    heights = {}
    table.simulator.rates.strict = False
    table.simulator.people[table.marija.id].account.started = True
    for screen, count in dict.fromkeys(scales()):
        (message,) = messages(screen)
        sent = await table.bot.call(
            "sendMessage", chat_id=table.marija.id, text=message.text, parse_mode="HTML",
            reply_markup=message.keyboard,
        )  # fmt: skip
        card = page.locator(f"[data-id='{sent['message_id']}']")
        await expect(card).to_be_visible()
        heights[message.text] = await card.evaluate(ANSWERS, count), await card.evaluate("(card) => card.offsetHeight")
    room = await page.locator(".log").first.evaluate("(log) => log.clientHeight")
    assert {text: height for text, (height, _) in heights.items() if height > room} == {}
    assert {text: height for text, (_, height) in heights.items() if height > SMALL["height"] - BARS} == {}
