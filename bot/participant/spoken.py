"""A run in the language of whoever is asked: the same items, codes and rules in other words."""

from __future__ import annotations

from dataclasses import replace

from storage.runs import Run
from surveys.languages import SLOVENIAN, Localised, localised

_KEPT = 512
_localised: dict[tuple[str, str], Localised] = {}  # by version and language, so never out of date


def spoken(run: Run) -> Run:
    """The run with its questionnaire in the person's language."""
    return run if run.language == SLOVENIAN else replace(run, questionnaire=_found(run).questionnaire)


def untranslated(run: Run, item_id: str) -> bool:
    """Whether an item of a spoken run stays in Slovenian, because nobody has translated it."""
    return run.language != SLOVENIAN and item_id in _localised[run.version, run.language].missing


def _found(run: Run) -> Localised:
    key = run.version, run.language
    if key not in _localised:
        if len(_localised) >= _KEPT:
            _localised.clear()
        _localised[key] = localised(run.questionnaire, run.language)
    return _localised[key]
