"""What people read about e-mail, and in it: neutral, so that nobody who sees the mail learns what for."""

from __future__ import annotations

from bot.texts.common import Common, safe

EMAIL_VERSION = "2026-12-email"
STAFF_CONSENT = (
    "<b>Prijava po e-pošti</b>\n\n"
    "Na svoj naslov dobite povezavo, s katero se prijavite v brskalniku. Naslov hranimo zaklenjen in ga uporabimo "
    "samo za to. Kadar koli ga lahko odstranite.\n\nNapišite svoj e-poštni naslov."
)
STAFF_CONFIRM = "S tem potrdite, da vam na ta naslov pošljemo povezavo za prijavo, kadar jo želite."
STAFF_END = "Odstranite naslov za prijavo"


class Mail(Common):
    """In Slovenian."""

    MENU = "e-pošta"
    OFFER = "Opomnite me po e-pošti"
    CONSENT = (
        "<b>Opomnik po e-pošti</b>\n\n"
        "Ko vas čaka nov vprašalnik, vam lahko pišemo po e-pošti.\n\n"
        "• Naslov hranimo zaklenjen in ga uporabimo samo za to.\n"
        "• V sporočilu ni vprašanj, odgovorov in imena programa, samo povezava.\n"
        "• Sporočila lahko kadar koli ustavite: tukaj ali s povezavo v vsakem sporočilu.\n\n"
        "Če to želite, napišite svoj e-poštni naslov."
    )
    EXAMPLE = "na primer ana.novak@posta.si"
    END = "Ne pišite mi več po e-pošti"
    ENDED = "V redu, po e-pošti vam ne pišemo več. Naslov smo pozabili."
    NOT_OFFERED = "Tukaj po e-pošti ne pišemo."

    CONFIRM_TITLE = "Potrdite svoj naslov"
    CONFIRM_TEXT = "S tem potrdite, da vas na ta naslov opomnimo, ko vas čaka nov vprašalnik."
    CONFIRM = "Potrjujem"
    CONFIRMED = "Hvala, naslov je potrjen."
    END_TITLE = "Sporočila po e-pošti"
    SIGN_IN_TITLE = "Prijava za zaposlene"
    SIGN_IN_TEXT = "Napišite svoj e-poštni naslov. Če ga poznamo, vam nanj pošljemo povezavo za prijavo."
    ADDRESS = "E-poštni naslov"
    SIGN_IN_SENT = "Če naslov poznamo, je povezava na poti. Velja deset minut."

    SUBJECT = "Sporočilo iz knjižnice"
    CONFIRM_SUBJECT = "Potrdite svoj e-poštni naslov"

    def no_address(self, typed: str) -> str:
        """What was typed is none; it stands there once more, so that the slip is found."""
        return f"»{safe(typed)}« ni e-poštni naslov. Napišite ga še enkrat, {self.EXAMPLE}."

    def waits_for_confirmation(self, address: str) -> str:
        """The mail with the link is on its way."""
        return (
            f"Na naslov {safe(address)} smo poslali sporočilo. Odprite povezavo v njem in naslov bo potrjen.\n\n"
            "Če sporočila ni, poglejte med neželeno pošto ali napišite naslov še enkrat."
        )

    def is_written_to(self, address: str) -> str:
        """Mail goes to this address."""
        return f"Ko vas čaka nov vprašalnik, vam pišemo na {safe(address)}.\n\nZa drug naslov ga napišite."

    def was_refused(self, address: str) -> str:
        """Nobody is known there."""
        return f"Na naslov {safe(address)} sporočil ne moremo poslati. Preverite ga in ga napišite še enkrat."

    def to_confirm(self, link: str) -> str:
        """The mail that asks whether the address is theirs."""
        return (
            "Pozdravljeni!\n\nNekdo, verjetno vi, je ta naslov vpisal na strani knjižnice. "
            f"Potrdite ga tukaj:\n{link}\n\n"
            "Če tega niste bili vi, vam ni treba storiti ničesar. Ne bomo vam pisali.\n"
        )

    def waits(self, link: str, end: str) -> str:
        """The mail that says that something waits."""
        return (
            f"Pozdravljeni!\n\nNa strani knjižnice vas čaka nekaj novega. Odprete tukaj:\n{link}\n\n"
            "Povezava odpre vašo stran samo enkrat. Ne posredujte je drugim.\n\n"
            f"Če teh sporočil ne želite več:\n{end}\n"
        )

    def to_sign_in(self, link: str) -> str:
        """The mail with which staff sign in."""
        return f"Pozdravljeni!\n\nPovezava za prijavo velja deset minut in samo enkrat:\n{link}\n"


class EasyMail(Mail):
    """In easy Slovenian."""

    CONSENT = (
        "<b>Opomnik po e-pošti</b>\n\n"
        "Lahko vam pišemo po e-pošti.\nTo naredimo, ko vas čaka nov vprašalnik.\n\n"
        "• Naslov je zaklenjen.\n"
        "• V sporočilu je samo povezava.\n"
        "• Kadar koli lahko rečete: ne pišite več.\n\n"
        "Ali to želite?\nNapišite svoj e-poštni naslov."
    )

    def no_address(self, typed: str) -> str:
        """What was typed is none."""
        return f"»{safe(typed)}« ni e-poštni naslov.\nNapišite {self.EXAMPLE}."


def staff_is_written_to(address: str) -> str:
    """Links to sign in go to this address."""
    return f"Povezavo za prijavo vam pošljemo na {safe(address)}.\n\nZa drug naslov ga napišite."
