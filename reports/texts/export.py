"""Every word of the exports and their codebooks. Knows no data, and none of the words of questionnaires."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from storage.schema import Allocation, EnrolmentState
from surveys.epoch import day_of
from surveys.locale_sl import counted, day, quoted
from surveys.model import EnrolmentRole, Item, Mode, NonAnswer

WIDE = "Široko"
LONG = "Dolgo"
CODEBOOK = "Šifrant"
WIDE_FILE = "siroko"
LONG_FILE = "dolgo"
CODEBOOK_FILE = "sifrant"
DDI_FILE = "ddi"

NON_ANSWERS: Mapping[NonAnswer, str] = {
    NonAnswer.DONT_KNOW: "Ne vem",
    NonAnswer.REFUSED: "Ne želim odgovoriti",
    NonAnswer.NOT_APPLICABLE: "Ne velja zame",
    NonAnswer.SKIPPED: "Preskočeno",
    NonAnswer.NOT_ASKED: "Ni bilo vprašano",
}
MODES: Mapping[Mode, str] = {
    Mode.SELF: "lastna roka",
    Mode.ASSISTED: "s pomočjo knjižnice",
    Mode.PROXY: "odrasla oseba za otroka",
    Mode.PAPER: "na papirju",
}
CHANNELS: Mapping[str, str] = {"telegram": "v Telegramu", "web": "v brskalniku"}
STATES: Mapping[EnrolmentState, str] = {
    EnrolmentState.INVITED: "vpis brez odločitve o sodelovanju",
    EnrolmentState.ACTIVE: "s privolitvijo",
    EnrolmentState.DECLINED: "brez privolitve",
    EnrolmentState.LEFT: "predčasen odhod",
}
ROLES: Mapping[EnrolmentRole, str] = {
    EnrolmentRole.PARTICIPANT: "udeležena oseba",
    EnrolmentRole.WAITING: "na čakalnem seznamu",
}
ALLOCATIONS: Mapping[Allocation, str] = {
    Allocation.LOT: "z žrebom",
    Allocation.ORDER: "po vrstnem redu prijav",
}
MADE_UP = "Izmišljeni podatki"
MADE_UP_ROW = "izmišljeno za predstavitev"
MADE_UP_ALL = "Izmišljeni podatki za predstavitev: nobena oseba in noben odgovor nista resnična."
CHOSEN = ((0, "ni izbrano"), (1, "izbrano"))
WRITTEN = ((1, "odgovor z besedami"),)
TYPED = "odgovor z besedami"

WIDE_LABELS: Mapping[str, str] = {
    "code": "Šifra osebe",
    "cohort": "Številka skupine",
    "cohort_name": "Ime skupine",
    "audience": "Komu je skupina namenjena",
    "state": "Stanje vpisa",
    "role": "Vloga v skupini",
    "allocation": "Kako je bilo odločeno, kdo čaka",
}
LONG_LABELS: Mapping[str, str] = {
    "code": "Šifra osebe",
    "programme": "Program",
    "cohort": "Številka skupine",
    "cohort_name": "Ime skupine",
    "audience": "Komu je skupina namenjena",
    "role": "Vloga v skupini",
    "wave": "Merjenje",
    "item": "Vprašanje",
    "value": "Koda ali število odgovora; pri več možnih odgovorih vsota 2^koda",
    "label": "Odgovor z besedami vprašalnika",
    "non_answer": "Zakaj ni odgovora",
    "text": "Besedilo odgovora",
    "mode": "Način odgovarjanja",
    "channel": "Kanal odgovarjanja",
    "version": "Različica vprašalnika",
    "answered_at": "Kdaj je odgovor nastal",
}


def in_wave(waves: Sequence[str], words: str) -> str:
    """The label of a column that belongs to a wave: »izhodišče: Kako vam gre …?«."""
    return f"{' / '.join(waves)}: {words}"


def mode_in(waves: Sequence[str]) -> str:
    """The label of a column that tells whose hand gave the answers."""
    return in_wave(waves, LONG_LABELS["mode"].lower())


def channel_in(waves: Sequence[str]) -> str:
    """The label of a column that tells by which channel the answers came."""
    return in_wave(waves, LONG_LABELS["channel"].lower())


def answered_on(waves: Sequence[str]) -> str:
    """The label of a column that tells when the questionnaire was handed in."""
    return in_wave(waves, "dan oddaje")


def option(label: str, question: str) -> str:
    """One option of a question with several answers; the option first, because long labels are cut at the end."""
    return f"{quoted(label)} – {question}"


def text_of(question: str) -> str:
    """The column with the words themselves."""
    return f"{question} (besedilo)"


TITLE = "Šifrant podatkov"
WIDE_TITLE = "Široka tabela"
LONG_TITLE = "Dolga tabela"
WIDE_ABOUT = (
    "Vsaka vrstica je ena oseba v eni skupini, tudi če ni odgovorila na nič. Kdor je prej čakal in odgovarjal, ima za "
    "izhodišče svoje zadnje odgovore iz časa čakanja; v dolgi tabeli stojijo samo tam."
)
LONG_ABOUT = "Vsaka vrstica je en odgovor ali razlog, zakaj odgovora ni."
HOW_TO_READ = "Kako brati podatke"
WAVES = "Merjenja"
NO_ANSWER = "Zakaj ni odgovora"
PSEUDONYMS = (
    "Ljudje so samo šifre. Imen, telefonskih številk in računov Telegram v podatkih ni. Tudi šifre so osebni podatki: "
    "podatke hranite na varnem in jih ne združujte s seznami imen."
)
CLOSED = (
    "V podatkih so odgovori iz vprašalnikov, ki so oddani ali zaprti. Kar je še odprto, in kar je izbrisano, manjka."
)
EMPTY = (
    "Prazna celica pomeni, da podatka ni: oseba v tem merjenju ni odgovarjala, do vprašanja ni prišla ali pa ga njena "
    "različica vprašalnika nima."
)
MANY = (
    "Vprašanje z več možnimi odgovori ima v široki tabeli po en stolpec za vsako možnost (1 izbrano, 0 ni izbrano), "
    "v dolgi pa eno število: vsoto 2^koda."
)
WITH_TEXTS = (
    "Podatki vsebujejo tudi besedila, kot so jih napisali ljudje. V njih so lahko imena; pred objavo jih preberite."
)
WITHOUT_TEXTS = "Besedil, ki so jih napisali ljudje, v podatkih ni; zapisano je le, ali je odgovor z besedami."
OLD_WAVE = "merjenje, ki ga v programu ni več"
AUDIENCES: Mapping[str, str] = {"participants": "udeleženci", "volunteers": "prostovoljstvo"}

COLUMN = "Stolpec"
TABLE = "Tabela"
LABEL = "Opis"
QUESTION = "Vprašanje"
WAVE = "Merjenje"
ANSWERS = "Odgovori"
MISSING = "Brez odgovora"
ASKED = "Kdo je vprašan"
LEVEL = "Merska raven"
SOURCE = "Vir"
NOTES = "Opombe"
CODE = "Koda"
MEANING = "Pomen"
LEVELS: Mapping[str, str] = {
    "nominal": "imenska (nominal)",
    "ordinal": "urejenostna (ordinal)",
    "scale": "številska (scale)",
}
EVERYBODY = "vsi, ki odgovarjajo na vprašalnik"
REVERSED = "Višja koda pomeni slabše stanje."
DATES = "dan (leto-mesec-dan)"
MOMENTS = "dan in ura"


def number_range(item: Item) -> str:
    """Which numbers may be entered: »celo število od 0 do 7 (dni)«, »število z največ 1 decimalko«."""
    low = "" if item.minimum is None else f" od {_decimal(item.minimum)}"
    high = "" if item.maximum is None else f" do {_decimal(item.maximum)}"
    places = counted(item.places, "decimalko", "decimalkama", "decimalkami", "decimalkami")
    kind = f"število z največ {places}" if item.places else "celo število"
    return f"{kind}{low}{high}" + (f" ({item.unit})" if item.unit else "")


def date_range(item: Item) -> Iterator[str]:
    """Which dates may be answered, and how exactly."""
    limits = (("od", item.minimum), ("do", item.maximum))
    said = " ".join(f"{word} {day(day_of(int(limit)))}" for word, limit in limits if limit is not None)
    if said:
        yield said
    if item.accuracy != "day":
        yield _ACCURACY[item.accuracy]


_ACCURACY = {"month": "samo mesec in leto, kot prvi dan v mesecu", "year": "samo leto, kot prvi dan v letu"}


def _decimal(value: float) -> str:
    return str(value).replace(".", ",")


def in_section(title: str) -> str:
    """Under which heading a question stands."""
    return f"V razdelku {quoted(title)}."


def how_many(item: Item) -> Iterator[str]:
    """What limits the choice of several options."""
    if item.fewest is not None:
        yield f"Najmanj možnosti: {item.fewest}."
    if item.most is not None:
        yield f"Največ možnosti: {item.most}."
    yield from (f"{quoted(choice.label)} izključuje druge možnosti." for choice in item.choices if choice.alone)


def own_name(name: str) -> str:
    """What the author of the questionnaire calls a question."""
    return f"V vprašalniku ima ime {name}."


def own_name_of_option(name: str) -> str:
    """What the author of the questionnaire calls an option."""
    return f"Možnost ima v vprašalniku ime {name}."


def older_wording(version: str, text: str) -> str:
    """How an earlier version asked the same."""
    return f"Različica {version} sprašuje: {quoted(text)}"


def older_labels(version: str, answers: str) -> str:
    """What the codes meant in an earlier version."""
    return f"V različici {version} pomenijo kode: {answers}."


def source(programme: str, questionnaire: str, version: str) -> str:
    """Where a question comes from."""
    return f"program {programme}, vprašalnik {questionnaire}, različica {version}"


def only_when(rule: str) -> str:
    """Who was asked, where not everybody was."""
    return f"samo, kadar {rule}"


def in_version(version: str, who: str) -> str:
    """Who was asked by one version, where versions differ."""
    return f"{who} (različica {version})"


COMPARED: Mapping[str, str] = {
    "eq": "je pri {question} odgovor {value}",
    "ne": "je pri {question} odgovor drug kot {value}",
    "lt": "je pri {question} odgovor nižji od {value}",
    "le": "je pri {question} odgovor največ {value}",
    "gt": "je pri {question} odgovor višji od {value}",
    "ge": "je pri {question} odgovor vsaj {value}",
    "in": "je pri {question} odgovor {value}",
    "has": "je pri {question} med odgovori {value}",
    "answered": "je na {question} odgovor",
}
AND = " in "
OR = " ali "


def not_so(rule: str) -> str:
    """The opposite of a rule."""
    return f"ne drži, da {rule}"


def grouped(rule: str) -> str:
    """A rule inside another."""
    return f"({rule})"
