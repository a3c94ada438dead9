from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.runtime.opening_hours import Open
from bot.runtime.settings import ConfigurationError, Settings
from bot.runtime.settings_file import read_settings
from bot.runtime.settings_values import Weekly

SECRETS = {
    "POVEZUJEJO_TELEGRAM__TOKEN": "123:SECRETTOKEN",
    "POVEZUJEJO_TELEGRAM__WEBHOOK_SECRET": "SECRETWORD",
    "POVEZUJEJO_DATABASE__URL": "postgresql://ana:SECRETPASSWORD@host/name",
}


def read(folder, content, **environment):
    file = folder / "config.toml"
    file.write_text(content, encoding="utf-8")
    return read_settings(file, environment)


def problems(folder, content, **environment):
    with pytest.raises(ConfigurationError) as refused:
        read(folder, content, **environment)
    return str(refused.value).replace(f"{folder}/", "").splitlines()


def test_nothing_needs_to_be_written(tmp_path):
    settings = read(tmp_path, "")
    assert settings.telegram.base_url == "https://api.telegram.org/bot"
    assert settings.database.url == f"sqlite:///{tmp_path}/povezujejo.db"
    assert settings.keys.file == tmp_path / "povezujejo.key"
    assert settings.schedule.timezone == ZoneInfo("Europe/Ljubljana")
    assert settings.schedule.reminders == (timedelta(days=2), timedelta(days=7))
    assert settings.reports.weekly_at == Weekly(0, time(8))


def test_every_value_is_read_as_it_is_meant(tmp_path):
    settings = read(
        tmp_path,
        """
        [schedule]
        hour = "9:30"
        quiet_from = 21:00:00
        holidays = [2026-12-24, "2026-12-31"]
        reminders = ["30s", "1m"]
        open_for = "2m"
        tick = "1s"
        [reports]
        weekly_at = "fri 16:00"
        """,
    )
    assert (settings.schedule.hour, settings.schedule.quiet_from) == (time(9, 30), time(21))
    assert settings.schedule.holidays == (date(2026, 12, 24), date(2026, 12, 31))
    assert settings.schedule.reminders == (timedelta(seconds=30), timedelta(minutes=1))
    assert (settings.schedule.open_for, settings.schedule.tick) == (timedelta(minutes=2), timedelta(seconds=1))
    assert settings.reports.weekly_at == Weekly(4, time(16))


def test_paths_are_seen_from_the_folder_of_the_file(tmp_path):
    content = '[keys]\nfile = "secret/k.key"\n[surveys]\ndirectories = ["ours", "/srv/theirs"]\n'
    settings = read(tmp_path, content + '[database]\nurl = "sqlite:///data/a.db"\n')
    assert settings.keys.file == tmp_path / "secret" / "k.key"
    assert settings.surveys.directories == (tmp_path / "ours", Path("/srv/theirs"))
    assert settings.database.url == f"sqlite:///{tmp_path}/data/a.db"


@pytest.mark.parametrize("written", ["http://127.0.0.1:81", "http://127.0.0.1:81/", "http://127.0.0.1:81/bot"])
def test_the_address_of_a_server_may_be_written_with_or_without_bot(tmp_path, written):
    telegram = read(tmp_path, f'[telegram]\nbase_url = "{written}"\n').telegram
    assert (telegram.base_url, telegram.file_url) == ("http://127.0.0.1:81/bot", "http://127.0.0.1:81/file/bot")


def test_every_problem_is_said_at_once_with_its_line(tmp_path):
    content = """[telegram]
tokn = "1:x"
mode = "pol"
base_url = "ftp://x"
[schedule]
hour = "25:00"
reminders = [
  "2d",
  "x",
]
sundays = "ja"
holidays = ["2026-13-01"]
open_for = "0s"
timezone = "Europe/Maribor"
[reports]
minimum_cell = 0
weekly_at = "pon 8"
[privacy]
unlink_after = "90d"
[database]
url = "mysql://host/name"
[survey]
a = 1
"""
    assert problems(tmp_path, content) == [
        'config.toml:2: "tokn" in [telegram] is not known; did you mean "token"?',
        "config.toml:3: \"mode\" is one of 'polling' or 'webhook'",
        "config.toml:4: base_url: write an address that begins with https:// or http://",
        'config.toml:6: hour: an hour is written like "10:00"',
        'config.toml:9: reminders: a length of time is written like "90d", "12h", "15m" or "30s"',
        'config.toml:11: "sundays" must be true or false, without quotes',
        'config.toml:12: holidays: write the code of a country, like "SI", or a list of dates, like [2026-12-25]',
        "config.toml:13: open_for: the length of time must be longer than nothing",
        'config.toml:14: timezone: there is no such time zone; write one like "Europe/Ljubljana"',
        'config.toml:16: "minimum_cell" must be at least 1',
        (
            'config.toml:17: weekly_at: a moment of the week is written like "mon 08:00";'
            " the days are mon, tue, wed, thu, fri, sat, sun"
        ),
        'config.toml:19: unlink_after: the length of time must be at most "30d"',
        "config.toml:21: url: the database is either sqlite:///… or postgresql://…",
        'config.toml:22: the section "survey" is not known; did you mean "surveys"?',
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("telegram = 1", 'config.toml:1: "telegram" must be a section: [name] and its keys below'),
        ("[telegram]\ntoken = 5", 'config.toml:2: "token" must be words between quotes'),
        (
            '[database]\nurl = "sqlite://"',
            ("config.toml:2: url: the database must be a file, so that answers stay: sqlite:///povezujejo.db"),
        ),
        (
            '[database]\nurl = "x"',
            ("config.toml:2: url: write an address such as sqlite:///povezujejo.db or postgresql://user@host/name"),
        ),
        ('[keys]\nfile = ""', "config.toml:2: file: write the name of a file or folder"),
        ("[keys]\nfile = 7", 'config.toml:2: "file" must be the name of a file or folder between quotes'),
        ("[telegram]\nwebhook_port = 70000", 'config.toml:2: "webhook_port" must be at most 65535'),
        ("[schedule]\nreminders = 7", 'config.toml:2: "reminders" must be a list: [ … ]'),
        ('[reports]\nminimum_cell = "5"', 'config.toml:2: "minimum_cell" must be a whole number without quotes'),
        ('[telegram]\nwebhook_path = "x"', 'config.toml:2: "webhook_path" must begin with /'),
        (
            '[schedule]\nholidays = "XY"',
            ('config.toml:2: holidays: write the code of a country, like "SI", or a list of dates, like [2026-12-25]'),
        ),
        (
            '[telegram]\ntoken = "1:a"\ntoken_file = "t"',
            ("config.toml:1: telegram: token and token_file are both there; keep one"),
        ),
        (
            '[telegram]\nmode = "webhook"',
            ('config.toml:1: telegram: mode = "webhook" needs a webhook_url, where Telegram finds this bot'),
        ),
        (
            '[telegram]\nmode = "webhook"\nwebhook_url = "https://x"\nwebhook_secret = "č"',
            (
                "config.toml:1: telegram: "
                'mode = "webhook" needs a webhook_secret of 1 to 256 letters A-Z a-z, digits, _ or -'
            ),
        ),
    ],
)
def test_a_problem_says_what_to_write(tmp_path, content, sentence):
    assert problems(tmp_path, content) == [sentence]


def test_what_is_no_toml_is_said_with_its_line(tmp_path):
    (line,) = problems(tmp_path, '[telegram]\ntoken = "x\n')
    assert line.startswith("config.toml:2: this is not TOML: ")


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ConfigurationError, match="there is no such file; »povezujejo init« writes one"):
        read_settings(tmp_path / "none.toml", {})


def test_the_environment_overrides_the_file(tmp_path):
    settings = read(
        tmp_path,
        '[schedule]\nhour = "9:00"\nsundays = false\n',
        POVEZUJEJO_SCHEDULE__HOUR="11:00",
        POVEZUJEJO_SCHEDULE__SUNDAYS="true",
        POVEZUJEJO_SCHEDULE__REMINDERS='["1d"]',
        POVEZUJEJO_REPORTS__MINIMUM_CELL="7",
        POVEZUJEJO_KEYS__FILE="k.key",
        POVEZUJEJO_CONFIG="elsewhere.toml",
        HOME="/root",
    )
    assert (settings.schedule.hour, settings.schedule.sundays) == (time(11), True)
    assert settings.schedule.reminders == (timedelta(days=1),)
    assert settings.reports.minimum_cell == 7
    assert settings.keys.file == tmp_path / "k.key"


def test_problems_of_the_environment_name_the_variable(tmp_path):
    said = problems(
        tmp_path,
        "",
        POVEZUJEJO_SCHEDULE__OPEN_FOR="5x",
        POVEZUJEJO_TELEGRAM__TOKE="x",
        POVEZUJEJO_SCHEDULE__REMINDERS="[",
    )
    assert said == [
        'POVEZUJEJO_SCHEDULE__OPEN_FOR: open_for: a length of time is written like "90d", "12h", "15m" or "30s"',
        'POVEZUJEJO_SCHEDULE__REMINDERS: "reminders" must be a list: [ … ]',
        'POVEZUJEJO_TELEGRAM__TOKE: this variable is not known; did you mean "POVEZUJEJO_TELEGRAM__TOKEN"?',
    ]


def test_without_a_file_the_environment_is_enough():
    settings = read_settings(None, SECRETS)
    assert settings.telegram.token == "123:SECRETTOKEN"
    assert settings.keys.file == Path.cwd() / "povezujejo.key"


def test_a_token_may_stand_in_a_file_of_its_own(tmp_path):
    (tmp_path / "token.txt").write_text("123:abc\n")
    assert read(tmp_path, '[telegram]\ntoken_file = "token.txt"\n').telegram.token == "123:abc"


@pytest.mark.parametrize("content", [None, "", " \n"])
def test_a_file_without_a_token_is_said(tmp_path, content):
    if content is not None:
        (tmp_path / "token.txt").write_text(content)
    said = problems(tmp_path, '[telegram]\ntoken_file = "token.txt"\n')
    assert said == ["config.toml:2: no token can be read from token.txt; write the token of the bot into this file"]


def test_secrets_hide_themselves():
    settings = read_settings(None, SECRETS)
    shown = f"{settings!r} {settings} {settings.model_dump_json()} {settings.telegram!r}"
    assert [secret for secret in ("SECRETTOKEN", "SECRETWORD", "SECRETPASSWORD") if secret in shown] == []
    assert settings.database.url == SECRETS["POVEZUJEJO_DATABASE__URL"]


def test_a_problem_never_repeats_what_was_written(tmp_path):
    assert "SECRET" not in "".join(problems(tmp_path, '[telegram]\nbase_url = "SECRET"\nmode = "SECRET"\n'))


def test_the_rhythm_knows_slovenian_holidays():
    policy = Settings().schedule.policy()
    assert [policy.holiday(date(2026, 2, day)) for day in (7, 8)] == [False, True]
    assert (policy.hour, policy.open_for, policy.sundays) == (time(10), timedelta(days=14), False)


def test_the_rhythm_knows_listed_holidays(tmp_path):
    policy = read(tmp_path, "[schedule]\nholidays = [2026-12-24]\n").schedule.policy()
    assert [policy.holiday(date(2026, 12, day)) for day in (24, 25)] == [True, False]


LIBRARY = """[libraries.BRE]
phone = "07 620 12 34"
contact = "oddelek za odrasle"
email = "info@knjiznica.si"
hours = ["Mon-Fri 8:00-19:00", "sat 8:00 – 13:00"]
"""


def test_a_library_says_where_its_people_turn_to(tmp_path):
    settings = read(tmp_path, LIBRARY)
    (one,) = settings.libraries.values()
    assert (list(settings.libraries), one.phone, one.contact, one.email) == (
        ["BRE"],
        "07 620 12 34",
        "oddelek za odrasle",
        "info@knjiznica.si",
    )
    assert one.hours == (Open(0, 4, time(8), time(19)), Open(5, 5, time(8), time(13)))


@pytest.mark.parametrize(
    "written",
    [
        *("07 620 12 34", "+386 7 620 12 34", "+386 (0)7 620 12 34", "00386 7 620 12 34", "(07) 620-12-34"),
        *("041 123 456", "041/123-456", "+386 41 123 456", "01/5555-555", "080 12 34", "080  2012"),
    ],
)
def test_a_telephone_number_is_kept_as_people_write_it(tmp_path, written):
    assert read(tmp_path, f'[libraries.BRE]\nphone = "{written}"\n').libraries["BRE"].phone == " ".join(written.split())


@pytest.mark.parametrize(
    "written",
    ["7 620 12 34", "07 620 12 3", "07 620 12 345", "+43 1 5125050", "07 620 12 3x", "112", "+386 07 620 12 345"],
)
def test_what_is_no_telephone_number_of_the_country_is_said(tmp_path, written):
    assert problems(tmp_path, f'[libraries.BRE]\nphone = "{written}"\n') == [
        'config.toml:2: phone: write a Slovenian number such as "07 620 12 34", "+386 7 620 12 34" or "080 12 34"'
    ]


def test_what_a_library_says_of_a_programme_is_by_its_slug_and_year(tmp_path):
    lines = 'about = "Tečaj."\neuros = { 2026 = 5880 }\nhours = { 2026 = 420, 2025 = 90 }\n'
    lines = f"[programmes.brezice-racunalnik]\n{lines}"
    (page,) = read(tmp_path, lines).programmes.values()
    assert (page.about, page.euros, page.hours) == ("Tečaj.", {"2026": 5880}, {"2026": 420, "2025": 90})


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("[programmes.x]\nhours = { now = 4 }\n", 'config.toml:2: hours: "now" is no year; write { 2026 = 420 }'),
        ("[programmes.x]\nhours = { 2026 = 0 }\n", 'config.toml:2: "hours.2026" must be at least 1'),
        (
            "[programmes.x]\neuros = { 2025 = 0.5 }\n",
            'config.toml:2: "euros.2025" must be a whole number without quotes',
        ),
        ('[programmes.x]\nabot = "x"\n', 'config.toml:2: "abot" in [programmes.x] is not known; did you mean "about"?'),
        (f'[programmes.x]\nabout = "{"x" * 301}"\n', 'config.toml:2: "about" has at most 300 characters'),
        (
            '[libraries.BRE]\ncontact = "Ana\\u202e"\n',
            "config.toml:2: contact: this is one line of words; remove U+202E, a character that nobody sees",
        ),
        (
            '[libraries.BRE]\nphoto = "a.jpg"\n',
            "config.toml:1: BRE: photo needs a photo_text: what is to be seen on it, for who does not see it",
        ),
    ],
)
def test_what_is_wrong_with_the_page_of_a_library_is_said(tmp_path, lines, said):
    assert problems(tmp_path, lines) == [said]


def test_every_problem_of_a_library_is_said_with_its_line(tmp_path):
    content = """[libraries.BRE]
fone = "07 620 12 34"
email = "info"
hours = [
  "mon-fri 8-19",
  "fri-mon 8:00-19:00",
  "sat 13:00-8:00",
  "sat 8:00-25:00",
]
[libraries.KAM]
phone = 7
[library.LJU]
phone = "x"
"""
    written = 'opening hours are written like "mon-fri 8:00-19:00" or "sat 8:00-13:00"'
    order = f"{written}; the earlier day and the earlier hour come first"
    assert problems(tmp_path, content) == [
        'config.toml:2: "fone" in [libraries.BRE] is not known; did you mean "phone"?',
        'config.toml:3: email: write an address such as "info@knjiznica.si"',
        f"config.toml:5: hours: {written}; the days are mon, tue, wed, thu, fri, sat, sun",
        f"config.toml:6: hours: {order}",
        f"config.toml:7: hours: {order}",
        f"config.toml:8: hours: {written}",
        'config.toml:11: "phone" must be words between quotes',
        'config.toml:12: the section "library" is not known; did you mean "libraries"?',
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("libraries = 1", '"libraries" must be a section for each of them: [name.CODE] and its keys below'),
        ("[libraries]\nBRE = 1", '"BRE" must be a section: [name] and its keys below'),
    ],
)
def test_what_is_no_section_of_a_library_is_said(tmp_path, content, sentence):
    (line,) = problems(tmp_path, content)
    assert line.endswith(sentence)


def test_settings_can_be_written_and_read_again(tmp_path):
    content = '[schedule]\nholidays = [2026-12-24]\n[reports]\nweekly_at = "tue 7:00"\n'
    settings = read(tmp_path, content + LIBRARY)
    written = settings.model_dump(mode="json", exclude={"database": {"url"}, "telegram": {"token", "webhook_secret"}})
    again = Settings.model_validate(written, context={"folder": tmp_path})
    assert again.schedule == settings.schedule
    assert again.reports == settings.reports
    assert again.libraries == settings.libraries


def test_where_staff_find_help_is_an_address_and_words(tmp_path):
    written = '[staff]\nmanual = "https://example.org/navodila"\ncontact = "Ana Novak, 01 234 56 78"\n'
    staff = read(tmp_path, written).staff
    assert (staff.manual, staff.contact) == ("https://example.org/navodila", "Ana Novak, 01 234 56 78")
    [problem] = problems(tmp_path, '[staff]\nmanual = "navodila.pdf"\n')
    assert problem == 'config.toml:2: manual: write an address such as "https://www.knjiznica.si/navodila"'
