"""What participants and staff read of the pages in the browser, beside the cards of every channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from bot.texts.common import Common, safe
from storage.card_numbers import EXAMPLE, LENGTH, Misread, Slip
from surveys.locale_sl import counted


class Web(Common):
    """In Slovenian."""

    NAME = "Knjižnica vpraša"
    CARD = "Vaša kartica"
    SEND = "Pošlji"
    YOUR_WORDS = "Vaš odgovor"
    YOUR_NUMBER = "Vaša številka"
    FILE = "Datoteka"
    SEND_FILE = "Pošlji datoteko"
    FILES = "Sporočila in datoteke"
    MENU = "Kaj še lahko naredite"
    COMMANDS: ClassVar[Mapping[str, str]] = {  # what participants can ask for, as a button says it
        "anketa": "Nadaljujem vprašalnik",
        "jezik": "Jezik in branje na glas",
        "moji_podatki": "Kaj hranite o meni",
        "zasebnost": "Kako varujete podatke",
        "stop": "Ne želim več sodelovati",
        "izbris": "Izbrišite moje podatke",
        "pomoc": "Pomoč",
    }
    SIGN_OUT = "Odjava"
    NEWS = "Sporočilo"
    RECORDING = "Posnetek"
    RECORD = "🎤 Odgovorim z glasom"
    RECORDS = "Snemam. Govorite, nato pritisnite »Končaj in pošlji«."
    FINISH_RECORDING = "Končaj in pošlji"
    NO_MICROPHONE = "Mikrofon ni na voljo. Odgovor lahko napišete."
    CALENDAR = "Dodaj naslednji datum v koledar"
    CALENDAR_TITLE = "Knjižnica"
    LEAVE_TITLE = "Ali želite končati?"
    STAY = "Ostanem tukaj"
    ANSWERS_KEPT = "Vaši odgovori so shranjeni."
    BACK_BY_DIGITS = "Vrnete se s kartico (s povezavo, kodo ali številko na njej) in štirimi številkami."
    BACK_BY_NEW_CARD = (
        "Štirih številk niste izbrali. Brez njih se ne morete vrniti, dokler v knjižnici ne dobite nove kartice."
    )
    CHOOSE_PIN = "Izberem štiri številke"
    FORGET_ALL = "Končaj: naprava naj vse pozabi"
    KIOSK_STILL_HERE = "Ste še tu? Dotaknite se zaslona, sicer bo čez deset sekund spet začetek."
    STILL_HERE = "Čez eno minuto bo ta naprava vse pozabila. Če ste še tu, se dotaknite zaslona ali pritisnite tipko."

    LINK_TITLE = "Povezava iz knjižnice"
    LINK_TEXT = "Izberite, kje želite odgovarjati. Oboje je enako dobro."
    HERE = "Odgovarjam tukaj"
    STAFF_LINK_TEXT = "To je vaša povezava za delo. Izberite, kje jo želite odpreti. Oboje je enako dobro."
    STAFF_HERE = "Začnem delo tukaj"
    IN_TELEGRAM = "Odprem v Telegramu"
    NOT_MY_DEVICE = "To ni moja naprava"
    NOT_MY_DEVICE_HINT = "Označite, če je naprava od knjižnice ali od koga drugega. Na koncu vse pozabi."
    ON_ANOTHER_PHONE = "Na to povezavo že odgovarjate v Telegramu. Odprite ga in nadaljujte tam."

    PIN_TITLE = "Izberite štiri številke"
    PIN_TEXT = (
        "Z njimi se pozneje vrnete na svoja vprašanja, tudi z druge naprave. "
        "Izberite take, ki jih ne boste pozabili, in jih ne povejte drugim."
    )
    PIN = "Štiri številke"
    KEEP_PIN = "Shrani"
    NO_PIN = "Brez številk"
    NO_PIN_HINT = "Brez številk se z druge naprave ne morete vrniti. Za vrnitev potrebujete novo kartico."
    PIN_IS_FOUR = "Vpišite natanko štiri številke."
    PIN_IS_EASY = "Te številke je lahko uganiti. Izberite druge, ne enakih in ne zaporednih."

    BACK_TITLE = "Lepo, da ste spet tukaj"
    WAITS = "Čaka vas kratek vprašalnik."
    NOTHING_WAITS = "Zdaj vas ne čaka noben vprašalnik."
    GIVE_PIN = "Vpišite štiri številke, ki ste jih izbrali prvič."
    GO_ON = "Naprej"
    LOCKED = "Številke so bile prevečkrat napačne. Za novo kartico prosite v knjižnici."
    WITHOUT_PIN = "Za vrnitev z druge naprave potrebujete novo kartico. Prosite zanjo v knjižnici."

    TYPE_NUMBER = "Vtipkam številko s kartice"
    NUMBER_TITLE = "Vtipkajte številko s kartice"
    CARD_NUMBER = "Številka kartice"
    NO_NUMBER = "Vpišite številko s kartice."
    NUMBER_IS_TYPO = (
        "Nekaj je vtipkano narobe: en znak ni pravi ali pa sta dva zamenjana. Primerjajte vsak znak s kartico."
    )
    NUMBER_UNKNOWN = "Te številke ne poznamo. Vpišite jo s svoje najnovejše kartice ali prosite za pomoč v knjižnici."

    NOBODY_TITLE = "Dober dan"
    NOBODY = (
        "Odprite povezavo s svoje kartice, poskenirajte njeno kodo ali vtipkajte njeno številko. "
        "Kartico dobite v knjižnici."
    )
    STAFF_SIGN_IN = "Za zaposlene: prijava"
    STAFF_IN_TELEGRAM = "Za zaposlene: povezavo do te strani dobite, če botu v Telegramu pošljete /splet."
    STAFF_WITHOUT_MAIL = "Kdor nima Telegrama, naj za novo povezavo prosi skrbnika."
    ENDED = "Ta naprava je vse pozabila. Okno lahko zaprete."
    AGAIN_LATER = "Zdaj tega ne moremo shraniti. Nič ni izgubljeno: počakajte minuto in pritisnite še enkrat."
    TOO_OFTEN = "To je bilo prevečkrat zapored. Počakajte nekaj minut in poskusite znova."
    OLD_PAGE = "Stran je bila predolgo odprta. Tukaj je nova."
    TOO_LARGE = "Datoteka je prevelika."
    NOT_FOUND = "Te strani ni. Odprite povezavo s svoje kartice ali vtipkajte njeno številko."
    OFFLINE = "Ni povezave. Poskušamo znova …"
    LINK_IS_OLD = (
        "Ta povezava ne velja več. Odprite najnovejše sporočilo ali povezavo s svoje kartice. "
        "V Telegramu dobite novo, če napišete /splet."
    )

    ENTER_TITLE = "Nadaljujte v brskalniku"
    ENTER_TEXT = "Ta povezava odpre vaš pogovor s knjižnico v tem brskalniku. Velja samo enkrat."

    NO_PAGES = "Pri vas strani v brskalniku ni."

    def open_here(self, address: str) -> str:
        """A link that opens this chat in a browser."""
        return (
            f"Odprite v brskalniku, tudi na računalniku:\n{safe(address)}\n\n"
            "Povezava velja deset minut in samo enkrat. Ne dajte je drugim."
        )

    def where_number_is(self, example: str) -> str:
        """Where on the card the number stands, and how it may be typed."""
        return (
            f"Na kartici je pod besedami »in nato številko kartice«. Ima štiri skupine, na primer {example}. "
            "Črke so lahko velike ali male, črtic ni treba pisati."
        )

    def misread(self, read: Misread) -> str:
        """Why what was typed is no number of a card."""
        match read.slip:
            case Slip.EMPTY:
                return self.NO_NUMBER
            case Slip.CODE:
                return self.is_code(EXAMPLE)
            case Slip.LENGTH:
                return self.wrong_length(LENGTH, read.typed)
            case Slip.SIGN:
                return self.strange_sign(read.sign)
            case Slip.TYPO:
                return self.NUMBER_IS_TYPO

    def is_code(self, example: str) -> str:
        """The code of a participant was typed."""
        return (
            f"To je šifra, ki tukaj ne odpre ničesar. Vpišite daljšo številko kartice, na primer {example}. "
            "Če je na vaši kartici ni, prosite v knjižnici za novo kartico."
        )

    def wrong_length(self, length: int, typed: int) -> str:
        """So many signs are too few or too many."""
        signs = counted(typed, "znak", "znaka", "znake", "znakov")
        return f"Številka kartice ima {length} znakov, vpisali ste {signs}. Preverite, kateri manjka ali je odveč."

    def too_many_wrong_numbers(self, minutes: int) -> str:
        """Too many different numbers of nobody came from here; when the next one is taken."""
        return (
            f"Od tod je prišlo preveč napačnih številk. Poskusite znova čez {_minutes(minutes)} "
            "ali poskenirajte kodo na kartici. Pomagajo vam tudi v knjižnici."
        )

    def numbers_are_guessed(self, minutes: int) -> str:
        """Somebody guesses from many places; when the next number may be taken."""
        return (
            f"Številk zdaj ne moremo preveriti, ker jih nekdo ugiba. Poskusite znova čez {_minutes(minutes)} "
            "ali poskenirajte kodo na kartici."
        )

    def strange_sign(self, sign: str) -> str:
        """This sign is on no card."""
        return f"Znaka »{sign}« ni na nobeni kartici. Poglejte, kaj je na kartici na tem mestu."

    def wrong_pin(self, left: int) -> str:
        """Digits that are not the right ones, with how many tries are left."""
        tries = counted(left, "poskus", "poskusa", "poskuse", "poskusov")
        return f"Te številke niso prave. Imate še {tries}. Če ste jih pozabili, prosite v knjižnici za novo kartico."

    def not_taken(self, words: str) -> str:
        """What was typed for a card that is not there any more, so that it is not lost."""
        return f"Napisali ste: »{safe(words)}«. Tega nismo shranili, ker je zdaj tukaj druga kartica."

    def lost(self, words: str) -> str:
        """What was typed on a page that is not whoever sends it any more, so that it is not lost."""
        return f"Napisali ste: »{words}«. Tega nismo shranili, ker je bila stran predolgo odprta. Lahko skopirate."


def _minutes(count: int) -> str:
    """As it stands behind »čez«."""
    return counted(count, "minuto", "minuti", "minute", "minut")


class EasyWeb(Web):
    """In easy Slovenian."""

    RECORDS = "Snemam.\nGovorite.\nPotem pritisnite »Končaj in pošlji«."
    KIOSK_STILL_HERE = "Ali ste še tu?\nDotaknite se zaslona."
    STILL_HERE = "Čez eno minuto naprava vse pozabi.\nAli ste še tu?\nDotaknite se zaslona."
    LINK_TEXT = "Kje želite odgovarjati?\nIzberite."
    NOT_MY_DEVICE_HINT = "Ali je naprava od knjižnice?\nPotem označite.\nNa koncu vse pozabi."
    ON_ANOTHER_PHONE = "Odgovarjate že v Telegramu.\nOdprite Telegram."
    PIN_TEXT = "S številkami se pozneje vrnete.\nIzberite številke, ki jih ne boste pozabili.\nNe povejte jih drugim."
    NOTHING_WAITS = "Zdaj ni vprašalnika za vas."
    NO_PIN_HINT = "Brez številk se ne vrnete z druge naprave.\nPotem potrebujete novo kartico."
    BACK_BY_NEW_CARD = "Niste izbrali štirih številk.\nZa vrnitev potrebujete novo kartico."
    GIVE_PIN = "Vpišite svoje štiri številke."
    LOCKED = "Številke so bile prevečkrat napačne.\nProsite za novo kartico v knjižnici."
    WITHOUT_PIN = "Potrebujete novo kartico.\nProsite zanjo v knjižnici."
    NUMBER_IS_TYPO = "Nekaj ni prav vtipkano.\nPrimerjajte vsak znak s kartico."
    NUMBER_UNKNOWN = "Te številke ne poznamo.\nVzemite najnovejšo kartico.\nAli prosite za pomoč v knjižnici."
    NOBODY = "Odprite povezavo s svoje kartice.\nAli vtipkajte številko s kartice.\nKartico dobite v knjižnici."
    ENDED = "Naprava je vse pozabila.\nOkno lahko zaprete."
    AGAIN_LATER = "Zdaj tega ne moremo shraniti.\nPočakajte eno minuto.\nPotem pritisnite še enkrat."
    TOO_OFTEN = "To je bilo prevečkrat.\nPočakajte nekaj minut."

    def too_many_wrong_numbers(self, minutes: int) -> str:
        """Too many different numbers of nobody came from here; when the next one is taken."""
        return f"Preveč številk je bilo napačnih.\nPoskusite znova čez {_minutes(minutes)}."

    def numbers_are_guessed(self, minutes: int) -> str:
        """Somebody guesses from many places; when the next number may be taken."""
        return f"Številk zdaj ne moremo preveriti.\nPoskusite znova čez {_minutes(minutes)}."
