"""What participants read. Vikanje, present tense, short sentences."""

from __future__ import annotations

from typing import ClassVar

from bot.texts.asking import Asking
from bot.texts.call_request import Calling
from bot.texts.coming import Coming
from bot.texts.common import safe
from bot.texts.contact_preferences import Wishes
from bot.texts.email import Mail
from bot.texts.own_data import OwnData
from bot.texts.sharing import Sharing
from bot.texts.small_talk import Talk
from bot.texts.stories import Stories
from bot.texts.typed_words import Writing
from bot.texts.waiting import WaitingList
from bot.texts.web import Web
from bot.texts.where_read import WhereRead
from surveys.locale_sl import plural

CONSENT_VERSION = "2026-12"
WAITING_VERSION = f"{CONSENT_VERSION}-waiting"  # of the text for those who wait; it holds when they take part, too
ON_THE_WEB = "-web2"  # behind a version: the text as it is read in a browser, without Telegram, its age and messages


class Participant(Asking, Coming, WhereRead):
    """What participants read, in Slovenian; other languages say the same in their words."""

    def __init__(
        self,
        wishes: Wishes,
        stories: Stories,
        sharing: Sharing,
        calling: Calling,
        own_data: OwnData,
        talk: Talk,
        writing: Writing,
        waiting: WaitingList,
        web: Web,
        mail: Mail,
    ) -> None:
        self.wishes = wishes
        self.stories = stories
        self.sharing = sharing
        self.calling = calling
        self.own_data = own_data
        self.talk = talk
        self.writing = writing
        self.waiting = waiting
        self.web = web
        self.mail = mail

    # Joining

    def welcome(self, library: str, programme: str, lasting: str) -> str:
        """The first screen after a link was opened: who speaks, what for, how long, and the consent."""
        return (
            f"<b>Pozdravljeni!</b>\nTukaj {safe(library)}.\n\n"
            f"Radi bi izvedeli, kaj vam prinese naš program »{safe(programme)}«. "
            f"Zato vam pošljemo nekaj kratkih vprašalnikov. Vsak traja približno {lasting}.\n\n"
            "<b>Vaši podatki</b>\n"
            "• Odgovori so shranjeni pod šifro, brez imena.\n"
            "• Vidijo jih le ljudje, ki pripravljajo poročila. V poročilih so samo skupne številke.\n"
            "• Sodelujete prostovoljno. Kadar koli lahko nehate ali vse izbrišete.\n"
            "• Za pogovor v Telegramu je treba imeti vsaj 18 let.\n"
            "Več: /zasebnost\n\n"
            "<b>Ali želite sodelovati?</b>"
        )

    YES = "Da, želim sodelovati"
    NO = "Ne, hvala"

    def move_here(self, library: str, group: str) -> str:
        """Before somebody who takes part goes on in another chat."""
        return (
            f"<b>{safe(library)}</b>\n{safe(group)}\n\nTa povezava je za osebo, ki že sodeluje. "
            "Želite nadaljevati na tem telefonu?\n\n"
            "• Odgovori, šifra in privolitev ostanejo.\n"
            "• Na prejšnji napravi teh vprašanj ne bo več."
        )

    def declined(self, library: str) -> str:
        """After »Ne«."""
        return (
            f"V redu, hvala za odgovor. {safe(library)} vam ne bo pošiljala vprašanj.\n\n"
            f"Če si premislite, izberite »{self.talk.ASK_AGAIN}« ali še enkrat odprite isto povezavo."
        )

    def for_whom(self, library: str, programme: str) -> str:
        """The first screen where an adult answers for a child."""
        return (
            f"<b>Pozdravljeni!</b>\nTukaj {safe(library)}, program »{safe(programme)}«.\n\n"
            "Vprašanja so za otroka, odgovarja pa odrasla oseba skupaj z njim. "
            "Otrok sam ne uporablja tega pogovora.\n\n"
            "<b>Za koga odgovarjate?</b>"
        )

    FOR_MY_CHILD = "Za svojega otroka"
    FOR_A_CHILD_IN_CARE = "Za otroka, s katerim berem"

    def guardian_consent(self, *, own_child: bool) -> str:
        """The guardian's consent: given here by a parent, or on paper where a mentor answers."""
        asked = (
            "<b>Ali kot starš ali skrbnik dovolite, da skupaj odgovarjata na vprašanja?</b>"
            if own_child
            else "<b>Ali ima knjižnica pisno privolitev otrokovega starša ali skrbnika?</b>"
        )
        return (
            "<b>Podatki o otroku</b>\n"
            "• Odgovori so shranjeni pod šifro, brez otrokovega imena.\n"
            "• V poročilih so samo skupne številke.\n"
            "• Sodelovanje je prostovoljno. Kadar koli lahko nehate ali vse izbrišete.\n"
            "• Za pogovor v Telegramu je treba imeti vsaj 18 let.\n"
            "Več: /zasebnost\n\n" + asked
        )

    GUARDIAN_YES = "Da, dovolim"
    GUARDIAN_NO = "Ne dovolim"
    PAPER_YES = "Da, privolitev je v knjižnici"
    PAPER_NO = "Ne, privolitve še ni"

    NO_GUARDIAN = (
        "Brez privolitve starša ali skrbnika ne sprašujemo. "
        f"Ko bo privolitev v knjižnici, izberite »{Talk.ASK_AGAIN}« ali še enkrat odprite isto povezavo."
    )

    MOVE_YES = "Da, nadaljuj tukaj"
    MOVED_HERE = "Od zdaj odgovarjate na tem telefonu. Prejšnji odgovori so shranjeni."
    MOVED_AWAY = "Odslej odgovarjate na drugi napravi. Če tega niste želeli, to čim prej povejte v knjižnici."
    LINK_USED = (
        "Ta povezava je že uporabljena. Vsaka povezava je za eno osebo.\n\n"
        "Če potrebujete novo, se oglasite v knjižnici. Z veseljem vam pomagamo."
    )
    ALREADY_IN_GROUP = "V tej skupini že sodelujete, zato te povezave ne potrebujete."
    LINK_EXPIRED = "Ta povezava ne velja več. V knjižnici vam z veseljem naredimo novo."
    LINK_UNKNOWN = "Te povezave ne poznamo. Preverite, ali je cela, ali pa prosite za pomoč v knjižnici."
    STRANGER = (
        "<b>Pozdravljeni!</b>\nTukaj sprašuje knjižnica. Za začetek odprite povezavo ali poskenirajte kodo QR, "
        "ki ste jo dobili v knjižnici.\n\nČe je nimate, se oglasite v knjižnici. Pomoč: /pomoc"
    )
    LEFT = "<b>Ne sodelujete več.</b>\n\nČe želite spet začeti, povejte v knjižnici. Z veseljem vam pomagamo."

    # Where one is

    def nothing_due(self, following: str) -> str:
        """Nothing to answer now; `following`: the sentence that says when, empty where nothing is planned."""
        return f"Hvala, zdaj ni vprašanj za vas. {following}" if following else "Hvala, za zdaj ni vprašanj za vas."

    def joined_later(self, following: str) -> str:
        """After consent, when no questionnaire is open yet."""
        return f"<b>Hvala, da sodelujete!</b>\n\n{self.nothing_due(following)}"

    # Language

    READ_ALOUD = "Telefon mi bere na glas"
    EDIT_IN_PLACE = "Telefon mi ne bere na glas"
    ALOUD_ON = "Odslej vsako vprašanje pride kot novo sporočilo, da ga telefon prebere."
    ALOUD_OFF = "Odslej se vprašanja menjajo v istem sporočilu."
    OTHER_LANGUAGE = "Jezik in branje na glas"
    UNTRANSLATED = "To vprašanje je samo v slovenščini."

    def choose_language(self, language: str, *, several: bool, aloud: bool) -> str:
        """Before a language is chosen; `language` is the name of the one that holds."""
        other = "Izberite jezik." if several else "Vprašalniki so za zdaj samo v tem jeziku."
        reading = (
            "Vsako vprašanje pride kot novo sporočilo, da ga telefon prebere na glas."
            if aloud
            else "Ali vam telefon bere zaslon na glas? Izberite »Telefon mi bere na glas«. "
            "Potem vsako vprašanje pride kot novo sporočilo."
        )
        return f"<b>Jezik: {safe(language)}</b>\n\n{other}\n\n{reading}"

    # Questions

    def progress(self, position: int, total: int) -> str:
        """»2 od 6«."""
        return f"{position} od {total}"

    def answering_for(self, code: str) -> str:
        """Above each card that a librarian answers for somebody."""
        return f"Odgovori za osebo s šifro {code}."

    LISTEN = "🔊 Poslušaj"
    TYPE_TEXT = "Napišite odgovor in ga pošljite. Lahko ga tudi poveste v glasovnem sporočilu."
    VOICE_TOO_LONG = "Posnetek je predolg. Dolg je lahko največ 2 minuti. Povejte še enkrat, malo krajše."
    SAVED = "Shranjeno"
    WHERE_YOU_ARE = "Tukaj ste."
    ANSWERED_BEFORE = "Na to vprašanje ste že odgovorili. Za spremembo izberite »‹ Nazaj«."
    ANSWERED_AT_SUMMARY = "Na to vprašanje ste že odgovorili. Za spremembo izberite svoj odgovor."

    SUMMARY_TITLE = "Vaši odgovori"
    SUMMARY_ASK = "Je vse prav? Odgovor spremenite tako, da ga izberete spodaj."
    ALL_ANSWERS = "Vsi odgovori"
    HAND_IN = "Oddaj odgovore"
    NO_ANSWER_YET = "brez odgovora"

    THANKS = "<b>Hvala!</b> Vaši odgovori so shranjeni."
    ALL_SAVED = "<b>Vaši odgovori so shranjeni.</b>"
    THANKING = "hvala"

    def thanks(self, own: str) -> str:
        """After handing in: thanks, once, be it in the questionnaire's own words."""
        first = self.ALL_SAVED if self.THANKING in own.casefold() else self.THANKS
        return f"{first}\n\n{safe(own)}" if own else first

    LAST_QUESTIONNAIRE = "To je bil zadnji vprašalnik tega programa."

    def next_questionnaire(self, day: str) -> str:
        """When the next one comes."""
        return f"Naslednji vprašalnik dobite {day}."

    def correctable(self, closes: str) -> str:
        """Until when something may be corrected."""
        return f"Želite kaj popraviti? To je mogoče, dokler se vprašalnik ne zapre ({closes})."

    CORRECT = "Popravi odgovore"

    def correct(self, what: str) -> str:
        """The same, where there are several: whose answers, or which."""
        return f"{what}: popravi"

    CORRECTING = "Kar spremenite, je takoj shranjeno."
    KIOSK_CONSENT_YES = "Da, dovolim"
    KIOSK_CONSENT_GUARDIAN = "Da, sem starš ali skrbnik"
    KIOSK_CONSENT_NO = "Ne, hvala"
    KIOSK_DECLINED = "V redu. Vprašanj ne bo. Hvala za odgovor!"
    KIOSK_AGREED = "Hvala! Vaša privolitev je zapisana. Vprašanj zdaj še ni."
    IN_KIOSK = "Vaš vprašalnik"
    KIOSK_DONE = "Končano"
    KIOSK_LEAVE = "Končaj za zdaj"
    CLOSED = "Ta vprašalnik je že zaprt. Hvala za sodelovanje!"
    ALREADY_FINISHED = "Te odgovore ste že oddali. Hvala!"

    # Rights

    PRIVACY = (
        "<b>Zasebnost</b>\n\n"
        "<b>Kaj shranimo.</b> Vaše odgovore pod šifro in številko vašega računa Telegram. Številka je šifrirana, "
        "ključ ni v isti zbirki. Imena, vzdevka in slike iz Telegrama ne shranimo.\n\n"
        "<b>Zakaj.</b> Da knjižnica in Združenje splošnih knjižnic vidita, kaj programi prinesejo ljudem.\n\n"
        "<b>Kdo vidi.</b> Odgovore pod šifro vidijo le ljudje, ki pripravljajo poročila. "
        "V poročilih so skupne številke. Majhne skupine so skrite. Kar poveste z glasom, v knjižnici "
        "poslušajo in prepišejo. Zgodbo, ki jo oddate, preberejo v knjižnici; "
        "objavimo jo samo, če to posebej dovolite.\n\n"
        "<b>Kako dolgo.</b> Povezavo med vami in šifro izbrišemo 30 dni po zadnjem vprašalniku. "
        "Odgovori so najpozneje 12 mesecev po koncu skupine brez šifre.\n\n"
        "<b>Vaše pravice.</b>\n"
        "/moji_podatki – pokaže vse, kar hranimo o vas\n"
        "/stop – nehamo pisati\n"
        "/izbris – izbrišemo vse vaše podatke\n\n"
        "Sporočila potujejo po Telegramu, za katerega veljajo njegova pravila. Vprašanja: oglasite se v knjižnici."
    )

    HELP = (
        "<b>Pomoč</b>\n\n"
        "Na vprašanja odgovarjate z gumbi. Odgovor lahko tudi napišete, na primer njegovo številko.\n\n"
        "/anketa – nadaljuje vprašalnik\n"
        "/jezik – jezik in branje na glas\n"
        "/moji_podatki – pokaže, kaj hranimo o vas\n"
        "/zasebnost – kako varujemo podatke\n"
        "/stop – nehamo pisati\n"
        "/izbris – izbrišemo vaše podatke\n\n"
        "Če potrebujete pomoč osebe, se oglasite v knjižnici."
    )

    COMMANDS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("anketa", "nadaljuje vprašalnik"),
        ("jezik", "jezik in branje na glas"),
        ("moji_podatki", "pokaže, kaj hranimo o vas"),
        ("zasebnost", "kako varujemo podatke"),
        ("stop", "nehamo pisati"),
        ("izbris", "izbrišemo vaše podatke"),
        ("pomoc", "pomoč"),
    )

    NOT_UNDERSTOOD = "Žal tega ne razumemo. Če ne veste, kako naprej, napišite /pomoc."
    NOT_TEXT = "Tukaj potrebujemo besede ali številko. Slike, posnetka ali nalepke ne moremo prebrati."

    STOP_KEEP = "Samo nehajte pisati"
    STOP_ERASE = "Izbrišite vse"
    STOP_ASK = (
        "<b>Želite, da vam nehamo pisati?</b>\n\n"
        f"»{STOP_KEEP}«: odgovori, ki ste jih že dali, ostanejo v skupnih številkah.\n"
        f"»{STOP_ERASE}«: izbrišemo tudi odgovore. Pred tem še enkrat vprašamo."
    )
    STOPPED = "V redu, ne bomo vam več pisali. Hvala za vse odgovore!"
    STOPPED_UNANSWERED = "V redu, ne bomo vam več pisali. Hvala!"
    NOTHING_TO_STOP = "Nič vam ne pošiljamo, zato ni treba ničesar ustaviti."

    ERASE_ASK = (
        "<b>Želite izbrisati vse svoje podatke?</b>\n\n"
        "Izbrišemo vse vaše odgovore, zgodbe in povezavo z vašim računom. Tega ni mogoče razveljaviti."
    )
    ERASE_YES = "Da, izbriši vse"
    ERASE_NO = "Ne, obdrži"
    ERASED = "Vaši podatki so izbrisani. Hvala, da ste bili z nami."
    NOTHING_HELD = (
        "Tukaj o vas ne hranimo ničesar. Če ste odgovarjali na papirju ali z napravo knjižnice, vprašajte v knjižnici."
    )

    MY_DATA_TITLE = "Vaši podatki"

    def my_recordings(self, count: int) -> str:
        """How many recordings are held, in /moji_podatki."""
        return f"Zvočni posnetki: {count}. Najdete jih zgoraj."

    MY_DATA_FILE = "Vse je v datotekah zgoraj: prvo lahko preberete, druga je za računalniške programe."

    def my_enrolment(self, programme: str, code: str, joined: str | None, answered: int, where: str = "") -> str:
        """One enrolment in /moji_podatki; `where`: which one, for who waited."""
        count = plural(
            answered,
            f"{answered} odgovor",
            f"{answered} odgovora",
            f"{answered} odgovori",
            f"{answered} odgovorov",
        )
        since = "brez privolitve" if joined is None else f"privolitev {joined}"
        which = ", ".join(filter(None, (safe(programme), where)))
        return f"• {which}\n  šifra <code>{code}</code>, {since}, {count}"

    def my_role(self, role: str) -> str:
        """A member of staff in /moji_podatki."""
        return f"• Vaša vloga: {role}.\n  Hranimo jo s šifrirano številko vašega računa. /izbris jo konča."
