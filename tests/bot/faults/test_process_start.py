"""A process of the bot is there at once and takes little: what only reports need, or PostgreSQL, is not loaded."""

import subprocess
import sys

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
STARTED = """
import sys
from pathlib import Path
import bot.app, bot.delivery, bot.cli.running
from bot.runtime.services import open_services_now
from bot.runtime.settings_file import read_settings
services = open_services_now(read_settings(Path(sys.argv[1]), {}))
print(len(services.programmes) > 0, *(name for name in sys.argv[2:] if name in sys.modules))
"""


def test_a_started_bot_has_loaded_nothing_that_only_reports_other_commands_or_postgresql_need(sqlite_url, tmp_path):
    create_key_file(tmp_path / "start.key")
    file = tmp_path / "config.toml"
    file.write_text(f'[database]\nurl = "{sqlite_url}"\n[keys]\nfile = "{tmp_path}/start.key"\n')
    command = [sys.executable, "-c", STARTED, str(file), *sorted(NOT_LOADED)]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (loaded.stdout, loaded.stderr) == ("True\n", "")
