"""What people who answer on one phone read: for whom a card is, and what they are called there."""

from __future__ import annotations

from collections.abc import Iterable

from bot.texts.common import Common, safe

LONGEST = 20  # characters of a name, so that it fits on a button


class Sharing(Common):
    """Several people in one chat, in Slovenian."""

    # For whom

    ASK = "<b>Za koga odgovarjate?</b>"
    ANOTHER_PERSON = "Druga oseba"

    def for_whom(self, name: str) -> str:
        """Above every card of somebody who shares the phone."""
        return f"Za osebo: {safe(name)}"

    def begin(self, name: str) -> str:
        """A button."""
        return f"{name}: začni"

    def go_on(self, name: str) -> str:
        """A button."""
        return f"{name}: naprej"

    def ask(self, waiting: Iterable[str]) -> str:
        """Who may answer now."""
        return "\n".join((f"{self.ASK}\n", *waiting))

    def answer_next(self, waiting: Iterable[str]) -> str:
        """After one has finished."""
        return "\n".join(("<b>Odgovorite lahko še za:</b>", *waiting))

    def waiting(self, name: str, title: str, left: int, *, begun: bool) -> str:
        """One questionnaire that somebody may answer now."""
        what = f"{'še ' if begun else ''}{self.questions(left)}" if left else "odgovore je treba še oddati"
        return f"• {safe(name)}: {safe(title)}, {what}"

    # Coming into a chat

    WHO_IS_IT = "Na tem telefonu že odgovarja nekdo.\n\n<b>Za koga je ta povezava?</b>"
    FOR_ME = "Zame"
    FOR_ANOTHER = "Za drugo osebo"
    DECIDES_ALONE = "Ta povezava je za drugo osebo. Naj prebere ta oseba in se sama odloči."

    # Names

    NAMES = "Imena oseb"
    WHICH_NAME = "<b>Imena na tem telefonu</b>\n\nKoga želite preimenovati?"
    NO_NAME = "Brez imena"
    TOO_LONG = f"Ime je predolgo. Napišite ga v največ {LONGEST} znakih."
    NOT_A_NAME = "Tu ni nobene besede. Napišite ime, na primer Ana."
    TAKEN = "Tako se na tem telefonu imenuje že nekdo drug. Napišite drugo ime."

    def ask_name(self, name: str, codes: Iterable[str], groups: Iterable[str]) -> str:
        """What to call somebody on this phone; `name` is what they are called so far, if they are."""
        where = ", ".join(safe(one) for one in groups)
        who = f"osebo »{safe(name)}«" if name else f"osebo s šifro <code>{', '.join(codes)}</code>"
        return (
            "<b>Na tem telefonu odgovarja več ljudi.</b>\n\n"
            f"Kako naj imenujemo {who} ({where})?\n\n"
            f"Napišite ime in ga pošljite. Na primer: Ana, mama, jaz. Ime ima lahko največ {LONGEST} znakov. "
            "Zapisano je nad vprašanji in v vabilih na tem telefonu. V knjižnici ga ne vidijo."
        )

    def known_as(self, name: str, codes: Iterable[str]) -> str:
        """One person of the phone."""
        return f"• {safe(name)} ({', '.join(codes)})"

    # Rights

    ALL_OF_THEM = "Za vse osebe"
    SEE_DATA_OF = "<b>Čigave podatke želite videti?</b>"
    STOP_FOR = "<b>Za koga naj nehamo pisati?</b>"
    ERASE_OF = "<b>Čigave podatke želite izbrisati?</b>"

    def stopped(self, name: str) -> str:
        """No more messages about one of them."""
        return f"V redu, ne bomo vam več pisali. Velja za osebo: {safe(name)}."

    def erased(self, name: str) -> str:
        """Everything of one of them is gone."""
        return f"Podatki so izbrisani. Velja za osebo: {safe(name)}."

    # Another telephone

    ONE_MOVED_AWAY = (
        "Ena od oseb odslej odgovarja na drugi napravi. Če tega niste želeli, to čim prej povejte v knjižnici. "
        "Za druge odgovarjate tukaj kot doslej."
    )
