"""What is kept for a time can be looked at, and forgotten at once."""

from datetime import timedelta

from bot.runtime.services import wall_clock
from storage import audit


def test_first_it_says_what_is_due_and_with_yes_it_forgets_it(prepared, operator):
    now = wall_clock()

    def fill(connection):
        for age in (timedelta(days=1), timedelta(days=1097)):
            audit.record(connection, "staff:1", "report.order", "x", now - age)

    operator.services.database.write_now(fill)
    told = operator.types("retention")
    assert told.splitlines()[-2].split() == ["trail", "of", "who", "did", "what", "2", "1"]
    assert told.endswith("Nothing is changed. To do it, add --yes.\n")
    [trail] = [one for one in operator.gets("retention", "--json") if one["due"]]
    assert trail == {"what": "trail of who did what", "kept": 2, "due": 1}
    assert operator.types("retention", "--yes").splitlines()[-1].split()[-2:] == ["1", "0"]
    assert [one for one in operator.gets("retention", "--json") if one["due"]] == []


def test_how_long_can_be_configured_within_bounds(prepared, operator):
    config = operator.folder / "config.toml"
    written = config.read_text()
    config.write_text(f'{written}\n[privacy]\ntrail_after = "40d"\n')
    now = wall_clock()
    operator.services.database.write_now(lambda c: audit.record(c, "staff:1", "x", "x", now - timedelta(days=41)))
    assert [one["what"] for one in operator.gets("retention", "--json") if one["due"]] == ["trail of who did what"]
    for key, value, says in (
        ("trail_after", "30d", 'must be at least "31d"'),
        ("words_after", "367d", 'must be at most "366d"'),
    ):
        config.write_text(f'{written}\n[privacy]\n{key} = "{value}"\n')
        assert says in operator.is_told("retention")
