"""What a release consists of: licences that are allowed, a list of parts, no advisory that is known."""

import json
import subprocess
import sys
from importlib.metadata import distribution

import pytest

from releases import licences
from releases.requirements import READ_BY_US, Package, packages, said_licence
from releases.sbom import write_sbom
from releases.source import ROOT

WORDS = {  # what stands in a licence: by SPDX
    "Apache-2.0": "Apache",
    "BSD-3-Clause": "Redistribution and use in source and binary forms",
    "MIT": "Permission is hereby granted, free of charge",
}


def test_every_package_has_a_licence_that_is_allowed():
    assert [problem for problem in map(licences.refused, packages()) if problem] == []


@pytest.mark.parametrize(
    ("licence", "problem"),
    [
        (None, "one 2: its licence is not known"),
        ("AGPL-3.0-only", "one 2: AGPL-3.0-only is not among the licences that are allowed"),
        ("MIT AND GPL-3.0-only", "one 2: MIT AND GPL-3.0-only is not among the licences that are allowed"),
        ("GPL-3.0-only OR MIT AND Zlib", None),
    ],
)
def test_another_licence_is_refused(licence, problem):
    assert licences.refused(Package("one", "2", licence, ())) == problem


def test_the_page_of_licences_is_as_it_is_written_anew(tmp_path):
    licences.write_page(tmp_path / "licences.md")
    assert (tmp_path / "licences.md").read_text("utf-8") == licences.PAGE.read_text("utf-8")


@pytest.mark.parametrize(("name", "licence"), READ_BY_US.items())
def test_what_we_have_read_stands_in_the_licence_of_the_package_and_nowhere_else(name, licence):
    found = distribution(name)
    assert said_licence(found) is None
    texts = [one.read_text() for one in found.files or () if "licen" in one.name.lower() and "dist-info" in str(one)]
    texts.append(found.metadata.json.get("license", ""))
    assert [one for one in licence.split(" OR ") if not any(WORDS[one] in text for text in texts)] == []


def test_the_list_of_parts_names_each_package_once_with_what_it_needs(tmp_path):
    write_sbom(tmp_path / "parts.json")
    told = json.loads((tmp_path / "parts.json").read_text("utf-8"))
    assert (told["bomFormat"], told["specVersion"], told["metadata"]["component"]["name"]) == (
        "CycloneDX",
        "1.6",
        "povezujejo",
    )
    known = packages()
    assert [(one["name"], one["version"]) for one in told["components"]] == [(one.name, one.version) for one in known]
    assert {one["purl"] for one in told["components"]} == {f"pkg:pypi/{one.name}@{one.version}" for one in known}
    assert all(one["licenses"] for one in told["components"])
    needs = {one["ref"]: set(one.get("dependsOn", [])) for one in told["dependencies"]}
    assert needs["povezujejo"] == {one.name for one in known}
    assert {"anyio", "certifi", "httpcore", "idna"} == needs["httpx"]


def test_no_advisory_is_known_of_what_runs_with_us():
    for service in ("pypi", "osv"):
        answered = asked(service)
        if answered is not None:
            assert advisories(answered) == []
            return
    pytest.skip("the advisories were not asked: neither PyPI nor OSV can be reached from here")


def asked(service):
    """What pip-audit says of every requirement; None where its source cannot be reached."""
    audit = [sys.executable, "-m", "pip_audit", "--requirement", "requirements/run.txt", "--require-hashes"]
    audit += ["--disable-pip", "--progress-spinner", "off", "--format", "json", "--timeout", "10"]
    told = subprocess.run([*audit, "--vulnerability-service", service], cwd=ROOT, capture_output=True, check=False)
    answered = json.loads(told.stdout)["dependencies"] if told.stdout.strip() else []
    return answered if any("vulns" in one for one in answered) else None


def advisories(answered):
    """Each advisory, and each package that the source does not know."""
    found = [f"{one['name']} {one['version']}: {vuln['id']}" for one in answered for vuln in one.get("vulns", [])]
    return found + [one["skip_reason"] for one in answered if "skip_reason" in one]


def test_an_advisory_is_told_and_so_is_what_could_not_be_looked_at():
    well = {"name": "aiohttp", "version": "3.14.5", "vulns": []}
    ill = {"name": "jinja2", "version": "2.4.1", "vulns": [{"id": "PYSEC-2019-217"}, {"id": "PYSEC-2021-66"}]}
    unknown = {"name": "segno", "skip_reason": "segno was not found"}
    assert advisories([well, ill, unknown]) == [
        "jinja2 2.4.1: PYSEC-2019-217", "jinja2 2.4.1: PYSEC-2021-66", "segno was not found",
    ]  # fmt: skip
