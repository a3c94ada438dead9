"""Words for lengths of time, in the languages of questionnaires: what is counted, and for how long. Pure."""

from __future__ import annotations

import re
from enum import StrEnum

from surveys.signs import fold


class TimeUnit(StrEnum):
    """A length of time that people count, or count by."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile("|".join(fold(word) if word.isalpha() else word for word in pattern.split()))


# A word may name two units in two languages: »година« is an hour in Ukrainian and a year elsewhere.
_COUNTED = {
    TimeUnit.SECOND: _words(r"sek sec sekund\w* seconds? секунд\w*"),
    TimeUnit.MINUTE: _words(r"min minut\w* minutes? perc\w* хвилин\w* минут\w*"),
    TimeUnit.HOUR: _words(
        r"h ur ura uri uro ure urah urami hours? hrs? stunden? orat sat sata sati ore oret час часа"
        r" часови сат сата сати годин\w*"
    ),
    TimeUnit.DAY: _words(
        r"d dan dni dneva dneve dnevi dnevih dnevov dneh dnem dnevom days? tag\w* giorn[oi] napo?t? dana"
        r" dane danima dite ditet"
        r" ден дена дни денови дан дана дани день дня дні днів днях"
    ),
    TimeUnit.WEEK: _words(
        r"teden tedna tednu tedne tedni tednov tednih tednom weeks? wochen? settiman[ae] tjed\w*"
        r" tjedn\w* sedmic\w* nedjelj\w* nedelj\w*"
        r" jave javet недел\w* недељ\w* седмиц\w* тижд\w* тижн\w*"
    ),
    TimeUnit.MONTH: _words(r"mesec\w* mjesec\w* mes[ei] monat\w* honap\w* months? muaj\w* месец\w* місяц\w*"),
    TimeUnit.YEAR: _words(
        r"let leta leto letu leti letih ann[oi] jahre?n? ev eve years? yrs? godin\w* vit viti vite vjet"
        r" годин\w* рік року роки років"
    ),
}
_BY = {  # adverbs that say for how long
    TimeUnit.HOUR: _words("hourly urno"),
    TimeUnit.DAY: _words("daily taglich quotidianamente naponta dnevno vsakodnevno svakodnevno дневно щодня"),
    TimeUnit.WEEK: _words(
        "weekly wochentlich settimanalmente hetente tedensko tjedno sedmicno nedeljno седмично неделно щотижня"
    ),
    TimeUnit.MONTH: _words("monthly monatlich mensilmente havonta mesecno mjesecno месечно щомісяця"),
    TimeUnit.YEAR: _words("yearly annually letno godisnje годишње годишно щороку"),
}


def units(word: str) -> frozenset[TimeUnit]:
    """The units of time that a folded word may name; none for other words and for adverbs."""
    if by(word):
        return frozenset()
    return frozenset(unit for unit, words in _COUNTED.items() if words.fullmatch(word))


def by(word: str) -> frozenset[TimeUnit]:
    """The units that a folded adverb counts by: »tedensko«, »weekly«."""
    return frozenset(unit for unit, words in _BY.items() if words.fullmatch(word))
