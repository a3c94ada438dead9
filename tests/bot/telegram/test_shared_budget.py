"""Two processes on one PostgreSQL keep Telegram's rate together, against a stand-in that refuses what is too fast."""

import asyncio
from dataclasses import replace
from itertools import pairwise

import pytest
from sqlalchemy import event, select, text
from telegram.error import RetryAfter

from bot import app
from bot.runtime.settings import DatabaseSettings
from bot.telegram.limiter import Limiter, Rates, shared_budget
from bot.telegram.transport import TelegramBot
from storage.engine.database import Database
from storage.schema import send_budget

MANY = 50  # of each process: without a common budget the 68th of all is refused


@pytest.fixture
async def budgets(postgresql_url):
    both = [shared_budget(postgresql_url) for _ in range(2)]
    yield both
    for one in both:
        await one.close()


@pytest.fixture
async def bots(simulator):
    both = [TelegramBot(simulator.token, simulator.base_url, simulator.base_file_url) for _ in range(2)]
    for one in both:
        await one.open()
    yield both
    for one in both:
        await one.close_connections()


async def test_two_processes_together_are_never_too_fast(simulator, budgets, bots):
    people = [simulator.person() for _ in range(2 * MANY)]
    for person in people:
        person.account.started = True
    refused = []

    async def write(bot, limiter, person, bulk):
        await limiter.admit(person.id, bulk=bulk)
        try:
            await bot.call("sendMessage", chat_id=person.id, text="Vabilo")
        except RetryAfter as error:
            refused.append(error)

    limiters = [Limiter(shared=budget) for budget in budgets]
    sending = [
        write(bots[number % 2], limiters[number % 2], person, number % 4 < 2) for number, person in enumerate(people)
    ]
    await asyncio.gather(*sending)
    assert refused == []
    assert [len(person.messages) for person in people] == [1] * len(people)


async def test_a_bot_on_postgresql_keeps_the_rate_with_the_others(settings, services, simulator, postgresql_url):
    shared = settings.model_copy(update={"database": DatabaseSettings(url=postgresql_url)})
    database = Database.open(postgresql_url)
    stop, ana = asyncio.Event(), simulator.person("Ana")
    elsewhere = replace(services, settings=shared, database=database)
    running = asyncio.create_task(app.serve(elsewhere, stop, deliver=lambda *_: asyncio.sleep(0, 0)))
    await ana.says("/start")
    await ana.waits()
    stop.set()
    await running
    taken = await database.read(lambda connection: connection.execute(select(send_budget.c.free_at)).scalars().all())
    await database.close()
    assert len(taken) == 1


async def test_whoever_waits_in_one_process_is_served_by_few_statements(budgets):
    budget, asked = budgets[0], []

    def hears(_connection, _cursor, _statement, parameters, *_):
        asked.append(round(parameters["seconds"] * Rates().overall))

    event.listen(budget._statements._engine.sync_engine, "before_cursor_execute", hears)
    places = await asyncio.gather(*(budget.place() for _ in range(20)))
    assert asked in ([9, 9, 2 + 1], [9, 9, 2 + 5])  # and what is taken ahead
    gaps = [after - before for before, after in pairwise(places)]
    assert gaps[:8] + gaps[9:17] + gaps[18:] == pytest.approx([1 / Rates().overall] * 17)


async def test_a_reply_in_quiet_hours_waits_for_no_statement(budgets):
    budget, _ = budgets
    await budget.place()
    await budget._asking  # which takes one ahead
    ready = asyncio.create_task(budget.place())
    await asyncio.sleep(0)
    assert ready.done()


async def test_who_does_not_wait_any_more_holds_nobody_up(budgets):
    budget, other = budgets
    gone = asyncio.create_task(budget.place())
    await asyncio.sleep(0)
    gone.cancel()
    assert await budget.place() > 0
    assert await other.place() > 0


async def test_a_rest_that_telegram_asks_for_is_every_processs(budgets):
    first, second = (Limiter(shared=budget) for budget in budgets)
    before = await budgets[1].place()
    first.refused("ana", 40)
    assert await budgets[1].place() < before + 20  # one chat alone
    first.refused("bor", 40)
    await asyncio.gather(*budgets[0]._resting)
    for _ in range(3):  # what it has taken ahead is of before
        last = await budgets[1].place()
    assert last > before + 20
    assert second._shared is budgets[1]


async def test_without_its_database_a_process_sends_at_a_quarter_of_the_rate(budgets, caplog):
    budget, _ = budgets
    await budget._statements.run(lambda c: c.execute(text("ALTER TABLE send_budget RENAME TO gone")).rowcount)
    places = await asyncio.gather(*(budget.place() for _ in range(12)))
    gaps = [after - before for before, after in pairwise(places)]
    assert gaps == pytest.approx([4 / Rates().overall] * 11)
    await budget._statements.run(lambda c: c.execute(text("ALTER TABLE gone RENAME TO send_budget")).rowcount)
    await asyncio.gather(*(budget.place() for _ in range(8)))
    assert [record.getMessage() for record in caplog.records] == [
        "the rate is not kept together: the database does not answer, so each bot sends more slowly",
        "the rate is kept together again",
    ]
