"""What participants read about when and how often they are written to, and about their own answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts.common import Common, safe


class Wishes(Common):
    """When and how often people are written to, and their own answers, in Slovenian."""

    NOT_NOW = "Ne zdaj"
    TOMORROW = "Jutri"
    IN_A_WEEK = "Čez en teden"
    NEVER = "Ne več"
    NEVER_YES = "Ne pišite več o tem"

    PUT_OFF_TOAST = "Velja"

    def on_day(self, moment: datetime, zone: ZoneInfo) -> str:
        """A button with a day that is neither tomorrow nor in a week."""
        words = self.day(moment, zone)
        return words[:1].upper() + words[1:]

    def when(self, days: Sequence[str], closes: str, *, week_too_late: bool) -> str:
        """When to ask again; `days` say what the buttons mean."""
        listed = "\n".join(f"• {one}" for one in days)
        until = f"vprašalnik se zapre {closes}."
        honest = f"Čez en teden bo za odgovor prepozno: {until}" if week_too_late else until.capitalize()
        return f"<b>V redu. Kdaj naj vas spet spomnimo?</b>\n\n{listed}\n\n{honest}"

    def explained(self, label: str, moment: datetime, zone: ZoneInfo) -> str:
        """»Jutri: v torek, 3. 3. 2026«; a button that is a day says it already."""
        return label if label == self.on_day(moment, zone) else f"{label}: {self.day(moment, zone)}"

    def too_late(self, closes: str) -> str:
        """No other day fits any more."""
        return (
            f"<b>V redu.</b>\n\nVprašalnik se zapre {closes}, zato vas pozneje ne moremo več spomniti. "
            "Do takrat lahko odgovorite z ukazom /anketa."
        )

    def waits_here(self, closes: str) -> str:
        """On a page, where nobody is written to."""
        return (
            f"<b>V redu.</b>\n\nOdgovorite, ko vam ustreza: vprašalnik vas čaka tukaj in se zapre {closes}. "
            "Nazaj pridete s povezavo ali številko s svoje kartice."
        )

    def put_off(self, moment: datetime, closes: datetime, zone: ZoneInfo) -> str:
        """The next message comes on that day."""
        return (
            f"<b>Velja.</b> Spet vam pišemo {self.day(moment, zone)}.\n\n"
            f"Odgovorite lahko tudi prej, z ukazom /anketa. Vprašalnik se zapre {self.day(closes, zone)}."
        )

    def nothing_planned(self, closes: str) -> str:
        """No message is to come, though nobody wished so."""
        return (
            "O tem vprašalniku vam ne bomo več pisali. "
            f"Odgovorite lahko z ukazom /anketa. Vprašalnik se zapre {closes}."
        )

    def ask_never(self, closes: str) -> str:
        """Once more, to be sure."""
        return (
            "<b>Želite, da vam o tem vprašalniku ne pišemo več?</b>\n\n"
            f"Odgovorite lahko še vedno, z ukazom /anketa. Vprašalnik se zapre {closes}. "
            "O naslednjih vprašalnikih vam še pišemo. Če ne želite nobenih sporočil: /stop"
        )

    def muted(self, closes: str) -> str:
        """No more messages about this one."""
        return (
            "<b>V redu, o tem vprašalniku vam ne pišemo več.</b>\n\n"
            f"Če si premislite, lahko odgovorite z ukazom /anketa. Vprašalnik se zapre {closes}."
        )

    MY_ANSWERS = "Moji odgovori"
    NO_ANSWERS = "Odgovorov še ni."
    NOT_YET = "še ni oddano"
    NOT_HANDED_IN = "ni oddano"

    def saved(self, on: str) -> str:
        """When the answers of a questionnaire were handed in."""
        return f"shranjeno {on}"

    def answers_title(self, questionnaire: str, group: str, code: str, when: str) -> str:
        """Above the answers of one questionnaire: what it is, for whom, and since when the answers stand."""
        return f"<b>{safe(questionnaire)}</b>\n{safe(group)}, šifra <code>{code}</code>, {when}"

    def answer(self, number: int, question: str, said: str) -> str:
        """One question with its answer, told apart by words and not by bold letters alone."""
        return f"{number}. {safe(question)}\n{self.YOUR_ANSWER}: <b>{safe(said)}</b>"

    AT_THE_BEGINNING = "Na začetku"
    AT_THE_END = "Ob koncu"
    NOW = "Zdaj"
    OWN_CHANGE = "Na začetku in zdaj"

    def then_and_now_title(self, *, child: bool) -> str:
        """Above what was said at the beginning and now."""
        return f"<b>{'Odgovori' if child else 'Vaši odgovori'} na začetku in zdaj</b>"

    def then_and_now(self, question: str, said: Sequence[tuple[str, str]]) -> str:
        """One question with what was said each time, in sentences: »Na začetku: zelo težko. Zdaj: precej dobro.«."""
        labels = [label for _, label in said]
        if len(set(labels)) == 1:
            return f"{safe(question)}\n{self._always([moment for moment, _ in said])}: <b>{_ended(labels[0])}</b>"
        told = " ".join(f"{moment}: <b>{_ended(label)}</b>" for moment, label in said)
        return f"{safe(question)}\n{told}"

    def then_and_now_about(self, *, child: bool) -> str:
        """Below it, whatever was said: nothing is praised and nothing regretted."""
        if child:
            return (
                "Vsak odgovor je pravi in je lahko od dne do dne drugačen. Otroka ne primerjamo z drugimi. "
                "Hvala, ker odgovarjate skupaj."
            )
        return (
            "Vsak odgovor je pravi. O sebi ne mislimo vsak dan enako, in kdor o čem več ve, se pogosto oceni strožje. "
            "Z drugimi vas ne primerjamo. V knjižnici tega pregleda ne vidijo."
        )

    def _always(self, moments: Sequence[str]) -> str:
        """»Na začetku in zdaj«, of what was said each time."""
        *before, last = (one if place == 0 else one[:1].lower() + one[1:] for place, one in enumerate(moments))
        return f"{', '.join(before)} {self._AND} {last}"

    _AND = "in"


def _ended(label: str) -> str:
    """An answer at the end of a sentence."""
    words = safe(label.strip())
    return words if words.endswith((".", "!", "?")) else f"{words}."
