"""What is said about stories: to who tells them, and to the coordinators who prepare them for publication."""

from __future__ import annotations

from typing import ClassVar

from bot.texts.common import safe
from storage.stories import StoryStanding
from surveys.locale_sl import quoted

PUBLICATION_VERSION = "objava-2026-11"
LONGEST = 1000  # characters


class Stories:
    """What is said to who tells a story, in Slovenian."""

    # Telling

    INVITED = (
        "<b>Želite povedati svojo zgodbo?</b>\n"
        "V nekaj stavkih nam lahko zaupate, kaj se je za vas spremenilo. Ni treba: vaši odgovori so že oddani."
    )
    TELL = "Povem svojo zgodbo"
    ASK = (
        "<b>Vaša zgodba</b>\n\n"
        "V nekaj stavkih napišite, kaj se je za vas spremenilo, in pošljite. Na primer: česa prej niste zmogli, "
        "zdaj pa gre.\n\n"
        "Lahko jo tudi poveste v glasovnem sporočilu. V knjižnici jo prepišejo; posnetka ne objavimo.\n\n"
        f"Imen, naslovov in telefonskih številk ne pišite. Zgodba ima lahko največ {LONGEST} znakov."
    )
    NO_STORY = "Ne, hvala"
    TITLE = "Vaša zgodba"
    IS_IT_RIGHT = "Je tako prav? V knjižnici zgodbe še ne vidijo. Če želite kaj dodati, napišite še to in pošljite."
    RIGHT = "Tako je prav"
    ONE_RECORDING = "Zgodba ima lahko en posnetek. Za novega izberite »Povem znova«."
    TELL_AGAIN = "Povem znova"
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

    # The library's copy

    AGREE = "Strinjam se"
    DISAGREE = "Ne strinjam se"
    YOUR_WORDS = "Vaše besedilo:"
    COPY_ASK = "<b>Ali se strinjate, da jo tako objavimo?</b>\nBrez vašega »Strinjam se« je ne objavimo."

    def ask_agreement(self, library: str, text: str, edited: str) -> str:
        """Whether the library's copy may be published; it comes by itself and may stand on a lock screen."""
        return (
            f"<b>{safe(library)}: {self.TITLE}</b>\n\n{self.COPY_MADE}\n\n{safe(quoted(edited))}\n\n"
            f"{self.YOUR_WORDS}\n{safe(quoted(text))}\n\n{self.COPY_ASK}"
        )

    COPY_MADE = "Dovolili ste objavo svoje zgodbe. Za objavo so jo v knjižnici zapisali tako:"

    # One's own stories

    ALLOW = "Dovolim objavo"
    WITHDRAW = "Prekličem dovoljenje"
    DELETE = "Izbriši zgodbo"
    DELETE_ASK = (
        "<b>Želite zgodbo izbrisati?</b>\n\nIzbrišemo jo za vedno, tudi v knjižnici. V novih poročilih je ne bo."
    )
    DELETE_YES = "Da, izbriši zgodbo"
    DELETE_NO = "Ne, obdrži"
    GO_ON = "Nadaljuj zgodbo"

    OWN: ClassVar[dict[StoryStanding, str]] = {
        StoryStanding.DRAFT: "Zgodba še ni oddana. V knjižnici je ne vidijo.",
        StoryStanding.PRIVATE: "Zgodbo preberejo samo v knjižnici. Ne bomo je objavili.",
        StoryStanding.WAITING: "Dovolili ste objavo. V knjižnici se o objavi še niso odločili.",
        StoryStanding.ASKED: "Dovolili ste objavo. V knjižnici so zgodbo uredili in čakajo na vaš odgovor.",
        StoryStanding.REFUSED: "Z urejeno zgodbo se ne strinjate, zato je ne objavimo.",
        StoryStanding.APPROVED: "Dovolili ste objavo in v knjižnici so zgodbo izbrali za poročila.",
        StoryStanding.DECLINED: "Dovolili ste objavo, a v knjižnici je ne bodo objavili.",
        StoryStanding.WITHDRAWN: "Objave ne dovolite več. V novih poročilih zgodbe ne bo.",
    }
    _OWN_EDITED = "Za objavo so jo v knjižnici uredili tako:"

    def too_long(self, length: int) -> str:
        """Why a text could not be taken."""
        return f"Besedilo je predolgo: ima {length} znakov. Skrajšajte ga na največ {LONGEST} znakov."

    def read_back(self, text: str) -> str:
        """What was told, to be read before it is handed in."""
        return f"<b>{self.TITLE}</b>\n\n{safe(quoted(text))}\n\n{self.IS_IT_RIGHT}"

    def own(self, text: str, edited: str | None, standing: StoryStanding, told_on: str) -> str:
        """One's own story, what becomes of it, and the words in which it may be published."""
        copy = (
            f"{self._OWN_EDITED}\n\n{safe(quoted(edited))}"
            if edited is not None and standing is not StoryStanding.DRAFT
            else ""
        )
        head = f"<b>{self.TITLE}</b>\n{told_on}"
        return "\n\n".join(part for part in (head, safe(quoted(text)), self.OWN[standing], copy) if part)

    def own_line(self, name: str, told_on: str, standing: StoryStanding) -> str:
        """One story in /moji_podatki."""
        return f"• {name}, {told_on}\n  {self.OWN[standing]}"

    def own_name(self, place: int, of: int) -> str:
        """What one's stories are called: »Vaša zgodba«, or »Vaša zgodba 2« where there are several."""
        return self.TITLE if of == 1 else f"{self.TITLE} {place}"
