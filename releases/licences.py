"""Under which licences what we ship with may stand, and the page that says so."""

from __future__ import annotations

from pathlib import Path

from releases.requirements import Package, packages
from releases.source import ROOT

PAGE = ROOT / "docs" / "licences.md"
ALLOWED = frozenset(
    {
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "CC0-1.0",
        "LGPL-3.0-only",  # libraries that we call and do not change
        "MIT",
        "MIT-0",
        "MPL-2.0",  # files that we do not change
        "OFL-1.1",  # typefaces
        "PSF-2.0",
        "Zlib",
    }
)
_HEAD = """# Licences of what the program runs with

The program itself is under the MIT licence. This table is written by `python3 dev.py licences` from what the installed
packages say of themselves, for Linux; a test holds it against them, and lets nothing in under a licence that is not
among those of `releases/licences.py`.

LGPL-3.0-only: these libraries are installed beside the program, unchanged, and anybody can put another version in
their place. MPL-2.0: the list of certificate authorities, unchanged. Some packages bring compiled libraries that their
metadata does not name: numpy and scipy bring OpenBLAS (BSD-3-Clause) and GCC's runtime (GPL-3.0-or-later with the
exception for runtimes), psycopg-binary libpq (PostgreSQL) and OpenSSL (Apache-2.0).

| package | licence |
|---|---|
"""


def refused(package: Package) -> str | None:
    """Why a package may not be shipped with, None where it may."""
    if package.licence is None:
        return f"{package.name} {package.version}: its licence is not known"
    if any(all(part in ALLOWED for part in side.split(" AND ")) for side in package.licence.split(" OR ")):
        return None
    return f"{package.name} {package.version}: {package.licence} is not among the licences that are allowed"


def page() -> str:
    """The page of licences, by what is installed."""
    return _HEAD + "".join(f"| {one.name} | {one.licence} |\n" for one in packages())


def write_page(target: Path = PAGE) -> None:
    """Write the page anew."""
    target.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write_page()
