"""What tests use of the system: skipped by name where it cannot be had, and a failure with CI=true."""

import os
import shutil

import pytest


def missing(reason):
    """Skip by name, but where every test has to run."""
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(reason)
    pytest.skip(reason)


def program(name, what):
    """The path of a program of the system."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    return found or missing(f"{name} is not installed, so that {what} was not tried")
