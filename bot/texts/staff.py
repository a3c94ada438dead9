"""What librarians and coordinators read."""

from __future__ import annotations

from bot.texts.common import safe
from storage.schema import Role

NOT_STAFF = "To je za knjižničarje in koordinatorje. Če ste med njimi, prosite za svojo povezavo."

ROLES: dict[Role, str] = {
    Role.LIBRARIAN: "knjižničarka ali knjižničar",
    Role.COORDINATOR: "koordinatorka ali koordinator",
    Role.NATIONAL: "nacionalna koordinatorka ali koordinator",
}

_VPIS = ("vpis", "vpiše osebe v skupino in naredi povezave")
_SKUPINE = ("skupine", "pokaže skupine in kdo je odgovoril")
_UDELEZENEC = ("udelezenec", "pokaže eno osebo po šifri")
_IZPOLNI = ("izpolni", "odgovorite namesto osebe, ki vam narekuje")
_VPRASALNIK = ("vprasalnik", "pokaže vprašalnik brez shranjevanja")
_KLICI = ("klici", "pokaže, koga poklicati")
_POROCILO = ("porocilo", "tedenski povzetek programa")
_UCINEK = ("ucinek", "kaj se je spremenilo")
_STANJE = ("stanje", "številke na kratko")
_POMOC = ("pomoc", "pomoč")

_AT_THE_DESK = (_VPIS, _SKUPINE, _UDELEZENEC, _IZPOLNI, _VPRASALNIK, _KLICI, _STANJE)
COMMANDS: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.LIBRARIAN: (*_AT_THE_DESK, _POMOC),
    Role.COORDINATOR: (_POROCILO, _UCINEK, *_AT_THE_DESK, _POMOC),
    Role.NATIONAL: (_POROCILO, _UCINEK, _STANJE, _VPRASALNIK, _POMOC),
}


def desk(role: Role, library: str) -> str:
    """Who one is here, and what one may do."""
    where = f"\n{safe(library)}" if library else ""
    lines = "\n".join(f"/{name} – {what}" for name, what in COMMANDS[role])
    return f"<b>Pozdravljeni!</b>\nVaša vloga: {ROLES[role]}{where}\n\n{lines}"


def report_picture(title: str) -> str:
    """Under the chart of a report."""
    return f"Graf: {safe(title)}"


def report_file(title: str) -> str:
    """Under the file of a report."""
    return f"{safe(title)} – celotno poročilo"
