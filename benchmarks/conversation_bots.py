"""The four bots that `conversation.py` compares, each in a process of its own, with only what it needs imported."""

# ruff: noqa: PLC0415 - what one bot imports must not weigh on the others

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from conversation_people import FIRST_PERSON, PEOPLE

sys.path.append(sys.path.pop(0))  # `reports` is the package, not the script beside this one
TOKEN = "1:benchmark"
SLUG = "radovljica-zmoremo"  # only taps, nothing typed
MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
GROUP_TAKES = timedelta(weeks=9)
SURVEY = 8  # questions of the ordinary bot


def prepare(folder: Path, people: int = PEOPLE, now: datetime = MORNING) -> None:
    """A database in which everybody has joined and has the first questionnaire before them."""
    from bot.runtime.services import open_services_now
    from storage.engine.migrate import upgrade
    from storage.secrets.keys import create_key_file

    settings = settings_in(folder, "")
    upgrade(settings.database.url)
    create_key_file(settings.keys.file)
    services = open_services_now(settings, clock=lambda: now)
    chats = [services.keys.seal_id(FIRST_PERSON + number) for number in range(people)]
    services.database.write_now(partial(enrol, services=services, chats=chats))


def settings_in(folder: Path, address: str, **more: Any) -> Any:
    """The settings of a bot whose database and key are in a folder; `more`: sections of its own."""
    from bot.runtime.settings import Settings

    return Settings.model_validate(
        {
            "telegram": {"token": TOKEN, "base_url": address or "http://127.0.0.1/bot"},
            "database": {"url": f"sqlite:///{folder}/benchmark.db"},
            "keys": {"file": str(folder / "benchmark.key")},
            **more,
        }
    )


def ours(address: str, prepared: Path, **more: Any) -> None:
    """The bot of this project as it runs: SQLite with synchronous=FULL, a real questionnaire, real people."""
    from bot import delivery
    from bot.app import run, told_to_stop
    from bot.runtime.services import open_services
    from bot.telegram.limiter import Limiter, Rates

    started = time.monotonic()

    async def main(folder: Path) -> None:
        now = partial(_later, started)
        services = await open_services(settings_in(folder, address, **more), clock=now)
        limiter = Limiter(Rates(overall=1e6, overall_burst=10_000, chat=1e6, chat_burst=1000))
        print("ready", flush=True)
        await run(services, told_to_stop(), delivery.deliver_due, delivery.fetch_due, limiter=limiter)

    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(prepared, folder, dirs_exist_ok=True)
        asyncio.run(main(Path(folder)))


def _later(started: float) -> datetime:
    """The morning of the benchmark, moving on."""
    return MORNING + timedelta(seconds=time.monotonic() - started)


def enrol(connection: Any, services: Any, chats: list[bytes], name: str = "Pomlad") -> None:
    """A group of people of these chats, who have joined and have the first questionnaire before them."""
    from bot.consent import text_archive
    from storage import cohorts, enrolments, occasions, participants
    from storage.schema import ConsentKind, Giver
    from surveys.model import Mode

    programme, now = services.programmes[SLUG], services.clock()
    cohort = cohorts.add(
        connection,
        programme,
        name=name,
        start=now.date(),
        end=now.date() + GROUP_TAKES,
        now=now,
        actor="operator",
    )
    for chat in chats:
        enrolled = enrolments.enrol(connection, services.keys, programme, cohort, now, "operator")
        place = participants.of_enrolment(connection, enrolled.enrolment)
        assert place is not None
        read = text_archive.shown(place, ConsentKind.SELF, "sl")
        participants.join(connection, place, chat, Giver.SELF, Mode.SELF, read, now, f"participant:{place.code}")
        occasions.replan_one(connection, programme, place.id, services.policy, now)
        first = occasions.of_enrolment(connection, place.id)[0]
        occasions.open_now(connection, first.id, now, invited=True)


def ptb_echo(address: str, _prepared: Path) -> None:
    """python-telegram-bot as it comes: answers the tap and edits the message. Stores nothing."""
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
    from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

    def keyboard(number: int) -> InlineKeyboardMarkup:
        return InlineKeyboardMarkup([[InlineKeyboardButton(f"{n}", callback_data=f"{number}:{n}")] for n in range(5)])

    async def begin(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text("Vprašanje 0", reply_markup=keyboard(0))

    async def tap(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        assert query.data is not None
        number = int(query.data.partition(":")[0]) + 1
        await query.answer()
        await query.edit_message_text(f"Vprašanje {number}", reply_markup=keyboard(number))

    application = Application.builder().token(TOKEN).base_url(address).build()
    application.add_handler(CommandHandler("anketa", begin))
    application.add_handler(CallbackQueryHandler(tap))
    print("ready", flush=True)
    application.run_polling()


def aiogram_echo(address: str, _prepared: Path) -> None:
    """Aiogram as it comes: answers the tap and edits the message. Stores nothing."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.filters import Command
    from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

    def keyboard(number: int) -> InlineKeyboardMarkup:
        rows = [[InlineKeyboardButton(text=f"{n}", callback_data=f"{number}:{n}")] for n in range(5)]
        return InlineKeyboardMarkup(inline_keyboard=rows)

    dispatcher = Dispatcher()

    @dispatcher.message(Command("anketa"))
    async def begin(message: Message) -> None:
        await message.answer("Vprašanje 0", reply_markup=keyboard(0))

    @dispatcher.callback_query()
    async def tap(query: CallbackQuery) -> None:
        assert query.data is not None
        assert isinstance(query.message, Message)
        number = int(query.data.partition(":")[0]) + 1
        await query.answer()
        await query.message.edit_text(f"Vprašanje {number}", reply_markup=keyboard(number))

    async def main() -> None:
        base = address.removesuffix("/bot")
        bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(base)))
        print("ready", flush=True)
        await dispatcher.start_polling(bot)

    asyncio.run(main())


def ordinary(address: str, _prepared: Path) -> None:
    """A survey bot as people write it: ConversationHandler with PicklePersistence, all defaults."""
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
    from telegram.ext import (
        Application,
        CallbackQueryHandler,
        CommandHandler,
        ContextTypes,
        ConversationHandler,
        PicklePersistence,
    )

    def keyboard() -> InlineKeyboardMarkup:
        return InlineKeyboardMarkup([[InlineKeyboardButton(f"{n}", callback_data=f"{n}")] for n in range(5)])

    async def begin(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        assert update.message is not None
        assert context.user_data is not None
        context.user_data["answers"] = []
        await update.message.reply_text("Vprašanje 0", reply_markup=keyboard())
        return 0

    async def tap(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        query = update.callback_query
        assert query is not None
        assert context.user_data is not None
        answers = context.user_data["answers"]
        answers.append(query.data)
        await query.answer()
        if len(answers) == SURVEY:
            await query.edit_message_text("Hvala!")
            return ConversationHandler.END
        await query.edit_message_text(f"Vprašanje {len(answers)}", reply_markup=keyboard())
        return len(answers)

    with tempfile.TemporaryDirectory() as folder:
        persistence = PicklePersistence(Path(folder) / "conversations.pickle")
        application = Application.builder().token(TOKEN).base_url(address).persistence(persistence).build()
        application.add_handler(
            ConversationHandler(
                entry_points=[CommandHandler("anketa", begin)],
                states={number: [CallbackQueryHandler(tap)] for number in range(SURVEY)},
                fallbacks=[],
                name="survey",
                persistent=True,
            )
        )
        print("ready", flush=True)
        application.run_polling()


BOTS = {"ours": ours, "ptb": ptb_echo, "aiogram": aiogram_echo, "ordinary": ordinary}

if __name__ == "__main__":
    name, where, folder = sys.argv[1:]
    if name == "prepare":
        prepare(Path(folder))
    else:
        BOTS[name](f"http://127.0.0.1:{where}/bot", Path(folder))
