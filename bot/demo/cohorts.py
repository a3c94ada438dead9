"""Which made-up groups there are, and how their people are. Plain values, seen from the first day of the demo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

MARK = "(izmišljeno)"
SEASONS = ("Zimska", "Pomladna", "Poletna", "Jesenska")
MONTHS = (
    "januar", "februar", "marec", "april", "maj", "junij",
    "julij", "avgust", "september", "oktober", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """One cohort to be: dates as days from today, and how many people."""

    name: str  # "" is named by the season of its start
    start: int
    end: int
    people: int
    audience: str = "participants"
    waits: bool = False  # the group with a free place, whose link is scanned

    def title(self, start: date) -> str:
        """»Zimska skupina, januar 2026 (izmišljeno)«."""
        name = self.name or f"{SEASONS[start.month % 12 // 3]} skupina"
        return f"{name}, {MONTHS[start.month - 1]} {start.year} {MARK}"

    def days(self, today: date) -> tuple[date, date]:
        """First and last day."""
        return today + timedelta(days=self.start), today + timedelta(days=self.end)


@dataclass(frozen=True, slots=True)
class Manner:
    """How the people of one programme answer. Shares lie between 0 and 1; shifts are in standard deviations."""

    ability: float = -0.4  # at the beginning
    gain: float = 1.0  # until the end, in what the programme teaches
    spillover: float = 0.35  # the same in the rest of life
    assisted: float = 0.1
    paper: float = 0.05
    words: tuple[str, ...] = ()


_YEAR = (
    Group("", -345, -275, 14),
    Group("", -245, -175, 13),
    Group("", -150, -84, 12),
    Group("", -40, 24, 11),
)
_OPEN = Group("Odprta skupina", -4, 17, 6, waits=True)
_VOLUNTEERS = Group("Prostovoljke in prostovoljci", -150, -84, 4, audience="volunteers")
OPEN_AT = "brezice-racunalnik"


def groups_of(programme: str, audiences: frozenset[str]) -> tuple[Group, ...]:
    """The groups of a programme; only the open one takes in whoever scans the card."""
    extra = (_OPEN,) if programme == OPEN_AT else ()
    volunteers = (_VOLUNTEERS,) if "volunteers" in audiences else ()
    return (*_YEAR, *volunteers, *extra)


def open_group() -> Group:
    """A new group for newcomers, once the first has ended."""
    return _OPEN


MANNERS: Mapping[str, Manner] = {
    "kamnik-slovenscina": Manner(
        ability=-0.7,
        gain=1.2,
        words=(
            "Zdaj pri zdravniku povem, kaj me boli.",
            "S sosedo se pogovarjava po slovensko.",
            "V trgovini vprašam, česar ne najdem.",
            "Na uradu še vedno prosim za pomoč.",
        ),
    ),
    "brezice-racunalnik": Manner(
        ability=-0.5,
        gain=1.1,
        words=(
            "Vnukinji zdaj pišem po e-pošti.",
            "Naročila sem se k zdravniku kar od doma.",
            "Pogumneje odprem novo stran.",
            "Gesla me še vedno zmedejo.",
            "Našla sem družbo za kavo po delavnici.",
        ),
    ),
    "ljutomer-branje": Manner(
        ability=-0.2,
        gain=0.6,
        assisted=0.85,
        paper=0.1,
        words=(
            "Branja se veselim ves teden.",
            "Spomnim se knjig iz mladosti.",
            "Mladi pridejo, pa je soba bolj vesela.",
        ),
    ),
    "ljubljana-karierni-coaching": Manner(
        ability=-0.4,
        gain=0.8,
        spillover=0.25,
        words=(
            "Vem, kakšno delo iščem.",
            "Na razgovoru me ni več tako strah.",
            "Življenjepis je končno na eni strani.",
            "Dela še nimam, imam pa načrt.",
        ),
    ),
    "novo-mesto-branje": Manner(
        ability=-0.2,
        gain=0.8,
        words=(
            "Doma sam vzame knjigo v roke.",
            "Zgodbo pove mlajši sestri.",
            "Pri branju se še ustavlja, a ne odneha.",
        ),
    ),
    "radovljica-zmoremo": Manner(
        ability=-0.3,
        gain=0.9,
        assisted=0.5,
        words=(
            "V knjižnico pridem z avtobusom.",
            "Imam svojo izkaznico.",
            "Poslušam zvočne knjige.",
        ),
    ),
}
