"""A release, built once. What cannot be had of the system is skipped by name, and fails with CI=true."""

import os
import shutil
import subprocess
import zipfile

import pytest

from releases.build import build


def missing(reason):
    """Skip by name, but where every test has to run."""
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(reason)
    pytest.skip(reason)


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


def program(name, what):
    """The path of a program of the system."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    return found or missing(f"{name} is not installed, so that {what} was not tried")
