"""A release, built once."""

import subprocess
import zipfile

import pytest

from releases.build import build
from tests.plugins.system_programs import missing


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder of a release."""
    folder = tmp_path_factory.mktemp("release") / "dist"
    try:
        build(folder)
    except (subprocess.CalledProcessError, OSError) as problem:
        missing(f"a release cannot be built here (its tools come from the index of packages): {problem}")
    return folder


@pytest.fixture(scope="session")
def wheel(built):
    """The wheel in it."""
    (found,) = built.glob("*.whl")
    return found


def files_of(wheel):
    """The files that a wheel puts beside the packages of others."""
    with zipfile.ZipFile(wheel) as packed:
        return sorted(name for name in packed.namelist() if ".dist-info/" not in name)
