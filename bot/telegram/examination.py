"""What Telegram says of a bot, held against its configuration: all that is wrong, in sentences. Changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from telegram.error import InvalidToken, TelegramError

from bot.runtime.settings import Telegram
from bot.telegram.intake.problems import WebhookElsewhere, WrongToken
from bot.telegram.transport import TelegramBot
from bot.telegram.webhook_info import WebhookInfo, ask_webhook

_SKEW = timedelta(seconds=10)  # the header has whole seconds, and a slow line takes some
_LATELY = timedelta(hours=1)  # a failure of before may be over


@dataclass(frozen=True, slots=True)
class Examined:
    """What is wrong, and what is worth knowing; `name` is the bot's, where Telegram said it."""

    name: str
    problems: tuple[str, ...]
    warnings: tuple[str, ...] = ()


async def examine(settings: Telegram, now: Callable[[], datetime]) -> Examined:
    """Ask Telegram who the bot is and where its messages go. `now` is this machine's clock, aware."""
    bot = TelegramBot(settings.token, settings.base_url, settings.file_url)
    await bot.open()
    try:
        asked = now()
        me = dict(await bot.call("getMe"))
        answered = now()
        webhook = await ask_webhook(bot)
    except InvalidToken:
        return Examined("", (str(WrongToken()),))
    except (LookupError, TypeError, ValueError):
        return Examined("", ("What answers at [telegram] base_url is no Bot API: correct it, or take it out.",))
    except TelegramError as problem:
        return Examined("", (f"Telegram cannot be asked: {problem.message}. See that this machine reaches it.",))
    finally:
        await bot.close_connections()
    problems = (*_name(settings, me), *_clock(bot.answered_at, asked, answered), *_webhook(settings, webhook, answered))
    return Examined(str(me.get("username", "")), problems, (*_rights(me), *_coming(settings, webhook)))


def _name(settings: Telegram, me: dict[str, Any]) -> Iterator[str]:
    name = str(me.get("username", ""))
    if settings.username and settings.username.casefold() != name.casefold():
        yield (
            f"[telegram] username is {settings.username}, but the token is that of @{name}: links and cards would lead"
            " to another bot. Correct the one that is wrong."
        )


def _clock(header: str, asked: datetime, answered: datetime) -> Iterator[str]:
    """How far this machine's clock is from the server's, which answered between the two moments."""
    try:
        there = parsedate_to_datetime(header).astimezone(UTC)
    except ValueError:  # a server in between that says no time, or none that can be read
        return
    for behind, word in ((there - answered, "behind"), (asked - there, "ahead of")):
        if behind > _SKEW:
            yield (
                f"The clock of this machine is {behind.total_seconds():.0f} seconds {word} Telegram's: messages would"
                " go out at a wrong moment. Have it set by the network: timedatectl set-ntp true"
            )


def _webhook(settings: Telegram, found: WebhookInfo, now: datetime) -> Iterator[str]:
    if found.url and found.url != settings.webhook_url:
        yield str(WebhookElsewhere(found.place))
    elif found.url and found.failed_at > (now - _LATELY).timestamp():
        yield (
            f"Telegram does not get through to the webhook, last at {_at(found.failed_at)}: {found.failure}; updates"
            f" that wait there: {found.waiting}. See to the web server at {found.place} and to the bot behind it."
        )


def _at(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d %H:%M} UTC"


def _coming(settings: Telegram, found: WebhookInfo) -> Iterator[str]:
    """What the next start will do to the webhook."""
    if settings.mode == "webhook" and not found.url:
        yield "Telegram knows no webhook of this bot: »povezujejo run« will set it."
    if settings.mode == "polling" and found.url and found.url == settings.webhook_url:
        yield 'A webhook is still set, and mode is "polling": »povezujejo run« will remove it.'


def _rights(me: dict[str, Any]) -> Iterator[str]:
    where = "see @BotFather, Bot Settings"
    if me.get("can_join_groups"):
        yield f"The bot may be added to groups, which it only leaves: {where}, Allow Groups, Turn off."
    if me.get("can_read_all_group_messages"):
        yield f"The bot may read all messages of groups, which it does not need: {where}, Group Privacy, Turn on."
