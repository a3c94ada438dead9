"""The questions of a form: its rows walked once for what is asked, then for the rules between them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from surveys.expressions.checking import NameScope, read_expression
from surveys.expressions.flaws import ExpressionError
from surveys.expressions.lexer import CURLY, NAME
from surveys.expressions.tree import Expression, FunctionCall, names
from surveys.item_checks import LONGEST
from surveys.model import CHOSEN, Kind
from surveys.xlsform.choices import FormOption, FormOptions, fits_in_bits
from surveys.xlsform.headings import FormCells
from surveys.xlsform.identifiers import Identifiers
from surveys.xlsform.problems import FormFlaw
from surveys.xlsform.rules import Rule, RuleItem, UntoldError, joined, limits, when
from surveys.xlsform.texts import Languages
from surveys.xlsform.types import LEFT_OUT, TYPES, ItemTable, QuestionType, TypedQuestion, read_type, refused, unknown

_NAME = re.compile(NAME)
_VALUE = re.compile(r"\$\{[^}]*\}")
_SMART = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})  # as pyxform straightens them
_YES = frozenset({"yes", "true", "true()"})
_NO = frozenset({"", "no", "false", "false()"})
_OWN_KEYS = {"zss:indicator": "indicator", "zss:unit": "unit", "zss:role": "role"}
_LONGEST_NAME = 64


@dataclass(slots=True)
class FormItem:
    """A question that is asked: its table of TOML, whence it comes, its translations, and whose relevance it has."""

    name: str
    table: ItemTable
    cells: FormCells
    rules: tuple[FormCells, ...]
    options: FormOptions | None
    translations: dict[str, dict[str, str]] = field(default_factory=dict)  # by language: words asked → translated

    @property
    def kind(self) -> Kind:
        """The kind of the item."""
        return Kind(str(self.table["kind"]))


@dataclass(slots=True)
class _Walk:
    """Where one is in the rows: the groups around, the repeat in which nothing is read, what was found."""

    items: list[FormItem] = field(default_factory=list)
    groups: list[FormCells] = field(default_factory=list)
    within_repeat: int = 0
    left_out: dict[str, FormCells] = field(default_factory=dict)  # names whose rows are not asked
    rows_of_names: dict[str, int] = field(default_factory=dict)


class SurveyReader:
    """Reads the rows of the sheet of questions."""

    def __init__(
        self, lists: Mapping[str, FormOptions], languages: Languages, identifiers: Identifiers, *, leave_out: bool
    ) -> None:
        self._lists = lists
        self._languages = languages
        self._identifiers = identifiers
        self._leave_out = leave_out

    def read(self, rows: Sequence[FormCells]) -> list[FormItem]:
        """The questions, with problems for everything that is wrong."""
        walk = _Walk()
        for cells in rows:
            if cells.words("disabled").lower() in _YES:
                continue
            self._row(cells, walk)
        for cells in walk.groups:
            cells.place.invalid(cells.written("type"), "Skupina se ne konča; dodajte vrstico end_group.")
        self._rules(walk)
        return walk.items

    def _row(self, cells: FormCells, walk: _Walk) -> None:
        written = cells.words("type")
        kind = read_type(written)
        if kind.word.startswith(("begin", "end ")) or walk.within_repeat:
            self._border(cells, kind, walk)
            return
        name = self._name(cells, kind, walk)
        if not written:
            if name or any(True for _ in cells.said("label")):
                cells.place.invalid(cells.written("type"), "Vrstica nima vrste; izpolnite type.")
        elif kind.word in LEFT_OUT:
            walk.left_out[name] = cells
            cells.place.warn(cells.written("type"), f"Podatka »{kind.word}« ne zbiramo; vrstica je izpuščena.")
        elif kind.word in TYPES and (kind.choices or not kind.word.startswith("select")):
            if name:
                walk.items.append(self._item(cells, kind, name, walk))
        else:
            self._not_taken(cells, kind, name, walk)

    def _not_taken(self, cells: FormCells, kind: QuestionType, name: str, walk: _Walk) -> None:
        column, sentence = cells.written("type"), refused(kind)
        walk.left_out[name] = cells
        if not sentence:
            cells.place.invalid(column, unknown(cells.words("type")))
        elif self._leave_out:
            cells.place.warn(column, f"Vrstica vrste »{kind.word}« je izpuščena.", FormFlaw.UNSUPPORTED)
        else:
            cells.place.unsupported(column, sentence)

    def _border(self, cells: FormCells, kind: QuestionType, walk: _Walk) -> None:
        column = cells.written("type")
        match kind.word:
            case "begin repeat":
                walk.within_repeat += 1
                if walk.within_repeat == 1:
                    cells.place.unsupported(
                        column, "Ponavljajočih se skupin (begin_repeat) ne znamo; vprašajte enkrat ali jih izbrišite."
                    )
            case "end repeat" if walk.within_repeat:
                walk.within_repeat -= 1
            case _ if walk.within_repeat:
                return
            case "begin group":
                walk.groups.append(cells)
                title = cells.words("label", self._languages.base) or cells.words("label")
                if title:
                    cells.place.warn(cells.written("label"), f"Naslov skupine »{title}« ni prevzet.")
            case "end group" if walk.groups:
                walk.groups.pop()
            case _:
                cells.place.invalid(column, "Tu se konča skupina, ki se ni začela; izbrišite vrstico.")

    def _name(self, cells: FormCells, kind: QuestionType, walk: _Walk) -> str:
        """The name of a row; empty, with a problem, where it has none that can be used."""
        name, column = cells.words("name"), cells.written("name")
        if not name and kind.word == "note":
            name = f"note_{cells.row.number}"
        if not name:
            if cells.words("type"):
                cells.place.invalid(column, "Vrstica nima imena; izpolnite name.")
            return ""
        if _NAME.fullmatch(name) is None or len(name) > _LONGEST_NAME:
            cells.place.invalid(
                column, f"»{name}« ne more biti ime: začne se s črko, brez presledkov, največ {_LONGEST_NAME} znakov."
            )
            return ""
        known = walk.rows_of_names.setdefault(name.lower(), cells.row.number)
        if known != cells.row.number:
            cells.place.invalid(column, f"Ime »{name}« ima že vrstica {known}; dajte drugo.")
            return ""
        return name

    def _item(self, cells: FormCells, kind: QuestionType, name: str, walk: _Walk) -> FormItem:
        text, told = self._languages.words(cells, "label")
        hint, hints = self._languages.words(cells, "hint")
        options = self._options(cells, kind)
        question = TypedQuestion(cells, kind, options, text or name)
        table: ItemTable = {"id": self._identifiers.of(name)}
        if table["id"] != name:
            table["name"] = name
        table |= {"text": text} | ({"hint": hint} if hint else {}) | TYPES[kind.word](question)
        item = FormItem(name, table, cells, (*walk.groups, cells), options)
        if table["kind"] != Kind.NOTE.value:
            table["dont_know"] = bool(table.get("dont_know"))
            table["optional"] = not self._required(cells)
        self._own(item)
        self._check_words(cells, "label", "text", text or "")
        self._check_words(cells, "hint", "hint", hint)
        if not text:
            cells.place.invalid(cells.written("label"), f"Vprašanje »{name}« nima besedila; izpolnite label.")
        for words, translations in (
            (text, told),
            (hint, hints),
            *((o.label, o.translations) for o in self._asked(options)),
        ):
            for tag, translated in translations.items():
                item.translations.setdefault(tag, {})[words] = translated
        if cells.words("default"):
            cells.place.warn(cells.written("default"), "Vnaprej izpolnjen odgovor ni prevzet.")
        if cells.words("choice_filter"):
            cells.place.unsupported(
                cells.written("choice_filter"), "Izbirnih seznamov po prejšnjem odgovoru (choice_filter) ne znamo."
            )
        return item

    def _asked(self, options: FormOptions | None) -> Sequence[FormOption]:
        return options.asked if options is not None else ()

    def _options(self, cells: FormCells, kind: QuestionType) -> FormOptions | None:
        if not kind.choices:
            return None
        options = self._lists.get(kind.choices)
        if options is None:
            known = ", ".join(f"»{name}«" for name in self._lists) or "noben"
            cells.place.invalid(
                cells.written("type"), f"Na listu choices ni seznama »{kind.choices}«; tam so: {known}."
            )
        elif kind.word == "select_multiple" and not fits_in_bits(options):
            return options.counted()
        return options

    def _required(self, cells: FormCells) -> bool:
        written = cells.words("required").lower()
        if written not in _YES | _NO:
            cells.place.unsupported(
                cells.written("required"), "Pogojno obveznega vprašanja ne znamo; zapišite yes ali no."
            )
        return written in _YES

    def _own(self, item: FormItem) -> None:
        """Our own columns, which other programs pass over."""
        for column, key in _OWN_KEYS.items():
            if words := item.cells.words(column):
                item.table[key] = words
        if item.cells.words("zss:reverse").lower() in _YES:
            item.table["reverse"] = True

    def _check_words(self, cells: FormCells, column: str, key: str, words: str) -> None:
        if len(words) > LONGEST[key]:
            cells.place.unsupported(
                cells.written(column), f"Besedilo ima {len(words)} znakov; skrajšajte ga na največ {LONGEST[key]}."
            )
        if found := _VALUE.search(words):
            cells.place.unsupported(
                cells.written(column), f"Vrednosti {found[0]} v besedilu še ne znamo; zapišite vprašanje brez nje."
            )

    def _rules(self, walk: _Walk) -> None:
        """Relevance and limits, once all names are known."""
        known = {item.name: None if item.options is None else frozenset(item.options.codes) for item in walk.items}
        scope = NameScope(known | dict.fromkeys(name for name in walk.left_out if name))
        for cells in walk.left_out.values():
            for key in ("relevant", "constraint", "calculation"):
                _expression(cells, key, replace(scope, has_current=True))
        earlier: dict[str, RuleItem] = {}
        for item in walk.items:
            rules = [self._relevance(cells, scope, earlier, walk) for cells in item.rules]
            rule = joined([one for one in rules if one is not None])
            if rule is not None:
                item.table["when"] = rule
            self._limit(item, replace(scope, has_current=True, current=known[item.name]))
            codes = item.options.codes if item.options is not None else {}
            numbered = item.options is not None and item.options.numbered
            earlier[item.name] = RuleItem(str(item.table["id"]), item.kind, codes, numbered)

    def _relevance(
        self, cells: FormCells, scope: NameScope, earlier: Mapping[str, RuleItem], walk: _Walk
    ) -> Rule | None:
        column = cells.written("relevant")
        expression = _expression(cells, "relevant", scope)
        if expression is None or expression == FunctionCall(expression.at, "true", ()):
            return None
        if any(not earlier[name].codes for name in names(expression) & earlier.keys() if earlier[name].kind in CHOSEN):
            return None  # its list is missing, which is told there
        for name in sorted(names(expression)):
            if name in walk.left_out:
                cells.place.unsupported(column, f"Pravilo gleda »{name}«, ki ga ne sprašujemo; spremenite pravilo.")
                return None
            if name not in earlier:
                cells.place.invalid(
                    column, f"Pravilo gleda »{name}«, ki ni vprašano prej; premaknite vprašanje ali spremenite pravilo."
                )
                return None
        try:
            return when(expression, earlier)
        except UntoldError as untold:
            cells.place.unsupported(column, f"V pravilih še ne znamo {untold}; zapišite pravilo drugače.")
            return None

    def _limit(self, item: FormItem, scope: NameScope) -> None:
        cells, column = item.cells, item.cells.written("constraint")
        expression = _expression(cells, "constraint", scope)
        if expression is None or item.kind is Kind.NOTE:
            return
        if item.kind not in {Kind.NUMBER, Kind.DATE}:
            cells.place.unsupported(column, "Omejitve (constraint) znamo le pri številih in datumih; izbrišite jo.")
            return
        try:
            places = item.table.get("places", 0)
            item.table |= limits(expression, places if isinstance(places, int) else 0)
        except UntoldError as untold:
            cells.place.unsupported(column, f"V omejitvah še ne znamo {untold}.")
        if cells.words("constraint_message", self._languages.base) or cells.words("constraint_message"):
            cells.place.warn(
                cells.written("constraint_message"), "Sporočilo ob omejitvi ni prevzeto; bot pove meje po svoje."
            )


def _expression(cells: FormCells, key: str, scope: NameScope) -> Expression | None:
    """What stands in a cell of an expression; None where nothing does, or with problems where it is wrong."""
    written = cells.words(key)
    if not written:
        return None
    straight = written.translate(_SMART)
    if any(sign in straight for sign in CURLY):
        straight = written  # each of them is complained of
    if straight != written:
        cells.place.warn(cells.written(key), "Zavite narekovaje smo brali kot ravne; popravite jih.")
    try:
        return read_expression(straight, scope)
    except ExpressionError as error:
        cells.place.expression(cells.written(key), error)
        return None
