"""What is said of the file of a form, in Slovenian, for whoever has a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.workbooks.book import MAX_BYTES, Unreadable
from surveys.locale_sl import counted

UNREADABLE: Mapping[Unreadable, str] = {
    Unreadable.TOO_BIG: f"Datoteka je večja od {MAX_BYTES // 2**20} MB; izbrišite slike in shranite znova.",
    Unreadable.LOCKED: "Datoteka je zaklenjena z geslom; shranite jo brez njega.",
    Unreadable.SWOLLEN: "V datoteki je daleč stran od drugega še nekaj zapisano; izbrišite to in shranite znova.",
    Unreadable.EXHAUSTING: "Branje datoteke traja predolgo; prekopirajte vprašanja v novo datoteko.",
    Unreadable.DAMAGED: "Datoteka je poškodovana; shranite jo znova kot Excel (.xlsx).",
    Unreadable.WORD: "To je besedilo; prekopirajte vprašanja v Excel.",
    Unreadable.PDF: "To je PDF; potrebujemo Excelovo datoteko (.xlsx).",
    Unreadable.PICTURE: "To je slika; potrebujemo Excelovo datoteko (.xlsx).",
    Unreadable.WEB_PAGE: "To je spletna stran, čeprav ima ime preglednice; odprite jo v Excelu in shranite kot .xlsx.",
    Unreadable.OTHER_TABLE: "Te vrste datoteke ne beremo; shranite jo kot Excel (.xlsx).",
    Unreadable.NO_SHEET: "To ni preglednica; shranite jo kot Excel (.xlsx) ali CSV.",
}


def written(folder: Path, warnings: int) -> str:
    """The folder is there."""
    said = counted(warnings, "opozorilo", "opozorili", "opozorila", "opozoril")
    return f"Program je zapisan v mapo {folder} ({said})."
