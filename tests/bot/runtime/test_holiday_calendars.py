import subprocess
import sys
from datetime import date, timedelta

import holidays
import pytest

from bot.runtime.holiday_calendars import calendar_of, is_known
from tests.plugins.processes import ROOT

YEARS = range(2025, 2029)
OF_ONE_COUNTRY = (
    "from bot.runtime.settings import Schedule; from datetime import date; import sys;"
    "print(Schedule().policy().holiday(date(2027, 2, 8)), *(name for name in sys.modules if 'countries' in name))"
)


def test_every_country_has_the_days_that_the_library_gives_it():
    assert all(is_known(code) for code in holidays.list_supported_countries())
    assert not is_known("Narnia")
    for code in holidays.list_supported_countries(include_aliases=False):
        ours, theirs = calendar_of(code), holidays.country_holidays(code, years=YEARS)
        days = [date(YEARS[0], 1, 1) + timedelta(number) for number in range(366 * len(YEARS) - 3)]
        assert {day: ours.get(day) for day in days if day in ours} == {
            day: theirs[day] for day in days if day in theirs
        }


@pytest.mark.parametrize("code", ["SI", "SVN"])
def test_a_country_is_known_by_each_of_its_codes(code):
    assert calendar_of(code, "sl").get(date(2027, 6, 25)) == "dan državnosti"


def test_no_country_is_loaded_but_the_one_that_is_asked_for():
    asked = subprocess.run([sys.executable, "-c", OF_ONE_COUNTRY], cwd=ROOT, capture_output=True, text=True, check=True)
    assert asked.stdout == "True\n"
