"""What participants read about words that they wrote: how they were taken, and why some were not."""

from __future__ import annotations

from bot.texts.common import Common, safe


class Writing(Common):
    """What became of written words, in Slovenian."""

    TOO_EARLY = "To ste poslali, preden se je pokazalo, kar je spodaj. Zato tega nismo upoštevali."
    MOVED_ON = "Tega nismo shranili, ker se je vprašalnik medtem spremenil. Nadaljujte spodaj."
    HAND_IN_BY_BUTTON = "Če je vse prav, izberite gumb »Oddaj odgovore«. Šele potem so odgovori oddani."
    TOO_MUCH = "To je preveč naenkrat. Prosimo, počakajte dve minuti in poskusite znova."
    HAS_TO_WAIT = (
        "Naš računalnik ta čas ne more shranjevati. Kar ste poslali, se ni izgubilo: shranili bomo sami, ko bo spet"
        " delal. Ponavljati vam ni treba."
    )
    COULD_NOT_TAKE = "Žal nam tega ni uspelo sprejeti. Prosimo, poskusite še enkrat ali prosite za pomoč v knjižnici."
    EDITED = "Popravljenega sporočila ne preberemo. Odgovor spremenite z gumbom »‹ Nazaj« ali pošljite novo sporočilo."
    EDITED_TEXT = "Popravljenega sporočila ne preberemo. Napišite ves odgovor še enkrat ali izberite »Naprej ›«."
    ONE_RECORDING = "Odgovor je lahko en sam posnetek. Shranjen je prvi. Če želite, povejte vse še enkrat v enem."

    def saved(self, answer: str) -> str:
        """The answer that was taken from written words."""
        return f"Shranjeno: {safe(answer)}"

    def already(self, answer: str) -> str:
        """The same words once more, before the next question was shown."""
        return f"Odgovor na prejšnje vprašanje je že shranjen: {safe(answer)}"

    def added(self, answer: str) -> str:
        """More words, before the next question was shown."""
        return f"Dodano k prejšnjemu odgovoru. Zdaj je shranjeno: {safe(answer)}"

    def which(self, held: str, said: str) -> str:
        """Another answer to the same question, before the next one was shown."""
        return f"Napisali ste dva odgovora: »{safe(held)}« in »{safe(said)}«. Shranjen je prvi. Kateri velja?"

    def corrected(self, question: str, answer: str) -> str:
        """A message was edited, and the answer with it."""
        return f"Popravljeno. {safe(question)} {safe(answer)}"


class EasyWriting(Writing):
    """What became of written words, in easy Slovenian."""

    TOO_EARLY = "To ste poslali prezgodaj.\nTega nismo upoštevali. Preberite spodaj in pošljite še enkrat."
    MOVED_ON = "Tega nismo shranili.\nVprašanja so se medtem spremenila. Nadaljujte spodaj."
    HAND_IN_BY_BUTTON = "Je vse prav? Izberite gumb »Oddaj odgovore«.\nSamo tako oddate odgovore."
    TOO_MUCH = "To je preveč naenkrat.\nPočakajte 2 minuti. Potem poskusite še enkrat."
    HAS_TO_WAIT = (
        "Naš računalnik zdaj ne more shranjevati.\nNič se ni izgubilo. Shranili bomo pozneje."
        "\nNi vam treba pošiljati še enkrat."
    )
    COULD_NOT_TAKE = "Tega nismo mogli sprejeti. Poskusite še enkrat. Lahko pridete v knjižnico."
    EDITED = "Sporočilo ste popravili.\nPopravka ne vidimo. Pošljite novo sporočilo ali izberite »‹ Nazaj«."
    EDITED_TEXT = "Sporočilo ste popravili.\nPopravka ne vidimo. Napišite ves odgovor še enkrat."
    ONE_RECORDING = "Pošljete lahko 1 posnetek. Prvi je shranjen. Lahko poveste vse še enkrat."

    def already(self, answer: str) -> str:
        """The same words once more, before the next question was shown."""
        return f"Prejšnji odgovor je shranjen: {safe(answer)}"

    def added(self, answer: str) -> str:
        """More words, before the next question was shown."""
        return f"Dodano k prejšnjemu odgovoru.\nShranjeno: {safe(answer)}"

    def which(self, held: str, said: str) -> str:
        """Another answer to the same question, before the next one was shown."""
        return f"Napisali ste: »{safe(held)}« in »{safe(said)}«.\nShranjeno je »{safe(held)}«. Kaj velja?"
