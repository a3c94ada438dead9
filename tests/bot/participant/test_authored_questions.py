"""Questions as somebody outside writes them, answered in the chat: what is typed, tapped and stored."""

from datetime import date

import pytest
from plugins.authored import asking

from bot.texts import english, slovene
from surveys.epoch import days_since
from surveys.model import Item
from surveys.reading import Problem
from tests.bot.participant.test_participant_journey import BREZICE, joined, say, stored, tap

pytestmark = pytest.mark.both_databases


async def asked(village, folder, items):
    """Somebody at the first of these questions."""
    village.services.programmes[BREZICE] = asking(village.services.programmes[BREZICE], folder, items)
    person = await joined(village)
    await tap(person, "dobro")
    return person


async def test_an_option_is_stored_by_its_own_code_wherever_it_stands(village, tmp_path):
    choices = """[
      { code = 101, label = "na spletu", name = "splet" },
      { code = 7, label = "drugje" },
      { code = 102, label = "doma" },
    ]"""
    items = "".join(
        f'[[items]]\nid = "{id_}"\nkind = "choice"\ntext = "Kje {id_}?"\nchoices = {choices}\n' for id_ in "abc"
    )
    person = await asked(village, tmp_path, items)
    assert person.buttons[:3] == ["101 · na spletu", "7 · drugje", "102 · doma"]
    await tap(person, "102")
    await say(person, "101")
    await say(person, "2")
    assert person.screen.text.startswith("Tega odgovora ni med možnostmi.")
    await say(person, "drugje")
    assert await stored(village) == {"primary": (2, None), "a": (102, None), "b": (101, None), "c": (7, None)}


async def test_bare_numbers_are_typed_as_themselves_below_zero_and_with_decimals_too(village, tmp_path):
    def item(id_, labels):
        choices = ", ".join(f'{{ code = {code}, label = "{label}" }}' for code, label in enumerate(labels, start=5))
        return f'[[items]]\nid = "{id_}"\nkind = "scale"\ntext = "Koliko {id_}?"\nchoices = [{choices}]\n'

    written = item("signs", ("-1", "0", "1")) + item("halves", ("1,5", "2", "2,5")) + item("marks", ("1", "2", "3"))
    person = await asked(village, tmp_path, written)
    assert person.buttons[:3] == ["-1", "0", "1"]
    await say(person, "-1")
    await say(person, "2.5")
    await say(person, "3")
    assert await stored(village) == {"primary": (2, None), "signs": (5, None), "halves": (7, None), "marks": (7, None)}


QUANTITIES = """
[[items]]
id = "hours"
kind = "number"
text = "Koliko ur na dan berete?"
unit = "ur"
places = 1
minimum = 0.5

[[items]]
id = "since"
kind = "date"
text = "Kdaj ste se vpisali?"
maximum = 2026-12-31

[[items]]
id = "born"
kind = "date"
text = "Katerega leta ste rojeni?"
accuracy = "year"

[[items]]
id = "books"
kind = "number"
text = "Koliko knjig imate?"

[[items]]
id = "moved"
kind = "date"
text = "Kdaj ste se preselili?"
accuracy = "month"
"""


async def test_numbers_and_dates_are_read_back_as_they_were_taken(village, tmp_path):
    person = await asked(village, tmp_path, QUANTITIES)
    assert "Napišite številko in jo pošljite. Lahko ima decimalke, na primer 1,5." in person.screen.text
    await say(person, "0,4")
    assert person.screen.text.startswith("Številka je premajhna. Najmanjša možna je 0,5.")
    await say(person, "2,25")
    assert person.screen.text.startswith("Številka ima preveč decimalk. Največ jih je lahko 1.")
    await say(person, "2.5 ure")
    assert person.screen.text.startswith("Shranjeno: 2,5")
    assert "Napišite datum in ga pošljite, na primer 3. 12. 2026." in person.screen.text.replace("\xa0", " ")
    await say(person, "1/3/2026")
    told = person.screen.text.replace("\xa0", " ").split("\n\n")[0]
    assert told == "Ta datum lahko pomeni dva dneva. Napišite ga z letom in v tem vrstnem redu: 3. 12. 2026."
    await say(person, "1. 1. 2027")
    assert person.screen.text.replace("\xa0", " ").startswith(
        "Ta datum je prepozen. Najpoznejši možen je 31. 12. 2026."
    )
    await say(person, "danes")
    today = village.clock.now.astimezone(village.services.policy.zone).date()
    assert person.screen.text.replace("\xa0", " ").startswith(f"Shranjeno: {today.day}. {today.month}. {today.year}")
    assert "Napišite leto, na primer 1999." in person.screen.text
    await say(person, "1947")
    assert person.screen.text.startswith("Shranjeno: 1947")
    await say(person, "-95")
    assert person.screen.text.startswith("Številka je premajhna. Najmanjša možna je -94.")
    await say(person, "12000")
    assert person.screen.text.startswith("Shranjeno: 12000")
    assert "Napišite mesec in leto, na primer maj 1999." in person.screen.text.replace("\xa0", " ")
    for typed, told in (
        ("5/99", "Napišite leto s štirimi številkami, na primer maj 1999."),
        ("lani", "Tukaj potrebujemo mesec in leto, na primer maj 1999."),
        ("maja 1999", "Shranjeno: maj 1999"),
    ):
        await say(person, typed)
        assert person.screen.text.replace("\xa0", " ").startswith(told)
    await tap(person, "‹ Nazaj")
    await say(person, "3. maja 1999")  # the same month again, and a day that is not kept
    assert person.screen.text.replace("\xa0", " ").startswith("Shranjeno: maj 1999\n")
    assert await stored(village) == {
        "primary": (2, None),
        "hours": (25, None),
        "since": (days_since(today), None),
        "born": (days_since(date(1947, 1, 1)), None),
        "books": (12000, None),
        "moved": (days_since(date(1999, 5, 1)), None),
    }
    assert [label for label in person.buttons if label.startswith(("2 ·", "4 ·", "6 ·"))] == [
        *("2 · 2,5", "4 · 1947", "6 · maj 1999"),
    ]


SECTIONS = """
[[sections]]
id = "reading"
title = "O branju"
when = { item = "primary", is = "eq", value = 2 }

[[items]]
id = "topics"
section = "reading"
kind = "multiple"
text = "Kaj radi berete?"
fewest = 2
most = 2
choices = [
  { code = 0, label = "romane" },
  { code = 1, label = "pesmi" },
  { code = 2, label = "stripe" },
  { code = 3, label = "drugo", other = "Kaj drugega radi berete?" },
  { code = 4, label = "nič od tega", alone = true },
]

[[items]]
id = "days"
section = "reading"
kind = "number"
text = "Koliko dni na teden berete?"
minimum = 0
maximum = 7
message = "V tednu je 7 dni."

[[items]]
use = "life_satisfaction"
section = "reading"

[[items]]
id = "last"
kind = "text"
text = "Še kaj?"
optional = true
"""


async def test_a_section_has_a_heading_once_and_its_rule_hides_all_of_it(village, tmp_path):
    person = await asked(village, tmp_path, SECTIONS)
    assert person.screen.text.split("\n\n")[1:3] == ["O branju", "Kaj radi berete?"]
    await say(person, "0, 1")
    assert "O branju" not in person.screen.text
    assert "Koliko dni na teden berete?" in person.screen.text
    await tap(person, "‹ Nazaj")
    assert "O branju" in person.screen.text
    await tap(person, "‹ Nazaj")
    await tap(person, "slabo")
    assert "Še kaj?" in person.screen.text
    assert (await stored(village))["topics"] == (None, "not_asked")


async def test_options_keep_to_their_limits_and_one_excludes_the_others(village, tmp_path):
    person = await asked(village, tmp_path, SECTIONS)
    assert "Izberite dva odgovora. Nato izberite »Naprej«." in person.screen.text
    for label in ("romane", "pesmi", "stripe"):
        await tap(person, label)
    assert person.screen.text.startswith("To je preveč odgovorov. Izberite dva odgovora.")
    assert [label for label in person.buttons if label.startswith("✓")] == ["✓ 0 · romane", "✓ 1 · pesmi"]
    await tap(person, "nič od tega")
    assert [label for label in person.buttons if label.startswith("✓")] == ["✓ 4 · nič od tega"]
    await tap(person, "stripe")
    assert [label for label in person.buttons if label.startswith("✓")] == ["✓ 2 · stripe"]
    await tap(person, "Naprej")
    assert person.screen.text.startswith("To je premalo odgovorov. Izberite dva odgovora.")
    await say(person, "0, 4")
    assert person.screen.text.startswith("Odgovor »nič od tega« ne gre skupaj z drugimi.")
    await say(person, "nič od tega")
    assert (await stored(village))["topics"] == (16, None)
    await say(person, "9")
    assert person.screen.text.startswith("V tednu je 7 dni.")


@pytest.mark.parametrize(
    ("fewest", "most", "said", "in_english"),
    [
        (None, 1, "največ en odgovor", "at most one answer"),
        (None, 3, "največ tri odgovore", "at most three answers"),
        (2, None, "vsaj dva odgovora", "at least two answers"),
        (5, None, "vsaj pet odgovorov", "at least five answers"),
        (1, 2, "en ali dva odgovora", "one or two answers"),
        (4, 5, "štiri ali pet odgovorov", "four or five answers"),
        (4, 4, "štiri odgovore", "four answers"),
        (1, 11, "od 1 do 11\xa0odgovorov", "1 to 11 answers"),
        (12, None, "vsaj 12 odgovorov", "at least 12 answers"),
    ],
)
def test_how_many_options_are_chosen_is_one_sentence(fewest, most, said, in_english):
    item = Item(id="a", kind="multiple", text="Kaj?", fewest=fewest, most=most)
    assert slovene.participant.several(item) == f"Izberite {said}. Nato izberite »Naprej«."
    assert english.participant.several(item) == f"Choose {in_english}. Then choose “Next”."
    assert said in slovene.participant.problem(Problem.TOO_MANY, item)


async def test_who_chooses_another_option_is_asked_which(village, tmp_path):
    person = await asked(village, tmp_path, SECTIONS)
    await say(person, "0, 3")
    assert "Kaj drugega radi berete?" in person.screen.text
    assert "Preskoči" in person.buttons
    await say(person, "Zemljevide")
    assert "Koliko dni na teden berete?" in person.screen.text
    assert {item: value for item, value in (await stored(village)).items() if item.startswith("topics")} == {
        "topics": (9, None),
        "topics_other": (None, None),
    }
