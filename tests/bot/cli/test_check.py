import asyncio
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
from plugins.databases import seal_with
from plugins.images import JPEG, png

from bot.cli import checking, main
from bot.cli.machine import zone_problems
from reports.render.raster import RasterFlaw
from storage.engine.migrate import upgrade
from storage.secrets.keys import create_key_file
from surveys.load import shipped

CONFIG = '[telegram]\ntoken = "123456789:AAabc"\n[surveys]\nshipped = false\ndirectories = ["ours"]\n'
FOLDER = "ours/brezice-racunalnik"


@pytest.fixture
def folder(tmp_path, monkeypatch, migrated_file):
    """A folder with a configuration, keys, and one programme of its own, in Slovenian alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POVEZUJEJO_CONFIG", raising=False)
    (tmp_path / "config.toml").write_text(CONFIG)
    (tmp_path / "config.toml").chmod(0o600)
    create_key_file(tmp_path / "povezujejo.key")
    shutil.copy(migrated_file, tmp_path / "povezujejo.db")
    (tmp_path / "povezujejo.db").chmod(0o600)
    shutil.copytree(
        shipped() / "brezice-racunalnik", tmp_path / FOLDER, ignore=shutil.ignore_patterns("sl-x-lahko.toml")
    )
    shutil.copy(shipped() / "shared.toml", tmp_path / "ours" / "shared.toml")
    return tmp_path


@pytest.fixture
def check(folder, capsys):
    """Runs the command; gives its status and the lines of both outputs, problems first."""

    def run(*arguments):
        capsys.readouterr()
        status = main(["check", *arguments])
        written = capsys.readouterr()
        lines = [*written.err.splitlines(), *written.out.splitlines()]
        return status, [line.replace(f"{folder}/", "") for line in lines]

    return run


def breaks(folder, name, old, new):
    """Change a file of the programme; gives the line of the change."""
    file = folder / FOLDER / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_without_a_configuration_the_shipped_programmes_are_sound(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--strict"]) == 0
    assert capsys.readouterr().out == (
        "All is well: no configuration here, so only the questionnaires, 6 programmes.\n"
    )


def test_a_sound_house_is_well(check):
    assert check() == (0, ["All is well: configuration, keys, database, 1 programme."])


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("before.toml", 'title = "', "title = ", "this is not TOML: "),
        ("before.toml", 'kind = "number"', 'kind = "numbre"', '"numbre" is not possible for "kind"'),
        ("before.toml", "minimum = 0", "minimun = 0", '"minimun" is not known here; did you mean "minimum"?'),
        ("before.toml", "minimum = 0", "minimum = 9", "minimum"),
        ("before.toml", 'id = "fraud"', 'id = "primary"', "primary"),
        ("before.toml", 'choices = "can_do"', 'choices = "cando"', "cando"),
        ("before.toml", 'use = "belonging"', 'use = "belongings"', "belongings"),
        ("before.toml", 'item = "computer_days"', 'item = "computer"', "computer"),
        ("before.toml", 'text = "Kako vam gre delo', 'text = ""\nhint = "Kako vam gre delo', '"text" is empty'),
        ("programme.toml", 'anchor = "start"', 'anchor = "begin"', '"begin" is not possible for "anchor"'),
        ("programme.toml", 'offset = "-1d"', 'offset = "-1 day"', "a length of time is written like"),
        ("programme.toml", 'id = "followup"', 'id = "after"', "after"),
    ],
)
def test_a_broken_questionnaire_is_named_with_file_line_and_problem(check, folder, name, old, new, problem):
    line = breaks(folder, name, old, new)
    status, said = check()
    assert status == 1
    assert [one for one in said if one.startswith(f"{FOLDER}/{name}:{line}: ") and problem in one] == said[:1]


def test_everything_that_is_wrong_is_said_at_once(check, folder):
    (folder / "config.toml").write_text(CONFIG.replace("token", "# token") + "[reports]\npublished_cell = 3\n")
    seal_with(folder / "povezujejo.key", "sqlite:///povezujejo.db")
    (folder / "povezujejo.key").unlink()
    breaks(folder, "programme.toml", "[[waves]]", "[[wave]]")
    status, said = check()
    assert status == 1
    assert said[-3:] == [
        "No token of the bot is configured: write it, or token_file, under [telegram].",
        "[reports] published_cell must not be below minimum_cell.",
        (
            "There is no key file at povezujejo.key, and the database is sealed with one. Bring back your copy of the"
            " file (and close it: chmod 600); a new key opens nothing of what is there."
        ),
    ]
    assert {line.partition(":")[0] for line in said[:-3]} == {f"{FOLDER}/before.toml", f"{FOLDER}/programme.toml"}


@pytest.mark.parametrize("token", ["123456789:AA abc", "987654321", "AAabc", "123456789:AAabc."])
def test_a_token_that_is_none_is_told_without_asking_telegram_and_is_not_shown(check, folder, token):
    (folder / "config.toml").write_text(CONFIG.replace("123456789:AAabc", token))
    status, said = check()
    assert (status, [line for line in said if line.startswith("The token under [telegram] is none")]) == (1, said[:1])
    assert token not in said[0]


def test_a_broken_configuration_does_not_hide_broken_questionnaires_that_are_shipped(check, folder):
    (folder / "config.toml").write_text("[telegram]\ntokn = 1\n")
    assert check() == (1, ['config.toml:2: "tokn" in [telegram] is not known; did you mean "token"?'])


def test_a_missing_database_is_named_and_not_made(check, folder):
    (folder / "povezujejo.db").unlink()
    status, (said,) = check()
    assert (status, said.partition(".")[0]) == (1, "There is no database at povezujejo")
    assert not (folder / "povezujejo.db").exists()


def test_where_nothing_is_there_yet_the_setup_is_named(check, folder):
    (folder / "povezujejo.db").unlink()
    (folder / "povezujejo.key").unlink()
    assert check()[1][0].startswith("There is no key file at povezujejo.key. Bring back your copy of it; ")


def test_a_database_of_another_version_is_named(check, folder):
    upgrade(f"sqlite:///{folder}/povezujejo.db")
    assert check()[0] == 0
    with closing(sqlite3.connect(folder / "povezujejo.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    status, (said,) = check()
    assert status == 1
    assert said.startswith("The database povezujejo.db was made by a newer povezujejo")


def test_keys_of_another_database_are_named_and_nothing_is_changed(check, folder):
    url = f"sqlite:///{folder}/povezujejo.db"
    upgrade(url)
    before = (folder / "povezujejo.db").read_bytes()
    assert check()[0] == 0
    assert (folder / "povezujejo.db").read_bytes() == before
    assert main(["cohort", "list"]) == 0
    (folder / "povezujejo.key").unlink()
    create_key_file(folder / "povezujejo.key")
    status, said = check()
    assert status == 1
    assert said[0] == "The key file does not belong to this database: it cannot open what is sealed there."


def test_a_library_with_groups_whose_people_know_nobody_to_call_is_a_warning(check, folder):
    group = ["cohort", "add", "brezice-racunalnik", "--name", "Pomlad"]
    upgrade(f"sqlite:///{folder}/povezujejo.db")
    assert check() == (0, ["All is well: configuration, keys, database, 1 programme."])
    assert main([*group, "--start", "2026-03-02", "--end", "2026-05-04"]) == 0
    status, said = check()
    assert (status, said[-2]) == (
        0,
        "[libraries.BRE]: Knjižnica Brežice has groups, and no phone or email is configured for its people (warning)",
    )
    (folder / "config.toml").write_text(f'{CONFIG}[libraries.BRE]\nphone = "07 620 12 34"\n')
    assert check() == (0, ["All is well: configuration, keys, database, 1 programme."])


def test_a_library_that_has_no_programme_is_a_problem(check, folder):
    (folder / "config.toml").write_text(f'{CONFIG}[libraries.BRX]\nphone = "07 620 12 34"\n')
    assert check() == (1, ["[libraries.BRX]: no programme has this code; known here: BRE."])


def test_a_programme_that_is_described_and_not_there_is_a_problem(check, folder):
    (folder / "config.toml").write_text(f'{CONFIG}[programmes.kamnik]\nabout = "Pogovori."\n')
    assert check() == (1, ["[programmes.kamnik]: there is no such programme; known here: brezice-racunalnik."])


def test_a_picture_is_looked_at_whatever_else_is_wrong(check, folder):
    (folder / "photo.jpg").write_bytes(b"%PDF-1.7")
    lines = '[libraries.BRE]\nlogo = "logo.png"\nphoto = "photo.jpg"\n'
    lines += '[programmes.brezice-racunalnik]\neuros = { 26 = "x" }\n'
    (folder / "config.toml").write_text(f"{CONFIG}{lines}")
    status, said = check()
    said = "\n".join(said)

    assert status == 1
    for part in ("photo needs a photo_text", 'euros: "26" is no year', '"euros.26" must be a whole number',
                 "logo.png cannot be read", "photo.jpg is neither PNG nor JPEG"):  # fmt: skip
        assert part in said


def test_a_logo_and_a_photograph_that_can_be_printed_are_well(check, folder):
    (folder / "logo.png").write_bytes(png(300, 120))
    (folder / "photo.jpg").write_bytes(JPEG)
    lines = '[libraries.BRE]\nlogo = "logo.png"\nphoto = "photo.jpg"\nphoto_text = "Učilnica."\n'
    (folder / "config.toml").write_text(f"{CONFIG}{lines}")
    assert check()[0] == 0


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "cannot be read; write the name of a PNG or JPEG file."),
        (b"GIF89a", "is neither PNG nor JPEG, whatever its name says; save it as one of them."),
        (png(60_000, 60_000, pixels=b""), "has more than 25 million pixels; save it smaller."),
        (png(64, 64)[:70], "is damaged; save it anew."),
        (png(8, 8), "is less than 32 pixels high or wide; take a larger one."),
    ],
)
def test_what_is_wrong_with_a_picture_is_one_sentence(check, folder, data, said):
    if data is not None:
        (folder / "logo.png").write_bytes(data)
    (folder / "config.toml").write_text(f'{CONFIG}[libraries.BRE]\nlogo = "logo.png"\n')
    assert check() == (1, [f"[libraries.BRE]: logo: logo.png {said}"])


def test_every_flaw_of_a_picture_has_its_words():
    assert set(checking._FLAWS) == {flaw.value for flaw in RasterFlaw}


def test_a_warning_on_wording_is_no_problem_unless_strictly(check, folder):
    line = breaks(folder, "programme.toml", 'group = "', 'group = "za brezposelne ')
    status, said = check()
    assert status == 0
    assert said[0].startswith(f"{FOLDER}/programme.toml:{line}: ")
    assert said[0].endswith("(warning)")
    assert said[1:] == ["All is well: configuration, keys, database, 1 programme; 1 warning that may wait."]
    assert check("--strict")[0] == 1


# The machine

SECRETS = "which holds secrets such as the bot's token"
TOKEN_FILE = 'token_file = "token.txt"'


def closed_to_others(file, what):
    told = f"Others on this machine can read or change {file}, {what}. Close it with: chmod o= {file}"
    return f"{told} (go= where its group does not need it, which is not looked at)"


@pytest.fixture
def token_file(folder):
    file = folder / "token.txt"
    file.write_text("123456789:AAabc")
    file.chmod(0o600)
    return file


@pytest.mark.parametrize(
    ("lines", "mode", "told"),
    [
        ('token = "123456789:AAabc"', 0o644, True),
        ('token = "123456789:AAabc"', 0o642, True),
        ('token = "123456789:AAabc"', 0o640, False),
        (TOKEN_FILE, 0o644, False),
        (f'{TOKEN_FILE}\nwebhook_secret = "skrivnost"', 0o644, True),
        (f'{TOKEN_FILE}\n[database]\nurl = "postgresql://a:b@127.0.0.1:1/c"', 0o644, True),
    ],
)
def test_a_configuration_with_a_secret_is_closed_to_others(check, folder, token_file, lines, mode, told):
    assert token_file.exists()
    (folder / "config.toml").write_text(CONFIG.replace('token = "123456789:AAabc"', lines))
    (folder / "config.toml").chmod(mode)
    found = [line for line in check()[1] if line.startswith("Others on this machine")]
    assert found == ([closed_to_others("config.toml", SECRETS)] if told else [])


def test_a_token_of_the_environment_closes_no_file(check, folder, monkeypatch):
    (folder / "config.toml").write_text(CONFIG.replace('token = "123456789:AAabc"', ""))
    (folder / "config.toml").chmod(0o644)
    monkeypatch.setenv("POVEZUJEJO_TELEGRAM__TOKEN", "123456789:AAabc")
    assert check()[0] == 0


def test_a_token_file_and_a_database_are_closed_to_others(check, folder, token_file):
    (folder / "config.toml").write_text(CONFIG.replace('token = "123456789:AAabc"', TOKEN_FILE))
    upgrade(f"sqlite:///{folder}/povezujejo.db")
    for file in (token_file, folder / "povezujejo.db"):
        file.chmod(0o644)
    told = [
        closed_to_others("token.txt", "which holds the bot's token"),
        closed_to_others("povezujejo.db", "which is the database"),
    ]
    assert check() == (1, told)


def test_a_disk_that_will_soon_be_full_is_told(check, folder):
    (folder / "config.toml").write_text(f"{CONFIG}[health]\nleast_free_mb = 999999999\n")
    (folder / "backups").mkdir()
    status, told = check()
    assert status == 1
    advice = "Make room: old copies, logs. With a full disk nothing can be answered."
    assert [re.sub(r"\d+ MB", "… MB", one) for one in told] == [
        f"For the database: … MB are left on the disk of {folder}. {advice}",
        f"For the copies of the database: … MB are left on the disk of backups. {advice}",
    ]


def test_a_folder_that_is_not_there_is_told(check, folder):
    (folder / "config.toml").write_text(f'{CONFIG}[database]\nurl = "sqlite:///not/mounted/povezujejo.db"\n')
    status, [_, told] = check()
    assert status == 1
    assert told == (
        "The folder not/mounted, for the database, cannot be looked at: No such file or directory."
        " Mount it or name another."
    )


def backups_said(check):
    return [line for line in check()[1] if "backup" in line]


def test_the_copies_of_the_night_are_there_new_and_closed_to_others(check, folder):
    upgrade(f"sqlite:///{folder}/povezujejo.db")
    assert backups_said(check) == []  # none was due yet
    assert main(["backup"]) == 0
    assert backups_said(check) == []

    [copy] = (folder / "backups").iterdir()
    copy.chmod(0o644)
    assert backups_said(check) == [closed_to_others(f"backups/{copy.name}", "which is a copy of the database")]
    copy.chmod(0o600)
    old = copy.with_name("povezujejo-20260101T023000Z.db")
    copy.rename(old)
    [told] = backups_said(check)
    assert told.startswith("The newest backup in backups is of 2026-01-01 02:30 UTC. The bot makes one every night ")
    old.unlink()
    assert backups_said(check) == [
        f"The last backup, {copy.name}, is not in backups, and no other: mount its disk, or make one: povezujejo backup"
    ]
    (folder / "config.toml").write_text(f"{CONFIG}[backup]\nnightly = false\n")
    assert [line for line in backups_said(check) if "povezujejo backup" in line] == []


def test_a_backup_that_did_not_work_is_told(check, folder):
    upgrade(f"sqlite:///{folder}/povezujejo.db")
    (folder / "backups").touch()
    assert main(["backup"]) != 0
    [told] = [line for line in backups_said(check) if line.startswith("The last backup did not work: ")]
    assert told.endswith(" Mend that, then make one: povezujejo backup")


def test_time_zone_data_that_are_old_are_told():
    moment = datetime(2027, 1, 10, tzinfo=UTC)
    assert list(zone_problems(ZoneInfo("Europe/Ljubljana"), moment)) == []
    without_summer = resources.files("tzdata").joinpath("zoneinfo", "Africa", "Lagos")
    with without_summer.open("rb") as data:
        [told] = zone_problems(ZoneInfo.from_file(data, key="Europe/Ljubljana"), moment)
    assert told.startswith("This machine has other time-zone data for Europe/Ljubljana than the program (")
    assert "from 2027-03-28 on: messages would go out at a wrong hour." in told


# With --online


async def test_with_online_telegram_is_asked_and_all_is_said_at_once(check, folder, simulator):
    def config(token, more=""):
        lines = f'[telegram]\ntoken = "{token}"\nbase_url = "{simulator.base_url}"\n'
        (folder / "config.toml").write_text(f"{lines}{more}[surveys]{CONFIG.partition('[surveys]')[2]}")

    config(simulator.token)
    assert await asyncio.to_thread(check, "--online") == (
        0,
        ["All is well: configuration, keys, database, Telegram (@povezujejo_bot), 1 programme."],
    )
    config(simulator.token, '[email]\nhost = "127.0.0.1"\nport = 1\nsecurity = "none"\nsender = "a@knjiznica.si"\n')
    status, said = await asyncio.to_thread(check, "--online")
    assert (status, [line.partition(":")[0] for line in said]) == (
        1,
        ["The mail server 127.0.0.1", "[email] is set and [web] public_url is not"],
    )
    config("123456789:AAwrong")
    assert (await asyncio.to_thread(check))[0] == 0
    seal_with(folder / "povezujejo.key", "sqlite:///povezujejo.db")
    (folder / "povezujejo.key").unlink()
    status, said = await asyncio.to_thread(check, "--online")
    assert (status, [line.partition(". ")[0] for line in said]) == (
        1,
        [
            "There is no key file at povezujejo.key, and the database is sealed with one",
            "Telegram does not accept the bot's token",
        ],
    )
