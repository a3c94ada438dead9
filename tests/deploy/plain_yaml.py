"""Reads the small part of YAML in which the compose file is written; whatever else stands there is an error."""

import re

ENTRY = re.compile(r"([\w./-]+):(?: (\S.*))?")


def read_plain_yaml(text):
    """Mappings, lists of words, and words; comments only on lines of their own."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    value, rest = _block([(len(line) - len(line.lstrip()), line.strip()) for line in lines], 0)
    assert rest == []
    return value


def _block(lines, indent):
    """What stands at this indentation, and what follows it."""
    if lines[0][1].startswith("- "):
        items = []
        while lines and lines[0][0] == indent:
            assert lines[0][1].startswith("- "), lines[0]
            items.append(lines.pop(0)[1][2:])
        return items, lines
    found = {}
    while lines and lines[0][0] == indent:
        key, word = ENTRY.fullmatch(lines.pop(0)[1]).groups()
        assert key not in found, key
        found[key] = word
        if word is None and lines and lines[0][0] > indent:
            found[key], lines = _block(lines, lines[0][0])
    assert not lines or lines[0][0] < indent, lines[0]
    return found, lines
