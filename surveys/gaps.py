"""What the catalogues of translations lack, and what they translate in vain.

Warnings only: Slovenian stands in for what is missing.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence

from surveys.catalogues import Catalogue, Lexicon, find
from surveys.findings import Finding
from surveys.languages import NAMES, Phrase
from surveys.load import Loaded
from surveys.model import Programme
from surveys.translating import phrases_of


def gaps(loaded: Loaded) -> Iterator[Finding]:
    """One warning for each text that a language lacks, and for each translation of what nothing says."""
    for (slug, _), lexicon in loaded.lexicons.items():
        programme = loaded.programmes[slug]
        yield from _missing(programme, lexicon)
        yield from _unused(lexicon[0], list(phrases_of(programme)))
    if loaded.problems:  # what a broken programme says is unknown
        return
    said = [phrase for programme in loaded.programmes.values() for phrase in phrases_of(programme)]
    for catalogue in loaded.shared:
        yield from _unused(catalogue, [*said, *loaded.shared_phrases])


def _missing(programme: Programme, lexicon: Lexicon) -> Iterator[Finding]:
    own = lexicon[0]
    lacking = dict.fromkeys(phrase.words for phrase in phrases_of(programme) if find(lexicon, phrase) is None)
    for words in lacking:
        yield (own.place / "texts").warning(
            f'"{words}" is not translated ({NAMES[own.language]}); add the line "{words}" = "…" under [texts]'
        )


def _unused(catalogue: Catalogue, said: Sequence[Phrase]) -> Iterator[Finding]:
    known = {phrase.words for phrase in said}
    yield from _strange(catalogue, known)
    for id_, table in catalogue.items.items():
        of_item = {phrase.words for phrase in said if phrase.item == id_}
        for words, entry in table.items():
            if words not in of_item:
                yield entry.place.warning(f'no item "{id_}" says "{words}"; {_advice(words, of_item)}')


def _strange(catalogue: Catalogue, known: Collection[str]) -> Iterator[Finding]:
    for words, entry in catalogue.texts.items():
        if words not in known:
            yield entry.place.warning(f'nothing says "{words}"; {_advice(words, known)}')


def _advice(words: str, known: Collection[str]) -> str:
    close = difflib.get_close_matches(words, sorted(known), n=1, cutoff=0.8)
    return f'did it become "{close[0]}"?' if close else "remove the line"
