"""What participants read where they may be lost: whom to call and when, and that the library will call them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time

from bot.runtime.opening_hours import Open
from bot.runtime.settings import Library
from bot.texts.common import Common, safe


class Calling(Common):
    """How people turn to their library, in Slovenian."""

    CALL_ME = "Pokličite me"
    NO_CALL = "Klica ne potrebujem"
    NOT_WAITING = "V redu, na klic ne čakate. Če ga želite, izberite »Pokličite me«."

    PHONE = "Telefon"
    MAIL = "E-pošta"
    OPEN = "Odprto"

    _FROM = ("ponedeljka", "torka", "srede", "četrtka", "petka", "sobote", "nedelje")

    def contact(self, name: str, library: Library) -> str:
        """Everything that is known of how to turn to a library, under its name; empty where nothing is."""
        if not library.reachable:
            return ""
        whom = f" ({safe(library.contact)})" if library.contact else ""
        lines = [f"<b>{safe(name)}</b>"]
        if library.phone:
            lines.append(f"{self.PHONE}: {safe(library.phone)}{whom}")
        if library.email:
            lines.append(f"{self.MAIL}: {safe(library.email)}{'' if library.phone else whom}")
        if library.hours:
            lines.append(f"{self.OPEN}: {self.hours(library.hours)}")
        return "\n".join(lines)

    def turn_to(self, library: Library) -> str:
        """One sentence that says how to get help; empty where it is not known."""
        if library.phone:
            return self._call(f"{safe(library.phone)}{f' ({safe(library.contact)})' if library.contact else ''}")
        return self._write(safe(library.email)) if library.email else ""

    def turn_to_when(self, library: Library) -> str:
        """The same with the opening hours, for paper."""
        asked = self.turn_to(library)
        return f"{asked} {self.OPEN}: {self.hours(library.hours)}." if asked and library.hours else asked

    def call_me(self, whom: Sequence[str]) -> str:
        """The button, where there are several people or libraries with which."""
        return ": ".join((self.CALL_ME, ", ".join(whom))) if whom else self.CALL_ME

    def will_call(self, name: str, code: str, asked: str, library: Library) -> str:
        """Somebody waits for a call, `asked` for on a day; when it may come, and what helps."""
        when = f"Pokličejo vas, ko je odprto: {self.hours(library.hours)}." if library.hours else ""
        own = f"Če je v knjižnici nimajo, pokličite vi: {safe(library.phone)}." if library.phone else ""
        parts = [
            f"<b>{safe(name)} vas bo poklicala.</b>",
            f"Za klic ste prosili {asked}. {when or 'Pokličejo vas, ko je knjižnica odprta.'}",
            f"Vaše telefonske številke tukaj nimamo. {own or 'Če je v knjižnici nimajo, se oglasite.'}",
            f"Vaša šifra: <code>{code}</code>",
        ]
        return "\n\n".join(parts)

    def hours(self, hours: Iterable[Open]) -> str:
        """»od ponedeljka do petka od 8.00 do 19.00, v soboto od 8.00 do 13.00«."""
        return ", ".join(f"{self._days(one)} {self._between(one.opens, one.closes)}" for one in hours)

    def _call(self, number: str) -> str:
        return f"Za pomoč pokličite {number}."

    def _write(self, address: str) -> str:
        return f"Za pomoč pišite na {address}."

    def _days(self, one: Open) -> str:
        if one.first == one.last:
            return self._DAYS[one.first]
        return f"od {self._FROM[one.first]} do {self._FROM[one.last]}"

    def _between(self, opens: time, closes: time) -> str:
        return f"od {_hour(opens)} do {_hour(closes)}"


def _hour(hour: time) -> str:
    return f"{hour.hour}.{hour:%M}"
