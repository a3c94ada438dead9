"""What coordinators read around reports, data and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.actions.choices import Cadence, DataForm, Purpose, ReportForm
from bot.texts.common import safe
from bot.texts.waiting_list import besides
from reports.report import Kind, Report
from storage.cohort_overview import Numbers
from surveys.locale_sl import day, days, quoted, short_day

# Picking

TITLES: Mapping[Purpose, str] = {
    Purpose.WEEKLY: "<b>Tedensko poročilo</b>",
    Purpose.IMPACT: "<b>Učinek</b>",
    Purpose.EXPORT: "<b>Podatki</b>",
}
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
AS_SLIDE = "Prosojnica (PNG)"
FORMS: Mapping[ReportForm, str] = {
    ReportForm.CHAT: IN_CHAT,
    ReportForm.PDF: AS_PDF,
    ReportForm.HTML: AS_HTML,
    ReportForm.XLSX: AS_XLSX,
    ReportForm.SLIDE: AS_SLIDE,
}
DATA_FORMS: Mapping[DataForm, str] = {DataForm.XLSX: AS_XLSX, DataForm.CSV: "CSV", DataForm.SAV: "SPSS"}


def which_week(name: str) -> str:
    """Which week of a programme or a library."""
    return f"{TITLES[Purpose.WEEKLY]}\n{safe(name)}\n\nIzberite teden."


def this_week(monday: date, sunday: date) -> str:
    """A button."""
    return f"Ta teden ({days(monday, sunday)})"


def last_week(monday: date, sunday: date) -> str:
    """A button."""
    return f"Prejšnji teden ({days(monday, sunday)})"


WHICH_PERIOD = (
    f"<b>Tedenski in mesečni pregled</b>\n{ALL_LIBRARIES}\n\nIzberite teden ali mesec. Pregled lahko prihaja tudi sam, "
    "vsak teden ali prvi delovni dan v mesecu."
)
EACH_WEEK = "Pošiljaj vsak teden"
EACH_MONTH = "Pošiljaj vsak mesec"
STANDING: Mapping[Cadence, tuple[str, str]] = {
    Cadence.WEEK: ("Ne pošiljaj več vsak teden", EACH_WEEK),
    Cadence.MONTH: ("Ne pošiljaj več vsak mesec", EACH_MONTH),
}  # what a button says where it comes by itself, and where it does not


def next_one(cadence: str, when: str) -> str:
    """When the one that comes by itself comes next: »v ponedeljek, 7. 12. 2026, ob 8.00«."""
    return f"{'Tedenski' if cadence == 'week' else 'Mesečni'} pregled naslednjič pride {when}."


def this_month(first: date, last: date) -> str:
    """A button."""
    return f"Ta mesec ({days(first, last)})"


def last_month(first: date, last: date) -> str:
    """A button."""
    return f"Prejšnji mesec ({days(first, last)})"


def which_impact(programme: str) -> str:
    """What of a programme."""
    return (
        f"{TITLES[Purpose.IMPACT]}\n{safe(programme)}\n\n"
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
        f"{TITLES[Purpose.EXPORT]}\n{safe(programme)}\n\n"
        "Vsi odgovori programa v tabelah, z opisom stolpcev. Namesto imen so šifre, napisanih besedil ni. "
        "Odgovori so kljub temu osebni podatki. Vsak izvoz se zabeleži.\n\n"
        "V kakšni obliki želite podatke?"
    )


# Orders

_KINDS: Mapping[Kind, str] = {
    "weekly": "Tedensko poročilo",
    "library": "Tedensko poročilo knjižnice",
    "country": "Pregled vseh knjižnic",
    "impact": OF_PROGRAMME,
    "compare": OF_GROUP,
    "mayor": FOR_MAYOR,
    "national": ALL_LIBRARIES,
}
_FILES: Mapping[Kind, str] = {
    "weekly": "tedensko-porocilo",
    "library": "tedensko-porocilo-knjiznice",
    "country": "pregled-vseh-knjiznic",
    "impact": "ucinek",
    "compare": "primerjava-skupine",
    "mayor": "stran-za-obcino",
    "national": "vse-knjiznice",
}
_OPENS: Mapping[str, str] = {
    "pdf": "Primerno za branje in tisk.",
    "html": "Odpre se v brskalniku.",
    "slide": "Prosojnica z virom, za predstavitev ali objavo.",
    "xlsx": "Odpre se v Excelu. Vsaka tabela je na svojem listu.",
}
OTHER_FORM = "Druga oblika"
TRY_AGAIN = "Poskusi znova"
ORDER_GONE = "To naročilo je zaključeno."


def report_name(kind: Kind, subject: str = "", when: str = "") -> str:
    """»Tedensko poročilo · Migam z računalnikom · 2.–8. 3. 2026«, safe for a screen."""
    return safe(" · ".join(part for part in (_KINDS[kind], subject, when) if part))


def export_name(programme: str, form: DataForm) -> str:
    """»Podatki · Migam z računalnikom · CSV«, safe for a screen."""
    return safe(f"Podatki · {programme} · {DATA_FORMS[form]}")


REPORT_OR_DATA = "Poročilo ali podatki"


def preparing(what: str, coming: str) -> str:
    """It was ordered; `coming`: »Kartice«."""
    return f"<b>{what}</b>\n\nPripravljamo … {coming} pridejo sem. Ni treba čakati."


def ready(what: str) -> str:
    """It has come."""
    return f"<b>{what}</b>\n\nPripravljeno. Najdete spodaj."


def ready_elsewhere(what: str) -> str:
    """It has come, but not to where this is read."""
    return f"<b>{what}</b>\n\nPripravljeno v Telegramu. Tukaj datoteke ni."


MAKE_HERE = "Pripravi tudi tukaj"
ORDERED_ELSEWHERE = "To ste naročili v Telegramu. Pritisnite, kar želite imeti tudi tukaj:"


def perhaps_arrived(what: str) -> str:
    """Nobody can know whether it has come."""
    return f"<b>{what}</b>\n\nPošiljanje se je prekinilo. Če česa niste dobili, poskusite znova."


def not_made(what: str) -> str:
    """It cannot be made."""
    return f"<b>{what}</b>\n\nTega zdaj ni mogoče pripraviti. Poskusite pozneje. Če se ponovi, povejte skrbniku."


def parts_differ(what: str) -> str:
    """One part of it would tell of another moment than the others."""
    return f"<b>{what}</b>\n\nOdgovori so se medtem spremenili, zato se deli ne bi ujemali. Naročite še enkrat."


# What comes


def report_picture(title: str) -> str:
    """Under the picture of a report."""
    return f"{safe(title)} – slika. Vse številke so tudi v besedilu."


def report_file(title: str, form: str) -> str:
    """Under the file of a report."""
    return f"{safe(title)} – celotno poročilo. {_OPENS[form]}"


def report_file_name(report: Report, ending: str) -> str:
    """»tedensko-porocilo-brezice-racunalnik-2026-W09.pdf«: plain letters, which every machine takes."""
    subject = "" if report.subject == "national" else report.subject
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


def data_file_name(slug: str, form: DataForm, made_on: date) -> str:
    """»podatki-brezice-racunalnik-csv-2026-03-02«, without its ending."""
    return f"podatki-{slug}-{DATA_FORMS[form].lower()}-{made_on.isoformat()}"


# State


def state(where: str, numbers: Numbers, calls: int, since: date) -> str:
    """A few numbers at once; `since` is the Monday from which answers are counted."""
    waits = f"{besides(numbers.on_waiting_list)}\n" if numbers.on_waiting_list else ""
    return (
        f"<b>Stanje</b>\n{safe(where)}\n\n"
        f"Vpisanih: {numbers.enrolled}\n{waits}"
        f"Sodeluje: {numbers.active}\n"
        f"Odprtih vprašalnikov: {numbers.open}\n"
        f"Odgovorov od {short_day(since)}: {numbers.answered}\n"
        f"Se odpre v 7 dneh: {numbers.opening}\n"
        f"Sporočil čaka na pošiljanje: {numbers.waiting}\n"
        f"Sporočila ne pridejo do: {numbers.unreachable}\n"
        f"Za klic: {calls}"
    )


ALL_PROGRAMMES = "Vsi programi"
