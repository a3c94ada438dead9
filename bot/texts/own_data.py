"""What stands in the file in which a person reads everything that is held about them."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from bot.texts.common import Common
from surveys.locale_sl import counted


class OwnData(Common):
    """Everything that is held about a person, in Slovenian words."""

    TITLE = "Vaši podatki"
    TO_READ = "Vaši podatki za branje. Datoteko odprete z dotikom."
    TO_READ_NAME = "moji-podatki.html"
    FOR_MACHINES = "Isti podatki za računalniške programe."
    FOR_MACHINES_NAME = "moji-podatki.json"
    INTRO = (
        "Tukaj je vse, kar hranimo o vas. Podatke lahko kadar koli izbrišete: ukaz /izbris ali gumb »Izbrišite moje "
        "podatke«. Če kaj ni prav, to povejte v knjižnici."
    )
    NOTHING = "nič"
    YES = "da"
    PASSED_ON = "Zvočne posnetke dobite posebej."

    # Labels, by the key of the record

    FACTS: ClassVar[dict[str, str]] = {
        "cohort": "Skupina",
        "code": "Šifra",
        "state": "Sodelovanje",
        "role": "Vloga v skupini",
        "allocation": "Kako je bilo odločeno, kdo čaka",
        "enrolled_at": "Vpis v skupino",
        "joined_at": "Začetek sodelovanja",
        "channel": "Kje to uporabljate",
        "digits_chosen_at": "Štiri številke (shranjene šifrirano), izbrane",
        "messages_beside_cards": "Sporočila in datoteke ob kartici (shranjene šifrirano)",
        "name_on_this_phone": "Ime na tej napravi",
        "unreachable_at": "Sporočil ni mogoče dostaviti od",
        "name_to_be_printed": "Ime, ki ga na seznam natisne knjižnica (nato ga izbrišemo)",
    }
    SECTIONS: ClassVar[dict[str, str]] = {
        "consents": "Privolitve",
        "waves": "Vprašalniki",
        "answers": "Odgovori",
        "no_answers": "Brez odgovora",
        "earlier_answers": "Odgovori, ki ste jih spremenili",
        "typed_once_more": "Odgovori s papirja, vneseni drugič",
        "stories": "Zgodbe",
        "recordings": "Zvočni posnetki",
        "calls_asked_for": "Prošnje za klic",
        "calls": "Klici iz knjižnice",
        "recent_changes": "Zadnje spremembe v knjižnici",
        "browsers": "Prijave v brskalniku",
        "email": "Opomniki po e-pošti",
    }
    CHANNELS: ClassVar[dict[str, str]] = {
        "telegram": "v Telegramu; številka vašega računa je shranjena šifrirano",
        "web": "v brskalniku; naključna številka brskalnika je shranjena šifrirano",
    }
    STATES: ClassVar[dict[str, str]] = {
        "invited": "povabljeni ste, odgovora še ni",
        "active": "sodelujete",
        "declined": "ne želite sodelovati",
        "left": "ne sodelujete več",
        "erased": "izbrisano",
    }
    ROLES: ClassVar[dict[str, str]] = {
        "participant": "",
        "waiting": "čakate na svojo skupino",
        "lot": "z žrebom",
        "order": "po vrstnem redu prijav",
    }
    WAVE_STATES: ClassVar[dict[str, str]] = {
        "planned": "še pride",
        "open": "odprt",
        "complete": "oddan",
        "partial": "zaprt, odgovorjen deloma",
        "missed": "zaprt, brez odgovorov",
        "cancelled": "preklican",
    }
    GIVERS: ClassVar[dict[str, str]] = {
        "self": "vi",
        "guardian": "starš ali skrbnik",
        "witness": "vi, ustno ob priči",
    }
    MODES: ClassVar[dict[str, str]] = {
        "self": "sami",
        "assisted": "s pomočjo knjižnice",
        "proxy": "odrasla oseba za otroka",
        "paper": "na papirju",
    }
    CALLS: ClassVar[dict[str, str]] = {
        "reached": "pogovor",
        "coming": "pridete v knjižnico",
        "refused": "ne želite odgovoriti",
        "left": "ne sodelujete več",
    }
    DEEDS: ClassVar[dict[str, str]] = {
        "call": "zapis klica",
        "leave": "konec sodelovanja",
        "move": "druga skupina",
        "dates": "novi datumi skupine",
        "close": "konec skupine",
    }
    DECISIONS: ClassVar[dict[str, str]] = {
        "approved": "odobrena za objavo",
        "declined": "ne bo objavljena",
    }
    TEXT_KINDS: ClassVar[dict[str, str]] = {
        "self": "prebrano na zaslonu",
        "guardian": "prebrano na zaslonu, za starša ali skrbnika",
        "mentor": "prebrano na zaslonu, privolitev je na papirju",
        "aloud": "prebrano na glas, podpisano ali prebrano na napravi knjižnice",
        "aloud-guardian": "za starša ali skrbnika: prebrano na glas, podpisano ali prebrano na napravi knjižnice",
    }
    HANDS: ClassVar[dict[str, str]] = {
        "participant": "vi",
        "kiosk": "vi, na napravi knjižnice",
        "staff": "knjižnica",
        "operator": "upravljanje sistema",
        "system": "samodejno",
    }

    # Labels of what stands in a section

    ASKED_FOR = "prosili ste za klic"
    GIVEN = "Dana"
    BY = "Kdo"
    HOW = "Kako"
    TEXT_VERSION = "Različica besedila"
    TEXT_LANGUAGE = "Jezik besedila"
    TEXT_KIND = "Katero besedilo"
    TEXT_HASH = "Prstni odtis besedila (SHA-256)"
    TEXT_DERIVED = "Besedilo določeno naknadno"
    IN_KIOSK = "na napravi knjižnice"
    RECORDED_BY = "Kdo je zapisal"
    WITHDRAWN = "Preklicana"
    THE_TEXT = "Besedilo"
    STATE = "Stanje"
    OPEN = "Odprt"
    INVITED = "Vabilo poslano"
    MUTED = "Brez opomnikov od"
    BEFORE = "prej"
    CHANGED = "spremenjeno"
    NOT_CONFIRMED = "izbrano, ni potrjeno"
    READ = "prebrano"
    NOT_ASKED = "ni bilo vprašano"
    TYPED_BY = "Vnos"
    FINISHED = "Končano"
    SETTLED = "Usklajeno"
    TOLD = "Povedana"
    HANDED_IN = "Oddana"
    PUBLICATION = "Objava dovoljena"
    PUBLICATION_WITHDRAWN = "Dovoljenje preklicano"
    EDITED = "Urejeno besedilo za objavo"
    DECISION = "Odločitev knjižnice"
    RECEIVED = "Poslan"
    LENGTH = "Dolžina"
    TYPED_IN = "Prepisan"
    OF_STORY = "zgodba"
    TAKEN_BACK = "Razveljavljeno"
    ROLE = "Vaša vloga"
    LIBRARY = "Knjižnica"
    SINCE = "Od"
    SIGNED_IN = "Prijava"
    DEVICE = "Naprava"
    OWN_DEVICE = "vaša"
    ANOTHER_DEVICE = "ni vaša"
    FORGOTTEN = "Naprava vse pozabi"
    ADDRESS = "E-poštni naslov"
    CONFIRMED = "Naslov potrjen"
    REFUSED = "Strežnik naslova ne pozna od"

    def on(self, moment: datetime, zone: ZoneInfo) -> str:
        """»2. 3. 2026 ob 10.05«."""
        local = moment.astimezone(zone)
        return f"{local.day}.\u00a0{local.month}.\u00a0{local.year} ob {local.hour}.{local.minute:02}"

    def made(self, moment: datetime, zone: ZoneInfo) -> str:
        """When the file was made."""
        return f"Pripravljeno {self.on(moment, zone)}."

    def count(self, answers: int) -> str:
        """How many answers: as on the card, and as »Moji odgovori« lists them."""
        return counted(answers, "odgovor", "odgovora", "odgovori", "odgovorov")

    def from_to(self, first: str, last: str) -> str:
        """From when until when."""
        return f"od {first} do {last}"
