"""Every command of the operators' manuals is run in the order of its page; what cannot be is listed with the reason."""

import asyncio
import re
import shlex
import shutil
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from pyrage.x25519 import Identity
from sqlalchemy import update

from bot.cli import main
from bot.runtime.services import open_services_now
from bot.runtime.settings_file import read_settings
from storage import cohorts, enrolments, occasions, participants, schema
from storage.engine.backup import backup
from storage.engine.migrate import upgrade
from storage.schema import Giver
from surveys.model import Mode
from tests.plugins.consent_texts import text_read
from tests.plugins.manual_commands import blocks_in, commands_in

ROOT = Path(__file__).parents[1]
PAGES = {name: ROOT / "docs" / f"{name}.md" for name in ("operators", "skrbnik")}
SLUG = "brezice-racunalnik"
CODE = "BRE-7F3K2"  # the person of whom the pages speak
AUTUMN = datetime(2026, 10, 5, 8, 0, tzinfo=UTC)  # the group of which they speak has begun
FOLDERS = {"/var/lib/povezujejo": "", "/var/backups/povezujejo": "backups", "/kopije": "backups"}  # there: here
OF_OTHERS = {  # the first word of a line: why no test here runs it
    "cd": "of a shell",
    "cp": "copies below /etc",
    "export": "of a shell",
    "git": "needs the place from which the program came",
    "journalctl": "needs systemd as process 1",
    "pip": "tests/releases/test_wheel.py installs the wheel",
    "python3": "tests/bot/runtime/test_dev.py tries dev.py, tests/releases/test_wheel.py the environment",
    "sha256sum": "tests/releases/test_wheel.py holds the sums against the files",
    "sudo": "becomes another user",
    "systemctl": "needs systemd as process 1",
    "systemd-sysusers": "tests/deploy/test_systemd.py runs it",
    "systemd-tmpfiles": "tests/deploy/test_systemd.py runs it",
    "tar": "tests/releases/test_wheel.py unpacks the source",
}
NOT_RUN = {  # how a line of ours begins: why no test here runs it
    "povezujejo db move": "needs a second database; tests/bot/cli/test_cli_move.py runs it",
    "povezujejo run": "does not end by itself; tests/deploy/test_nginx.py is one of many that run it",
}
STATUS = {"povezujejo status": 1}  # where it is not 0: no bot runs here, and that is what it says


class Office:
    """A folder in which somebody types what a page says, and what is there before some of it is typed."""

    def __init__(self, folder, page, simulator, sown):
        self.folder, self.page, self.simulator, self.sown = folder, page, simulator, sown
        self.database = folder / "povezujejo.db"
        (folder / "backups").mkdir()

    async def types(self, line):
        """Do a line; gives what is wrong with how it ended."""
        for begin, prepare in BEFORE.items():
            if line.startswith(begin):
                await asyncio.to_thread(prepare, self)
        words = [self._here(word) for word in shlex.split(line)[1:]]
        if words[0] == "init":
            words += ["--token", self.simulator.token, "--base-url", self.simulator.base_url]
        if words[0] == "restore":
            await asyncio.to_thread(self.with_a_copy, words)
        ended = await asyncio.to_thread(main, words)
        wanted = next((status for begin, status in STATUS.items() if line.startswith(begin)), 0)
        return None if ended == wanted else f"{line} ended with {ended}"

    def _here(self, word):
        for there, here in FOLDERS.items():
            if word.startswith(there):
                return str(self.folder / here / word.removeprefix(there).strip("/"))
        return word

    def with_nothing(self):
        for name in ("config.toml", "povezujejo.key", "povezujejo.db"):
            (self.folder / name).unlink(missing_ok=True)

    def without_a_database(self):
        self.database.unlink(missing_ok=True)

    def without_copies(self):
        """The page speaks of the same file in several sections: of several days."""
        for file in (self.folder / "backups").iterdir():
            if not file.name.startswith("povezujejo-"):  # that of the night stays
                file.unlink()

    def with_an_empty_database(self):
        self.without_a_database()
        upgrade(f"sqlite:///{self.database}")

    def with_a_year_of_work(self):
        """The database and the key of a demo."""
        shutil.copy(self.sown / "village.db", self.database)
        shutil.copy(self.sown / "village.key", self.folder / "povezujejo.key")

    def with_a_list_of_names(self):
        (self.folder / "seznam.csv").write_text("ime\nMarija\nJanez\n", encoding="utf-8")

    def with_a_person(self):
        """One of the people of a group has agreed, and has the code of which the page speaks."""
        services = open_services_now(read_settings(self.folder / "config.toml", {}))
        services.database.write_now(partial(_agrees, services=services))

    def with_answers_on_paper(self):
        """The very lines of the page, and the person who wrote them."""
        self.with_an_empty_database()
        self.with_a_person()
        (paper,) = [lines for lines in blocks_in(self.page) if lines[0].startswith("šifra;")]
        (self.folder / "papir.csv").write_text("\n".join(paper), encoding="utf-8")

    def with_a_copy(self, words):
        """The copy that is to be restored, encrypted where its name says so."""
        file = Path(words[1])
        if file.exists():
            return
        identity = Identity.generate()
        if "--identity" in words:
            (self.folder / words[words.index("--identity") + 1]).write_text(str(identity), encoding="utf-8")
        recipients = [str(identity.to_public())] if file.suffix == ".age" else []
        backup(f"sqlite:///{self.database}", file, recipients=recipients)


BEFORE = {  # how a line begins: what is there before it is typed
    "povezujejo init": Office.with_nothing,
    "povezujejo survey list": Office.with_an_empty_database,
    "povezujejo enrol 1 --csv": Office.with_a_list_of_names,
    "povezujejo participant ": Office.with_a_person,
    "povezujejo backup /": Office.without_copies,
    "povezujejo report mayor --library BRE --format slide": Office.with_a_year_of_work,
    "povezujejo answers import odgovori.csv": Office.with_an_empty_database,
    "povezujejo answers import papir.csv": Office.with_answers_on_paper,
}


def _agrees(connection, services):
    if participants.of_code(connection, CODE):
        return
    programme = services.programmes[SLUG]
    first, last = date(2026, 10, 1), date(2026, 12, 15)
    name = f"Skupina {len(cohorts.listing(connection)) + 1}"
    group = cohorts.add(connection, programme, name=name, start=first, end=last, now=AUTUMN, actor="operator")
    enrolled = enrolments.enrol(connection, services.keys, programme, group, AUTUMN, "operator")
    person = participants.of_enrolment(connection, enrolled.enrolment)
    participants.join(connection, person, None, Giver.WITNESS, Mode.ASSISTED, text_read("2026-11"), AUTUMN, "staff:1")
    occasions.replan_one(connection, programme, enrolled.enrolment, services.policy, AUTUMN)
    named = schema.participant
    connection.execute(update(named).where(named.c.code == person.code).values(code=CODE))


def is_run(line):
    return not any(line == begin or line.startswith(f"{begin} ") for begin in NOT_RUN)


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
async def test_every_command_of_a_page_does_what_it_is_there_for(name, simulator, sown_folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POVEZUJEJO_CONFIG", raising=False)
    office = Office(tmp_path, PAGES[name], simulator, sown_folder)
    lines = [line for line in commands_in(PAGES[name]) if is_run(line)]
    assert len(lines) > 5
    ended = [await office.types(line) for line in lines]
    assert [problem for problem in ended if problem] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_other_line_that_is_typed_is_listed_with_the_reason(name):
    unknown = []
    for lines in blocks_in(PAGES[name]):
        if re.match(r"\[|#|šifra;|\w+ = ", lines[0]):  # what is written into a file
            continue
        words = [line.split()[0].rpartition("/")[2] for line in lines]
        unknown += [word for word in words if word != "povezujejo" and word not in OF_OTHERS]
    assert unknown == []


def test_no_reason_is_left_over():
    ours = [line for page in PAGES.values() for line in commands_in(page)]
    typed = {
        line.split()[0].rpartition("/")[2]
        for page in PAGES.values()
        for lines in blocks_in(page)
        for line in lines
        if line
    }
    assert [begin for begin in NOT_RUN if not any(line.startswith(begin) for line in ours)] == []
    assert [begin for begin in BEFORE if not any(line.startswith(begin) for line in ours)] == []
    assert OF_OTHERS.keys() - typed == set()
