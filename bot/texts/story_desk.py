"""What coordinators read of the stories that they prepare for publication."""

from __future__ import annotations

from bot.texts.common import safe
from storage.stories import StoryStanding
from surveys.locale_sl import quoted

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
APPROVED_AND_ASKED = "Odobreno. Zdaj osebo vprašamo, ali se strinja."
EDITED = "Urejeno besedilo je shranjeno. Preberite ga in se odločite o objavi."
CHANGED = (
    "Urejeno besedilo je shranjeno. Ker ni samo skrajšano, osebo ob vaši odobritvi vprašamo, ali se strinja. "
    "Brez njenega odgovora ga ne objavimo."
)
NOT_A_QUOTATION = (
    "Tega ne moremo objaviti kot navedek: več kot polovica besed ni od osebe. Ohranite njene besede in samo izpustite, "
    "kar je odveč ali kar bi osebo razkrilo."
)
_ORIGINAL = "Izvirnik:"
_FOR_PUBLICATION = "Za objavo:"

STANDINGS: dict[StoryStanding, str] = {
    StoryStanding.DRAFT: "ni oddana",
    StoryStanding.PRIVATE: "samo za knjižnico",
    StoryStanding.WAITING: "čaka na odločitev",
    StoryStanding.ASKED: "čaka na odgovor osebe",
    StoryStanding.REFUSED: "oseba se z urejenim besedilom ne strinja",
    StoryStanding.APPROVED: "odobrena za objavo",
    StoryStanding.DECLINED: "ne bo objavljena",
    StoryStanding.WITHDRAWN: "dovoljenje preklicano",
}
WHAT_NOW: dict[StoryStanding, str] = {
    StoryStanding.DRAFT: "",
    StoryStanding.PRIVATE: "Objava ni dovoljena. Zgodba je namenjena samo vam v knjižnici.",
    StoryStanding.WAITING: "Objava je dovoljena. Pred odločitvijo preverite, da po zgodbi ni mogoče prepoznati osebe.",
    StoryStanding.ASKED: (
        "Besedilo ste odobrili. Ker ni samo skrajšano, osebo vprašamo, ali se strinja. Do odgovora ga ni v poročilih."
    ),
    StoryStanding.REFUSED: (
        "Oseba se z urejenim besedilom ne strinja, zato ga ni v poročilih. Lahko ga uredite drugače."
    ),
    StoryStanding.APPROVED: "Objava je dovoljena in odobrena. Zgodba je lahko v poročilih.",
    StoryStanding.DECLINED: "Objava je dovoljena, odločili pa ste se, da je ne bo.",
    StoryStanding.WITHDRAWN: "Dovoljenje za objavo je preklicano. Zgodbe ni več v novih poročilih; ne objavljajte je.",
}


def name(number: int) -> str:
    """What a story is called among staff."""
    return f"Zgodba {number}"


def line(number: int, programme: str, handed_in_on: str, standing: StoryStanding) -> str:
    """One story in the list."""
    return f"<b>{name(number)}</b> · {safe(programme)}, {handed_in_on}\n{STANDINGS[standing]}"


def waiting(count: int) -> str:
    """How many wait, after a colon, where all forms read alike."""
    return f"Čaka na odločitev: {count}"


def waiting_here(count: int) -> str:
    """The same in /stanje."""
    return f"Zgodb čaka na odločitev: {count}"


def story(
    number: int, where: tuple[str, str], handed_in_on: str, text: str, edited: str | None, standing: StoryStanding
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
        "kar je predolgo, in izpustite vse, po čemer bi osebo prepoznali. Pomena ne spreminjajte.\n"
        "Če besedilo samo skrajšate, odločite sami. Za vsako drugo spremembo vprašamo osebo.\n\n"
        f"Sedanje besedilo (z dotikom ga kopirate):\n\n<code>{safe(text)}</code>"
    )
