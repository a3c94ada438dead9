"""A process of the bot is there at once: what only reports need, or PostgreSQL, is not loaded."""

import subprocess
import sys

from tests.plugins.processes import ROOT

SLOW_TO_IMPORT = {
    "pandas",
    "numpy",
    "scipy",
    "jinja2",
    "typst",
    "matplotlib",
    "pydantic.v1",
    "psycopg",
    "sqlalchemy.orm",
}
LOADED = f"import bot.app, bot.delivery, bot.cli.running, sys; print(sorted({SLOW_TO_IMPORT!r} & set(sys.modules)))"


def test_starting_the_bot_loads_nothing_that_only_reports_or_postgresql_need():
    loaded = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert loaded.stdout == "[]\n"
