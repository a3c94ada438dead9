"""Answers that are none of the Bot API's: nothing ends, nothing is lost, and what may have been sent is uncertain."""

import asyncio

import pytest
from telegram.error import NetworkError

from bot.telegram.intake.polling import Polling
from bot.telegram.introduction import insist
from bot.telegram.transport import NoAnswer, TelegramBot

ODD = ("", "<html>Prijavite se v omrežje</html>", "null", "[]", "{}", '{"ok":true}', '{"ok":true,"result":null}')
WRONG = {
    "getMe": ('{"ok":true,"result":true}', '{"ok":true,"result":{"id":"7"}}', '{"ok":false}'),
    "sendMessage": ('{"ok":true,"result":true}', '{"ok":true,"result":{"message_id":"7"}}'),
    "getFile": ('{"ok":true,"result":{"file_path":7}}', '{"ok":true,"result":[]}'),
    "getUpdates": ('{"ok":true,"result":{}}', '{"ok":true,"result":[{"message":{}}]}', '{"ok":true,"result":[7]}'),
    "sendPhoto": ('{"ok":true,"result":{"message_id":7}}',),
    "deleteMessage": ('{"ok":false}',),
}
CASES = [(method, answer) for method, answers in WRONG.items() for answer in (*ODD[:6], *answers)]


def asking(bot, method, chat):
    return {
        "getMe": bot.get_me,
        "sendMessage": lambda: bot.call("sendMessage", chat_id=chat, text="x"),
        "getFile": lambda: bot.download("x"),
        "getUpdates": lambda: bot.raw_updates(None, 0, ()),
        "sendPhoto": lambda: bot.send_photo(chat, b"\x89PNG\r\n\x1a\n"),
        "deleteMessage": lambda: bot.tell("deleteMessage", chat_id=chat, message_id=1),
    }[method]


async def test_an_answer_that_is_none_is_a_broken_line(telegram_bot, simulator):
    person = simulator.person()
    person.account.started = True
    for method, answer in CASES:
        simulator.faults.add(method, "answer", description=answer)
        with pytest.raises(NoAnswer):
            await asking(telegram_bot, method, person.id)()
    assert issubclass(NoAnswer, NetworkError)  # so that what was sent counts as uncertain
    simulator.problems.clear()


async def test_the_name_is_asked_until_it_is_one(simulator):
    simulator.faults.add("getMe", "answer", description="<html></html>")
    bot = TelegramBot(simulator.token, simulator.base_url, simulator.base_file_url)
    await bot.open()
    assert await insist(bot, asyncio.Event()) == simulator.username
    await bot.close_connections()


class Noted:
    """Takes updates and remembers them."""

    rest = 0.0

    def __init__(self, activity):
        self.activity, self.seen = activity, []

    def heard(self):
        pass

    def accept(self, raw):
        self.seen.append(raw["message"]["text"])
        done = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done


async def test_no_update_is_lost_behind_an_odd_answer(telegram_bot, services, simulator):
    await simulator.person().says("halo")
    for answer in (*ODD, *WRONG["getUpdates"]):
        simulator.faults.add("getUpdates", "answer", description=answer)
    noted = Noted(services.activity)
    polling = Polling(telegram_bot, noted, asyncio.Event(), sleep=lambda _: asyncio.sleep(0))
    while not noted.seen:
        await polling.step()
    assert noted.seen == ["halo"]
