"""Which made-up groups there are, and how their people are. Plain values, seen from the first day of the demo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from surveys.locale_sl import MONTHS

MARK = "(izmišljeno)"
SEASONS = ("Zimska", "Pomladna", "Poletna", "Jesenska")


@dataclass(frozen=True, slots=True)
class SeedCohort:
    """One cohort to be: dates as days from today, and how many people."""

    name: str  # "" is named by the season of its start
    start: int
    end: int
    people: int
    audience: str = "participants"
    waits: bool = False  # a group with a free place
    more: float = 0.0  # how much more than others its people gain, in gains of the programme
    waiting: int = 0  # people who wait beside it for the next one, drawn by lot

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
    skew: float = 1.0  # above 0: most begin low and a few high; below 0: the other way round
    gain: float = 1.0  # until the end, in what the programme teaches
    lasts: float = 0.8  # how much of it is there some months later
    spillover: float = 0.35  # the gain in the rest of life
    stays: float = 0.85  # the share that answers at the end
    returns: float = 0.65  # and some months later
    assisted: float = 0.1
    paper: float = 0.05
    words: tuple[str, ...] = ()


_YEAR = (
    SeedCohort("", -345, -275, 17),
    SeedCohort("", -245, -175, 13),
    SeedCohort("", -150, -84, 15),
    SeedCohort("", -40, 24, 11),
)
_OPEN = SeedCohort("Odprta skupina", -4, 17, 6, waits=True)
_VOLUNTEERS = SeedCohort("Prostovoljke in prostovoljci", -150, -84, 4, audience="volunteers")
TWICE = "Skupina dvakrat na teden"  # whose change lies above what was to be expected
_COACHING = (
    SeedCohort("Večerna skupina", -320, -250, 21),  # in the season, and on many days the month, of another one
    SeedCohort("", -205, -135, 21),
    SeedCohort(TWICE, -115, -60, 23, more=2.4),
)
WAITING, BESIDE = 24, 1  # how many wait, and beside which group of the year
BEGIN = 12  # of them with the next group; the others wait on, so that nobody stands alone beside them
OPEN_AT = WAITED_AT = "brezice-racunalnik"
GUEST_AT = "kamnik-slovenscina"  # where somebody takes part who reads English
COMPARED_AT = "ljubljana-karierni-coaching"  # where so many groups have ended that one is compared with the others


def groups_of(programme: str, audiences: frozenset[str]) -> tuple[SeedCohort, ...]:
    """The groups of a programme; only the open ones take in who comes to the table."""
    extra = (_OPEN,) if programme in {OPEN_AT, GUEST_AT} else ()
    volunteers = (_VOLUNTEERS,) if "volunteers" in audiences else ()
    coaching = _COACHING if programme == COMPARED_AT else ()
    year = [
        replace(group, waiting=WAITING) if programme == WAITED_AT and number == BESIDE else group
        for number, group in enumerate(_YEAR)
    ]
    return (*year, *coaching, *volunteers, *extra)


def more_gained(group: str) -> float:
    """How much more the people of a group gain, by its title."""
    return next((one.more for one in _COACHING if one.name and group.startswith(one.name)), 0.0)


def open_group() -> SeedCohort:
    """A new group for newcomers, once the first has ended."""
    return _OPEN


MANNERS: Mapping[str, Manner] = {
    "kamnik-slovenscina": Manner(
        ability=-0.8,
        gain=1.4,
        lasts=1.1,  # they go on learning
        spillover=0.5,
        stays=0.8,
        returns=0.5,
        words=(
            "Zdaj pri zdravniku povem, kaj me boli.",
            "S sosedo se pogovarjava po slovensko.",
            "V trgovini vprašam, česar ne najdem.",
            "Na uradu še vedno prosim za pomoč.",
        ),
    ),
    "brezice-racunalnik": Manner(
        ability=-0.4,
        gain=1.0,
        lasts=0.7,
        stays=0.9,
        returns=0.7,
        words=(
            "Vnukinji zdaj pišem po e-pošti.",
            "Naročila sem se k zdravniku kar od doma.",
            "Pogumneje odprem novo stran.",
            "Gesla me še vedno zmedejo.",
            "Našla sem družbo za kavo po delavnici.",
        ),
    ),
    "ljutomer-branje": Manner(
        ability=0.2,
        skew=-0.9,
        gain=0.5,
        lasts=0.5,
        spillover=0.3,
        stays=0.92,
        returns=0.75,
        assisted=0.85,
        paper=0.1,
        words=(
            "Branja se veselim ves teden.",
            "Spomnim se knjig iz mladosti.",
            "Mladi pridejo, pa je soba bolj vesela.",
        ),
    ),
    "ljubljana-karierni-coaching": Manner(
        ability=-0.5,
        gain=0.8,
        lasts=0.9,
        spillover=0.15,
        stays=0.72,
        returns=0.45,
        words=(
            "Vem, kakšno delo iščem.",
            "Na razgovoru me ni več tako strah.",
            "Življenjepis je končno na eni strani.",
            "Dela še nimam, imam pa načrt.",
        ),
    ),
    "novo-mesto-branje": Manner(
        ability=-0.1,
        skew=0.8,
        gain=0.95,
        lasts=1.0,
        stays=0.82,
        words=(
            "Doma sam vzame knjigo v roke.",
            "Zgodbo pove mlajši sestri.",
            "Pri branju se še ustavlja, a ne odneha.",
        ),
    ),
    "radovljica-zmoremo": Manner(
        ability=-0.3,
        skew=-0.8,
        gain=0.65,
        lasts=0.9,
        spillover=0.1,
        assisted=0.5,
        words=(
            "V knjižnico pridem z avtobusom.",
            "Imam svojo izkaznico.",
            "Poslušam zvočne knjige.",
        ),
    ),
}
