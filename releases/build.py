"""Builds a release: wheel, source, pinned requirements, the list of what is in it, and the sums of all of them.

Nothing is built in the checkout, and the tools come from requirements/build.txt, each with its hash.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from releases.sbom import write_sbom
from releases.source import ROOT, copy_tracked

_BUILD = """
import sys
from setuptools import build_meta
out = sys.argv[1]  # setuptools writes its own arguments there
build_meta.build_sdist(out)
build_meta.build_wheel(out)
"""


def build(out: Path) -> None:
    """Make the files of a release in `out`, a new folder. Raises CalledProcessError where the tools cannot be had."""
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        tools, source = Path(folder) / "tools", Path(folder) / "source"
        install_tools(tools)
        copy_tracked(source)
        build_in(source, out.resolve(), tools)
    (wheel,) = out.glob("*.whl")
    name = "-".join(wheel.name.split("-")[:2])
    shutil.copy(ROOT / "requirements" / "run.txt", out / f"{name}-requirements.txt")
    write_sbom(out / f"{name}.cdx.json")
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(out.iterdir())]
    (out / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


def install_tools(folder: Path) -> None:
    """Put what builds into a folder of its own: the environment stays as it is."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "--target", str(folder)]
    subprocess.run([*pip, "--requirement", str(ROOT / "requirements" / "build.txt")], check=True)


def build_in(source: Path, out: Path, tools: Path) -> None:
    """Build wheel and source from a folder."""
    environment = {**os.environ, "PYTHONPATH": str(tools)}
    command = [sys.executable, "-c", _BUILD, str(out)]
    subprocess.run(command, cwd=source, env=environment, stdout=subprocess.DEVNULL, check=True)


def main() -> None:
    """Build into the folder that is named."""
    parser = argparse.ArgumentParser(prog="dev.py release", description="Build a release.")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("dist"), help="a new folder (default: dist)")
    out = parser.parse_args().folder
    if out.exists():
        sys.exit(f"{out} is there already; name another folder, or remove it.")
    try:
        build(out)
    except subprocess.CalledProcessError as problem:
        sys.exit(f"The release is not built: {Path(problem.cmd[0]).name} ended with status {problem.returncode}.")
    print("\n".join(str(file) for file in sorted(out.iterdir())))


if __name__ == "__main__":
    main()
