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
        """»Jutri: v torek, 3. 3. 2026«."""
        return f"{label}: {self.day(moment, zone)}"

    def too_late(self, closes: str) -> str:
        """No other day fits any more."""
        return (
            f"<b>V redu.</b>\n\nVprašalnik se zapre {closes}, zato vas pozneje ne moremo več spomniti. "
            "Do takrat lahko odgovorite z ukazom /anketa."
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
