"""`run`: the bot, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import asyncio
import gc
import logging

from bot import app, delivery
from bot.cli.opening import settings_of
from bot.cli.options import RunOptions
from bot.cli.problem import CommandProblem
from bot.runtime.backups import NightlyBackup
from bot.runtime.exit_codes import ExitCode
from bot.runtime.failures import Formatter, described, unheard
from bot.runtime.new_key import KeyAdded, NewKey
from bot.runtime.services import open_services
from bot.runtime.settings import ConfigurationError, Settings
from storage.engine.errors import StorageError
from storage.engine.only_bot import FileTaken, only_bot

log = logging.getLogger(__name__)


def run(given: RunOptions) -> int:
    """Run the bot; where it cannot be, one sentence says why, and the exit status of what kind it is."""
    gc.freeze()  # what is loaded stays till the end: it is never looked through
    settings = settings_of(given)
    if not settings.telegram.token:
        raise CommandProblem(
            "No token of the bot is configured: write it, or token_file, under [telegram].", ExitCode.CONFIGURATION
        )
    _listen()
    try:
        with only_bot(settings.database.url):
            return asyncio.run(_run(settings, take_over=given.take_over))
    except FileTaken as problem:
        raise CommandProblem(str(problem), ExitCode.CONFLICT) from None
    except (ConfigurationError, CommandProblem, StorageError):
        raise  # sentences of ours
    except Exception as error:  # noqa: BLE001 - Python would write the words of the error into the log of the service
        log.critical("the bot ends: %s", described(error))
        return ExitCode.PROBLEM


async def _run(settings: Settings, *, take_over: bool) -> int:
    asyncio.get_running_loop().set_exception_handler(unheard)
    stop, new_key = app.told_to_stop(), NewKey()
    while not stop.is_set():
        services = await open_services(settings)
        new_key.begins(services.keys)
        nightly = NightlyBackup(services).look if settings.backup.nightly else None
        work = delivery.deliver_due, delivery.fetch_due, nightly
        try:
            return await app.run(services, stop, *work, take_over=take_over, new_key=new_key)
        except KeyAdded:
            new_key.is_taken_up()
            log.info("a key was added to the key file: the bot begins anew with it")
        finally:
            await services.database.close()
    return ExitCode.DONE


def _listen() -> None:
    """Our own news and other libraries' warnings, on the standard error output."""
    handler = logging.StreamHandler()
    handler.setFormatter(Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    for name in ("bot", "storage", "reports"):
        logging.getLogger(name).setLevel(logging.INFO)
