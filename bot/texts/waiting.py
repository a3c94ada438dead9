"""What people read who wait for the next group: their own consent, and words that never speak of meetings they had."""

from __future__ import annotations

from bot.texts.common import Common, safe


class WaitingList(Common):
    """What those who wait read, in Slovenian."""

    def welcome(self, library: str, programme: str, lasting: str) -> str:
        """The first screen: that they answer now although their group begins later, and what does not depend on it."""
        return (
            f"<b>Pozdravljeni!</b>\nTukaj {safe(library)}.\n\n"
            f"Ste na čakalnem seznamu programa »{safe(programme)}«. Vaša skupina se začne pozneje. "
            "Prosimo vas, da že zdaj odgovorite na kratek vprašalnik in še na enega, preden pridete na vrsto. "
            "Tako vidimo, kaj se ljudem spremeni tudi brez programa.\n"
            "Ko se vaša skupina začne, vas vprašamo še ob njenem koncu in pozneje. "
            f"Vsakič traja približno {lasting}.\n\n"
            "<b>Vaše mesto</b>\n"
            "• Odgovori ne vplivajo na vaše mesto v skupini.\n"
            "• Mesto ostane vaše, tudi če ne odgovarjate. Zaradi vprašalnikov ne čakate nič dlje.\n\n"
            "<b>Vaši podatki</b>\n"
            "• Odgovori so shranjeni pod šifro, brez imena.\n"
            "• Vidijo jih le ljudje, ki pripravljajo poročila. V poročilih so samo skupne številke.\n"
            "• Sodelujete prostovoljno. Kadar koli lahko nehate ali vse izbrišete.\n"
            "• Za pogovor v Telegramu je treba imeti vsaj 18 let.\n"
            "Več: /zasebnost\n\n"
            "<b>Ali želite sodelovati?</b>"
        )

    def aloud(self, library: str, programme: str, lasting: str) -> str:
        """The same without Telegram: read aloud, signed, or with the age in a kiosk."""
        return (
            f"Smo {safe(library)}. Ste na čakalnem seznamu programa »{safe(programme)}«. "
            "Vaša skupina se začne pozneje. "
            "Prosimo vas, da že zdaj odgovorite na kratek vprašalnik in še na enega, preden pridete na vrsto. "
            "Tako vidimo, kaj se ljudem spremeni tudi brez programa. "
            "Ko se vaša skupina začne, vas vprašamo še ob njenem koncu in pozneje. "
            f"Vsakič traja približno {lasting}.\n\n"
            "• Odgovori ne vplivajo na vaše mesto v skupini. Zaradi vprašalnikov ne čakate nič dlje.\n"
            "• Vaše odgovore shranimo pod šifro. Vašega imena ni zraven.\n"
            "• Odgovore vidijo le ljudje, ki jih zapišejo in pripravijo poročila.\n"
            "• V poročilih so samo skupne številke.\n"
            "• Odgovarjate, če želite. Na nobeno vprašanje ni treba odgovoriti.\n"
            "• Kadar koli lahko nehate ali rečete, naj vse izbrišemo. Dovolj je, da nam to poveste.\n\n"
            "Ali dovolite, da vas sprašujemo?"
        )

    TEXT_HAS_CHANGED = "Besedilo je zdaj drugačno. Prosimo, preberite ga in izberite še enkrat."
    WAITING = "na čakalnem seznamu"

    def in_group(self, group: str) -> str:
        """Beside what is held of somebody who waited and takes part by now."""
        return f"v skupini {safe(group)}"

    WHY = "Vaša skupina se še ni začela. Zato vas prosimo, da poveste, kako vam gre zdaj."
    LAST = "To je bil zadnji vprašalnik, preden se začne vaša skupina. Na vaše mesto odgovori ne vplivajo."


class EasyWaitingList(WaitingList):
    """The same in easy Slovenian."""

    def welcome(self, library: str, programme: str, lasting: str) -> str:
        """The first screen."""
        return (
            f"<b>Pozdravljeni!</b>\nTukaj {safe(library)}.\n\n"
            f"Čakate na program »{safe(programme)}«.\nVaša skupina se začne pozneje.\n"
            "Imamo kratka vprašanja za vas.\nEnkrat zdaj. Enkrat, preden pridete na vrsto.\n"
            "Tako vidimo, kaj se spremeni brez programa.\n"
            f"Ko se vaša skupina začne, vprašamo še ob koncu in pozneje.\nVsakič traja {lasting}.\n\n"
            "<b>Vaše mesto</b>\n"
            "• Vaše mesto je vaše.\n"
            "• Tudi če ne odgovorite.\n"
            "• Zaradi vprašanj ne čakate dlje.\n\n"
            "<b>Vaši podatki</b>\n"
            "• Vašega imena ne shranimo.\n"
            "• Odgovori imajo šifro.\n"
            "• V poročilih so samo skupne številke.\n"
            "• Vi odločate. Vedno lahko nehate. Vedno lahko vse izbrišete.\n"
            "• Imeti morate vsaj 18 let.\n"
            "Več: /zasebnost\n\n"
            "<b>Ali želite sodelovati?</b>"
        )

    def aloud(self, library: str, programme: str, lasting: str) -> str:
        """The same without Telegram."""
        return (
            f"Smo {safe(library)}.\nČakate na program »{safe(programme)}«.\nVaša skupina se začne pozneje.\n"
            "Imamo kratka vprašanja za vas.\nEnkrat zdaj. Enkrat, preden pridete na vrsto.\n"
            "Tako vidimo, kaj se spremeni brez programa.\n"
            f"Ko se vaša skupina začne, vprašamo še ob koncu in pozneje.\nVsakič traja približno {lasting}.\n\n"
            "• Vaše mesto je vaše. Tudi če ne odgovorite.\n"
            "• Zaradi vprašanj ne čakate dlje.\n"
            "• Odgovori imajo šifro. Vašega imena ni zraven.\n"
            "• Odgovore vidijo samo ljudje, ki jih zapišejo in pišejo poročila.\n"
            "• V poročilih so samo skupne številke.\n"
            "• Vi odločate. Na nobeno vprašanje ni treba odgovoriti.\n"
            "• Vedno lahko nehate. Vedno lahko rečete, naj vse izbrišemo.\n\n"
            "Ali dovolite, da vas sprašujemo?"
        )

    TEXT_HAS_CHANGED = "Besedilo je zdaj drugačno. Preberite ga in izberite še enkrat."
    WHY = "Vaša skupina se še ni začela. Povejte nam, kako vam gre zdaj."
    LAST = "To je bil zadnji vprašalnik pred vašo skupino. Vaše mesto je vaše."
