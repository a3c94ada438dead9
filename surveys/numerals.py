"""Numbers in words: in Slovenian and in every other language that questionnaires may be translated into. Pure.

A language is a `_Language` of lists; the words of all are read together, because people mix them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from surveys.signs import fold

MOST_WORDS = 3  # that say one number together: »dvadeset i jedan«


class _Language(NamedTuple):
    """Words separated by spaces, in the order of their numbers; other forms are named one by one."""

    units: str  # 1–9
    teens: str  # 10–19
    tens: str  # 20–90
    hundred: str
    zero: str  # every word for none
    others: Mapping[str, int]
    joined: tuple[str, ...] = ("",)  # what may stand between tens and units: "" in two words, »+« in one


_SLOVENIAN = _Language(
    "ena dva tri štiri pet šest sedem osem devet",
    "deset enajst dvanajst trinajst štirinajst petnajst šestnajst sedemnajst osemnajst devetnajst",
    "dvajset trideset štirideset petdeset šestdeset sedemdeset osemdeset devetdeset",
    "sto",
    "nič nula noben nobena nobene nobenega nobeden nobeno nikoli",
    {
        **dict.fromkeys(("en", "eden", "eno", "ene", "enega", "enemu", "eni"), 1),
        **dict.fromkeys(("dve", "dveh", "dvema"), 2),
        **dict.fromkeys(("trije", "treh", "trem"), 3),
        **dict.fromkeys(("štirje", "štirih", "štirim"), 4),
        **dict.fromkeys(("petih", "petim"), 5),
        **dict.fromkeys(("šestih", "šestim"), 6),
        **dict.fromkeys(("sedmih", "sedmim"), 7),
        **dict.fromkeys(("osmih", "osmim"), 8),
        **dict.fromkeys(("devetih", "devetim"), 9),
        **dict.fromkeys(("desetih", "desetim"), 10),
    },
)
_ENGLISH = _Language(
    "one two three four five six seven eight nine",
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "twenty thirty forty fifty sixty seventy eighty ninety",
    "hundred",
    "zero none never nothing nil",
    {},
    ("", "and"),
)
_SOUTH_SLAVIC = _Language(  # Bosnian, Croatian and Serbian
    "jedan dva tri četiri pet šest sedam osam devet",
    "deset jedanaest dvanaest trinaest četrnaest petnaest šesnaest sedamnaest osamnaest devetnaest",
    "dvadeset trideset četrdeset pedeset šezdeset sedamdeset osamdeset devedeset",
    "sto",
    "nula nijedan nijednom ništa nikad nikada",
    {
        **dict.fromkeys(("jedna", "jedno", "jednog", "jednu", "jednom"), 1),
        **dict.fromkeys(("dvije", "dve"), 2),
    },
    ("", "i"),
)
_MACEDONIAN = _Language(
    "еден два три четири пет шест седум осум девет",
    "десет единаесет дванаесет тринаесет четиринаесет петнаесет шеснаесет седумнаесет осумнаесет деветнаесет",
    "дваесет триесет четириесет педесет шеесет седумдесет осумдесет деведесет",
    "сто",
    "нула ниеден ниедна ништо никогаш",
    {**dict.fromkeys(("една", "едно"), 1), "две": 2},
    ("", "и"),
)
_ALBANIAN = _Language(
    "një dy tre katër pesë gjashtë shtatë tetë nëntë",
    "dhjetë njëmbëdhjetë dymbëdhjetë trembëdhjetë katërmbëdhjetë pesëmbëdhjetë gjashtëmbëdhjetë shtatëmbëdhjetë "
    "tetëmbëdhjetë nëntëmbëdhjetë",
    "njëzet tridhjetë dyzet pesëdhjetë gjashtëdhjetë shtatëdhjetë tetëdhjetë nëntëdhjetë",
    "njëqind",
    "zero asnjë asgjë kurrë",
    {"tri": 3},
    ("", "e"),
)
_UKRAINIAN = _Language(
    "один два три чотири п'ять шість сім вісім дев'ять",
    "десять одинадцять дванадцять тринадцять чотирнадцять п'ятнадцять шістнадцять сімнадцять вісімнадцять "
    "дев'ятнадцять",
    "двадцять тридцять сорок п'ятдесят шістдесят сімдесят вісімдесят дев'яносто",
    "сто",
    "нуль жоден жодного ніколи нічого",
    {
        **dict.fromkeys(("одна", "одне", "одного"), 1),
        "дві": 2,
    },
)
_ONE_WORD = "+"
_ITALIAN = _Language(  # without »nove«, which says »new« in Slovenian
    "uno due tre quattro cinque sei sette otto",
    "dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
    "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "cento",
    "zero nessuno nessuna niente mai",
    {"una": 1},
    (_ONE_WORD,),
)
_HUNGARIAN = _Language(
    "egy kettő három négy öt hat hét nyolc kilenc",
    "tíz tizenegy tizenkettő tizenhárom tizennégy tizenöt tizenhat tizenhét tizennyolc tizenkilenc",
    "húsz harminc negyven ötven hatvan hetven nyolcvan kilencven",
    "száz",
    "nulla semmi senki soha",
    {
        "két": 2,
        **dict(zip(["huszonegy", "huszonkettő", "huszonhárom", "huszonnégy", "huszonöt"], range(21, 26), strict=True)),
        **dict(zip(["huszonhat", "huszonhét", "huszonnyolc", "huszonkilenc"], range(26, 30), strict=True)),
    },
    (_ONE_WORD,),
)
_GERMAN = _Language(
    "eins zwei drei vier fünf sechs sieben acht neun",
    "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "hundert",
    "null kein keine keiner keines nichts nie niemals",
    dict.fromkeys(("ein", "eine", "einen", "einem", "einer"), 1),
    (),
)
_LANGUAGES = (
    *(_SLOVENIAN, _ENGLISH, _SOUTH_SLAVIC, _MACEDONIAN, _ALBANIAN, _UKRAINIAN),
    *(_ITALIAN, _HUNGARIAN, _GERMAN),
)
_TIMES = {  # words that say a number of times
    **dict.fromkeys(("once", "jedanput", "еднаш", "njëherë"), 1),
    **dict.fromkeys(("twice", "dvaput", "двапати", "dyherë", "двічі"), 2),
    **dict.fromkeys(("thrice", "triput", "трипати", "тричі"), 3),
}
_SUFFIX = "krat"  # of the Slovenian ones
_CYRILLIC = dict(
    zip(
        ("lj", "nj", "dž", *"abvgdđežzijklmnoprstćufhcčš"),
        ("љ", "њ", "џ", *"абвгдђежзијклмнопрстћуфхцчш"),
        strict=True,
    )
)
_FRACTIONS = (
    "pol polovica polovico polovice četrt četrtina tretjina poldrugi poldrug half quarter third pola polovina polovinu"
    " половина половину пола пів півтора gjysmë gjysma četvrt četvrtina trećina"
)


def number_of(words: Sequence[str]) -> int | None:
    """The number that these words say together; None where they say none or more than one."""
    return _WORDS.get(_key(" ".join(words)))


def times_of(word: str) -> int | None:
    """How many times a word says: »dvakrat«, »twice«; None for other words."""
    said = _key(word)
    stem = said.removesuffix(_SUFFIX).strip()
    return _OFTEN.get(said) if stem == said else _WORDS.get(stem)


def is_fraction(word: str) -> bool:
    """Whether a folded word means a part of one: »pol«, »half«."""
    return word in _PARTS


def _key(words: str) -> str:
    return fold(words).replace("'", "").replace("-", " ")


def _in_cyrillic(word: str) -> str:
    for latin, cyrillic in _CYRILLIC.items():
        word = word.replace(latin, cyrillic)
    return word


def _said(language: _Language) -> Iterator[tuple[str, int]]:
    units, tens = language.units.split(), language.tens.split()
    yield from ((unit, one) for one, unit in enumerate(units, 1))
    yield from zip(language.teens.split(), range(10, 20), strict=True)
    yield from zip(tens, range(20, 100, 10), strict=True)
    yield language.hundred, 100
    yield from ((word, 0) for word in language.zero.split())
    yield from language.others.items()
    for ten, size in zip(tens, range(20, 100, 10), strict=True):
        for one, unit in enumerate(units, 1):
            yield from ((_joined(ten, between, unit), size + one) for between in language.joined)


def _joined(ten: str, between: str, unit: str) -> str:
    if between != _ONE_WORD:
        return " ".join(filter(None, (ten, between, unit)))
    shorter = ten[-1] in "ai" and unit[0] in "uo"  # »ventuno«, »trentotto«
    return f"{ten[:-1] if shorter else ten}{unit}"


def _all() -> Iterator[tuple[str, int]]:
    for language in _LANGUAGES:
        for word, number in _said(language):
            yield word, number
            if language is _SOUTH_SLAVIC:
                yield _in_cyrillic(word), number
    for language, between in ((_SLOVENIAN, "in"), (_GERMAN, "und")):
        for place, ten in enumerate(language.tens.split(), start=2):
            for one, unit in enumerate(language.units.split(), start=1):
                yield f"{'ein' if unit == 'eins' else unit}{between}{ten}", 10 * place + one


_WORDS: Mapping[str, int] = {_key(word): number for word, number in _all()}
_OFTEN: Mapping[str, int] = {_key(word): number for word, number in _TIMES.items()}
_PARTS = frozenset(_key(word) for word in _FRACTIONS.split())
