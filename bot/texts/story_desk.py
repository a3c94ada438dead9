"""What coordinators read of the stories that they prepare for publication."""

from __future__ import annotations

from bot.texts.common import safe
from reports.slovenian import quoted
from storage.stories import Standing

STORIES = "Zgodbe"
STORIES_EMPTY = (
    "<b>Zgodbe</b>\n\nZgodb še ni. Ko kdo ob koncu vprašalnika pove svojo zgodbo in jo odda, jo najdete tukaj."
)
STORIES_ABOUT = "V poročilih so samo zgodbe, ki jih ljudje dovolijo objaviti in jih vi odobrite."
APPROVE = "Odobri za objavo"
DECLINE = "Ne objavi"
EDIT = "Uredi za objavo"
GONE = "Te zgodbe ni več."
CHANGED_MEANWHILE = "Zgodba se je medtem spremenila."
TO_STORIES = "Vse zgodbe"
APPROVED = "Odobreno za objavo"
DECLINED = "Ne bo objavljeno"
EDITED = "Urejeno besedilo je shranjeno. Preberite ga in se odločite o objavi."
_ORIGINAL = "Izvirnik:"
_FOR_PUBLICATION = "Za objavo:"

STANDINGS: dict[Standing, str] = {
    Standing.DRAFT: "ni oddana",
    Standing.PRIVATE: "samo za knjižnico",
    Standing.WAITING: "čaka na odločitev",
    Standing.APPROVED: "odobrena za objavo",
    Standing.DECLINED: "ne bo objavljena",
    Standing.WITHDRAWN: "dovoljenje preklicano",
}
WHAT_NOW: dict[Standing, str] = {
    Standing.DRAFT: "",
    Standing.PRIVATE: "Objava ni dovoljena. Zgodba je namenjena samo vam v knjižnici.",
    Standing.WAITING: "Objava je dovoljena. Pred odločitvijo preverite, da po zgodbi ni mogoče prepoznati osebe.",
    Standing.APPROVED: "Objava je dovoljena in odobrena. Zgodba je lahko v poročilih.",
    Standing.DECLINED: "Objava je dovoljena, odločili pa ste se, da je ne bo.",
    Standing.WITHDRAWN: "Dovoljenje za objavo je preklicano. Zgodbe ni več v novih poročilih; ne objavljajte je.",
}


def name(number: int) -> str:
    """What a story is called among staff."""
    return f"Zgodba {number}"


def line(number: int, programme: str, handed_in_on: str, standing: Standing) -> str:
    """One story in the list."""
    return f"<b>{name(number)}</b> · {safe(programme)}, {handed_in_on}\n{STANDINGS[standing]}"


def waiting(count: int) -> str:
    """How many wait, after a colon, where all forms read alike."""
    return f"Čaka na odločitev: {count}"


def waiting_here(count: int) -> str:
    """The same in /stanje."""
    return f"Zgodb čaka na odločitev: {count}"


def story(
    number: int, where: tuple[str, str], handed_in_on: str, text: str, edited: str | None, standing: Standing
) -> str:
    """One story with the copy for publication, where there is one. `where`: the programme and the group."""
    head = f"<b>{name(number)}</b> · {STANDINGS[standing]}\n{safe(where[0])} · {safe(where[1])}\n{handed_in_on}"
    original = f"<b>{_ORIGINAL}</b>\n{safe(quoted(text))}"
    copy = "" if edited is None else f"<b>{_FOR_PUBLICATION}</b>\n{safe(quoted(edited))}"
    return "\n\n".join(part for part in (head, original, copy, WHAT_NOW[standing]) if part)


def ask_edit(number: int, text: str) -> str:
    """Before the copy for publication is typed; the text can be copied by a touch."""
    return (
        f"<b>{name(number)}: besedilo za objavo</b>\n\n"
        "Napišite celotno besedilo, kot naj bo objavljeno, in ga pošljite. Izvirnik ostane shranjen. Skrajšajte, "
        "kar je predolgo, in izpustite vse, po čemer bi osebo prepoznali. Pomena ne spreminjajte.\n\n"
        f"Sedanje besedilo (z dotikom ga kopirate):\n\n<code>{safe(text)}</code>"
    )
