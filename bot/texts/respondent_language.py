"""What staff read about the language in which a person is asked."""

from __future__ import annotations

LANGUAGE = "Jezik vprašanj"


def choose(code: str) -> str:
    """Before a language is chosen for somebody."""
    return (
        f"<b>Jezik vprašanj za {code}</b>\n\nV tem jeziku oseba dobi vprašanja na telefon in na papir, v njem jih tudi "
        "berete na glas. Oseba si lahko jezik izbere tudi sama, z ukazom /jezik."
    )


def spoken_to(language: str) -> str:
    """A language was chosen."""
    return f"Jezik vprašanj: {language}"
