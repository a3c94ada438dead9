"""`keys add`, `keys status` and `keys rotate`."""

from __future__ import annotations

from functools import partial

from bot.cli.opening import say, say_at_once, say_json, settings_of
from bot.cli.options import Configured, KeysStatusOptions
from bot.runtime.services import keys_of, require_key_file
from storage.engine.database import Database
from storage.engine.engines import read_url
from storage.engine.held import held
from storage.engine.version import require_current
from storage.secrets import keys as stored_keys
from storage.secrets.rotation import rotate as seal_anew
from storage.secrets.rotation import sealed_by


def add(given: Configured) -> None:
    """Add a key to the file; nothing is sealed with it yet."""
    settings = settings_of(given)
    require_key_file(settings)
    file = settings.keys.file
    number = stored_keys.add_key(file)
    say(
        f"Key {number} is in {file}. Copy the file to a safe place now. A running bot takes it up in a minute, else its"
        " next start or »povezujejo keys rotate«; until keys status says that it is in use, keep the older ones."
    )


def status(given: KeysStatusOptions) -> None:
    """Say which keys the file holds, and how much is sealed with each."""
    settings = settings_of(given)
    known = keys_of(settings)
    database = Database.open_current(settings.database.url)
    used = database.read_now(partial(stored_keys.require_fitting, keys=known))
    sealed = database.read_now(sealed_by)
    if given.json:
        say_json({"file": list(known.numbers), "database": sorted(used), "sealed": dict(sorted(sealed.items()))})
        return
    for number in known.numbers:
        say(f"Key {number}: {sealed[number]} values{_standing(number, used)}")


def rotate(given: Configured) -> None:
    """Seal everything anew with the newest key, while nobody else works on the database."""
    settings = settings_of(given)
    known = keys_of(settings)
    require_current(settings.database.url)
    with held(read_url(settings.database.url)) as database, database.writing() as connection:
        number = seal_anew(connection, known, say_at_once)
    say(
        f"{number} values are sealed anew. Everything is sealed with key {known.numbers[0]}; the older ones may go"
        " once no backup is left that is sealed with them."
    )


def _standing(number: int, used: set[int]) -> str:
    if number in used:
        return ", in use"
    return (
        ", not used yet: a running bot takes it up in a minute, once all that work on this database have the file"
        if number > max(used, default=0)
        else ", not needed any more but for backups that are sealed with it"
    )
