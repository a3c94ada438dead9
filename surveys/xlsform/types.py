"""The types of questions: what a `type` cell says, and one function for each that makes an item of a row."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from surveys.model import Kind
from surveys.quantities import WIDEST
from surveys.xlsform.choices import FormOptions
from surveys.xlsform.headings import FormCells

ItemTable = dict[str, object]

_SELECT = re.compile(
    r"(?i)(select[_ ]one|select1|select one from|add select one prompt using|"
    r"select[_ ]multiple|select all that apply|select all that apply from|add select multiple prompt using)"
    r"\s+(\S+)(\s+(?:or_other|or specify other|or other))?"
)
_BORDER = re.compile(r"(?i)(begin|end)[_ ]+(group|repeat|loop|lgroup|looped group)")
_ALIASES: Mapping[str, str] = {
    "string": "text",
    "q string": "text",
    "add text prompt": "text",
    "int": "integer",
    "q int": "integer",
    "add integer prompt": "integer",
    "q decimal": "decimal",
    "add decimal prompt": "decimal",
    "q date": "date",
    "add date prompt": "date",
    "q note": "note",
    "add note prompt": "note",
    "trigger": "acknowledge",
    "q acknowledge": "acknowledge",
    "add acknowledge prompt": "acknowledge",
    "q calculate": "calculate",
    "add calculate prompt": "calculate",
    "gps": "geopoint",
    "location": "geopoint",
    "photo": "image",
    "imei": "deviceid",
    "device id": "deviceid",
    "start time": "start",
    "end time": "end",
}
LEFT_OUT = frozenset(
    {
        "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "phone number", "username",
        "email", "audit", "start-geopoint", "background-geopoint", "background-audio",
    }
)  # fmt: skip
_VALUES = frozenset({"calculate", "hidden"})
_NOT_TAKEN = frozenset(
    {
        "geopoint", "geotrace", "geoshape", "image", "audio", "video", "file", "barcode", "rank", "time", "datetime",
        "osm", "xml-external", "csv-external", "select_one_external", "select_one_from_file",
        "select_multiple_from_file", "percentage",
    }
)  # fmt: skip
_PLACES = 2  # decimals that are asked where a form does not say how many
_MOST_PLACES = 6
_MOST_OPTIONS = 30
_SCALE = 3  # options at least


@dataclass(frozen=True, slots=True)
class QuestionType:
    """What a `type` cell says: a word for the kind, the list of choices, and whether »other« has a text of its own."""

    word: str
    choices: str = ""
    or_other: bool = False


def read_type(written: str) -> QuestionType:
    """The kind of a row: a word of XLSForm, »begin group« and the like in small letters with one space."""
    plain = " ".join(written.split())
    found = _SELECT.fullmatch(plain)
    if found:
        several = "multiple" in found[1].lower() or "all" in found[1].lower()
        return QuestionType("select_multiple" if several else "select_one", found[2], bool(found[3]))
    border = _BORDER.fullmatch(plain)
    if border:
        word = border[2].lower()
        return QuestionType(f"{border[1].lower()} {'group' if word == 'group' else 'repeat'}")
    lowered = plain.lower()
    first = lowered.partition(" ")[0]
    if first in _NOT_TAKEN:
        return QuestionType(first)
    return QuestionType(_ALIASES.get(lowered, lowered))


@dataclass(frozen=True, slots=True)
class TypedQuestion:
    """A row of a question with what it refers to; `text` and `hint` are in the base language."""

    cells: FormCells
    type: QuestionType
    options: FormOptions | None
    text: str

    def warn(self, column: str, sentence: str) -> None:
        """It is taken, with a word."""
        self.cells.place.warn(self.cells.written(column), sentence)


def refused(kind: QuestionType) -> str:
    """Why rows of this kind are not taken; empty where they are, or nobody knows them."""
    if kind.word in _VALUES:
        return f"Vrst »{kind.word}« (izračunane in stalne vrednosti) še ne znamo; vrstico izbrišite."
    if kind.word in _NOT_TAKEN:
        return f"Vrste »{kind.word}« bot ne more vprašati; vrstico izbrišite ali uporabite --leave-out."
    return ""


def unknown(written: str) -> str:
    """What to say of a type that nobody knows."""
    known = [*TYPES, *_NOT_TAKEN, *LEFT_OUT, *_VALUES, "begin_group", "end_group"]
    first = written.strip().partition(" ")[0].lower()
    close = difflib.get_close_matches(first, known, n=1)
    advice = f" Ste mislili »{close[0]}«?" if close else ""
    if first in {"select_one", "select_multiple"}:
        advice = f" Za {first} napišite ime seznama z lista choices."
    return f"Vrste »{written.strip()}« ne poznamo.{advice}"


def _select_one(question: TypedQuestion) -> ItemTable:
    options = _options(question)
    if options is None:
        return {"kind": Kind.CHOICE.value, "choices": []}
    return {"kind": _scale_or_choice(question, options).value, "choices": options.tables(), **_offered(options)}


def _scale_or_choice(question: TypedQuestion, options: FormOptions) -> Kind:
    """One rule: what zss:kind says; else a scale where appearance is likert, or three or more names count upwards."""
    own = question.cells.words("zss:kind").lower()
    if own in {Kind.SCALE, Kind.CHOICE, Kind.FACES}:
        return Kind(own)
    if own:
        question.cells.place.invalid("zss:kind", f"»{own}« ni scale, choice ali faces.")
    codes = [option.code for option in options.asked if option.code is not None]
    counting = options.numbered and len(codes) >= _SCALE and codes == list(range(codes[0], codes[0] + len(codes)))
    if "likert" in question.cells.words("appearance").lower().split():
        question.warn("appearance", f"»{question.text}« je lestvica, ker je videz likert.")
        return Kind.SCALE
    if counting:
        question.warn(
            "type", f"»{question.text}« je lestvica, ker imena odgovorov štejejo od {codes[0]} do {codes[-1]}."
        )
        return Kind.SCALE
    return Kind.CHOICE


def _select_multiple(question: TypedQuestion) -> ItemTable:
    options = _options(question)
    if options is None:
        return {"kind": Kind.MULTIPLE.value, "choices": []}
    return {"kind": Kind.MULTIPLE.value, "choices": options.tables(), **_offered(options)}


def _options(question: TypedQuestion) -> FormOptions | None:
    """The options of a question, if it can have them."""
    options, place, column = question.options, question.cells.place, question.cells.written("type")
    if options is None:
        return None
    if question.type.or_other:
        place.unsupported(
            column, "or_other še ne znamo; dodajte odgovor »drugo« na seznam in pod vprašanje vrstico text."
        )
    count = len(options.asked)
    if count > _MOST_OPTIONS:
        place.unsupported(
            column, f"Na seznamu »{options.name}« je {count} odgovorov; obdržite jih največ {_MOST_OPTIONS}."
        )
    elif count < 2:  # noqa: PLR2004 - one option is no choice
        place.unsupported(column, f"Seznam »{options.name}« potrebuje vsaj 2 odgovora poleg »Ne vem« in podobnih.")
    return options


def _offered(options: FormOptions) -> ItemTable:
    return dict.fromkeys(options.offered, True)


def _text(_: TypedQuestion) -> ItemTable:
    return {"kind": Kind.TEXT.value}


def _integer(_: TypedQuestion) -> ItemTable:
    return {"kind": Kind.NUMBER.value}


def _decimal(question: TypedQuestion) -> ItemTable:
    question.warn("type", f"»{question.text}« sprejme števila z največ {_PLACES} decimalkama.")
    return {"kind": Kind.NUMBER.value, "places": _PLACES}


def _date(question: TypedQuestion) -> ItemTable:
    appearance = question.cells.words("appearance").lower().split()
    accuracy = "year" if "year" in appearance else "month" if "month-year" in appearance else ""
    return {"kind": Kind.DATE.value, "accuracy": accuracy} if accuracy else {"kind": Kind.DATE.value}


def _note(_: TypedQuestion) -> ItemTable:
    return {"kind": Kind.NOTE.value}


def _acknowledge(question: TypedQuestion) -> ItemTable:
    question.warn("type", f"»{question.text}« je obvestilo z gumbom Naprej.")
    return {"kind": Kind.NOTE.value}


def _range(question: TypedQuestion) -> ItemTable:
    """A number from `start` to `end`; without them 1 to 10, as ODK has it."""
    said = dict(
        part.split("=", 1)
        for part in re.sub(r"\s*=\s*", "=", question.cells.words("parameters").lower()).replace(",", " ").split()
        if "=" in part
    )
    found: dict[str, Decimal] = {}
    for key, usual in (("start", "1"), ("end", "10"), ("step", "1")):
        try:
            found[key] = Decimal(said.get(key, usual))
        except InvalidOperation:
            column = question.cells.written("parameters")
            question.cells.place.invalid(column, f"»{key}={said[key]}« ni število.")
            found[key] = Decimal(usual)
    low, high = found["start"], found["end"]
    if not all(one.is_finite() and abs(one) <= WIDEST for one in found.values()) or low >= high:
        sentence = f"start mora biti manjši od end, oba pa v mejah ±{WIDEST}."
        question.cells.place.invalid(question.cells.written("parameters"), sentence)
        return {"kind": Kind.NUMBER.value}
    places = max(0, *(-int(one.normalize().as_tuple().exponent) for one in found.values()))
    if places > _MOST_PLACES:
        sentence = f"Števila smejo imeti največ {_MOST_PLACES} decimalk."
        question.cells.place.unsupported(question.cells.written("parameters"), sentence)
    if found["step"] != Decimal(1).scaleb(-places):
        question.warn("parameters", f"Koraka {found['step']} ne preverjamo; sprejeto je vsako število med mejama.")
    table: ItemTable = {"kind": Kind.NUMBER.value, "minimum": _plain(low), "maximum": _plain(high)}
    return table | ({"places": places} if places else {})


def _plain(number: Decimal) -> float:
    return int(number) if number == number.to_integral_value() else float(number)


TYPES: Mapping[str, Callable[[TypedQuestion], ItemTable]] = {
    "select_one": _select_one,
    "select_multiple": _select_multiple,
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "note": _note,
    "acknowledge": _acknowledge,
    "range": _range,
}
