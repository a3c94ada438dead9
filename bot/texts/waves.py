"""How a questionnaire is called after its wave, in the cases that Slovenian sentences need; the words are safe."""

from __future__ import annotations

from bot.texts.common import safe

_NAMED = {  # who and whom: »zaključni vprašalnik«, whose: »zaključnega vprašalnika«
    "izhodišče": ("izhodiščni vprašalnik", "izhodiščnega vprašalnika"),
    "zaključek": ("zaključni vprašalnik", "zaključnega vprašalnika"),
    "spremljanje": ("vprašalnik za spremljanje", "vprašalnika za spremljanje"),
}


def questionnaire(wave: str) -> str:
    """»zaključni vprašalnik«; a wave with a name of its own: »vprašalnik »poletje««."""
    return _NAMED[wave][0] if wave in _NAMED else f"vprašalnik »{safe(wave)}«"


def of_questionnaire(wave: str) -> str:
    """»zaključnega vprašalnika«."""
    return _NAMED[wave][1] if wave in _NAMED else f"vprašalnika »{safe(wave)}«"


def capital(words: str) -> str:
    """The same at the beginning of a sentence."""
    return words[:1].upper() + words[1:]
