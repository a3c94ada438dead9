"""What participants read. Vikanje, present tense, short sentences."""

from __future__ import annotations

from typing import ClassVar

from bot.texts.common import Common, safe
from bot.texts.sharing import Sharing
from bot.texts.stories import Stories
from bot.texts.wishes import Wishes
from reports.slovenian import plural
from surveys.model import Item, Kind, NonAnswer
from surveys.reading import Problem

CONSENT_VERSION = "2026-11"


class Participant(Common):
    """What participants read, in Slovenian; other languages say the same in their words."""

    def __init__(self, wishes: Wishes, stories: Stories, sharing: Sharing) -> None:
        self.wishes = wishes
        self.stories = stories
        self.sharing = sharing

    # Joining

    def welcome(self, library: str, programme: str) -> str:
        """The first screen after a link was opened: who speaks, what for, how long, and the consent."""
        return (
            f"<b>Pozdravljeni!</b>\nTukaj {safe(library)}.\n\n"
            f"Radi bi izvedeli, kaj vam prinese naš program »{safe(programme)}«. "
            "Zato vam pošljemo nekaj kratkih vprašalnikov. Vsak vzame približno 3 minute.\n\n"
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
            "• Na prejšnjem telefonu se pogovor konča."
        )

    def declined(self, library: str) -> str:
        """After »Ne«."""
        return (
            f"V redu, hvala za odgovor. {safe(library)} vam ne bo pošiljala vprašanj.\n\n"
            "Če si premislite, še enkrat odprite isto povezavo."
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
        "Ko bo privolitev v knjižnici, še enkrat odprite isto povezavo."
    )

    MOVE_YES = "Da, nadaljuj tukaj"
    MOVED_HERE = "Od zdaj odgovarjate na tem telefonu. Prejšnji odgovori so shranjeni."
    MOVED_AWAY = "Pogovor se zdaj nadaljuje na drugem telefonu. Če tega niste želeli, to čim prej povejte v knjižnici."
    LINK_USED = (
        "Ta povezava je že uporabljena. Vsaka povezava je za eno osebo.\n\n"
        "Če potrebujete novo, se oglasite v knjižnici. Z veseljem vam pomagamo."
    )
    ALREADY_IN_GROUP = "V tej skupini že sodelujete, zato te povezave ne potrebujete."
    LINK_EXPIRED = "Ta povezava ne velja več. V knjižnici vam z veseljem naredimo novo."
    LINK_UNKNOWN = "Te povezave ne poznamo. Preverite, ali je cela, ali pa prosite za pomoč v knjižnici."
    STRANGER = (
        "<b>Pozdravljeni!</b>\nTo je pogovor knjižnice. Za začetek odprite povezavo ali poslikajte kodo QR, "
        "ki ste jo dobili v knjižnici.\n\nČe je nimate, se oglasite v knjižnici. Pomoč: /pomoc"
    )

    # Where one is

    def nothing_due(self, next_day: str | None) -> str:
        """Nothing to answer now."""
        if next_day is None:
            return "Hvala, za zdaj ni vprašanj za vas."
        return f"Hvala, zdaj ni vprašanj za vas. Naslednji vprašalnik dobite {next_day}."

    def joined_later(self, next_day: str | None) -> str:
        """After consent, when no questionnaire is open yet."""
        return f"<b>Hvala, da sodelujete!</b>\n\n{self.nothing_due(next_day)}"

    # Language

    READ_ALOUD = "Berem na glas: vklopi"
    EDIT_IN_PLACE = "Berem na glas: izklopi"
    OTHER_LANGUAGE = "Jezik in branje na glas"
    UNTRANSLATED = "To vprašanje je samo v slovenščini."

    def choose_language(self, language: str, *, several: bool, aloud: bool) -> str:
        """Before a language is chosen; `language` is the name of the one that holds."""
        other = "Izberite jezik." if several else "Vprašalniki so za zdaj samo v tem jeziku."
        reading = (
            "Berem na glas je vklopljeno: vsako vprašanje pride kot novo sporočilo, da ga bralnik zaslona prebere."
            if aloud
            else "Če vam telefon bere na glas, to vklopite. Potem vsako vprašanje pride kot novo sporočilo."
        )
        return f"<b>Jezik: {safe(language)}</b>\n\n{other}\n\n{reading}"

    # Questions

    def progress(self, position: int, total: int) -> str:
        """»2 od 6«."""
        return f"{position} od {total}"

    def answering_for(self, code: str) -> str:
        """Above each card that a librarian answers for somebody."""
        return f"Odgovori za osebo s šifro {code}."

    TYPE_NUMBER = "Napišite številko in jo pošljite."
    LISTEN = "🔊 Poslušaj"
    TYPE_TEXT = "Napišite odgovor in ga pošljite. Lahko ga tudi poveste v glasovnem sporočilu."
    VOICE_TOO_LONG = "Posnetek je predolg. Dolg je lahko največ 2 minuti. Povejte še enkrat, malo krajše."
    CHOOSE_SEVERAL = "Izberete lahko več odgovorov. Nato izberite »Naprej«."
    SAVED = "Shranjeno"
    WHERE_YOU_ARE = "Tukaj ste."

    NON_ANSWERS: ClassVar[dict[NonAnswer, str]] = {
        NonAnswer.DONT_KNOW: "Ne vem",
        NonAnswer.REFUSED: "Ne želim odgovoriti",
        NonAnswer.NOT_APPLICABLE: "Ne velja zame",
        NonAnswer.SKIPPED: "Preskoči",
        NonAnswer.NOT_ASKED: "Ni bilo vprašano",
    }

    SKIPPED = "preskočeno"

    def problem(self, kind: Problem, item: Item) -> str:
        """Why a reply to an item could not be taken, and what to do."""
        if item.kind is Kind.NOTE:
            return self.CONTINUE_BY_BUTTON
        return self.PROBLEMS[kind].format(minimum=item.minimum, maximum=item.maximum)

    CONTINUE_BY_BUTTON = "Za nadaljevanje izberite gumb »Naprej«."

    PROBLEMS: ClassVar[dict[Problem, str]] = {
        Problem.NOT_A_NUMBER: "Tukaj potrebujemo številko, na primer 3.",
        Problem.NOT_WHOLE: "Napišite celo številko, brez vejice, na primer 3.",
        Problem.TOO_SMALL: "Številka je premajhna. Najmanjša možna je {minimum}.",
        Problem.TOO_LARGE: "Številka je prevelika. Največja možna je {maximum}.",
        Problem.TOO_LONG: "Odgovor je predolg. Napišite ga v največ 1000 znakih.",
        Problem.EMPTY: "Odgovor je prazen. Napišite besedo ali stavek.",
        Problem.NO_SUCH_CHOICE: "Tega odgovora ni med možnostmi. Izberite gumb ali napišite številko odgovora.",
        Problem.NOTHING_CHOSEN: "Najprej izberite vsaj en odgovor.",
        Problem.NOT_ALLOWED: "Tega pri tem vprašanju ni mogoče izbrati.",
        Problem.CHOOSE_A_BUTTON: "Tega odgovora ni med možnostmi. Izberite gumb ali napišite številko odgovora.",
    }

    SUMMARY_TITLE = "Vaši odgovori"
    SUMMARY_ASK = "Je vse prav? Odgovore lahko še spremenite z gumbom »‹ Nazaj«."
    HAND_IN = "Oddaj odgovore"
    NO_ANSWER_YET = "brez odgovora"

    THANKS = "<b>Hvala!</b> Vaši odgovori so shranjeni."
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
        "V poročilih so skupne številke. Majhne skupine so skrite. Kar poveste v glasovnem sporočilu, v knjižnici "
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

    NOT_UNDERSTOOD = "Tega tukaj ne razumemo."
    NOT_TEXT = "Tukaj potrebujemo besede ali številko. Slike, posnetka ali nalepke ne moremo prebrati."

    STOP_ASK = (
        "<b>Želite, da vam nehamo pisati?</b>\n\n"
        "Odgovore, ki ste jih že dali, lahko obdržimo za skupne številke ali pa jih izbrišemo."
    )
    STOP_KEEP = "Nehajte pisati, odgovore obdržite"
    STOP_ERASE = "Nehajte pisati, odgovore izbrišite"
    STOPPED = "V redu, ne bomo vam več pisali. Hvala za vse odgovore!"
    NOTHING_TO_STOP = "Nič vam ne pošiljamo, zato ni treba ničesar ustaviti."

    ERASE_ASK = (
        "<b>Želite izbrisati vse svoje podatke?</b>\n\n"
        "Izbrišemo vse vaše odgovore, zgodbe in povezavo z vašim računom. Tega ni mogoče razveljaviti."
    )
    ERASE_YES = "Da, izbriši vse"
    ERASE_NO = "Ne, obdrži"
    ERASED = "Vaši podatki so izbrisani. Hvala, da ste bili z nami."
    NOTHING_HELD = "O vas ne hranimo ničesar."

    MY_DATA_TITLE = "Vaši podatki"

    def my_recordings(self, count: int) -> str:
        """How many recordings are held, in /moji_podatki."""
        return f"Zvočni posnetki: {count}. Pošljemo jih nad tem sporočilom."

    MY_DATA_FILE = "Celoten zapis je v priloženi datoteki."
    MY_DATA_FILE_NAME = "moji-podatki.json"

    def my_enrolment(self, programme: str, code: str, joined: str | None, answered: int) -> str:
        """One enrolment in /moji_podatki."""
        count = plural(
            answered,
            f"{answered} odgovor",
            f"{answered} odgovora",
            f"{answered} odgovori",
            f"{answered} odgovorov",
        )
        since = "brez privolitve" if joined is None else f"privolitev {joined}"
        return f"• {safe(programme)}\n  šifra <code>{code}</code>, {since}, {count}"

    def my_role(self, role: str) -> str:
        """A member of staff in /moji_podatki."""
        return f"• Vaša vloga: {role}.\n  Hranimo jo s šifrirano številko vašega računa. /izbris jo konča."

    # What comes by itself

    def invitation(self, library: str, title: str, count: int) -> str:
        """The invitation to a questionnaire; it may stand on a lock screen."""
        return (
            f"<b>{safe(library)}: {safe(title)}</b>\n\n"
            f"Prosimo, odgovorite na {self.questions(count)}. To vzame približno 3 minute. Hvala!"
        )

    LEARNED = "Kaj smo izvedeli"
    NO_ANSWER_NEEDED = "Na to sporočilo vam ni treba odgovoriti."

    def learned(self, library: str, group: str, text: str) -> str:
        """What was learned from the answers of a group, as the coordinator wrote it; it may stand on a lock screen."""
        return (
            f"<b>{safe(library)}: {self.LEARNED}</b>\n{safe(group)}\n\n{safe(text)}\n\n<i>{self.NO_ANSWER_NEEDED}</i>"
        )

    def reminder(self, library: str, count: int) -> str:
        """A reminder to who has not begun."""
        return (
            f"<b>{safe(library)}</b>\n\n"
            f"Vprašalnik vas še čaka. Vprašanja: {count}. Vzelo vam bo približno 3 minute. Hvala!"
        )

    def reminder_half(self, library: str, left: int) -> str:
        """A reminder to who has begun: what is left, in the right form."""
        remains = plural(
            left,
            f"Ostalo je še {left} vprašanje.",
            f"Ostali sta še {left} vprašanji.",
            f"Ostala so še {left} vprašanja.",
            f"Ostalo je še {left} vprašanj.",
        )
        return f"<b>{safe(library)}</b>\n\nSkoraj ste že pri koncu. {remains}"

    def reminder_unsent(self, library: str) -> str:
        """A reminder to who has answered all but not handed in."""
        return f"<b>{safe(library)}</b>\n\nVsi odgovori so tu. Preverite jih in jih oddajte."
