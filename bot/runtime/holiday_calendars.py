"""The holidays of one country, read from its own file of the library.

Asked by its name, the library loads all of its 250 countries: 8 MB that stay, and a twentieth of a start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import holidays
from holidays.registry import COUNTRIES, EntityLoader

_FOLDER = Path(holidays.__file__).parent / "countries"
CODES = frozenset(EntityLoader.get_country_codes())  # that the library knows a country by: SI and SVN


def calendar_of(code: str, language: str | None = None) -> Mapping[date, str]:
    """The holidays of the country with one of `CODES`, by day, of whatever year is asked; named in the language."""
    return _country(code)(language=language)


@cache
def _country(code: str) -> Callable[..., Mapping[date, str]]:
    name, country = next((name, names[0]) for name, names in COUNTRIES.items() if code in names)
    spec = spec_from_file_location(f"{__name__}.{name}", _FOLDER / f"{name}.py")
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[..., Mapping[date, str]] = getattr(module, country)
    return found
