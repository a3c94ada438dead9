"""A response in the language of whoever is asked: the same items, codes and rules in other words."""

from __future__ import annotations

from dataclasses import replace

from storage.answers.responses import Response
from surveys.languages import SLOVENIAN, Localised, localised

_KEPT = 512
_localised: dict[tuple[str, str], Localised] = {}  # by version and language, so never out of date


def spoken(response: Response) -> Response:
    """The response with its questionnaire in the person's language."""
    return (
        response if response.language == SLOVENIAN else replace(response, questionnaire=_found(response).questionnaire)
    )


def untranslated(response: Response, item_id: str) -> bool:
    """Whether an item of a spoken run stays in Slovenian, because nobody has translated it."""
    return response.language != SLOVENIAN and item_id in _localised[response.version, response.language].missing


def _found(response: Response) -> Localised:
    key = response.version, response.language
    if key not in _localised:
        if len(_localised) >= _KEPT:
            _localised.clear()
        _localised[key] = localised(response.questionnaire, response.language)
    return _localised[key]
