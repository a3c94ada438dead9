"""Questionnaires as somebody outside writes them: TOML that the loader reads, asked by a shipped programme."""

from surveys.load import load, shipped

_PROGRAMME = """\
slug = "kraj-branje"
name = "Branje"
library = "Knjižnica Kraj"
code = "KRA"
group = "Srečanja"
pooled = false

[[waves]]
id = "before"
name = "izhodišče"
anchor = "start"
offset = "0d"
questionnaire = "before"
"""
_HEAD = """\
id = "before"
title = "Vprašalnik"

[[items]]
id = "primary"
kind = "scale"
text = "Kako vam gre?"
choices = [{ code = 1, label = "slabo" }, { code = 2, label = "dobro" }]
role = "primary"
"""


def read(folder, items, programme=_PROGRAMME, **files):
    """The programme that a folder of these files describes, and what is wrong with it."""
    home = folder / "kraj-branje"
    home.mkdir(parents=True, exist_ok=True)
    contents = {"programme": programme, "before": _HEAD + items, **files}
    for name, content in contents.items():
        (home / f"{name}.toml").write_text(content, encoding="utf-8")
    return load([shipped(), folder])


def asking(programme, folder, items):
    """A shipped programme that asks before it begins what is written here, after one question of its own."""
    loaded = read(folder, items)
    assert [one.sentence for one in loaded.problems] == []
    (asked,) = loaded.programmes["kraj-branje"].questionnaires
    others = tuple(one for one in programme.questionnaires if one.id != "before")
    return programme.model_copy(update={"questionnaires": (asked, *others)})
