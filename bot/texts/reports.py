"""What coordinators read around reports, data and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.texts.common import safe
from reports.report import Kind, Report
from reports.slovenian import day, quoted
from storage.groups import Numbers

# Picking

TITLES: Mapping[str, str] = {
    "w": "<b>Tedensko poročilo</b>",
    "i": "<b>Učinek</b>",
    "x": "<b>Podatki</b>",
}  # by what is picked for: `bot.coordinator.picking`
ONLY_COORDINATORS = "Poročila in podatke naročajo koordinatorji. Odziv v vaši knjižnici pokaže /stanje."
CHOOSE_LIBRARY = "Izberite knjižnico."
CHOOSE_PROGRAMME = "Izberite program."
WHOLE_LIBRARY = "Cela knjižnica"
ALL_LIBRARIES = "Vse knjižnice skupaj"
OF_PROGRAMME = "Učinek programa"
OF_GROUP = "Primerjava skupine"
FOR_MAYOR = "Stran za občino"

IN_CHAT = "Besedilo in slika"
AS_PDF = "PDF za branje in tisk"
AS_HTML = "Spletna stran (HTML)"
AS_XLSX = "Excel"
FORMS: Mapping[str, str] = {"chat": IN_CHAT, "pdf": AS_PDF, "html": AS_HTML, "xlsx": AS_XLSX}
DATA_FORMS: Mapping[str, str] = {"xlsx": AS_XLSX, "csv": "CSV", "sav": "SPSS"}


def which_week(name: str) -> str:
    """Which week of a programme or a library."""
    return f"{TITLES['w']}\n{safe(name)}\n\nIzberite teden."


def this_week(monday: date, sunday: date) -> str:
    """A button."""
    return f"Ta teden ({days(monday, sunday)})"


def last_week(monday: date, sunday: date) -> str:
    """A button."""
    return f"Prejšnji teden ({days(monday, sunday)})"


def days(first: date, last: date) -> str:
    """»2. 3. – 8. 3.«."""
    return f"{first.day}. {first.month}. – {last.day}. {last.month}."


def which_impact(programme: str) -> str:
    """What of a programme."""
    return (
        f"{TITLES['i']}\n{safe(programme)}\n\n"
        f"• <b>{OF_PROGRAMME}</b>: kaj se je spremenilo pri istih ljudeh od začetka do konca.\n"
        f"• <b>{OF_GROUP}</b>: ena skupina ob prejšnjih skupinah istega programa.\n"
        f"• <b>{FOR_MAYOR}</b>: ena stran o vseh programih knjižnice, primerna za objavo.\n\n"
        "Izberite poročilo."
    )


def which_group(programme: str, page: str) -> str:
    """Which group is to be compared."""
    return f"<b>{OF_GROUP}</b>\n{safe(programme)}\n\nIzberite skupino. {page}".rstrip()


def no_group(programme: str) -> str:
    """There is no group to compare."""
    return f"<b>{OF_GROUP}</b>\n{safe(programme)}\n\nNobena skupina se še ni začela."


def group(name: str, start: date, end: date) -> str:
    """A button."""
    return f"{name} ({day(start)} – {day(end)})"


def which_form(name: str) -> str:
    """In which form a report is to come."""
    return f"<b>{name}</b>\n\nV kakšni obliki želite poročilo?"


def which_data(programme: str) -> str:
    """In which form the data are to come, and what they are."""
    return (
        f"{TITLES['x']}\n{safe(programme)}\n\n"
        "Vsi odgovori programa v tabelah, z opisom stolpcev. Namesto imen so šifre, napisanih besedil ni. "
        "Odgovori so kljub temu osebni podatki. Vsak izvoz se zabeleži.\n\n"
        "V kakšni obliki želite podatke?"
    )


# Orders

_KINDS: Mapping[Kind, str] = {
    "weekly": "Tedensko poročilo",
    "library": "Tedensko poročilo knjižnice",
    "impact": OF_PROGRAMME,
    "compare": OF_GROUP,
    "mayor": FOR_MAYOR,
    "national": ALL_LIBRARIES,
}
_FILES: Mapping[Kind, str] = {
    "weekly": "tedensko-porocilo",
    "library": "tedensko-porocilo-knjiznice",
    "impact": "ucinek",
    "compare": "primerjava-skupine",
    "mayor": "stran-za-obcino",
    "national": "vse-knjiznice",
}
_OPENS: Mapping[str, str] = {
    "pdf": "Primerno za branje in tisk.",
    "html": "Odpre se v brskalniku.",
    "xlsx": "Odpre se v Excelu. Vsaka tabela je na svojem listu.",
}
OTHER_FORM = "Druga oblika"
TRY_AGAIN = "Poskusi znova"
ORDER_GONE = "To naročilo je zaključeno."


def report_name(kind: Kind, subject: str = "", when: str = "") -> str:
    """»Tedensko poročilo · Migam z računalnikom · 2. 3. – 8. 3.«, safe for a screen."""
    return safe(" · ".join(part for part in (_KINDS[kind], subject, when) if part))


def export_name(programme: str, form: str) -> str:
    """»Podatki · Migam z računalnikom · CSV«, safe for a screen."""
    return safe(f"Podatki · {programme} · {DATA_FORMS.get(form, form)}")


def preparing(what: str, *, cards: bool = False, paper: bool = False) -> str:
    """It was ordered."""
    coming = "Kartice" if cards else "Listi" if paper else "Poročilo ali podatki"
    return f"<b>{what}</b>\n\nPripravljamo … {coming} pridejo v ta pogovor. Ni treba čakati."


def ready(what: str) -> str:
    """It has come."""
    return f"<b>{what}</b>\n\nPripravljeno. Najdete spodaj v pogovoru."


def perhaps_arrived(what: str) -> str:
    """Nobody can know whether it has come."""
    return f"<b>{what}</b>\n\nPošiljanje se je prekinilo. Če v pogovoru česa ni, poskusite znova."


def not_made(what: str) -> str:
    """It cannot be made."""
    return f"<b>{what}</b>\n\nTega zdaj ni mogoče pripraviti. Poskusite pozneje. Če se ponovi, povejte skrbniku."


# What comes


def report_picture(title: str) -> str:
    """Under the picture of a report."""
    return f"{safe(title)} – slika. Vse številke so tudi v besedilu."


def report_file(title: str, form: str) -> str:
    """Under the file of a report."""
    return f"{safe(title)} – celotno poročilo. {_OPENS[form]}"


def report_file_name(report: Report, ending: str) -> str:
    """»tedensko-porocilo-brezice-racunalnik-2026-W09.pdf«: plain letters, which every machine takes."""
    subject = "" if report.kind == "national" else report.subject
    parts = (_FILES[report.kind], subject, report.period)
    return f"{'-'.join(part for part in parts if part)}.{ending}"


def data_file(programme: str) -> str:
    """Under the data."""
    return (
        f"<b>Podatki programa {quoted(safe(programme))}</b>\n\n"
        "V datoteki so šifre, ne imena. Odgovori so kljub temu osebni podatki: hranite jih samo na službenem "
        "računalniku, ne pošiljajte jih naprej in jih izbrišite, ko jih ne potrebujete več. "
        "Kaj pomeni kateri stolpec, piše v priloženem opisu."
    )


def data_file_name(slug: str, form: str, made_on: date) -> str:
    """»podatki-brezice-racunalnik-csv-2026-03-02«, without its ending."""
    return f"podatki-{slug}-{DATA_FORMS[form].lower()}-{made_on.isoformat()}"


# State


def state(where: str, numbers: Numbers, calls: int) -> str:
    """A few numbers at once."""
    return (
        f"<b>Stanje</b>\n{safe(where)}\n\n"
        f"Vpisanih: {numbers.enrolled}\n"
        f"Sodeluje: {numbers.active}\n"
        f"Odprtih vprašalnikov: {numbers.open}\n"
        f"Odgovorov ta teden: {numbers.answered}\n"
        f"Se odpre v 7 dneh: {numbers.opening}\n"
        f"Sporočil čaka na pošiljanje: {numbers.waiting}\n"
        f"Sporočila ne pridejo do: {numbers.unreachable}\n"
        f"Za klic: {calls}"
    )


ALL_PROGRAMMES = "Vsi programi"
