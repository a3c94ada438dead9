"""Questions as somebody outside writes them, answered in the chat: what is typed, tapped and stored."""

from plugins.authored import asking

from tests.bot.participant.test_participant_journey import BREZICE, joined, say, stored, tap


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
