"""What texts say otherwise in a browser than in Telegram.

Texts about people's data depend on where somebody answers: who may, what is kept and how. What is only said of the
screen, of messages and commands, depends on where a card is read, which may be in both at once.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import ClassVar

from bot.texts.web import Web
from storage.secrets.addresses import TELEGRAM


class WhereRead:
    """In Slovenian."""

    web: Web
    MAY_ANSWER = "• Odgovarja lahko, kdor ima vsaj 15 let."
    ADULTS_ANSWER = "• Odgovarja odrasla oseba skupaj z otrokom."
    IN_A_BROWSER: ClassVar[tuple[tuple[str, str], ...]] = (
        ("• Za pogovor v Telegramu je treba imeti vsaj 18 let.", MAY_ANSWER),
        (
            (
                "Vaše odgovore pod šifro in številko vašega računa Telegram. Številka je šifrirana, "
                "ključ ni v isti zbirki. Imena, vzdevka in slike iz Telegrama ne shranimo."
            ),
            (
                "Vaše odgovore pod šifro. Vašega imena ne shranimo. Naprava si zapomni ključ do vaše strani. "
                "Vaše štiri številke in e-poštni naslov, če ga vpišete, shranimo šifrirano."
            ),
        ),
        (
            "Sporočila potujejo po Telegramu, za katerega veljajo njegova pravila.",
            "Odgovori potujejo šifrirani naravnost v knjižnico.",
        ),
        (
            "Zato vam pošljemo nekaj kratkih vprašalnikov.",
            "Zato vas prosimo, da odgovorite na nekaj kratkih vprašalnikov.",
        ),
        ("Otrok sam ne uporablja tega pogovora.", "Otrok sam ne uporablja te strani."),
        ("vam ne bo pošiljala vprašanj", "vas ne bo spraševala"),
        ("ukaz /izbris ali gumb »", "gumb »"),
        ("s šifrirano številko vašega računa", "s šifrirano številko brskalnika"),
        ("zgodbe in povezavo z vašim računom", "zgodbe, štiri številke in prijave v brskalnikih"),
    )

    ON_A_PAGE: ClassVar[tuple[tuple[str, str], ...]] = (
        (" Lahko ga tudi poveste v glasovnem sporočilu.", ""),  # the page has a button for it, where it can
        ("Lahko jo tudi poveste v glasovnem sporočilu. V knjižnici jo", "Če jo poveste z glasom, jo v knjižnici"),
        (
            "Odslej vsako vprašanje pride kot novo sporočilo, da ga telefon prebere.",
            "Odslej so odgovori napisani tudi pod vprašanjem.",
        ),
        ("Odslej se vprašanja menjajo v istem sporočilu.", "Odslej so odgovori samo na gumbih."),
        (
            "Vsako vprašanje pride kot novo sporočilo, da ga telefon prebere na glas.",
            "Odgovori so napisani tudi pod vprašanjem.",
        ),
        ("Potem vsako vprašanje pride kot novo sporočilo.", "Potem so odgovori napisani tudi pod vprašanjem."),
        (" Odgovor lahko tudi napišete, na primer njegovo številko.", ""),
        ("Nazaj na začetek", "Nadaljujem"),
        ("Samo nehajte pisati", "Ne želim več sodelovati"),
        ("Ne, nehajte mi pisati", "Ne, ne želim več sodelovati"),
        ("Želite, da vam nehamo pisati?", "Ne želite več sodelovati?"),
        ("Za koga naj nehamo pisati?", "Kdo ne želi več sodelovati?"),
        ("V redu, ne bomo vam več pisali.", "V redu, ne sodelujete več."),
        (
            "Nič vam ne pošiljamo, zato ni treba ničesar ustaviti.",
            "Tukaj ne sodelujete, zato ni treba ničesar končati.",
        ),
        ("Sporočila lahko kadar koli ustavite", "Sodelovanje lahko kadar koli končate"),
        ("Če sporočil ne želite, napišite /stop.", "Če ne želite več sodelovati, izberite /stop."),
        ("Pomoč: /pomoc", "Ne veste, kako naprej? Izberite /pomoc."),  # a button of that name stands there
        ("napišite /", "izberite /"),
        ("z ukazom /", "z gumbom /"),
        ("a tem telefonu", "a tej napravi"),
    )

    def waits_on_page(self, day: str, *, mailed: bool) -> str:
        """When the next questionnaire waits on the page, where nobody is written to but by e-mail (`mailed`)."""
        returns = (
            "Takrat vam pišemo po e-pošti."
            if mailed
            else "Takrat spet odprite povezavo s svoje kartice ali vtipkajte njeno številko. "
            "Datum lahko že zdaj dodate v koledar."
        )
        return f"Naslednji vprašalnik vas tukaj čaka {day}. {returns}"

    def on_page(self, text: str) -> str:
        """The text of a card, or a label, as it stands on a page; a button that says what it does is not explained."""
        if self._said_otherwise.search(text) is None:
            return text
        return _replaced(self._explained.sub(r"\1", text), self.ON_A_PAGE)

    @cached_property
    def _said_otherwise(self) -> re.Pattern[str]:
        """Anything that is: most texts and labels stand as they are, and each page has many."""
        return re.compile("|".join([self._explained.pattern, *(re.escape(said) for said, _ in self.ON_A_PAGE)]))

    @cached_property
    def _explained(self) -> re.Pattern[str]:
        """A line that says what a command does."""
        return re.compile(rf"(?m)^(/(?:{'|'.join(self.web.COMMANDS)})) – .*$")

    def read_in(self, channel: str, text: str, *, of_child: bool = False) -> str:
        """A text about people's data as it holds where they answer; `of_child`: an adult answers for one."""
        if channel == TELEGRAM:
            return text
        text = _replaced(text, self.IN_A_BROWSER)
        return text.replace(self.MAY_ANSWER, self.ADULTS_ANSWER) if of_child else text


class EasyWhereRead(WhereRead):
    """In easy Slovenian."""

    MAY_ANSWER = "• Imeti morate vsaj 15 let."
    ADULTS_ANSWER = "• Odgovarja odrasla oseba."
    IN_A_BROWSER: ClassVar[tuple[tuple[str, str], ...]] = (
        ("• Imeti morate vsaj 18 let.", MAY_ANSWER),
        (
            "Številko vašega računa Telegram. Številka je skrita.\n",
            "Naprava si zapomni vašo stran. Vaše štiri številke so skrite.\n",
        ),
        (
            "Sporočila gredo po Telegramu. Telegram ima svoja pravila.",
            "Odgovori gredo naravnost v knjižnico. Nihče drug jih ne vidi.",
        ),
        ("Poslali vam bomo kratka vprašanja.", "Imamo kratka vprašanja za vas."),
        ("vam ne bo pošiljala vprašanj", "vas ne bo spraševala"),
        ("Vse lahko izbrišete: /izbris.", "Vse lahko izbrišete. Izberite »Izbrišite moje podatke«."),
        ("s šifrirano številko vašega računa", "s šifrirano številko brskalnika"),
        ("Pozabimo tudi vaš račun.", "Pozabimo tudi štiri številke in prijave v brskalnikih."),
        ("Vaš račun pozabimo 30 dni", "Vašo stran pozabimo 30 dni"),
    )
    ON_A_PAGE: ClassVar[tuple[tuple[str, str], ...]] = (
        (" Lahko pošljete tudi glasovno sporočilo.", ""),
        ("Lahko pošljete tudi glasovno sporočilo.\nV knjižnici ga prepišejo.", "Posnetek v knjižnici prepišejo."),
        ("Zdaj je vsako vprašanje novo sporočilo.", "Zdaj so odgovori napisani tudi pod vprašanjem."),
        ("Zdaj so vprašanja v istem sporočilu.", "Zdaj so odgovori samo na gumbih."),
        ("Vsako vprašanje je novo sporočilo.", "Odgovori so napisani tudi pod vprašanjem."),
        ("Potem je vsako vprašanje novo sporočilo.", "Potem so odgovori napisani tudi pod vprašanjem."),
        ("\nOdgovor lahko tudi napišete.", ""),
        ("Nazaj na začetek", "Nadaljujem"),
        ("Samo nehajte pisati", "Ne želim več sodelovati"),
        ("Ne, nehajte mi pisati", "Ne, ne želim več sodelovati"),
        ("Ali naj nehamo pisati?", "Ali ne želite več sodelovati?"),
        ("Za koga naj nehamo pisati?", "Kdo ne želi več sodelovati?"),
        ("V redu. Ne bomo vam več pisali.", "V redu. Ne sodelujete več."),
        ("Nič vam ne pošiljamo. Ničesar ni treba ustaviti.", "Tukaj ne sodelujete. Ničesar ni treba končati."),
        ("Sporočila ustavi tudi", "Sodelovanje konča tudi"),
        ("Ne želite sporočil? Napišite /stop.", "Ne želite več sodelovati? Izberite /stop."),
        ("Pomoč: /pomoc", "Ne veste, kako naprej?\nIzberite /pomoc."),
        ("Napišite /", "Izberite /"),
        ("tudi ukaz /", "tudi gumb /"),
        ("a tem telefonu", "a tej napravi"),
    )

    def waits_on_page(self, day: str, *, mailed: bool) -> str:
        """When the next questionnaire waits on the page."""
        returns = (
            "Takrat vam pišemo po e-pošti."
            if mailed
            else "Takrat odprite povezavo s kartice.\nAli vtipkajte številko s kartice.\nDodajte datum v koledar."
        )
        return f"Nova vprašanja vas čakajo {day}.\n{returns}"


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for in_chat, in_browser in pairs:
        text = text.replace(in_chat, in_browser)
    return text
