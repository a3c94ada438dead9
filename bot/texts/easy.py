"""What participants read in easy Slovenian: one idea a sentence, few words. What is easy already stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from bot.runtime.settings import Library
from bot.texts.call_request import Calling
from bot.texts.common import safe
from bot.texts.contact_preferences import Wishes
from bot.texts.email import EasyMail
from bot.texts.own_data import OwnData
from bot.texts.participant import Participant
from bot.texts.sharing import LONGEST as LONGEST_NAME
from bot.texts.sharing import Sharing
from bot.texts.small_talk import Talk
from bot.texts.stories import LONGEST, Stories
from bot.texts.typed_words import EasyWriting
from bot.texts.waiting import EasyWaitingList
from bot.texts.web import EasyWeb
from bot.texts.where_read import EasyWhereRead
from storage.stories import StoryStanding
from surveys.reading import Problem


class EasyParticipant(EasyWhereRead, Participant):
    """What participants read, in easy Slovenian."""

    ALOUD_ON = "Zdaj je vsako vprašanje novo sporočilo."
    ALOUD_OFF = "Zdaj so vprašanja v istem sporočilu."
    NO_GUARDIAN = (
        "Najprej mora dovoliti starš ali skrbnik.\nDovoljenje mora imeti knjižnica.\n"
        f"Potem izberite »{Talk.ASK_AGAIN}«."
    )
    MOVED_HERE = "Zdaj odgovarjate na tem telefonu. Vaši odgovori so shranjeni."
    MOVED_AWAY = "Zdaj odgovarjate na drugi napravi. Tega niste želeli? Povejte v knjižnici."
    LINK_USED = (
        "To povezavo je nekdo že uporabil.\nVsaka povezava je za 1 osebo.\n\nPotrebujete novo? Pridite v knjižnico."
    )
    ALREADY_IN_GROUP = "V tej skupini že sodelujete. Te povezave ne potrebujete."
    LINK_EXPIRED = "Ta povezava ne velja več. V knjižnici vam naredimo novo."
    LINK_UNKNOWN = "Te povezave ne poznamo. Prosite za pomoč v knjižnici."
    STRANGER = (
        "<b>Pozdravljeni!</b>\nTukaj vas sprašuje knjižnica.\nPotrebujete povezavo ali kodo QR iz knjižnice.\n\n"
        "Nimate povezave? Pridite v knjižnico.\nPomoč: /pomoc"
    )
    LEFT = "<b>Ne sodelujete več.</b>\n\nAli želite spet začeti?\nPovejte v knjižnici."
    ANSWERED_BEFORE = "Na to vprašanje ste že odgovorili.\nŽelite spremeniti? Izberite »‹ Nazaj«."
    ANSWERED_AT_SUMMARY = "Na to vprašanje ste že odgovorili.\nŽelite spremeniti? Izberite svoj odgovor."
    UNTRANSLATED = "To vprašanje ni v lahkem branju."
    TYPE_DATES: ClassVar[dict[str, str]] = {
        "day": "Napišite datum. Na primer {example}. Nato ga pošljite.",
        "month": "Napišite mesec in leto. Na primer {example}.",
        "year": "Napišite leto. Na primer {example}.",
    }
    TYPE_NUMBER = "Napišite številko. Nato jo pošljite."
    TYPE_DECIMALS = "Napišite številko. Lahko ima decimalke. Na primer {example}. Nato jo pošljite."
    TYPE_TEXT = "Napišite odgovor. Nato ga pošljite. Lahko pošljete tudi glasovno sporočilo."
    VOICE_TOO_LONG = "Posnetek je predolg. Dolg je lahko 2 minuti. Povejte še enkrat, bolj na kratko."
    THEN_FORWARD = "Na koncu izberite »Naprej«."
    CHOOSE_SEVERAL = "Izberete lahko več odgovorov.\nNa koncu izberite »Naprej«."
    SUMMARY_ASK = "Je vse prav?\nŽelite odgovor spremeniti? Izberite ga spodaj."
    LAST_QUESTIONNAIRE = "To je bil zadnji vprašalnik."
    CORRECTING = "Vsako spremembo takoj shranimo."
    PRIVACY = (
        "<b>Zasebnost</b>\n\n"
        "<b>Kaj shranimo.</b>\nVaše odgovore. Pri njih je šifra.\n"
        "Številko vašega računa Telegram. Številka je skrita.\n"
        "Imena in slike ne shranimo.\n\n"
        "<b>Zakaj.</b>\nKnjižnica želi vedeti, kaj ljudem pomaga.\n\n"
        "<b>Kdo vidi.</b>\nSamo ljudje, ki pišejo poročila.\nV poročilih so samo skupne številke.\n"
        "Posnetek v knjižnici poslušajo in prepišejo.\n"
        "Vašo zgodbo preberejo v knjižnici. Objavimo jo samo, če vi dovolite.\n\n"
        "<b>Kako dolgo.</b>\nVaš račun pozabimo 30 dni po zadnjem vprašalniku.\n"
        "12 mesecev po koncu skupine pozabimo tudi šifro.\n\n"
        "<b>Vaše pravice.</b>\n"
        "/moji_podatki – pokaže vse o vas\n"
        "/stop – nehamo pisati\n"
        "/izbris – izbrišemo vse\n\n"
        "Sporočila gredo po Telegramu. Telegram ima svoja pravila.\nImate vprašanje? Pridite v knjižnico."
    )
    HELP = (
        "<b>Pomoč</b>\n\n"
        "Odgovarjate z gumbi.\nOdgovor lahko tudi napišete.\n\n"
        "/anketa – nadaljuje vprašanja\n"
        "/jezik – jezik in branje na glas\n"
        "/moji_podatki – pokaže vse o vas\n"
        "/zasebnost – kako varujemo podatke\n"
        "/stop – nehamo pisati\n"
        "/izbris – izbrišemo vse o vas\n\n"
        "Potrebujete pomoč? Pridite v knjižnico."
    )
    PROBLEMS: ClassVar[dict[Problem, str]] = {
        **Participant.PROBLEMS,
        Problem.NOT_WHOLE: "Tukaj potrebujemo celo število. Brez polovic. Na primer {example}.",
        Problem.NOT_WHAT_IS_ASKED: "{question}\nNapišite samo število. Na primer {example}.",
        Problem.NOT_A_DATE: "Tukaj potrebujemo datum. Na primer {example}.",
        Problem.WHICH_DATE: "Ta datum lahko pomeni dva dneva.\nNapišite ga tako: {example}.",
        Problem.WHICH_CHOICE: "Mislite odgovor {options}?\nNapišite besede. Lahko tudi izberete gumb.",
    }
    NOT_TEXT = "Tukaj napišite besede ali številko. Slike, posnetka ali nalepke ne moremo prebrati."
    NOT_UNDERSTOOD = "Žal tega ne razumemo.\nNe veste, kako naprej? Napišite /pomoc."
    NOTHING_HELD = "Tukaj o vas nimamo ničesar.\nSte odgovarjali na papirju ali v kiosku? Vprašajte v knjižnici."
    STOP_ASK = (
        "<b>Ali naj nehamo pisati?</b>\n\n»Samo nehajte pisati«: vaši odgovori ostanejo.\n"
        "»Izbrišite vse«: odgovore izbrišemo. Prej še enkrat vprašamo."
    )
    STOPPED = "V redu. Ne bomo vam več pisali. Hvala za odgovore!"
    STOPPED_UNANSWERED = "V redu. Ne bomo vam več pisali. Hvala!"
    MY_DATA_FILE = "Vse je v datotekah zgoraj. Preberite prvo. Druga je za računalnike."
    NOTHING_TO_STOP = "Nič vam ne pošiljamo. Ničesar ni treba ustaviti."
    ERASE_ASK = (
        "<b>Ali naj izbrišemo vse o vas?</b>\n\n"
        "Izbrišemo vaše odgovore in zgodbe.\nPozabimo tudi vaš račun.\nTo je za vedno."
    )

    def welcome(self, library: str, programme: str, lasting: str) -> str:
        """The first screen."""
        return (
            f"<b>Pozdravljeni!</b>\nTukaj {safe(library)}.\n\n"
            f"Sodelujete v programu »{safe(programme)}«.\nZanima nas, kaj vam pomaga.\n"
            f"Poslali vam bomo kratka vprašanja.\nVsakič traja {lasting}.\n\n"
            "<b>Vaši podatki</b>\n"
            "• Vašega imena ne shranimo.\n"
            "• Odgovori imajo šifro.\n"
            "• V poročilih so samo skupne številke.\n"
            "• Vi odločate. Vedno lahko nehate. Vedno lahko vse izbrišete.\n"
            "• Imeti morate vsaj 18 let.\n"
            "Več: /zasebnost\n\n"
            "<b>Ali želite sodelovati?</b>"
        )

    def move_here(self, library: str, group: str) -> str:
        """Before somebody who takes part goes on in another chat."""
        return (
            f"<b>{safe(library)}</b>\n{safe(group)}\n\nTa povezava je za osebo, ki že sodeluje.\n"
            "Želite odgovarjati na tem telefonu?\n\n"
            "• Vaši odgovori ostanejo.\n"
            "• Na drugi napravi vprašanj ne bo več."
        )

    def declined(self, library: str) -> str:
        """After »Ne«."""
        return (
            f"V redu. Hvala za odgovor.\n{safe(library)} vam ne bo pošiljala vprašanj.\n\n"
            f"Si premislite? Izberite »{self.talk.ASK_AGAIN}«."
        )

    def for_whom(self, library: str, programme: str) -> str:
        """The first screen where an adult answers for a child."""
        return (
            f"<b>Pozdravljeni!</b>\nTukaj {safe(library)}.\nProgram: »{safe(programme)}«.\n\n"
            "Vprašanja so za otroka.\nOdgovarjata otrok in odrasla oseba skupaj.\n\n"
            "<b>Za koga odgovarjate?</b>"
        )

    def guardian_consent(self, *, own_child: bool) -> str:
        """The guardian's consent."""
        asked = (
            "<b>Ste starš ali skrbnik? Ali dovolite, da skupaj odgovarjata?</b>"
            if own_child
            else "<b>Ali je starš ali skrbnik to podpisal v knjižnici?</b>"
        )
        return (
            "<b>Podatki o otroku</b>\n"
            "• Otrokovega imena ne shranimo.\n"
            "• Odgovori imajo šifro.\n"
            "• V poročilih so samo skupne številke.\n"
            "• Vi odločate. Vedno lahko nehate. Vedno lahko vse izbrišete.\n"
            "• Imeti morate vsaj 18 let.\n"
            "Več: /zasebnost\n\n" + asked
        )

    def nothing_due(self, following: str) -> str:
        """Nothing to answer now."""
        return f"Hvala! Zdaj ni vprašanj za vas.\n{following}".rstrip()

    def choose_language(self, language: str, *, several: bool, aloud: bool) -> str:
        """Before a language is chosen."""
        other = "Izberite jezik." if several else "Drugega jezika še ni."
        reading = (
            "Telefon vam bere na glas.\nVsako vprašanje je novo sporočilo."
            if aloud
            else "Vam telefon bere na glas?\nIzberite »Telefon mi bere na glas«.\n"
            "Potem je vsako vprašanje novo sporočilo."
        )
        return f"<b>Jezik: {safe(language)}</b>\n\n{other}\n\n{reading}"

    def next_questionnaire(self, day: str) -> str:
        """When the next one comes."""
        return f"Nova vprašanja dobite {day}."

    def correctable(self, closes: str) -> str:
        """Until when something may be corrected."""
        return f"Želite kaj popraviti?\nVprašalnik se zapre {closes}. Do takrat lahko popravite."

    def takes(self, minutes: int) -> str:
        """How long the questionnaire takes."""
        return f"Za vse potrebujete {self.lasting(minutes, minutes)}."

    def invitation(self, library: str, title: str, count: int, minutes: int) -> str:
        """The invitation to a questionnaire."""
        return (
            f"<b>{safe(library)}: {safe(title)}</b>\n\n"
            f"Za vas imamo {self.questions(count)}.\n{self.takes(minutes)}\nHvala!"
        )

    def reminder(self, library: str, count: int, minutes: int) -> str:
        """A reminder to who has not begun."""
        return (
            f"<b>{safe(library)}</b>\n\n"
            f"Vprašanja vas še čakajo.\nŠtevilo vprašanj: {count}.\n{self.takes(minutes)}\nHvala!"
        )


class EasyWishes(Wishes):
    """When and how often people are written to, and their own answers, in easy Slovenian."""

    def when(self, days: Sequence[str], closes: str, *, week_too_late: bool) -> str:
        """When to ask again."""
        listed = "\n".join(f"• {one}" for one in days)
        late = "Čez en teden bo prepozno.\n" if week_too_late else ""
        return f"<b>V redu. Kdaj naj spet pišemo?</b>\n\n{listed}\n\n{late}Vprašanja se zaprejo {closes}."

    def too_late(self, closes: str) -> str:
        """No other day fits any more."""
        return f"<b>V redu.</b>\n\nVprašanja se zaprejo {closes}.\nDo takrat lahko odgovorite: /anketa"

    def waits_here(self, closes: str) -> str:
        """On a page, where nobody is written to."""
        return (
            f"<b>V redu.</b>\n\nOdgovorite pozneje.\nVprašalnik vas čaka tukaj.\nZapre se {closes}.\n"
            "Nazaj pridete s povezavo ali številko s kartice."
        )

    def put_off(self, moment: datetime, closes: datetime, zone: ZoneInfo) -> str:
        """The next message comes on that day."""
        return (
            f"<b>Velja.</b> Spet pišemo {self.day(moment, zone)}.\n\n"
            f"Želite odgovoriti prej? /anketa\nVprašanja se zaprejo {self.day(closes, zone)}."
        )

    def nothing_planned(self, closes: str) -> str:
        """No message is to come, though nobody wished so."""
        return f"O teh vprašanjih ne bomo več pisali.\nŽelite odgovoriti? /anketa\nVprašanja se zaprejo {closes}."

    def ask_never(self, closes: str) -> str:
        """Once more, to be sure."""
        return (
            "<b>Ali naj o teh vprašanjih ne pišemo več?</b>\n\n"
            f"Še vedno lahko odgovorite: /anketa\nVprašanja se zaprejo {closes}.\n"
            "O novih vprašanjih vam še pišemo.\nNe želite nobenih sporočil? /stop"
        )

    def muted(self, closes: str) -> str:
        """No more messages about this one."""
        return (
            "<b>V redu. O teh vprašanjih ne pišemo več.</b>\n\n"
            f"Si premislite? Odgovorite lahko: /anketa\nVprašanja se zaprejo {closes}."
        )

    def then_and_now_about(self, *, child: bool) -> str:
        """Below it, whatever was said."""
        who = "Otroka" if child else "Vas"
        strict = "" if child else "\nKdor več ve, se včasih oceni nižje."
        library = "" if child else "\nV knjižnici tega pregleda ne vidijo."
        return f"Vsak odgovor je pravi.{strict}\n{who} ne primerjamo z drugimi.{library}"


class EasyStories(Stories):
    """What is said to who tells a story, in easy Slovenian."""

    INVITED = "<b>Želite povedati svojo zgodbo?</b>\nPovejte, kaj je za vas zdaj drugače.\nNi treba. Odgovore že imamo."
    ASK = (
        "<b>Vaša zgodba</b>\n\n"
        "Kaj je za vas zdaj drugače?\nNapišite nekaj stavkov in jih pošljite.\n\n"
        "Lahko pošljete tudi glasovno sporočilo.\nV knjižnici ga prepišejo.\n\n"
        f"Imen in naslovov ne pišite.\nZgodba ima lahko {LONGEST} znakov."
    )
    ONE_RECORDING = "Posnetek je lahko samo en. Za novega izberite »Povem znova«."
    IS_IT_RIGHT = "Je tako prav?\nV knjižnici zgodbe še ne vidijo.\nŽelite kaj dodati? Napišite in pošljite."
    ASK_PUBLICATION = (
        "<b>Ali smemo vašo zgodbo objaviti?</b>\n\n"
        "• Da: zgodba je lahko v poročilih in objavah. Vašega imena tam ni.\n"
        "• V knjižnici jo lahko popravijo. Tako vas nihče ne prepozna.\n"
        "• Ne: zgodbo preberejo samo v knjižnici.\n"
        "• Vedno si lahko premislite: /moji_podatki. To velja za nove objave."
    )
    COPY_MADE = "Objavo ste dovolili. V knjižnici so zgodbo zapisali tako:"
    COPY_ASK = "<b>Ali se strinjate?</b>\nČe ne rečete »Strinjam se«, je ne objavimo."
    DELETE_ASK = "<b>Ali naj zgodbo izbrišemo?</b>\n\nIzbrišemo jo za vedno. V novih poročilih je ne bo."
    OWN: ClassVar[dict[StoryStanding, str]] = {
        StoryStanding.DRAFT: "Zgodba še ni oddana. V knjižnici je ne vidijo.",
        StoryStanding.PRIVATE: "Zgodbo preberejo samo v knjižnici.",
        StoryStanding.WAITING: "Objavo ste dovolili. V knjižnici se še odločajo.",
        StoryStanding.ASKED: "Objavo ste dovolili. V knjižnici so zgodbo popravili. Čakajo na vas.",
        StoryStanding.REFUSED: "S popravljeno zgodbo se ne strinjate. Ne bomo je objavili.",
        StoryStanding.APPROVED: "Objavo ste dovolili. Zgodba je lahko v poročilih.",
        StoryStanding.DECLINED: "Objavo ste dovolili. V knjižnici je ne bodo objavili.",
        StoryStanding.WITHDRAWN: "Objave ne dovolite več. V novih poročilih zgodbe ne bo.",
    }

    def too_long(self, length: int) -> str:
        """Why a text could not be taken."""
        return f"Zgodba je predolga. Ima {length} znakov. Lahko jih ima {LONGEST}."


class EasySharing(Sharing):
    """Several people in one chat, in easy Slovenian."""

    WHO_IS_IT = "Na tem telefonu že nekdo odgovarja.\n\n<b>Za koga je ta povezava?</b>"
    DECIDES_ALONE = "Ta povezava je za drugo osebo.\nTa oseba naj sama prebere.\nTa oseba naj se sama odloči."
    NOT_A_NAME = "To ni ime. Napišite ime. Na primer: Ana."
    TAKEN = "To ime že ima druga oseba. Napišite drugo ime."
    ONE_MOVED_AWAY = (
        "Ena oseba zdaj odgovarja na drugem telefonu.\nTega niste želeli? Povejte v knjižnici.\n\n"
        "Druge osebe odgovarjajo tukaj."
    )

    def ask_name(self, name: str, codes: Iterable[str], groups: Iterable[str]) -> str:
        """What to call somebody on this phone."""
        who = f"Ime zdaj: {safe(name)}" if name else f"Šifra: <code>{', '.join(codes)}</code>"
        return (
            "<b>Na tem telefonu odgovarja več ljudi.</b>\n\n"
            f"Kako je ime tej osebi?\n{who}\nSkupina: {', '.join(safe(one) for one in groups)}\n\n"
            "Napišite ime. Nato ga pošljite. Na primer: Ana.\n"
            f"Ime ima lahko {LONGEST_NAME} znakov.\n"
            "Ime vidite na tem telefonu. V knjižnici ga ne vidijo."
        )

    def stopped(self, name: str) -> str:
        """No more messages about one of them."""
        return f"V redu. Ne bomo vam več pisali. To velja za osebo: {safe(name)}."


class EasyCalling(Calling):
    """How people turn to their library, in easy Slovenian."""

    NOT_WAITING = "V redu. Ne bomo vas klicali.\nŽelite klic? Izberite »Pokličite me«."

    def will_call(self, name: str, code: str, asked: str, library: Library) -> str:
        """Somebody waits for a call."""
        when = f"Kdaj: {self.hours(library.hours)}." if library.hours else "Kdaj: ko je knjižnica odprta."
        own = f"Pokličite vi: {safe(library.phone)}." if library.phone else "Pridite v knjižnico."
        parts = [
            f"<b>{safe(name)} vas bo poklicala.</b>\nZa klic ste prosili {asked}.\n{when}",
            f"Tukaj nimamo vaše telefonske številke.\nIma jo knjižnica? Če je nima: {own[:1].lower()}{own[1:]}",
            f"Vaša šifra: <code>{code}</code>",
        ]
        return "\n\n".join(parts)

    def _call(self, number: str) -> str:
        return f"Potrebujete pomoč? Pokličite {number}."

    def _write(self, address: str) -> str:
        return f"Potrebujete pomoč? Pišite na {address}."


class EasyOwnData(OwnData):
    """Everything that is held about a person, in easy Slovenian."""

    TO_READ = "Vaši podatki. Tapnite datoteko in jo preberite."
    FOR_MACHINES = "Isti podatki za računalnike."
    INTRO = "Tukaj je vse, kar imamo o vas. Vse lahko izbrišete: /izbris. Je kaj narobe? Povejte v knjižnici."


class EasyTalk(Talk):
    """Words that are no answer, in easy Slovenian."""

    STOP_MEANT = "Sporočila ustavi tudi ukaz /stop."
    HELLO = "Lepo pozdravljeni!\nPotrebujete pomoč? Napišite /pomoc.\nNe želite sporočil? Napišite /stop."
    WELCOME = "Ni za kaj!\nPotrebujete pomoč? Napišite /pomoc."
    NOBODY_READS = "Tukaj nihče ne odgovarja na vprašanja.\nVprašajte v knjižnici.\nPomoč: /pomoc"
    YES_OR_NO = "Žal tega ne razumemo.\nIzberite gumb. Lahko tudi napišete »da« ali »ne«.\nPomoč: /pomoc"
    BELOW = "Spodaj vas čaka vprašanje."


wishes = EasyWishes()
stories = EasyStories()
sharing = EasySharing()
calling = EasyCalling()
own_data = EasyOwnData()
talk = EasyTalk()
writing = EasyWriting()
web = EasyWeb()
mail = EasyMail()
participant = EasyParticipant(wishes, stories, sharing, calling, own_data, talk, writing, EasyWaitingList(), web, mail)
