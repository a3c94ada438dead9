"""What librarians read while they enrol a group from a list, and what is wrong with a list, row by row."""

from __future__ import annotations

from collections.abc import Sequence

from bot.lists.people import MOST, Problem, Wrong
from bot.lists.sheet import Unreadable
from bot.texts.common import safe
from reports.slovenian import counted, plural

FROM_LIST = "Vpis s seznama"
ALL_PROBLEMS = "Vsi popravki v datoteki"
PROBLEMS_FILE = "popravki.txt"
_SHOWN = 12  # problems on one card

READING = "Seznam beremo. Čez nekaj sekund pokažemo, kaj bi vpisali."
NOT_FETCHED = "Datoteke nismo dobili. Pošljite jo še enkrat."
GONE = "Tega seznama ni več. Datoteko izbrišemo po enem dnevu ali ko jo prekličete. Pošljite jo še enkrat."
WHICH_GROUP = "<b>Vpis s seznama</b>\n\nV katero skupino naj vpišemo osebe s seznama? Najprej vse pokažemo."
NOT_ENROLLED = "Seznam je preklican in izbrisan. Vpisali nismo nikogar."
NAMES_ARE_KEPT = (
    "Na seznamu za tisk so tudi imena. Natisnite ga v eni uri: potem imena izbrišemo in ostanejo samo šifre."
)

UNREADABLE: dict[Unreadable, str] = {
    Unreadable.TOO_BIG: "Datoteka je prevelika. Seznam naj ima največ 1 MB.",
    Unreadable.NO_SHEET: "Te datoteke ne moremo prebrati. Seznam shranite kot Excel (.xlsx) ali CSV.",
    Unreadable.DAMAGED: "Te datoteke ne moremo odpreti. Morda je zaklenjena z geslom ali poškodovana. "
    "Seznam shranite še enkrat kot Excel (.xlsx) ali CSV.",
}
_WRONG: dict[Wrong, str] = {
    Wrong.NOBODY: "na seznamu ni nikogar; pod vrstico z imeni stolpcev naj bo za vsako osebo ena vrstica",
    Wrong.TOO_MANY: f"na seznamu je več kot {MOST} oseb; razdelite ga na dva",
    Wrong.NO_COLUMNS: "tu bi moralo pisati, kaj je v stolpcih, na primer »Ime« in »Jezik«",
    Wrong.COLUMN_TWICE: "stolpec »{words}« je na seznamu dvakrat",
    Wrong.NO_NAME: "ni ne imena ne šifre",
    Wrong.LONG_NAME: "ime z opombo je predolgo",
    Wrong.CODE_WRONG: "šifra »{words}« ni prava; preverite vse znake",
    Wrong.CODE_TWICE: "ista šifra je že v vrstici {words}",
    Wrong.CODE_UNKNOWN: "šifre {words} ni v skupinah vaše knjižnice",
    Wrong.CODE_IN_GROUP: "oseba s šifro {words} je že v tej skupini",
    Wrong.LANGUAGE_NOT_OFFERED: "tega jezika v programu še ni (na voljo: {words}); popravite ga ali pustite prazno",
    Wrong.LANGUAGE_UNKNOWN: "jezika »{words}« ne poznamo; napišite na primer »slovenščina« ali »angleščina«",
}

_LANGUAGES = {"sl": "slovenščina", "sl-x-lahko": "lahko branje", "en": "angleščina"}


def title(group: str) -> str:
    """Above each card."""
    return f"<b>{FROM_LIST}: {safe(group)}</b>"


def ask(group: str) -> str:
    """What is to be sent."""
    return (
        f"{title(group)}\n\nPošljite datoteko Excel (.xlsx) ali CSV. V prvi vrstici naj piše, kaj je v stolpcih, "
        "pod njo naj bo za vsako osebo ena vrstica:\n\n"
        "• <b>Ime</b>, lahko tudi <b>Priimek</b>\n"
        "• <b>Jezik</b>, če ni slovenščina\n"
        "• <b>Šifra</b>, če jo oseba že ima iz druge skupine\n"
        "• <b>Opomba</b>, na primer »brez telefona«\n\n"
        "Dovolj je en stolpec. Najprej pokažemo, kaj bi vpisali. Imena in opombe natisnemo samo na vaš seznam šifer "
        "in jih potem izbrišemo. Drugih stolpcev ne beremo."
    )


def preview(group: str, new: int, known: int, there: int) -> str:
    """What the list would do; `there` are in the group already."""
    lines = [
        f"• {counted(new, 'oseba dobi', 'osebi dobita', 'osebe dobijo', 'oseb dobi')} novo šifro" if new else "",
        f"• {counted(known, 'oseba ohrani', 'osebi ohranita', 'osebe ohranijo', 'oseb ohrani')} svojo šifro"
        if known
        else "",
    ]
    total = new + known
    are = plural(there, "je", "sta", "so", "je")
    already = f"\n\nZdaj {are} v skupini {counted(there, 'oseba', 'osebi', 'osebe', 'oseb')}." if there else ""
    return (
        f"{title(group)}\n\nV skupino bomo vpisali {counted(total, 'osebo', 'osebi', 'osebe', 'oseb')}:\n"
        + "\n".join(line for line in lines if line)
        + already
    )


def confirm(count: int) -> str:
    """The button that enrols them."""
    return f"Vpiši {counted(count, 'osebo', 'osebi', 'osebe', 'oseb')}"


def unread(columns: Sequence[str]) -> str:
    """Columns that are not read."""
    return f"Teh stolpcev ne beremo: {safe(', '.join(columns))}."


def alike(rows: Sequence[tuple[int, int]]) -> str:
    """Names that stand twice."""
    pairs = ", ".join(f"{first} in {second}" for first, second in rows[:_SHOWN])
    more = " …" if len(rows) > _SHOWN else ""
    return f"Enako ime je v vrsticah {pairs}{more}. Če so to različne osebe, je vse prav."


def refused(group: str, problems: Sequence[Problem]) -> str:
    """A list that has to be corrected, with the first of its problems."""
    count = len({one.row for one in problems if one.row})
    needs = plural(count, "vrstica potrebuje", "vrstici potrebujeta", "vrstice potrebujejo", "vrstic potrebuje")
    shown = "\n".join(f"• {safe(problem(one))}" for one in problems[:_SHOWN])
    more = len(problems) - _SHOWN
    rest = f"\n… in še {counted(more, 'popravek', 'popravka', 'popravki', 'popravkov')}" if more > 0 else ""
    rows = f" {count} {needs} popravek:" if count else ""
    return (
        f"{title(group)}\n\nVpisali nismo nikogar.{rows}\n\n{shown}{rest}\n\n"
        "Popravite seznam in pošljite datoteko še enkrat."
    )


def unreadable(group: str, why: str) -> str:
    """A file that is no list."""
    return f"{title(group)}\n\n{why} Vpisali nismo nikogar."


def problem(one: Problem) -> str:
    """»vrstica 4: ni ne imena ne šifre«."""
    words = one.words
    if one.wrong is Wrong.LANGUAGE_NOT_OFFERED:
        words = ", ".join(_LANGUAGES.get(tag, tag) for tag in words.split())
    words = _WRONG[one.wrong].format(words=words)
    return f"vrstica {one.row}: {words}" if one.row else words


def fit(problems: Sequence[Problem]) -> bool:
    """Whether all of them stand on the card."""
    return len(problems) <= _SHOWN


def problems_file(problems: Sequence[Problem]) -> bytes:
    """All of them, one a line, for a text editor of any system."""
    return ("\ufeff" + "".join(f"{problem(one)}\r\n" for one in problems)).encode()


def problems_caption(group: str) -> str:
    """Under that file."""
    return f"{title(group)}\n\nVsi popravki seznama, vrstica za vrstico."
