"""What the study description says to data archives. Knows no data."""

from __future__ import annotations

from collections.abc import Sequence

from surveys.locale_sl import quoted

NATION = "Slovenija"
UNIT = "oseba v skupini programa"
KIND = "anketni podatki"
SAMPLING = "Brez vzorčenja: povabljeni so vsi vpisani v skupine programa."
SITUATION = (
    "Samoocene. Ljudje odgovarjajo na telefonu, s pomočjo knjižnice, na papirju ali pa zanje odgovori odrasla oseba; "
    "način je zapisan pri vsakem vprašalniku."
)


def title(programme: str) -> str:
    """The title of the study."""
    return f"Knjižnice povezujejo: {programme}"


def abstract(programme: str, library: str) -> str:
    """What the study is about."""
    return (
        f"Iste osebe odgovarjajo na kratke vprašalnike pred programom {quoted(programme)} ({library}), ob koncu in "
        "nekaj mesecev pozneje. Podatki kažejo spremembo med merjenji, ne pa njenega vzroka."
    )


def universe(programme: str, library: str) -> str:
    """Whom the data are about."""
    return f"Osebe, vpisane v skupine programa {quoted(programme)}, {library}."


def method(waves: Sequence[str]) -> str:
    """When people are asked."""
    return f"Ponovljena merjenja istih oseb: {', '.join(waves)}."
