"""Updates pushed to the bot: secret, lanes, retries, several processes in turn."""

import asyncio
import contextlib

import pytest
from aiohttp import web

SECRET = "X-Telegram-Bot-Api-Secret-Token"


class Receiver:
    """A bot's webhook; `answers` scripts what it says, then it says 200."""

    def __init__(self):
        self.got = []
        self.answers = []
        self.held = {}
        self.arrived = asyncio.Condition()

    async def take(self, request):
        update = await request.json()
        async with self.arrived:
            self.got.append((request.headers.get(SECRET), update))
            self.arrived.notify_all()
        for key, gate in self.held.items():
            if key in update:
                await gate.wait()
        return self.answers.pop(0) if self.answers else web.Response()

    async def has(self, number):
        async with self.arrived:
            await asyncio.wait_for(self.arrived.wait_for(lambda: len(self.got) >= number), 5)
        return [self.words(update) for _, update in self.got]

    @staticmethod
    def words(update):
        return update.get("message", {}).get("text") or update["callback_query"]["data"]


@contextlib.asynccontextmanager
async def listening(receiver):
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


@pytest.fixture
async def hook(bot):
    receiver = Receiver()
    bot.simulator.courier.delay = lambda _: 0.01
    async with listening(receiver) as url:
        assert await bot("setWebhook", url=url, secret_token="s-3_cret") is True
        yield receiver


async def test_updates_come_with_the_secret_and_are_confirmed_by_200(hook, bot, simulator, until):
    await simulator.person().says("Živjo")
    assert await hook.has(1) == ["Živjo"]
    assert [secret for secret, _ in hook.got] == ["s-3_cret"]
    await until(lambda: not simulator.world.updates.pending)
    info = await bot("getWebhookInfo")
    assert (info["pending_update_count"], info["max_connections"]) == (0, 40)


async def test_what_is_not_accepted_comes_again_before_what_follows(hook, bot, simulator):
    hook.answers = [web.Response(status=500), web.Response(status=503)]
    ana = simulator.person("Ana")
    await ana.says("ena")
    await ana.says("dve")
    assert await hook.has(4) == ["ena", "ena", "ena", "dve"]
    info = await bot("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"


async def test_retry_after_is_honoured(hook, simulator, until):
    hook.answers = [web.Response(status=503, headers={"Retry-After": "3600"})]
    ana, eva = simulator.person("Ana"), simulator.person("Eva")
    await ana.says("ana")
    await hook.has(1)
    await eva.says("eva")
    assert await hook.has(2) == ["ana", "eva"]
    await until(lambda: len(simulator.world.updates.pending) == 1)
    assert [update.body["text"] for update in simulator.world.updates.pending] == ["ana"]


async def test_a_text_and_a_tap_of_one_person_go_on_different_lanes(hook, simulator):
    hook.held["message"] = asyncio.Event()
    ana = simulator.person("Ana")
    await ana.says("ena")
    await ana.says("dve")
    await ana.taps_data(1, "tap")
    assert sorted(await hook.has(2)) == ["ena", "tap"]
    hook.held["message"].set()
    assert sorted(await hook.has(3)) == ["dve", "ena", "tap"]


async def test_a_slow_bot_gets_the_update_again(hook, simulator, until):
    simulator.courier.timeout = 0.1
    hook.held["message"] = asyncio.Event()
    await simulator.person().says("Živjo")
    assert await hook.has(2) == ["Živjo", "Živjo"]
    assert simulator.world.webhook.last_error == "Read timeout expired"
    hook.held["message"].set()
    await until(lambda: not simulator.world.updates.pending)


async def test_two_processes_share_the_deliveries(hook, simulator):
    other = Receiver()
    async with listening(other) as url:
        simulator.webhook_targets = [simulator.world.webhook.url, url]
        ana = simulator.person("Ana")
        for n in range(4):
            await ana.says(str(n))
        assert (await hook.has(2), await other.has(2)) == (["0", "2"], ["1", "3"])


async def test_what_waited_is_delivered_when_the_webhook_is_set(bot, simulator, marija):
    receiver = Receiver()
    async with listening(receiver) as url:
        await bot("setWebhook", url=url)
        assert await receiver.has(1) == ["/start"]
        assert receiver.got[0][0] is None


async def test_pending_updates_can_be_dropped(bot, simulator, marija):
    await bot("deleteWebhook", drop_pending_updates=True)
    assert (await bot("getWebhookInfo"))["pending_update_count"] == 0


async def test_an_unreachable_address_is_reported(bot, simulator, marija, until):
    simulator.courier.delay = lambda _: 0.01
    await bot("setWebhook", url="http://127.0.0.1:9/")
    await until(lambda: simulator.world.webhook.last_error is not None)
    info = await bot("getWebhookInfo")
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection failed", 1)
