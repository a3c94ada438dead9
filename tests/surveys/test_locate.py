"""Every key of a TOML file has its line."""

from pathlib import Path

import pytest

from surveys.findings import Finding, Severity
from surveys.locate import SourcePlace, read

WRITTEN = """# a comment
id = "x"  # and another
a.b = 1
"q.r\\u010d" = 2
[lists]
how = [  # here too
  { code = 1, label = "n" },  # and here
  { code = 2, label = '''two
lines''' },
]

[[items]]
id = "y"
when = { all = [ { item = "x", is = "eq" } ] }
[[items.choices]]
code = 1
[[items.choices]]
code = 2
[items.more.still]
# a comment in a table
key = 1
[[items]]
[[items.choices]]
code = 3
"""


def written(tmp_path, content):
    file = tmp_path / "any.toml"
    file.write_bytes(content)
    return file


def test_every_key_and_element_has_its_line(tmp_path):
    source = read(written(tmp_path, WRITTEN.encode()))
    assert source.lines == {
        ("id",): 2,
        ("a", "b"): 3,
        ("q.rč",): 4,
        ("lists",): 5,
        ("lists", "how"): 6,
        ("lists", "how", 0): 7,
        ("lists", "how", 0, "code"): 7,
        ("lists", "how", 0, "label"): 7,
        ("lists", "how", 1): 8,
        ("lists", "how", 1, "code"): 8,
        ("lists", "how", 1, "label"): 8,
        ("items",): 12,
        ("items", 0): 12,
        ("items", 0, "id"): 13,
        ("items", 0, "when"): 14,
        ("items", 0, "when", "all"): 14,
        ("items", 0, "when", "all", 0): 14,
        ("items", 0, "when", "all", 0, "item"): 14,
        ("items", 0, "when", "all", 0, "is"): 14,
        ("items", 0, "choices"): 15,
        ("items", 0, "choices", 0): 15,
        ("items", 0, "choices", 0, "code"): 16,
        ("items", 0, "choices", 1): 17,
        ("items", 0, "choices", 1, "code"): 18,
        ("items", 0, "more", "still"): 19,
        ("items", 0, "more", "still", "key"): 21,
        ("items", 1): 22,
        ("items", 1, "choices"): 23,
        ("items", 1, "choices", 0): 23,
        ("items", 1, "choices", 0, "code"): 24,
    }


def test_a_key_that_is_missing_is_searched_for_in_its_table(tmp_path):
    place = SourcePlace(read(written(tmp_path, WRITTEN.encode())))
    assert (place / "items" / 0 / "text").line == 12
    assert (place / "nowhere").line == 1
    assert place.line == 1


def test_findings_of_a_place_name_file_line_and_severity(tmp_path):
    file = written(tmp_path, b"\xef\xbb\xbfid = 'x'\r\ntitle = 'y'\r\n")
    place = SourcePlace(read(file)) / "title"
    assert place.error("wrong") == Finding(file, 2, "wrong", Severity.ERROR)
    assert place.warning("odd") == Finding(file, 2, "odd", Severity.WARNING)
    assert str(place.error("wrong")) == f"{file}:2: wrong"
    assert str(Finding(Path("folder"), None, "empty")) == "folder: empty"


def test_what_is_not_toml_is_said_with_its_line(tmp_path):
    file = written(tmp_path, b'id = "x"\ntitle "y"\n')
    assert read(file) == Finding(
        file,
        2,
        "this is not TOML: expected '=' after a key in a key/value pair; "
        "look for a missing quote, bracket or equals sign",
    )


def test_what_ends_too_early_is_said_with_the_last_line(tmp_path):
    file = written(tmp_path, b'id = "x"\nchoices = [')
    assert read(file) == Finding(
        file, 2, "this is not TOML: invalid value; look for a missing quote, bracket or equals sign"
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a = " + b"[" * 20_000, "brackets are nested too deeply in this file; look for one that is never closed"),
        (b"#" * (2**20 + 1), "the file is larger than 1 MB, which nobody writes by hand"),
    ],
)
def test_what_would_take_too_long_is_said(tmp_path, content, sentence):
    file = written(tmp_path, content)
    assert read(file) == Finding(file, None, sentence)


def test_another_encoding_is_said_with_its_line(tmp_path):
    file = written(tmp_path, b'id = "x"\ntitle = "\x9aola"\n')
    assert read(file) == Finding(file, 2, "this line is not UTF-8; save the file with the encoding UTF-8")


def test_what_cannot_be_read_is_said_without_a_line(tmp_path):
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    finding = read(folder)
    assert (finding.file, finding.line, finding.severity) == (folder, None, Severity.ERROR)
