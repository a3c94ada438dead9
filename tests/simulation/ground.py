"""What all stories of a process stand on: a migrated database to copy, a key, the programmes, engines that stay."""

import shutil
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bot.runtime.services import Services, load_programmes
from bot.runtime.settings import Settings
from storage.answers import definitions
from storage.engine.engines import read_url, transaction
from storage.engine.migrate import upgrade
from storage.secrets.keys import load_keys
from storage.secrets.rotation import rotate
from tests.plugins.databases import COPIED
from tests.simulation.bot_api import TOKEN, USERNAME
from tests.simulation.doors import Engines
from tests.simulation.plan import BEGINNING

IN_MEMORY = Path("/dev/shm")
SECRET = "pushed"


def _settings(url, key, mode):
    telegram = {"token": TOKEN, "base_url": "http://telegram/bot", "username": USERNAME, "mode": mode}
    if mode == "webhook":
        telegram |= {"webhook_url": "https://bot/telegram", "webhook_secret": SECRET}
    return Settings.model_validate({"telegram": telegram, "database": {"url": url}, "keys": {"file": str(key)}})


class Ground:
    """Gives each story its services, on a database in which nothing has happened yet."""

    def __init__(self, folder, url, make_new):
        self._key = folder / "simulation.key"
        if not self._key.exists():
            self._key.write_text(f"1 {'A' * 43}\n", "ascii")  # always the same, since tokens and order follow from it
            self._key.chmod(0o600)
        self._settings = {mode: _settings(url, self._key, mode) for mode in ("polling", "webhook")}
        self._programmes = load_programmes(self._settings["polling"]).programmes
        self._policy = self._settings["polling"].schedule.policy()
        self.engines, self._make_new = Engines(url), make_new

    def services(self, clock, mode):
        """As `bot.runtime.services.open_services` makes them, on a new database."""
        self.engines.forget()
        self._make_new()
        settings = self._settings[mode]
        return Services(
            settings=settings,
            database=None,
            programmes=self._programmes,
            keys=load_keys(self._key),
            policy=self._policy,
            link=settings.telegram.link,
            clock=clock,
        )

    def prepare(self, url):
        """That database knows the key and the programmes, as after a first start."""
        with transaction(read_url(url)) as connection:
            rotate(connection, load_keys(self._key))
            definitions.sync(connection, self._programmes.values(), BEGINNING)


@contextmanager
def on_sqlite(migrated=None):
    """A ground on a SQLite file in memory, where that can be had."""
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None, prefix="simulation-") as name:
        folder = Path(name)
        template, file = folder / "template.db", folder / "story.db"
        if migrated is None:
            upgrade(f"sqlite:///{template}")
        else:
            shutil.copy(migrated, template)

        def make_new():
            for suffix in ("-wal", "-shm"):
                file.with_name(file.name + suffix).unlink(missing_ok=True)
            shutil.copy(template, file)

        ground = Ground(folder, f"sqlite:///{file}", make_new)
        ground.prepare(f"sqlite:///{template}")
        yield ground
        ground.engines.forget()


@contextmanager
def on_postgresql(cluster):
    """A ground on a database of this PostgreSQL."""

    def make(name, template):
        cluster.run(f"DROP DATABASE IF EXISTS {name}")
        cluster.run(f"CREATE DATABASE {name} TEMPLATE {template} {COPIED}")

    with tempfile.TemporaryDirectory(prefix="simulation-") as folder:
        make("before_story", "migrated")
        ground = Ground(Path(folder), cluster.url("story"), partial(make, "story", "before_story"))
        ground.prepare(cluster.url("before_story"))
        yield ground
        ground.engines.forget()
