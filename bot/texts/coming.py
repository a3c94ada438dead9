"""What comes to participants without being asked for, and how long it takes. It may stand on a lock screen."""

from __future__ import annotations

from bot.texts.common import Common, safe
from surveys.locale_sl import plural

NEARLY = 3  # questions that are left at most where somebody is said to be nearly at the end


class Coming(Common):
    """Invitations, reminders and what was learned, in Slovenian."""

    def lasting(self, shortest: int, longest: int) -> str:
        """How long a questionnaire takes: »3 minute«, »3 do 5 minut« where they differ."""
        if shortest != longest:
            return f"{shortest} do {longest} minut"
        return plural(longest, f"{longest} minuto", f"{longest} minuti", f"{longest} minute", f"{longest} minut")

    def takes(self, minutes: int) -> str:
        """How long the questionnaire takes that one is about to answer, in the chat and on paper."""
        return f"Potrebovali boste približno {self.lasting(minutes, minutes)}."

    def invitation(self, library: str, title: str, count: int, minutes: int) -> str:
        """The invitation to a questionnaire; it may stand on a lock screen."""
        return (
            f"<b>{safe(library)}: {safe(title)}</b>\n\n"
            f"Prosimo, odgovorite na {self.questions(count)}. {self.takes(minutes)} Hvala!"
        )

    LEARNED = "Kaj smo izvedeli"
    NO_ANSWER_NEEDED = "Na to sporočilo vam ni treba odgovoriti."

    def learned(self, library: str, group: str, text: str) -> str:
        """What was learned from the answers of a group, as the coordinator wrote it; it may stand on a lock screen."""
        return (
            f"<b>{safe(library)}: {self.LEARNED}</b>\n{safe(group)}\n\n{safe(text)}\n\n<i>{self.NO_ANSWER_NEEDED}</i>"
        )

    def reminder(self, library: str, count: int, minutes: int) -> str:
        """A reminder to who has not begun."""
        return f"<b>{safe(library)}</b>\n\nVprašalnik vas še čaka. Vprašanja: {count}. {self.takes(minutes)} Hvala!"

    def reminder_half(self, library: str, left: int) -> str:
        """A reminder to who has begun: what is left, in the right form."""
        begins = "Skoraj ste že pri koncu." if left <= NEARLY else "Vprašalnik vas še čaka."
        remains = plural(
            left,
            f"Ostalo je še {left} vprašanje.",
            f"Ostali sta še {left} vprašanji.",
            f"Ostala so še {left} vprašanja.",
            f"Ostalo je še {left} vprašanj.",
        )
        return f"<b>{safe(library)}</b>\n\n{begins} {remains}"

    def reminder_unsent(self, library: str) -> str:
        """A reminder to who has answered all but not handed in."""
        return f"<b>{safe(library)}</b>\n\nVsi odgovori so tu. Preverite jih in jih oddajte."
