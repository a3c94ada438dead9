"""The holidays of one country, read from its own file of the library.

Asked by its name, the library loads all of its 250 countries: 8 MB that stay, and a twentieth of a start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

OURS = "SI"  # what the settings have where nothing is said: its library is loaded when a day is asked about


def is_known(code: str) -> bool:
    """Whether the library knows a country by this code, like SI and SVN."""
    return code == OURS or code in _registry().EntityLoader.get_country_codes()


@cache
def calendar_of(code: str, language: str | None = None) -> Mapping[date, str]:
    """The holidays of the country with a known code, by day, of whatever year is asked; named in the language."""
    return _country(code)(language=language)


@cache
def _country(code: str) -> Callable[..., Mapping[date, str]]:
    name, country = next((name, names[0]) for name, names in _registry().COUNTRIES.items() if code in names)
    file = Path(_registry().__file__).parent / "countries" / f"{name}.py"
    spec = spec_from_file_location(f"{__name__}.{name}", file)
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[..., Mapping[date, str]] = getattr(module, country)
    return found


def _registry() -> Any:
    """What the library has, loaded when a day is asked about: a tenth of the start of a command."""
    return import_module("holidays.registry")
