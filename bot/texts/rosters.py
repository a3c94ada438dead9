"""What librarians read while they enrol a group from a list, and what is wrong with a list, row by row."""

from __future__ import annotations

from collections.abc import Sequence

from bot.rosters.people import MOST, LeftOut, RosterProblem, RowFault
from bot.rosters.rows import Left
from bot.texts.common import safe
from bot.workbooks.book import MAX_BYTES, Unreadable
from surveys.locale_sl import NO_BREAK, counted, plural

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
    Unreadable.TOO_BIG: f"Datoteka je prevelika. Seznam naj ima največ {MAX_BYTES // 2**20} MB.",
    Unreadable.LOCKED: "Datoteka je zaklenjena z geslom. Shranite jo brez gesla in jo pošljite še enkrat.",
    Unreadable.SWOLLEN: "V datoteki je veliko več, kot ima seznam ljudi, ali pa je nekaj zapisano daleč od seznama. "
    "Kopirajte samo vrstice z ljudmi v novo datoteko in jo pošljite.",
    Unreadable.EXHAUSTING: "Branje te datoteke bi trajalo predolgo ali porabilo preveč pomnilnika, zato je ne beremo. "
    "Kopirajte samo vrstice z ljudmi v novo datoteko in jo pošljite.",
    Unreadable.DAMAGED: "Datoteka je poškodovana in je ne moremo odpreti. Seznam shranite še enkrat kot Excel (.xlsx).",
    Unreadable.WORD: "To je dokument z besedilom. Seznam iz njega kopirajte v Excel in pošljite tega.",
    Unreadable.PDF: "To je PDF. Iz njega ljudi ne moremo prebrati. Pošljite seznam kot Excel (.xlsx) ali CSV.",
    Unreadable.PICTURE: "To je slika. Pošljite seznam kot Excel (.xlsx) ali CSV.",
    Unreadable.WEB_PAGE: "To je spletna stran, čeprav je morda shranjena pod imenom Excelove datoteke. "
    "Odprite jo v Excelu, izberite »Shrani kot« in »Excelov delovni zvezek (.xlsx)«.",
    Unreadable.OTHER_TABLE: "Te vrste datoteke ne beremo. Seznam shranite kot Excel (.xlsx) ali CSV.",
    Unreadable.NO_SHEET: "Te datoteke ne moremo prebrati. Seznam shranite kot Excel (.xlsx) ali CSV.",
}
_WRONG: dict[RowFault, str] = {
    RowFault.NOBODY: "na seznamu ni nikogar; pod vrstico z imeni stolpcev naj bo za vsako osebo ena vrstica",
    RowFault.TOO_MANY: f"na seznamu je več kot {MOST} oseb; razdelite ga na dva",
    RowFault.NO_COLUMNS: "tu bi moralo pisati, kaj je v stolpcih, na primer »Ime« in »Jezik«",
    RowFault.COLUMN_TWICE: "stolpec »{words}« je na seznamu dvakrat",
    RowFault.NO_NAME: "ni ne imena ne šifre",
    RowFault.STRANGE_NAME: "»{words}« ni samo ime; popravite ga ali vrstico izbrišite",
    RowFault.NAMES_DIFFER: "v stolpcih z imeni so različne osebe: {words}",
    RowFault.CELL_ERROR: "v celici je napaka »{words}«; vpišite, kar manjka",
    RowFault.LONG_NAME: "ime z opombo je predolgo",
    RowFault.CODE_WRONG: "šifra »{words}« ni prava; preverite vse znake",
    RowFault.CODE_TWICE: "ista šifra je že v vrstici {words}",
    RowFault.CODE_UNKNOWN: "šifre {words} ni v skupinah vaše knjižnice",
    RowFault.CODE_IN_GROUP: "oseba s šifro {words} je že v tej skupini",
    RowFault.LANGUAGE_NOT_OFFERED: "tega jezika v programu še ni (na voljo: {words}); popravite ga ali pustite prazno",
    RowFault.LANGUAGE_UNKNOWN: "jezika »{words}« ne poznamo; napišite na primer »slovenščina« ali »angleščina«",
}

_LEFT: dict[Left, str] = {
    Left.TOTAL: "seštevek",
    Left.FOOTER: "podatek o seznamu",
    Left.HEADING: "imena stolpcev",
    Left.UNFILLED: "samo številka",
    Left.ERROR: "samo napaka iz Excela",
}
WITH_HIDDEN = "Preberi tudi, kar je skrito"
WITHOUT_HIDDEN = "Izpusti, kar je skrito"
_FEW = 6  # names that all stand on the card; of more, the first and the last
_LEFT_SHOWN = 8
_WORDS = 60  # letters of a row that is left out

_LANGUAGES = {"sl": "slovenščina", "sl-x-lahko": "lahko branje", "en": "angleščina"}


def title(group: str) -> str:
    """Above each card."""
    return f"<b>{FROM_LIST}: {safe(group)}</b>"


def ask(group: str) -> str:
    """What is to be sent."""
    return (
        f"{title(group)}\n\nPošljite datoteko Excel (.xlsx, tudi .xls), OpenDocument (.ods) ali CSV. "
        "V prvi vrstici naj piše, kaj je v stolpcih, "
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


def confirm(count: int, *, shown_only: bool = False) -> str:
    """The button that enrols them."""
    people = counted(count, "osebo", "osebi", "osebe", "oseb")
    return f"Vpiši {people} brez skritih" if shown_only else f"Vpiši {people}"


def names(listed: Sequence[str]) -> str:
    """The names as they were read, so that somebody sees whether they are right."""
    if not listed:
        return ""
    if len(listed) <= _FEW:
        return f"Tako smo prebrali imena: {_named(listed)}. Preverite jih."
    half = _FEW // 2
    return f"Prva imena: {_named(listed[:half])}. Zadnja imena: {_named(listed[-half:])}. Preverite jih."


def left_out(rows: Sequence[LeftOut]) -> str:
    """Rows in which nobody stands."""
    shown = "\n".join(f"• {safe(left_out_row(one))}" for one in rows[:_LEFT_SHOWN])
    more = f"\n… in še {len(rows) - _LEFT_SHOWN}" if len(rows) > _LEFT_SHOWN else ""
    return f"Izpustili smo {counted(len(rows), 'vrstico', 'vrstici', 'vrstice', 'vrstic')} brez osebe:\n{shown}{more}"


def left_out_row(one: LeftOut) -> str:
    """»vrstica 4: »Skupaj: 2« (seštevek)«."""
    words = one.words if len(one.words) <= _WORDS else f"{one.words[:_WORDS]} …"
    return f"vrstica {one.row}: »{words}« ({_LEFT[one.why]})"


def torn(row: int) -> str:
    """A quotation mark without its other half."""
    return f"V vrstici {row} je narekovaj brez para. Zato smo vsako vrstico prebrali posebej."


def lost(rows: Sequence[int]) -> str:
    """Names in a script for which there is no font."""
    where = f"vrstici {rows[0]}" if len(rows) == 1 else f"vrsticah {', '.join(map(str, rows[:_SHOWN]))}"
    return (
        f"Vseh črk v {where} ne moremo natisniti, ker pisave zanje nimamo. Na seznamu šifer bo tam prazen kvadratek: "
        "ime dopišite z roko ali ga v svojem seznamu zapišite z latinico."
    )


def hidden(people: int, columns: Sequence[str], *, read: bool) -> str:
    """What cannot be seen on the sheet, and whether it is read."""
    parts = []
    if people:
        rows = plural(people, "oseba je v skriti vrstici", "osebi sta v skritih vrsticah",
                      "osebe so v skritih vrsticah", "oseb je v skritih vrsticah")  # fmt: skip
        parts.append(f"{people}{NO_BREAK}{rows}, na primer zaradi filtra.")
    if columns:
        covered = plural(
            len(columns), "Skrit je stolpec", "Skrita sta stolpca", "Skriti so stolpci", "Skriti so stolpci"
        )
        parts.append(f"{covered} {safe(', '.join(columns))}.")
    parts.append(
        "Prebrali smo tudi, kar je skrito."
        if read
        else "Tega zdaj ne upoštevamo. Ali naj preberemo tudi, kar je skrito?"
    )
    return " ".join(parts)


def sheets(name: str, others: Sequence[tuple[str, bool]]) -> str:
    """Which sheet is read, and which others hold lists; with whether they are hidden."""
    listed = ", ".join(f"»{safe(other)}«{' (skrit)' if is_hidden else ''}" for other, is_hidden in others)
    also = plural(len(others), "je seznam še na listu", "sta seznama še na listih", "so seznami še na listih",
                  "so seznami še na listih")  # fmt: skip
    return f"Prebrali smo list »{safe(name)}«. V datoteki {also} {listed}, ki {_not_read(len(others))}."


def read_sheet(name: str) -> str:
    """The button for another sheet."""
    return f"Preberi list »{name[:30]}«"


def _not_read(count: int) -> str:
    return plural(count, "ga nismo prebrali", "ju nismo prebrali", "jih nismo prebrali", "jih nismo prebrali")


def _named(listed: Sequence[str]) -> str:
    return ", ".join(f"<b>{safe(one)}</b>" for one in listed)


def unread(columns: Sequence[str]) -> str:
    """Columns that are not read."""
    return f"Teh stolpcev ne beremo: {safe(', '.join(columns))}."


def alike(rows: Sequence[tuple[int, int]]) -> str:
    """Names that stand twice."""
    pairs = ", ".join(f"{first} in {second}" for first, second in rows[:_SHOWN])
    more = " …" if len(rows) > _SHOWN else ""
    return f"Enako ime je v vrsticah {pairs}{more}. Če so to različne osebe, je vse prav."


def refused(group: str, problems: Sequence[RosterProblem]) -> str:
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


def problem(one: RosterProblem) -> str:
    """»vrstica 4: ni ne imena ne šifre«."""
    words = one.words
    if one.wrong is RowFault.LANGUAGE_NOT_OFFERED:
        words = ", ".join(_LANGUAGES.get(tag, tag) for tag in words.split())
    words = _WRONG[one.wrong].format(words=words)
    return f"vrstica {one.row}: {words}" if one.row else words


def fit(problems: Sequence[RosterProblem]) -> bool:
    """Whether all of them stand on the card."""
    return len(problems) <= _SHOWN


def problems_file(problems: Sequence[RosterProblem]) -> bytes:
    """All of them, one a line, for a text editor of any system."""
    return ("\ufeff" + "".join(f"{problem(one)}\r\n" for one in problems)).encode()


def problems_caption(group: str) -> str:
    """Under that file."""
    return f"{title(group)}\n\nVsi popravki seznama, vrstica za vrstico."
