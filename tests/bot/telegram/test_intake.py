import asyncio
import contextlib
import io
import json
import logging

import aiohttp
import pytest
from sqlalchemy import select

from bot.conversation.arrivals import Tap
from bot.routing import Dispatcher
from bot.telegram.card_state import CardStates
from bot.telegram.edge import Edge
from bot.telegram.intake.polling import Polling
from bot.telegram.intake.problems import AddressTaken, AnotherBot, WebhookElsewhere, WebhookRefused, WrongToken
from bot.telegram.intake.receiver import ALLOWED_UPDATES, Receiver
from bot.telegram.intake.webhook import SECRET_HEADER, Webhook
from bot.telegram.intake.webhook_watch import WebhookState
from bot.telegram.limiter import Limiter
from bot.telegram.outbox import Outbox
from bot.telegram.transport import TelegramBot
from bot.texts.slovene import participant as words
from storage.engine.errors import StorageError
from storage.schema import handled_update
from tests.plugins.processes import free_port


class Room(Dispatcher):
    """A receiver and a router that a test can hold up or break, and what it did."""

    def __init__(self, services, bot):
        super().__init__(services)
        self.services, self.bot = services, bot
        self.stop = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()
        self.seen, self.slept = [], []
        self.broken = {}  # text → exceptions to raise, one after the other
        self.edge = Edge(bot, services, Limiter(), unreachable=self.lost, card_states=CardStates(services.database))
        self.outbox = Outbox(self.edge)
        self.receiver = Receiver(
            services,
            self.edge,
            self.outbox,
            self,
            on_due=self.due,
            on_soon=self.soon,
            sleep=self.sleep,
        )

    async def lost(self, _chat):
        raise AssertionError("nobody blocks the bot here")

    async def due(self):
        raise AssertionError("nothing becomes due here")

    def soon(self):
        raise AssertionError("nothing is ordered here")

    async def sleep(self, seconds):
        self.slept.append(seconds)

    async def handle(self, arrival):
        asked = arrival.asked
        said = asked.action if isinstance(asked, Tap) else asked.text
        self.seen.append(said)
        await self.open.wait()
        if self.broken.get(said):
            raise self.broken[said].pop(0)
        return await super().handle(arrival)

    async def marked(self):
        def read(connection):
            return sorted(map(int, connection.execute(select(handled_update.c.key)).scalars()))

        return await self.services.database.read(read)

    async def ends(self):
        self.open.set()
        self.stop.set()
        await self.receiver.close(5)
        await self.outbox.close(5)
        await self.edge.close()


@pytest.fixture
async def room(services, telegram_bot):
    made = Room(services, telegram_bot)
    yield made
    await made.ends()


@pytest.fixture
def polling(room):
    return Polling(room.bot, room.receiver, room.stop, sleep=room.sleep)


@contextlib.asynccontextmanager
async def at_work(intake, stop):
    """The intake runs until the block ends; what it raises is raised here."""
    task = asyncio.create_task(intake.run())
    yield task
    stop.set()
    await task


async def until(condition):
    for _ in range(1000):
        if condition():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("waited in vain")


def waiting(simulator):
    """Ids of the updates that Telegram still keeps for the bot."""
    return [update.update_id for update in simulator.world.updates.pending]


async def test_a_batch_is_confirmed_only_after_all_of_it_is_committed(room, polling, simulator):
    ana, bor = simulator.person("Ana"), simulator.person("Bor")
    await ana.says("/start")
    await bor.says("/pomoc")
    ids = waiting(simulator)
    room.open.clear()
    async with at_work(polling, room.stop):
        await until(lambda: len(room.seen) == 2)
        assert (waiting(simulator), await room.marked()) == (ids, [])
        room.open.set()
        await until(lambda: waiting(simulator) == [])
        assert await room.marked() == ids


async def test_what_was_not_confirmed_comes_again_and_changes_nothing(room, polling, simulator):
    ana = simulator.person("Ana")
    await ana.says("/start")
    await polling.step()
    again = Polling(room.bot, room.receiver, room.stop)
    await again.step()
    await room.outbox.drain()
    assert room.seen == ["/start", "/start"]
    assert len(await room.marked()) == 1
    assert len([message for message in ana.messages if message.by_bot]) == 1


async def test_the_last_batch_is_confirmed_on_leaving(room, polling, simulator):
    await simulator.person().says("/start")
    await polling.step()
    assert len(waiting(simulator)) == 1
    await polling.close()
    assert waiting(simulator) == []


async def test_leaving_without_a_network_is_no_trouble(room, polling, simulator):
    await simulator.person().says("/start")
    await polling.step()
    await simulator.goes_down()
    await polling.close()
    assert len(waiting(simulator)) == 1


async def test_messages_of_one_person_are_handled_in_order_and_people_side_by_side(room, polling, simulator):
    ana, bor = simulator.person("Ana"), simulator.person("Bor")
    for person, said in ((ana, "ena"), (ana, "dve"), (bor, "bor")):
        await person.says(said)
    room.open.clear()
    async with at_work(polling, room.stop):
        await until(lambda: len(room.seen) == 2)
        assert room.seen == ["ena", "bor"]
        room.open.set()
        await until(lambda: waiting(simulator) == [])
        assert room.seen == ["ena", "bor", "dve"]


async def test_sending_does_not_hold_the_intake(room, polling, simulator):
    ana = simulator.person("Ana")
    simulator.faults.add("sendMessage", "hang", seconds=0.5)
    await ana.says("/start")
    async with at_work(polling, room.stop):
        await until(lambda: waiting(simulator) == [])
        await ana.says("/pomoc")
        await until(lambda: len(room.seen) == 2)


async def test_an_update_that_fails_for_a_moment_is_tried_again(room, polling, simulator):
    room.broken["halo"] = [RuntimeError("Marija Novak"), StorageError("Marija Novak")]
    ana = simulator.person("Ana")
    await ana.says("halo")
    await polling.step()
    await room.outbox.drain()
    assert (room.seen, room.slept) == (["halo"] * 3, [0.1, 0.5])
    assert len(await room.marked()) == 1
    assert ana.screen.by_bot


async def test_a_poisoned_update_is_given_up_and_the_house_lives_on(room, polling, simulator, caplog):
    room.broken["strup"] = [RuntimeError("Marija Novak") for _ in range(9)]
    ana, bor = simulator.person("Ana"), simulator.person("Bor")
    await ana.says("strup")
    await bor.says("/pomoc")
    ids = waiting(simulator)
    while waiting(simulator):
        await polling.step()
        await polling.close()
    assert await room.marked() == ids
    assert {record.getMessage().split(" at ")[0] for record in caplog.records} >= {
        "an update could not be handled: RuntimeError",
        "an update was given up",
    }
    assert "Marija" not in caplog.text
    assert "strup" not in caplog.text
    await room.outbox.drain()
    assert ana.screen.text.startswith(words.writing.COULD_NOT_TAKE + "\n\nPozdravljeni!")


async def test_a_tap_that_is_given_up_is_answered(room, polling, simulator):
    ana = simulator.person("Ana")
    ana.account.started = True
    sent = simulator.world.add(ana.id, by_bot=True, text="Izbira")
    room.broken["strup"] = [RuntimeError() for _ in range(9)]
    await ana.taps_data(sent.id, "strup")
    await simulator.person("Bor").says("/pomoc")
    await polling.step()
    await polling.step()
    await room.outbox.drain()
    assert (ana.unanswered, [toast.text for toast in ana.toasts]) == (0, [None])
    assert ana.screen.text.startswith(words.writing.COULD_NOT_TAKE + "\n\nPozdravljeni!")


async def test_what_the_database_does_not_take_stays_with_telegram(room, polling, simulator, caplog):
    await simulator.person().says("/start")
    await room.services.database.close()
    await polling.step()
    await polling.close()
    assert len(waiting(simulator)) == 1
    told = [record.getMessage() for record in caplog.records]
    assert [one for one in told if not one.startswith("the language of a chat")] == [  # whoever is told of it so early
        "what comes in waits, since the database takes nothing: The database is closed.",
        "updates stay with Telegram, since they cannot be taken",
    ]


async def test_an_update_that_fails_while_nothing_else_comes_through_is_not_given_up(room, polling, simulator, caplog):
    room.broken["strup"] = [RuntimeError() for _ in range(99)]
    ana, bor = simulator.person("Ana"), simulator.person("Bor")
    await ana.says("strup")
    await bor.says("strup")
    await polling.step()
    await polling.close()
    assert (await room.marked(), len(waiting(simulator)), room.seen) == ([], 2, ["strup"] * 8)
    await bor.says("/pomoc")
    while waiting(simulator):
        await polling.step()
        await polling.close()
    assert len(await room.marked()) == 3
    assert [record.getMessage() for record in caplog.records].count("an update was given up") == 2
    await room.outbox.drain()


async def test_an_update_that_cannot_be_read_does_not_stop_the_others(room, polling, simulator):
    ana, bor = simulator.person("Ana"), simulator.person("Bor")
    await ana.says("/start")
    await bor.says("/pomoc")
    simulator.world.updates.pending[0].body["chat"] = 5
    await polling.step()
    await room.outbox.drain()
    assert room.seen == ["/pomoc"]
    assert [one.by_bot for one in ana.messages] == [False]
    assert len(await room.marked()) == 2


async def test_the_second_bot_leaves_and_the_first_one_stays(room, telegram_bot, simulator, caplog):
    moment = [0.0]
    first = Polling(telegram_bot, room.receiver, room.stop, clock=lambda: moment[0])
    second = Polling(telegram_bot, room.receiver, asyncio.Event())
    async with at_work(first, room.stop):
        await until(lambda: simulator.desk.poller.waiting is not None)
        moment[0] = 60.0
        with pytest.raises(AnotherBot, match=r"^Another bot is already running with this token\. Stop it, "):
            await second.run()
        await simulator.person().says("/start")
        await until(lambda: room.seen == ["/start"])
    assert {record.getMessage() for record in caplog.records} == {
        "another bot polls with this token: one of the two must be stopped",
        "this is over, the bot goes on",
    }


@pytest.mark.parametrize("allowed", [{"webhook_url": "https://old.example.si/skrito"}, {"take_over": True}])
async def test_a_webhook_of_an_earlier_life_is_taken_away_and_what_waits_there_is_kept(room, simulator, allowed):
    simulator.world.webhook.url = "https://old.example.si/skrito"
    await simulator.person().says("/start")
    await Polling(room.bot, room.receiver, room.stop, **allowed).step()
    assert simulator.world.webhook.url == ""
    assert room.seen == ["/start"]


@pytest.mark.parametrize("own", ["", "https://bot.example.si/"])
async def test_a_webhook_of_somebody_else_is_left_where_it_is(room, simulator, own):
    simulator.world.webhook.url = "https://user:word@old.example.si:8443/skrito"
    await simulator.person().says("/start")
    with pytest.raises(WebhookElsewhere) as refused:
        await Polling(room.bot, room.receiver, room.stop, webhook_url=own).run()
    assert str(refused.value) == (
        "Telegram brings this bot's messages to a webhook at https://old.example.si:8443, which is not the webhook_url"
        " of this configuration. If another bot is at work there, use a token of your own; to take its place:"
        " povezujejo run --take-over"
    )
    assert simulator.world.webhook.url == "https://user:word@old.example.si:8443/skrito"
    assert [request.method for request in simulator.requests] == ["getWebhookInfo"]


async def test_a_webhook_that_somebody_sets_meanwhile_is_told(room, telegram_bot, simulator, caplog):
    moment = [0.0]
    polling = Polling(telegram_bot, room.receiver, room.stop, clock=lambda: moment[0], sleep=room.sleep)
    await polling.step()
    moment[0] = 60.0
    simulator.world.webhook.url = "https://other.example.si/"
    await polling.step()
    assert caplog.records[-1].getMessage() == (
        "another bot has set a webhook for this token: one of the two must be stopped"
    )


async def test_a_token_that_telegram_does_not_know_is_told_in_one_sentence(room, simulator):
    bot = TelegramBot("1:A", simulator.base_url, simulator.base_file_url)
    await bot.open()
    with pytest.raises(WrongToken, match=r"^Telegram does not accept the bot's token\. Copy it again "):
        await Polling(bot, room.receiver, room.stop).run()
    await bot.close_connections()


async def test_without_a_network_the_bot_waits_longer_each_time_says_so_once_and_goes_on(
    room, polling, simulator, caplog
):
    await simulator.goes_down()
    for _ in range(8):
        await polling.step()
    assert room.slept == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    await simulator.comes_up()
    await simulator.person().says("/start")
    await polling.step()
    assert room.seen == ["/start"]
    assert [record.getMessage() for record in caplog.records] == [
        "no connection to Telegram, waiting for it: no connection to the Bot API (ClientConnectorError)",
        "this is over, the bot goes on",
    ]


async def test_a_pause_that_telegram_asks_for_is_kept(room, polling, simulator):
    await polling.step()
    simulator.faults.add("getUpdates", "too_many", seconds=17)
    await polling.step()
    assert room.slept == [17.0]


async def test_stopping_ends_a_long_poll_at_once(room, polling, simulator):
    task = asyncio.create_task(polling.run())
    await until(lambda: simulator.desk.poller.waiting is not None)
    room.stop.set()
    await task


async def test_a_commit_that_takes_too_long_does_not_hold_up_the_end(room, polling, simulator, monkeypatch):
    monkeypatch.setattr("bot.telegram.intake.polling._LAST_COMMITS_SECONDS", 0.01)
    await simulator.person().says("/start")
    room.open.clear()
    task = asyncio.create_task(polling.run())
    await until(lambda: room.seen == ["/start"])
    room.stop.set()
    await task
    await polling.close()
    assert len(waiting(simulator)) == 1


async def test_who_is_waiting_to_be_ready_is_told_once(room, polling, simulator):
    told = []
    task = asyncio.create_task(polling.run(lambda: told.append("ready")))
    await until(lambda: simulator.desk.poller.waiting is not None)
    await simulator.person().says("/start")
    await until(lambda: waiting(simulator) == [])
    room.stop.set()
    await task
    assert told == ["ready"]


# The webhook


@pytest.fixture
async def webhook(room, settings):
    port = free_port()
    changes = {
        "mode": "webhook",
        "webhook_url": f"http://127.0.0.1:{port}/telegram",
        "webhook_port": port,
        "webhook_secret": "skrivnost",
    }
    telegram = type(settings.telegram).model_validate(settings.telegram.model_dump() | changes)
    made = Webhook(room.bot, room.receiver, room.stop, telegram, sleep=room.sleep)
    yield made
    await made.close()


async def post(webhook, body, secret="skrivnost"):
    async with (
        aiohttp.ClientSession() as session,
        session.post(webhook._settings.webhook_url, data=io.BytesIO(body), headers={SECRET_HEADER: secret}) as response,
    ):
        return response.status


async def test_a_webhook_is_announced_and_updates_come_through_it(room, webhook, simulator):
    ana = simulator.person("Ana")
    await ana.says("/start")
    async with at_work(webhook, room.stop):
        await until(lambda: waiting(simulator) == [])
        await ana.says("/pomoc")
        await until(lambda: room.seen == ["/start", "/pomoc"])
    asked, announced = simulator.requests[:2]
    assert asked.method == "getWebhookInfo"
    assert (announced.method, announced.params) == (
        "setWebhook",
        {
            "url": webhook._settings.webhook_url,
            "secret_token": "skrivnost",
            "allowed_updates": list(ALLOWED_UPDATES),
            "max_connections": 100,
        },
    )


async def test_the_webhook_says_200_only_after_the_commit(room, webhook):
    await webhook.listen()
    room.open.clear()
    answer = asyncio.create_task(post(webhook, UPDATE))
    await until(lambda: room.seen == ["/start"])
    assert (answer.done(), await room.marked()) == (False, [])
    room.open.set()
    assert await answer == 200
    assert await room.marked() == [5]


async def test_a_webhook_with_a_wrong_secret_is_refused(room, webhook):
    await webhook.listen()
    assert [await post(webhook, UPDATE, secret) for secret in ("", "skrivnosz", "čšž")] == [403, 403, 403]
    assert room.seen == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"{}",
        b'{"update_id": "x"}',
        b"\xff",
        b'{"update_id": 1e999}',
        b'{"update_id": 1.5}',
        b'{"update_id": 99999999999999999999}',
        b"[" * 1_000_000,
        b'{"update_id": 6, "message": ' + b'{"a":' * 150_000 + b"1" + b"}" * 150_002,
    ],
)
async def test_what_is_no_update_is_refused(room, webhook, body):
    await webhook.listen()
    assert await post(webhook, body) == 400
    assert room.seen == []


async def test_an_update_of_a_megabyte_is_answered_once_and_the_next_one_is_served(room, webhook, caplog):
    await webhook.listen()
    user = {"id": 7, "is_bot": False, "first_name": "A", "language_code": "s" * 100_000}
    chat = {"id": 7, "type": "private"}
    text = "a" * 900_000
    huge = {"update_id": 8, "message": {"message_id": 1, "date": 1, "chat": chat, "from": user, "text": text}}
    halves = {"update_id": 9, "message": huge["message"] | {"message_id": 2, "text": "\ud83d Ana \udc00"}}
    nested = {"update_id": 10, "message": huge["message"] | {"message_id": 3, "text": "/pomoc"}}
    deep = json.dumps(nested).replace(
        '"message_id": 3', '"message_id": 3, "reply_to_message": ' + '{"a":' * 500 + "1" + "}" * 500
    )
    assert [await post(webhook, json.dumps(one).encode()) for one in (huge, halves)] == [200, 200]
    assert await post(webhook, deep.replace("s" * 100_000, "sl").encode()) == 200
    assert await post(webhook, b" " * (1 << 20) + UPDATE) == 413
    assert await post(webhook, UPDATE) == 200
    assert room.seen == ["a" * 4096, "? Ana ?", "/pomoc", "/start"]
    assert [one for one in caplog.records if one.name.startswith("bot.telegram.intake")] == []


async def test_the_webhook_asks_for_a_repetition_when_the_database_fails(room, webhook):
    await webhook.listen()
    await room.services.database.close()
    assert await post(webhook, UPDATE) == 503


async def test_a_commit_goes_on_when_telegram_hangs_up(room, webhook):
    await webhook.listen()
    room.open.clear()
    answer = asyncio.create_task(post(webhook, UPDATE))
    await until(lambda: room.seen == ["/start"])
    answer.cancel()
    room.open.set()
    await room.receiver.close(5)
    assert await room.marked() == [5]


async def test_an_address_that_telegram_refuses_is_told_in_one_sentence(room, webhook, simulator):
    simulator.faults.add("setWebhook", "refused", status=400, description="Bad Request: bad webhook: no such host")
    with pytest.raises(WebhookRefused, match=r"^Telegram does not accept the webhook address: Bad webhook: no such"):
        await webhook.run()


async def test_a_port_that_is_taken_is_told_in_one_sentence(room, webhook):
    await webhook.listen()
    second = Webhook(room.bot, room.receiver, room.stop, webhook._settings)
    with pytest.raises(AddressTaken, match=r"^Nothing can listen on 127\.0\.0\.1:\d+\. Free it, or change "):
        await second.run()
    await second.close()


async def test_a_webhook_is_announced_as_soon_as_there_is_a_network(room, webhook, simulator, caplog):
    simulator.faults.add("setWebhook", "server_error")
    simulator.faults.add("setWebhook", "too_many", seconds=9)
    with caplog.at_level(logging.INFO):
        async with at_work(webhook, room.stop):
            await until(lambda: simulator.world.webhook.url != "")
            await asyncio.sleep(0.05)
    assert room.slept == [0.5, 9.0]
    assert [record.getMessage() for record in caplog.records if record.name.startswith("bot")] == [
        "no connection to Telegram, waiting for it: the Bot API answered 502",
        "Telegram asks the bot to wait",
        "this is over, the bot goes on",
    ]


async def test_a_webhook_with_a_wrong_token_is_told(room, webhook, simulator):
    bot = TelegramBot("1:A", simulator.base_url, simulator.base_file_url)
    await bot.open()
    intake = Webhook(bot, room.receiver, room.stop, webhook._settings)
    with pytest.raises(WrongToken):
        await intake.run()
    await intake.close()
    await bot.close_connections()


@pytest.fixture
async def watched(room, webhook, simulator, caplog):
    """A webhook that is set, whose minutes pass when the test says so, and what it says."""
    minutes = [0.0]
    made = Webhook(room.bot, room.receiver, room.stop, webhook._settings, clock=lambda: 60 * minutes[0])
    await made.announce()

    async def a_minute_later():
        minutes[0] += 1
        before = len(caplog.records)
        await made.keep()
        assert room.services.activity.webhook_state == made.watch.state
        return made.watch.state, [record.getMessage() for record in caplog.records[before:]]

    made.a_minute_later = a_minute_later
    assert await a_minute_later() == (WebhookState.OURS, [])
    simulator.requests.clear()
    return made


async def test_telegram_is_asked_for_the_webhook_once_a_minute_and_not_in_every_tick(watched, simulator):
    for _ in range(4):
        await watched.keep()
    assert simulator.requests == []
    await watched.a_minute_later()
    assert [request.method for request in simulator.requests] == ["getWebhookInfo"]


@pytest.mark.parametrize(
    ("there", "told"),
    [("", "somebody has taken it away"), ("https://b.si/skrito", "another bot has set it to https://b.si")],
)
async def test_a_webhook_that_is_gone_is_set_again_and_told(room, watched, simulator, there, told):
    simulator.world.webhook.url, simulator.world.webhook.secret = there, ""
    assert await watched.a_minute_later() == (
        WebhookState.OURS,
        [f"the webhook is lost, and is set again: {told}", "the webhook is in order again"],
    )
    assert (simulator.world.webhook.url, simulator.world.webhook.secret) == (watched._settings.webhook_url, "skrivnost")
    assert room.services.activity.webhook_lost == 1


async def test_a_webhook_that_cannot_be_set_again_stays_lost_until_it_can(room, watched, simulator):
    simulator.world.webhook.url = ""
    simulator.faults.add("setWebhook", "server_error")
    state, told = await watched.a_minute_later()
    assert (state, told[1:]) == (
        WebhookState.LOST,
        ["the webhook cannot be looked after: the Bot API answered 502"],
    )
    assert (await watched.a_minute_later())[0] is WebhookState.OURS
    assert (simulator.world.webhook.url, room.services.activity.webhook_lost) == (watched._settings.webhook_url, 1)


async def test_while_telegram_cannot_be_asked_nobody_knows_how_the_webhook_stands(watched, simulator):
    simulator.faults.add("getWebhookInfo", "server_error", times=2)
    words = "the webhook cannot be looked after: the Bot API answered 502"
    assert await watched.a_minute_later() == (WebhookState.UNKNOWN, [words])
    assert await watched.a_minute_later() == (WebhookState.UNKNOWN, [])
    assert await watched.a_minute_later() == (WebhookState.OURS, ["the webhook is in order again"])


async def test_a_webhook_to_which_telegram_does_not_get_through_is_told(room, watched, simulator, webhook):
    simulator.courier.delay = lambda _failures: 0.01
    await simulator.person().says("/start")
    await until(lambda: simulator.world.webhook.last_error is not None)
    words = "Telegram does not get through to the webhook: Connection failed"
    assert await watched.a_minute_later() == (WebhookState.FAILING, [words])
    await webhook.listen()
    await until(lambda: waiting(simulator) == [])
    assert room.seen == ["/start"]
    simulator.world.webhook.last_error_at = watched.watch._failed_at
    assert await watched.a_minute_later() == (WebhookState.OURS, ["the webhook is in order again"])


async def test_a_webhook_of_somebody_else_is_not_replaced_at_the_start(room, webhook, simulator):
    simulator.world.webhook.url = "https://old.example.si/"
    with pytest.raises(WebhookElsewhere, match=r"^Telegram brings this bot's messages to a webhook at https://old\."):
        await webhook.announce()
    assert simulator.world.webhook.url == "https://old.example.si/"
    await Webhook(room.bot, room.receiver, room.stop, webhook._settings, take_over=True).announce()
    assert simulator.world.webhook.url == webhook._settings.webhook_url


UPDATE = b"""{"update_id": 5, "message": {"message_id": 1, "date": 1, "text": "/start",
 "chat": {"id": 7, "type": "private", "first_name": "A"}, "from": {"id": 7, "is_bot": false, "first_name": "A"}}}"""
