"""What belongs to the project, and nothing else that lies about in a checkout: copied to where it is built from."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def tracked(root: Path = ROOT) -> list[str]:
    """The files of the project, by their paths from its root; raises CalledProcessError where git fails."""
    told = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout
    return sorted(name for name in told.decode().split("\0") if name and (root / name).is_file())


def copy_tracked(target: Path, root: Path = ROOT) -> None:
    """Copy these files below `target`: an old build or somebody's configuration never comes into a release."""
    for name in tracked(root):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / name, target / name)
