"""The text of consent that needs no Telegram: read aloud, printed and signed, or with the age in a kiosk.

Kept by version in `bot.consent.text_archive`; a change of a word takes a new version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.texts.common import safe
from bot.texts.english import spoken_consent as english
from bot.texts.english.waiting import EnglishWaitingList
from bot.texts.waiting import EasyWaitingList, WaitingList
from surveys.languages import EASY, SLOVENIAN

Text = Callable[[str, str, str], str]  # of library, programme, and how long a questionnaire takes


@dataclass(frozen=True, slots=True)
class Aloud:
    """The text to an adult who answers alone, to the parent or guardian of a child, and to who waits."""

    to_adult: Text
    to_guardian: Text
    to_waiting: Text


def _slovenian(library: str, programme: str, lasting: str) -> str:
    return (
        f"Smo {safe(library)}. Radi bi izvedeli, kaj ljudem prinese program »{safe(programme)}«. "
        "Zato vas vprašamo nekaj kratkih vprašanj: zdaj in še nekajkrat pozneje. "
        f"Vsakič traja približno {lasting}.\n\n"
        "• Vaše odgovore shranimo pod šifro. Vašega imena ni zraven.\n"
        "• Odgovore vidijo le ljudje, ki jih zapišejo in pripravijo poročila.\n"
        "• V poročilih so samo skupne številke.\n"
        "• Odgovarjate, če želite. Na nobeno vprašanje ni treba odgovoriti.\n"
        "• Kadar koli lahko nehate. Dovolj je, da nam to poveste.\n"
        "• Kadar koli lahko rečete, naj vse izbrišemo.\n\n"
        "Ali dovolite, da vas sprašujemo?"
    )


def _slovenian_to_guardian(library: str, programme: str, lasting: str) -> str:
    return (
        f"Smo {safe(library)}. Radi bi izvedeli, kaj otrokom prinese program »{safe(programme)}«. "
        "Zato postavimo nekaj kratkih vprašanj: zdaj in še nekajkrat pozneje. "
        f"Odgovarja odrasla oseba skupaj z otrokom. Vsakič traja približno {lasting}.\n\n"
        "• Odgovore shranimo pod šifro. Imena vašega otroka ni zraven.\n"
        "• Odgovore vidijo le ljudje, ki jih zapišejo in pripravijo poročila.\n"
        "• V poročilih so samo skupne številke.\n"
        "• Otrok sodeluje, če želi. Na nobeno vprašanje ni treba odgovoriti.\n"
        "• Kadar koli lahko nehate. Dovolj je, da nam to poveste.\n"
        "• Kadar koli lahko rečete, naj vse izbrišemo.\n\n"
        "Ali kot starš ali skrbnik dovolite, da vaš otrok sodeluje?"
    )


def _easy(library: str, programme: str, lasting: str) -> str:
    return (
        f"Smo {safe(library)}.\nProgram se imenuje »{safe(programme)}«.\nZanima nas, kaj ljudem pomaga.\n"
        "Zato vas vprašamo nekaj kratkih vprašanj.\nVprašamo vas zdaj in še nekajkrat pozneje.\n"
        f"Vsakič traja približno {lasting}.\n\n"
        "• Odgovori imajo šifro. Vašega imena ni zraven.\n"
        "• Odgovore vidijo samo ljudje, ki jih zapišejo in pišejo poročila.\n"
        "• V poročilih so samo skupne številke.\n"
        "• Vi odločate. Na nobeno vprašanje ni treba odgovoriti.\n"
        "• Vedno lahko nehate. To nam samo poveste.\n"
        "• Vedno lahko rečete, naj vse izbrišemo.\n\n"
        "Ali dovolite, da vas sprašujemo?"
    )


def _easy_to_guardian(library: str, programme: str, lasting: str) -> str:
    return (
        f"Smo {safe(library)}.\nProgram se imenuje »{safe(programme)}«.\nZanima nas, kaj otrokom pomaga.\n"
        "Zato imamo nekaj kratkih vprašanj.\nVprašamo zdaj in še nekajkrat pozneje.\n"
        "Otrok in odrasla oseba odgovarjata skupaj.\n"
        f"Vsakič traja približno {lasting}.\n\n"
        "• Odgovori imajo šifro. Imena vašega otroka ni zraven.\n"
        "• Odgovore vidijo samo ljudje, ki jih zapišejo in pišejo poročila.\n"
        "• V poročilih so samo skupne številke.\n"
        "• Otrok sodeluje, če želi. Na nobeno vprašanje ni treba odgovoriti.\n"
        "• Vedno lahko nehate. To nam samo poveste.\n"
        "• Vedno lahko rečete, naj vse izbrišemo.\n\n"
        "Ste starš ali skrbnik? Ali dovolite, da vaš otrok sodeluje?"
    )


ALOUD: Mapping[str, Aloud] = {
    SLOVENIAN: Aloud(_slovenian, _slovenian_to_guardian, WaitingList().aloud),
    EASY: Aloud(_easy, _easy_to_guardian, EasyWaitingList().aloud),
    "en": Aloud(english.to_adult, english.to_guardian, EnglishWaitingList().aloud),
}
