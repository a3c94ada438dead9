"""A process of the bot is there at once and takes little: what only reports need, or PostgreSQL, is not loaded."""

import subprocess
import sys

import pytest

from storage.secrets.keys import create_key_file
from tests.plugins.processes import ROOT

NOT_LOADED = {
    "alembic",
    "holidays.countries",
    "jinja2",
    "mako",
    "matplotlib",
    "numpy",
    "pandas",
    "psycopg",
    "pydantic.v1",
    "pyreadstat",
    "python_calamine",
    "scipy",
    "sqlalchemy.orm",
    "telegram.ext",
    "typst",
    "xlrd",
    "xlsxwriter",
}
MODULES = 1356  # that a started bot has loaded, those of Python itself too: each takes time at every start
STARTED = """
import sys
from pathlib import Path
import bot.app, bot.delivery, bot.cli.running
from bot.runtime.services import open_services_now
from bot.runtime.settings_file import read_settings
services = open_services_now(read_settings(Path(sys.argv[1]), {}))
print(len(services.programmes) > 0, len(sys.modules), *(name for name in sys.argv[2:] if name in sys.modules))
"""


OF_A_COMMAND = {"aiohttp", "holidays", "telegram"}
COMMANDED = """
import sys
from bot.cli import main
main([*{command!r}.split(), "--config", sys.argv[1]])
print(*(name for name in sys.argv[2:] if name in sys.modules))
"""


def started(code, sqlite_url, folder, names):
    """What a process says that was started with a configuration, of which of these modules it has loaded."""
    create_key_file(folder / "start.key")
    file = folder / "config.toml"
    file.write_text(f'[database]\nurl = "{sqlite_url}"\n[keys]\nfile = "{folder}/start.key"\n')
    command = [sys.executable, "-c", code, str(file), *sorted(names)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_started_bot_has_loaded_nothing_that_only_reports_other_commands_or_postgresql_need(sqlite_url, tmp_path):
    loaded = started(STARTED, sqlite_url, tmp_path, NOT_LOADED)
    read, modules, *others = loaded.stdout.split()
    assert (read, others, loaded.stderr) == ("True", [], "")
    assert int(modules) == pytest.approx(MODULES, rel=0.1)


@pytest.mark.parametrize(("command", "needed"), [("cohort list", set()), ("check", {"typst"})])  # it looks at the fonts
def test_a_command_loads_neither_telegram_nor_holidays_nor_what_only_reports_need(
    command, needed, sqlite_url, tmp_path
):
    code = COMMANDED.format(command=command)
    loaded = started(code, sqlite_url, tmp_path, (NOT_LOADED | OF_A_COMMAND) - needed)
    assert loaded.returncode == 0
    assert loaded.stdout.splitlines()[-1] == ""
