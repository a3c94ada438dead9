"""The lists of choices: codes for the names of authors, and which options are ways of not answering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from surveys.model import HIGHEST_BIT, HIGHEST_CODE, NonAnswer
from surveys.signs import fold
from surveys.xlsform.headings import FormCells
from surveys.xlsform.texts import Languages

_SAID: Mapping[str, NonAnswer] = {
    **dict.fromkeys(
        ("ne vem", "ne morem oceniti", "don't know", "do not know", "dont know", "i don't know"),
        NonAnswer.DONT_KNOW,
    ),
    **dict.fromkeys(
        (
            "ne zelim odgovoriti", "ne bi odgovoril", "brez odgovora", "zavracam odgovor", "prefer not to say",
            "prefer not to answer", "refused", "refuse to answer", "no answer",
        ),
        NonAnswer.REFUSED,
    ),
    **dict.fromkeys(("ne velja zame", "not applicable", "n/a", "does not apply"), NonAnswer.NOT_APPLICABLE),
}  # fmt: skip
_NUMBERED = {"88": NonAnswer.DONT_KNOW, "-88": NonAnswer.DONT_KNOW, "99": NonAnswer.REFUSED, "-99": NonAnswer.REFUSED}
_FAR = 20  # a list whose other numbers are below means no answer by 88 and 99
_OTHER = ("drugo", "drugje", "other", "kaj drugega")
_KEYS = {
    NonAnswer.DONT_KNOW: ("dont_know", "Ne vem"),
    NonAnswer.REFUSED: ("refusable", "Ne želim odgovoriti"),
    NonAnswer.NOT_APPLICABLE: ("not_applicable", "Ne velja zame"),
}


@dataclass(frozen=True, slots=True)
class FormOption:
    """One row of a list. `code` is None where it became a way of not answering."""

    name: str
    label: str
    translations: Mapping[str, str]
    code: int | None
    cells: FormCells


@dataclass(frozen=True, slots=True)
class FormOptions:
    """A list with its codes, and the keys of an item by which its ways of not answering are offered."""

    name: str
    options: tuple[FormOption, ...]
    offered: tuple[str, ...]

    @property
    def codes(self) -> Mapping[str, int | None]:
        """The code of each name."""
        return {option.name: option.code for option in self.options}

    @property
    def asked(self) -> tuple[FormOption, ...]:
        """The options that are options."""
        return tuple(option for option in self.options if option.code is not None)

    @property
    def numbered(self) -> bool:
        """Whether the names are the codes, so that numbers in rules mean the same here and there."""
        return all(str(option.code) == option.name for option in self.asked)

    def counted(self) -> FormOptions:
        """The same list with the codes 1, 2, 3 and on."""
        codes = {option.name: code for code, option in enumerate(self.asked, start=1)}
        options = tuple(replace(option, code=codes.get(option.name)) for option in self.options)
        return replace(self, options=options)

    def tables(self) -> list[dict[str, object]]:
        """As they stand in TOML."""
        found: list[dict[str, object]] = []
        for option in self.asked:
            found.append({"code": option.code, "label": option.label})
            if option.name != str(option.code):
                found[-1]["name"] = option.name
        return found


def read_lists(rows: Sequence[FormCells], languages: Languages) -> dict[str, FormOptions]:
    """The lists by name, with problems for every row that is wrong."""
    by_list: dict[str, list[FormCells]] = {}
    for cells in rows:
        name = cells.words("list_name")
        if name:
            by_list.setdefault(name, []).append(cells)
        else:
            cells.place.invalid(
                cells.written("list_name"), "Vrstica ne pove, na kateri seznam spada; izpolnite list_name."
            )
    return {name: _read_list(name, listed, languages) for name, listed in by_list.items()}


def _read_list(name: str, rows: Sequence[FormCells], languages: Languages) -> FormOptions:
    found: dict[str, FormCells] = {}
    for cells in rows:
        option = cells.words("name")
        if not option:
            cells.place.invalid(cells.written("name"), f"Odgovor s seznama »{name}« nima imena; izpolnite name.")
        elif any(one.isspace() for one in option) or len(option) > 64:  # noqa: PLR2004 - as the model has it
            cells.place.invalid(
                cells.written("name"), f"Ime »{option}« je predolgo ali ima presledek; zapišite ga kot eno besedo."
            )
        elif option in found:
            cells.place.invalid(
                cells.written("name"),
                f"Ime »{option}« je na seznamu »{name}« že v vrstici {found[option].row.number}; dajte drugo.",
            )
        else:
            found[option] = cells
    plain = [_whole(one) for one in found]
    options: list[FormOption] = []
    offered: list[str] = []
    codes = _codes(name, found, plain)
    for option, cells in found.items():
        label, translations = languages.words(cells, "label")
        if not label:
            cells.place.warn(cells.written("label"), f"Odgovor »{option}« nima besedila; pokazali bomo njegovo ime.")
        label = label or option
        none = _non_answer(option, label, list(found))
        if none is not None:
            key, words = _KEYS[none]
            offered.append(key)
            cells.place.warn(cells.written("name"), f"»{label}« ni med odgovori, ampak gumb »{words}« pod njimi.")
        options.append(FormOption(option, label, translations, None if none else codes[option], cells))
    return FormOptions(name, tuple(options), tuple(dict.fromkeys(offered)))


def _codes(name: str, found: Mapping[str, FormCells], plain: Sequence[int | None]) -> dict[str, int]:
    """Those of zss:code, else the names themselves where all are whole numbers, else 1, 2, 3 and on."""
    codes: dict[str, int] = {}
    by_name = all(
        number is not None or _non_answer(one, "", list(found)) for one, number in zip(found, plain, strict=True)
    )
    for place, (option, cells) in enumerate(found.items(), start=1):
        own = cells.words("zss:code")
        code = _whole(own) if own else _whole(option) if by_name else place
        if own and code is None:
            cells.place.invalid("zss:code", f"»{own}« ni koda; zapišite celo število od 0 do {HIGHEST_CODE}.")
        code = place if code is None else code
        if code in codes.values():
            cells.place.invalid("zss:code", f"Kodo {code} ima na seznamu »{name}« že drug odgovor; dajte drugo.")
        codes[option] = code
    return codes


def _whole(written: str) -> int | None:
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 7 else None  # noqa: PLR2004
    return number if number is not None and str(number) == written and number <= HIGHEST_CODE else None


def _non_answer(option: str, label: str, names: Sequence[str]) -> NonAnswer | None:
    """What way of not answering an option is, by its words, or as 88 and 99 among small numbers."""
    words = fold(label)
    if words in _SAID:
        return _SAID[words]
    if option in _NUMBERED and not words.startswith(_OTHER):
        others = [_whole(one) for one in names if one not in _NUMBERED]
        if others and all(one is not None and one < _FAR for one in others):
            return _NUMBERED[option]
    return None


def fits_in_bits(options: FormOptions) -> bool:
    """Whether several of them can be stored together."""
    return all(option.code is not None and option.code <= HIGHEST_BIT for option in options.asked)
