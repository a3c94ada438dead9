"""What the program needs to run, from requirements/run.txt, and what the installed packages say of themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from releases.source import ROOT

_PINNED = re.compile(r"^(?=\w)(.+?) \\$", re.MULTILINE)
_WORDS = {  # as older metadata says it: by SPDX
    "Apache 2.0": "Apache-2.0",
    "Apache-2.0": "Apache-2.0",
    "BSD-3-Clause": "BSD-3-Clause",
    "MIT": "MIT",
    "MPL-2.0": "MPL-2.0",
    "PSF-2.0": "PSF-2.0",
    "SIL OFL 1.1": "OFL-1.1",
}
READ_BY_US = {  # metadata does not say it exactly; read in the licence that comes with the package
    "jinja2": "BSD-3-Clause",
    "pyrage": "MIT",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "scipy": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "tree-sitter": "MIT",
    "xlrd": "BSD-3-Clause",
}


@dataclass(frozen=True)
class Package:
    """One package that runs with us; `needs` are names of other such packages."""

    name: str
    version: str
    licence: str | None  # as an expression of SPDX; None: neither the package nor we know it
    needs: tuple[str, ...]


def packages() -> list[Package]:
    """Every package that this Python and system need, by name; raises PackageNotFoundError for a missing one."""
    pinned = [Requirement(line) for line in _PINNED.findall((ROOT / "requirements" / "run.txt").read_text("utf-8"))]
    names = [canonicalize_name(one.name) for one in pinned if one.marker is None or one.marker.evaluate()]
    return [_package(name, frozenset(names)) for name in sorted(names)]


def _package(name: str, known: frozenset[str]) -> Package:
    found = distribution(name)
    needs = {canonicalize_name(Requirement(one).name) for one in found.requires or ()}
    return Package(name, found.version, licence_of(name, found), tuple(sorted(needs & known)))


def said_licence(found: Distribution) -> str | None:
    """The licence as the metadata of a package says it, where that is exact."""
    return _text(found, "license_expression") or _WORDS.get(_text(found, "license"))


def licence_of(name: str, found: Distribution) -> str | None:
    """The licence of a package."""
    return said_licence(found) or READ_BY_US.get(name)


def _text(found: Distribution, field: str) -> str:
    return str(found.metadata.json.get(field, ""))
