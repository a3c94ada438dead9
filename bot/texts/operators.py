"""What operators read in their chat. By the kinds of `bot.health.facts.AlertKind`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

JOINED = "Od zdaj vam tu povem, kadar storitev potrebuje človeka, in še enkrat, ko je spet v redu."
LINK_INVALID = "Ta povezava ne velja več. Novo naredite z ukazom povezujejo operator invite."

_NEEDED = "<b>Storitev potrebuje človeka</b>"
_OVER = "<b>Spet je v redu</b>"
_MORE = "Več pove ukaz <code>povezujejo status</code>."


@dataclass(frozen=True, slots=True)
class AlertWords:
    """What is so, what to do, and that it is over."""

    what: str
    do: str
    over: str


WORDS: Mapping[str, AlertWords] = {
    "database": AlertWords(
        "Zbirka podatkov ne deluje. Kar ljudje pošljejo, čaka pri Telegramu in se ne izgubi.",
        "Preverite, ali je na disku prostor in ali je zbirka dosegljiva.",
        "Zbirka podatkov spet deluje.",
    ),
    "key": AlertWords(
        "Datoteke s ključem ni ali pa ni prava. Bot še deluje, znova pa se ne bi zagnal.",
        "Vrnite kopijo datoteke s ključem. Novega ključa ne delajte in bota ne ustavljajte.",
        "Datoteka s ključem je spet na svojem mestu.",
    ),
    "disk": AlertWords(
        "Na disku, kjer je zbirka podatkov, zmanjkuje prostora.",
        "Naredite prostor: izbrišite stare kopije in dnevnike.",
        "Na disku je spet dovolj prostora.",
    ),
    "backup": AlertWords(
        "Varnostna kopija ni uspela ali pa je zadnja prestara.",
        "Ukaz povezujejo status pove, zakaj. Ko to uredite, jo naredite z ukazom povezujejo backup.",
        "Varnostna kopija je narejena.",
    ),
    "webhook": AlertWords(
        "Telegram ne pride do bota.",
        "Preverite spletni strežnik in potrdilo (TLS) in ali istega žetona ne uporablja še kak program.",
        "Telegram spet pride do bota.",
    ),
    "intake": AlertWords(
        "Kar ljudje pošljejo, čaka in se ne obdela.",
        "Znova zaženite bota in shranite dnevnik. Izgubilo se ne bo nič.",
        "Kar ljudje pošljejo, se spet obdela.",
    ),
    "tick": AlertWords(
        "Bot že eno uro ni pogledal, ali je treba komu pisati.",
        "Znova zaženite bota in shranite dnevnik.",
        "Bot spet gleda, komu je treba pisati.",
    ),
    "late": AlertWords(
        "Vabila ali opomniki zamujajo več kot četrt ure.",
        "V dnevniku poglejte vrstice »delivery … failed«.",
        "Vabila in opomniki spet ne zamujajo.",
    ),
    "given_up": AlertWords(
        "Nečesa, kar je nekdo poslal, ni bilo mogoče obdelati. Ta oseba ve, da ni uspelo.",
        "V dnevniku poglejte vrstice pred »an update was given up« in jih prijavite.",
        "V zadnjem dnevu se to ni ponovilo.",
    ),
    "worker": AlertWords(
        "Proces, ki dela poročila in bere datoteke, se je v eni uri večkrat ustavil.",
        "Preverite, ali je dovolj pomnilnika. V dnevniku piše, kaj je takrat delal.",
        "Proces, ki dela poročila, se zadnjo uro ni ustavil.",
    ),
    "retention": AlertWords(
        "V zbirki je še nekaj, čemur je rok hrambe potekel pred več kot enim dnem.",
        "Poženite povezujejo retention --yes. Zakaj bot tega ni pozabil sam, piše v dnevniku pri »was not forgotten«.",
        "Kar je bilo treba pozabiti, je pozabljeno.",
    ),
}


def needed(kind: str) -> str:
    """That a person is needed, and what to do."""
    return f"{_NEEDED}\n\n{WORDS[kind].what}\n\n{WORDS[kind].do}\n\n{_MORE}"


def over(kind: str) -> str:
    """That it is over."""
    return f"{_OVER}\n\n{WORDS[kind].over}"


def joined(kinds: Sequence[str]) -> str:
    """What somebody reads who has just joined; `kinds`: what other operators were told and is not over."""
    return "\n\n".join((JOINED, *(f"{WORDS[kind].what} {WORDS[kind].do}" for kind in kinds)))
