"""What is said about stories: to who tells them, and to the coordinators who prepare them for publication."""

from __future__ import annotations

from bot.texts.common import safe
from reports.slovenian import quoted
from storage.stories import Standing

PUBLICATION_VERSION = "objava-2026-11"
LONGEST = 1000  # characters

# Telling

INVITED = (
    "<b>Želite povedati svojo zgodbo?</b>\n"
    "V nekaj stavkih nam lahko zaupate, kaj se je za vas spremenilo. Ni treba: vaši odgovori so že oddani."
)
TELL = "Povem svojo zgodbo"
ASK = (
    "<b>Vaša zgodba</b>\n\n"
    "V nekaj stavkih napišite, kaj se je za vas spremenilo, in pošljite kot sporočilo. Na primer: česa prej niste "
    "zmogli, zdaj pa gre.\n\n"
    f"Imen, naslovov in telefonskih številk ne pišite. Zgodba ima lahko največ {LONGEST} znakov."
)
NO_STORY = "Ne, hvala"
TITLE = "Vaša zgodba"
IS_IT_RIGHT = "Je tako prav? V knjižnici zgodbe še ne vidijo. Če želite kaj dodati, pošljite še eno sporočilo."
RIGHT = "Tako je prav"
TELL_AGAIN = "Napišem znova"
DROP = "Zgodbe ne oddam"
DROPPED = "Zgodba je izbrisana."
BY_BUTTON = "Tukaj izberite enega od gumbov."

ASK_PUBLICATION = (
    "<b>Ali smemo vašo zgodbo objaviti?</b>\n\n"
    "• Če dovolite, jo lahko knjižnica in Združenje splošnih knjižnic navedeta v poročilih in objavah o programu. "
    "Vašega imena ob njej ni.\n"
    "• V knjižnici jo pred objavo lahko skrajšajo ali popravijo, da vas po njej ni mogoče prepoznati.\n"
    "• Če ne dovolite, jo preberejo samo v knjižnici, ki vodi program.\n"
    "• Premislite si lahko kadar koli: /moji_podatki. Preklic velja za vse, kar objavimo pozneje."
)
PUBLISH = "Da, lahko objavite"
KEEP_PRIVATE = "Ne, samo za knjižnico"
HANDED_IN = "Hvala za vašo zgodbo!"

# One's own stories

ALLOW = "Dovolim objavo"
WITHDRAW = "Prekličem dovoljenje"
DELETE = "Izbriši zgodbo"
DELETE_ASK = "<b>Želite zgodbo izbrisati?</b>\n\nIzbrišemo jo za vedno, tudi v knjižnici. V novih poročilih je ne bo."
DELETE_YES = "Da, izbriši zgodbo"
DELETE_NO = "Ne, obdrži"
GO_ON = "Nadaljuj zgodbo"
CHANGED_MEANWHILE = "Zgodba se je medtem spremenila."

OWN: dict[Standing, str] = {
    Standing.DRAFT: "Zgodba še ni oddana. V knjižnici je ne vidijo.",
    Standing.PRIVATE: "Zgodbo preberejo samo v knjižnici. Ne bomo je objavili.",
    Standing.WAITING: "Dovolili ste objavo. V knjižnici se o objavi še niso odločili.",
    Standing.APPROVED: "Dovolili ste objavo in v knjižnici so zgodbo izbrali za poročila.",
    Standing.DECLINED: "Dovolili ste objavo, a v knjižnici je ne bodo objavili.",
    Standing.WITHDRAWN: "Objave ne dovolite več. V novih poročilih zgodbe ne bo.",
}
_OWN_EDITED = "Za objavo so jo v knjižnici uredili tako:"


def too_long(length: int) -> str:
    """Why a text could not be taken."""
    return f"Besedilo je predolgo: ima {length} znakov. Skrajšajte ga na največ {LONGEST} znakov."


def read_back(text: str) -> str:
    """What was told, to be read before it is handed in."""
    return f"<b>{TITLE}</b>\n\n{safe(quoted(text))}\n\n{IS_IT_RIGHT}"


def own(text: str, edited: str | None, standing: Standing, told_on: str) -> str:
    """One's own story, what becomes of it, and the words in which it may be published."""
    copy = f"{_OWN_EDITED}\n\n{safe(quoted(edited))}" if edited is not None and standing is not Standing.DRAFT else ""
    head = f"<b>{TITLE}</b>\n{told_on}"
    return "\n\n".join(part for part in (head, safe(quoted(text)), OWN[standing], copy) if part)


def own_line(name: str, told_on: str, standing: Standing) -> str:
    """One story in /moji_podatki."""
    return f"• {name}, {told_on}\n  {OWN[standing]}"


def own_name(place: int, of: int) -> str:
    """What one's stories are called: »Vaša zgodba«, or »Vaša zgodba 2« where there are several."""
    return TITLE if of == 1 else f"{TITLE} {place}"


# What coordinators read

STORIES = "Zgodbe"
STORIES_EMPTY = (
    "<b>Zgodbe</b>\n\nZgodb še ni. Ko kdo ob koncu vprašalnika pove svojo zgodbo in jo odda, jo najdete tukaj."
)
STORIES_ABOUT = "V poročilih so samo zgodbe, ki jih ljudje dovolijo objaviti in jih vi odobrite."
APPROVE = "Odobri za objavo"
DECLINE = "Ne objavi"
EDIT = "Uredi za objavo"
GONE = "Te zgodbe ni več."
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
