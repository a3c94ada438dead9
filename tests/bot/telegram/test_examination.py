"""What `check --online` finds, asked of the stand-in."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.runtime.services import wall_clock
from bot.runtime.settings import Telegram
from bot.telegram.examination import examine
from bot.telegram.intake.problems import WebhookElsewhere, WrongToken

OURS = "https://bot.knjiznica.si/telegram"
WEBHOOK = {"mode": "webhook", "webhook_url": OURS, "webhook_secret": "skrivnost"}


@pytest.fixture
def ask(simulator):
    """Examines the stand-in's bot with these settings; gives problems and warnings."""

    async def ask(now=wall_clock, **settings):
        given = {"token": simulator.token, "base_url": simulator.base_url} | settings
        found = await examine(Telegram.model_validate(given), now)
        return list(found.problems), list(found.warnings)

    return ask


async def test_a_bot_that_is_as_configured_is_well_and_nothing_is_changed(ask, simulator):
    assert await ask(username="Povezujejo_Bot") == ([], [])
    assert [request.method for request in simulator.requests] == ["getMe", "getWebhookInfo"]


async def test_a_token_that_is_refused_is_told(ask):
    assert await ask(token="123456789:AAwrong") == ([str(WrongToken())], [])


async def test_that_telegram_cannot_be_asked_is_told(ask, simulator):
    simulator.faults.add("getMe", "server_error")
    assert await ask() == (
        ["Telegram cannot be asked: the Bot API answered 502. See that this machine reaches it."],
        [],
    )


async def test_a_name_that_is_another_bots_is_told(ask):
    [told], _ = await ask(username="knjiznica_bot")
    assert told.startswith("[telegram] username is knjiznica_bot, but the token is that of @povezujejo_bot: ")


@pytest.mark.parametrize(("minutes", "word"), [(5, "ahead of"), (-5, "behind")])
async def test_a_clock_that_goes_wrong_is_told(ask, minutes, word):
    [told], _ = await ask(lambda: wall_clock() + timedelta(minutes=minutes))
    seconds = int(told.removeprefix("The clock of this machine is ").partition(" ")[0])
    assert 200 < seconds <= 301  # the header has whole seconds
    assert f" seconds {word} Telegram's: " in told


@pytest.mark.parametrize("mode", [{}, WEBHOOK])
async def test_a_webhook_of_somebody_else_is_told(ask, simulator, mode):
    simulator.world.webhook.url = "https://other.example.si/skrito"
    assert await ask(**mode) == ([str(WebhookElsewhere("https://other.example.si"))], [])


async def test_what_the_next_start_does_to_the_webhook_is_told(ask, simulator):
    assert await ask(**WEBHOOK) == ([], ["Telegram knows no webhook of this bot: »povezujejo run« will set it."])
    simulator.world.webhook.url = OURS
    assert await ask(**WEBHOOK) == ([], [])
    assert await ask(webhook_url=OURS) == (
        [],
        ['A webhook is still set, and mode is "polling": »povezujejo run« will remove it.'],
    )


async def test_that_telegram_does_not_get_through_is_told_as_long_as_it_is_new(ask, simulator):
    at = datetime(2026, 11, 30, 4, 50, tzinfo=UTC)
    simulator.world.webhook.url = OURS
    simulator.world.webhook.last_error = "SSL error {certificate verify failed}"
    simulator.world.webhook.last_error_at = int(at.timestamp())
    told, _ = await ask(lambda: at + timedelta(minutes=10), **WEBHOOK)
    assert told[-1] == (
        "Telegram does not get through to the webhook, last at 2026-11-30 04:50 UTC: SSL error {certificate verify"
        " failed}; updates that wait there: 0."
        " See to the web server at https://bot.knjiznica.si and to the bot behind it."
    )
    told, _ = await ask(lambda: at + timedelta(hours=2), **WEBHOOK)
    assert [one for one in told if "get through" in one] == []


async def test_rights_that_a_bot_does_not_need_are_told(ask, simulator):
    simulator.world.profile.joins_groups = simulator.world.profile.reads_groups = True
    groups, privacy = (await ask())[1]
    assert groups == (
        "The bot may be added to groups, which it only leaves: see @BotFather, Bot Settings, Allow Groups, Turn off."
    )
    assert privacy == (
        "The bot may read all messages of groups, which it does not need:"
        " see @BotFather, Bot Settings, Group Privacy, Turn on."
    )
