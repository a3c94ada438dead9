"""The list of what is in a release, as CycloneDX JSON: packages, versions, licences, and who needs whom."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from releases.requirements import Package, packages
from releases.source import ROOT


def bom() -> Bom:
    """What the program needs in this Python and on this system."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found = packages()
    components = {one.name: _component(one) for one in found}
    ours = Component(
        type=ComponentType.APPLICATION,
        name=project["name"],
        version=project["version"],
        bom_ref=project["name"],
        licenses=[LicenseFactory().make_from_string(project["license"])],
    )
    made = Bom(components=components.values())
    made.metadata.component = ours
    made.register_dependency(ours, components.values())
    for one in found:
        made.register_dependency(components[one.name], [components[needed] for needed in one.needs])
    return made


def _component(package: Package) -> Component:
    return Component(
        type=ComponentType.LIBRARY,
        name=package.name,
        version=package.version,
        bom_ref=package.name,
        purl=PackageURL("pypi", name=package.name, version=package.version),
        licenses=[LicenseFactory().make_from_string(package.licence)] if package.licence else [],
    )


def write_sbom(target: Path) -> None:
    """Write the list into a file."""
    JsonV1Dot6(bom()).output_to_file(str(target), allow_overwrite=True, indent=2)


if __name__ == "__main__":
    write_sbom(Path(sys.argv[1] if len(sys.argv) > 1 else "povezujejo.cdx.json"))
