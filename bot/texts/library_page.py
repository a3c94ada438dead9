"""What coordinators read where they say of their library what stands on the page for the mayor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.texts.common import safe, shorten
from storage.library_pages import LibraryPicture
from storage.schema import PagePart, PagePicture
from surveys.locale_sl import NO_BREAK, counted, number

TITLE = "Podatki za stran za občino"
BUTTON = TITLE
PARTS: Mapping[PagePart, str] = {
    PagePart.ABOUT: "Opis programa",
    PagePart.PLACE: "Kje",
    PagePart.HOURS: "Kdaj",
    PagePart.CONTACT: "Kontakt",
    PagePart.PHONE: "Telefon",
    PagePart.EMAIL: "E-pošta",
    PagePart.WEB: "Splet",
}
PICTURES: Mapping[PagePicture, str] = {PagePicture.LOGO: "Logotip", PagePicture.PHOTO: "Fotografija"}
COSTS = "Stroški in ure"
NOTHING = "–"
SAVED = "Shranjeno."
REMOVED = "Slika je izbrisana."
FORGET = "Izbriši vpisano"
REMOVE = "Izbriši sliko"
COMING = "se pripravlja …"
CONFIGURED = "iz nastavitev"
NOT_DESCRIBED = "manjka opis, kaj je na njej"
REMOVE_YES = "Da, izbriši sliko"
NO_WORDS = "Tu pošljite sliko, ne besedila."
SEND_FIRST = "Najprej pošljite fotografijo, nato napišite, kaj je na njej."
DESCRIBE_LATER = "Fotografija je še na poti. Ko bo pripravljena, napišite, kaj je na njej."
NO_CONTACT = f"Na strani ne bo kontakta. Dodate ga z gumbom »{BUTTON}«."
WHICH_PICTURE = "Najprej izberite »Fotografija« ali »Logotip«, nato pošljite sliko."
_FOR_EXAMPLE = "Napišite na primer: 5880 € in 420 ur."
NO_COSTS = f"Tega ni mogoče prebrati. {_FOR_EXAMPLE}"
NEGATIVE_COSTS = f"Strošek ne more biti negativen. {_FOR_EXAMPLE}"
WHICH_UNIT = f"So to evri ali ure? {_FOR_EXAMPLE}"
ZERO_COSTS = f"Ničle ne vpisujte: česar ni, tega na strani ni. {_FOR_EXAMPLE}"
TOO_MUCH_COSTS = f"To je preveč: največ 99.999.999 € in 9.999.999 ur. {_FOR_EXAMPLE}"
WRONG: Mapping[PagePart, str] = {
    PagePart.PHONE: "To ni slovenska telefonska številka. Napišite na primer: 07 620 12 34.",
    PagePart.EMAIL: "To ni naslov e-pošte. Napišite na primer: info@knjiznica.si.",
    PagePart.WEB: "To ni spletni naslov. Napišite na primer: www.knjiznica.si.",
}
_ASK: Mapping[PagePart, str] = {
    PagePart.ABOUT: "V enem stavku napišite, kaj je ta program, za ljudi, ki ga ne poznajo.",
    PagePart.PLACE: "Napišite, kje programi potekajo: ulico in kraj.",
    PagePart.HOURS: "Napišite, kdaj: na primer »ob torkih od 10. do 12. ure«.",
    PagePart.CONTACT: "Napišite, na koga naj se ljudje obrnejo: ime in priimek ali oddelek.",
    PagePart.PHONE: "Napišite telefonsko številko.",
    PagePart.EMAIL: "Napišite naslov e-pošte.",
    PagePart.WEB: "Napišite spletni naslov.",
}
FLAWS: Mapping[str, str] = {  # by `reports.render.raster.RasterFlaw`; »lost«: it could not be fetched
    "no_picture": "To ni slika PNG ali JPEG. Shranite jo tako in jo pošljite znova.",
    "too_many_bytes": "Slika je prevelika. Pošljite tako, ki ima največ 8 MB.",
    "too_many_pixels": "Slika je prevelika. Pošljite jo kot sliko, ne kot datoteko, ali jo pomanjšajte.",
    "too_small": "Slika je premajhna. Pošljite večjo.",
    "too_steep": "Slika je preozka. Obrežite jo in jo pošljite znova.",
    "damaged": "Slike ni mogoče odpreti. Shranite jo znova in jo pošljite še enkrat.",
    "exhausting": "Branje te slike bi trajalo predolgo ali porabilo preveč pomnilnika, zato je ne beremo. "
    "Pošljite manjšo sliko, na primer posnetek zaslona.",
    "lost": "Slika ni prišla do nas. Pošljite jo znova.",
}


def logo_of(library: str) -> str:
    """What a logo is, for who does not see it."""
    return f"Logotip: {library}"


def page(library: str, told: Sequence[tuple[str, str]]) -> str:
    """Everything that is known of a library."""
    lines = "\n".join(f"• {safe(name)}: {safe(shorten(said, 160)) or NOTHING}" for name, said in told)
    return (
        f"<b>{TITLE}</b>\n{safe(library)}\n\n{lines}\n\n"
        "Česar ni, tega na strani ni. Izberite, kaj želite vpisati ali spremeniti."
    )


def about_of(programme: str) -> str:
    """A button, and the name of a description; with the programme where there are several."""
    return f"{PARTS[PagePart.ABOUT]}: {programme}" if programme else PARTS[PagePart.ABOUT]


def costs_of(programme: str) -> str:
    """A button."""
    return f"{COSTS}: {programme}" if programme else COSTS


def ask(part: PagePart, programme: str, now: str, longest: int) -> str:
    """What is to be typed, and what stands now."""
    title = " · ".join(safe(one) for one in (PARTS[part], programme) if one)
    return f"<b>{title}</b>\n\n{_ASK[part]} {_at_most(longest)}\n\nZdaj: {safe(now) or NOTHING}"


def too_long(longest: int, typed: int) -> str:
    """Too much was typed, and how much."""
    most = counted(longest, "znak", "znaka", "znake", "znakov")
    return f"Napišite največ {most}. Zdaj jih je {number(typed)}, torej {number(typed - longest)} preveč."


def forgotten(what: str) -> str:
    """What was typed is gone; it is told, so that it can be typed again."""
    return f"Izbrisano: {safe(what)}"


def saved_costs(stands: str, *, rounded: bool, of: int) -> str:
    """What stands after a line was typed; `of` is the year where no group begins in it, else 0."""
    parts = [
        SAVED,
        f"Zdaj velja za leto {stands}.",
        "Zaokroženo na cele evre in ure." if rounded else "",
        no_groups(of),
    ]
    return " ".join(part for part in parts if part)


def no_groups(of: int) -> str:
    """There is nobody of whom the costs of a year could be told; empty for 0."""
    return f"Za leto {of} ni skupin; na strani tega ne bo." if of else ""


def ask_remove(kind: PagePicture) -> str:
    """Whether a picture is to go."""
    return f"<b>{PICTURES[kind]}</b>\n\nIzbrišemo sliko? Od naslednje strani naprej je ne bo več."


def _at_most(longest: int) -> str:
    return f"Največ {counted(longest, 'znak', 'znaka', 'znake', 'znakov')}."


def there(alt: str) -> str:
    """A picture is there."""
    return f"je ({alt})" if alt else "je"


def spent(year: int, euros: int | None, hours: int | None) -> str:
    """»2026: 5880 €, 420 ur«."""
    money = f"{number(euros)}{NO_BREAK}€" if euros is not None else ""
    work = counted(hours, "ura", "uri", "ure", "ur") if hours is not None else ""
    return f"{year}: {', '.join(part for part in (money, work) if part)}"


def year(one: int) -> str:
    """A button."""
    return f"Leto {one}"


def ask_costs(programme: str, of: int, now: str, *, begun: bool) -> str:
    """What a programme took is to be typed."""
    return (
        f"<b>{COSTS} · {of}</b>\n{safe(programme)}\n\n"
        f"Koliko je knjižnica vložila v skupine, ki so se začele leta {of}? Napišite skupen strošek v evrih in "
        "skupne ure dela zaposlenih, na primer: 5880 € in 420 ur. Znate povedati le eno, napišite le eno.\n\n"
        "Na strani piše, koliko je to na udeleženca, za zadnje leto, v katerem je v teh skupinah dovolj ljudi."
        f"{'' if begun else f' {no_groups(of)}'}\n\n"
        f"Zdaj: {now or NOTHING}"
    )


def picture(kind: PagePicture, now: LibraryPicture | None, longest: int) -> str:
    """How a picture comes onto the page, and how it stands."""
    parts = [f"<b>{PICTURES[kind]}</b>", _SEND[kind]]
    if now is not None and now.waits:
        parts.append("Slika je na poti. Ko bo pripravljena, bo tu pisalo.")
    elif now is not None and now.problem:
        parts.append(f"{FLAWS[now.problem]}" + (" Prejšnja ostane." if now.png else ""))
    elif now is not None and now.png:
        parts.append("Slika je pripravljena.")
    if kind is PagePicture.PHOTO and now is not None and now.png and not now.waits:
        parts.append(f"Kaj je na njej: {safe(now.alt)}" if now.alt else f"{_DESCRIBE} {_at_most(longest)}")
    return "\n\n".join(parts)


_SEND: Mapping[PagePicture, str] = {
    PagePicture.LOGO: "Pošljite logotip kot sliko ali datoteko (PNG ali JPEG, največ 8 MB).",
    PagePicture.PHOTO: (
        "Pošljite eno fotografijo (PNG ali JPEG, največ 8 MB). Ljudje na njej se morajo strinjati z objavo. "
        "Kraj in čas posnetka, ki ju zapiše telefon, izbrišemo."
    ),
}
_DESCRIBE = (
    "Zdaj v enem stavku napišite, kaj je na njej: za ljudi, ki slike ne vidijo. Brez tega stavka je na strani ne bo."
)
