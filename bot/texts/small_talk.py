"""What is said to words that are no answer, and to a question that waits for its answer."""

from __future__ import annotations

from typing import ClassVar

from bot.texts.common import Common, safe
from bot.texts.intents import Intent


class Talk(Common):
    """Words that are no answer, in Slovenian."""

    # Kind sentences

    STOP_MEANT = "Sporočila lahko kadar koli ustavite tudi z ukazom /stop."
    HELLO = "Lepo pozdravljeni! Če potrebujete pomoč, napišite /pomoc. Če sporočil ne želite, napišite /stop."
    WELCOME = "Ni za kaj! Če potrebujete pomoč, napišite /pomoc."
    NOBODY_READS = (
        "Teh sporočil v knjižnici nihče ne bere, zato vam tukaj ne moremo odgovoriti. "
        "Vprašajte v knjižnici ali napišite /pomoc."
    )
    NOTHING_BEFORE = "To je prvo vprašanje, pred njim ni nobenega."

    # A question that stands until it is answered

    BELOW = "Spodaj vas še čaka vprašanje."
    YES_OR_NO = "Žal tega ne razumemo. Izberite gumb ali napišite »da« ali »ne«. Pomoč: /pomoc"
    ASK_AGAIN = "Vprašajte me znova"
    AGREED = "Razumeli smo: <b>da</b>.\n\nPotrdite z gumbom. Velja šele, ko ga izberete."
    BY_BUTTON = "Izberite gumb. Velja šele, ko ga izberete."
    REFUSED = "Razumeli smo: <b>ne</b>.\n\nPotrdite z gumbom."

    # Words at a question that asks for words

    IS_IT_THE_ANSWER = "<b>Ali je to vaš odgovor?</b>"
    IT_IS = "Da, to je moj odgovor"
    IT_IS_NOT: ClassVar[dict[Intent, str]] = {
        Intent.STOP: "Ne, nehajte mi pisati",
        Intent.HELP: "Ne, potrebujem pomoč",
        Intent.BACK: "Ne, želim nazaj",
        Intent.LANGUAGE: "Ne, želim drug jezik",
        Intent.THANKS: "Ne, to ni odgovor",
        Intent.GREETING: "Ne, to je samo pozdrav",
        Intent.QUESTION: "Ne, to sprašujem knjižnico",
    }

    def wrote(self, text: str) -> str:
        """What somebody has just typed."""
        return f"Napisali ste: »{safe(text)}«"
