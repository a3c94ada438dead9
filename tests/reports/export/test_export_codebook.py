"""The codebook in Markdown: every column, what its codes mean, and who was asked."""

import pytest
from plugins.exporting import made

from reports.export.rules import in_words
from surveys.conditions import AllOf, AnyOf, Compare, Not
from surveys.model import Choice, Item, Kind, Questionnaire

MOOD = Item(
    id="mood",
    kind=Kind.SCALE,
    text="Kako ste?",
    choices=(Choice(code=1, label="slabo"), Choice(code=2, label="dobro")),
)
DAYS = Item(id="days", kind=Kind.NUMBER, text="Koliko dni?", minimum=0, maximum=7)
ASKS = Questionnaire(id="q", title="Vprašalnik", items=(MOOD, DAYS))
GOOD = Compare(item="mood", is_="eq", value=2)
OFTEN = Compare(item="days", is_="ge", value=3)


def section(text, name):
    return text.split(f"### `{name}`\n\n")[1].split("\n\n### ")[0].strip().split("\n")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (GOOD, "je pri »Kako ste?« odgovor »dobro«"),
        (Compare(item="mood", is_="ne", value=1), "je pri »Kako ste?« odgovor drug kot »slabo«"),
        (Compare(item="mood", is_="in", value=(1, 2)), "je pri »Kako ste?« odgovor »slabo« ali »dobro«"),
        (Compare(item="mood", is_="has", value=1), "je pri »Kako ste?« med odgovori »slabo«"),
        (Compare(item="days", is_="lt", value=3), "je pri »Koliko dni?« odgovor nižji od 3"),
        (Compare(item="days", is_="le", value=3), "je pri »Koliko dni?« odgovor največ 3"),
        (Compare(item="days", is_="gt", value=3), "je pri »Koliko dni?« odgovor višji od 3"),
        (OFTEN, "je pri »Koliko dni?« odgovor vsaj 3"),
        (Compare(item="days", is_="answered"), "je na »Koliko dni?« odgovor"),
        (AllOf(all=(GOOD, OFTEN)), "je pri »Kako ste?« odgovor »dobro« in je pri »Koliko dni?« odgovor vsaj 3"),
        (AnyOf(any=(GOOD, OFTEN)), "je pri »Kako ste?« odgovor »dobro« ali je pri »Koliko dni?« odgovor vsaj 3"),
        (
            Not(not_=AnyOf(any=(GOOD, GOOD))),
            "ne drži, da (je pri »Kako ste?« odgovor »dobro« ali je pri »Kako ste?« odgovor »dobro«)",
        ),
    ],
)
def test_every_rule_has_words(rule, said):
    assert in_words(rule, ASKS) == said


def test_every_column_of_every_table_has_an_entry(new_group):
    found = made(new_group("ljutomer-branje"), "csv", plain=True, texts=True)
    names = [name for file in ("siroko.csv", "dolgo.csv") for name in found[file].decode().split("\n")[0].split(",")]
    lines = found["sifrant.md"].decode().split("\n")
    assert [line.removeprefix("### `").removesuffix("`") for line in lines if line.startswith("### `")] == names


def test_a_question_is_told_with_answers_rule_and_source(new_group):
    group = new_group("brezice-racunalnik")
    text = made(group, "sav")["sifrant.md"].decode()
    version = group.programme.questionnaires[0].hash[:12]
    assert section(text, "purposes_t0_1") == [
        "izhodišče: »e-pošta« – Za kaj uporabljate računalnik?",
        "",
        "- Vprašanje: Za kaj uporabljate računalnik?",
        "- Merjenje: izhodišče (t0)",
        "- Odgovori: 0 = ni izbrano; 1 = izbrano",
        "- Brez odgovora: -99 = Ne vem; -95 = Ni bilo vprašano",
        "- Kdo je vprašan: samo, kadar ne drži, da je pri »Koliko dni na teden uporabljate računalnik?« odgovor 0",
        "- Merska raven: imenska (nominal)",
        f"- Vir: program brezice-racunalnik, vprašalnik before, različica {version}",
        "- Opombe: Izberete lahko več odgovorov.",
    ]
    assert section(text, "loneliness_t2")[-1] == "- Opombe: Višja koda pomeni slabše stanje."
    assert section(text, "computer_days_t0")[4] == "- Odgovori: celo število od 0 do 7 (dni)"


def test_the_codebook_says_whether_words_of_people_are_inside(new_group):
    group = new_group()
    without, inside = (made(group, "csv", texts=texts)["sifrant.md"].decode() for texts in (False, True))
    assert ("v podatkih ni; zapisano je le" in without, "preberite" in without) == (True, False)
    assert ("v podatkih ni; zapisano je le" in inside, "preberite" in inside) == (False, True)


def test_words_of_others_are_no_markup(new_group):
    group = new_group()
    group.programme = group.programme.model_copy(update={"name": "Učenje *<b>* | [x](y)\n# z"})
    text = made(group, "csv")["sifrant.md"].decode()
    assert text.split("\n")[0] == r"# Šifrant podatkov: Učenje \*\<b\>\* \| \[x\](y) \# z"
