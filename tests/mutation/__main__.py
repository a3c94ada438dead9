"""Tries every mutant of the pure heart: `python3 dev.py mutants [MODULE]`. What survives is explained or told."""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.mutation.mutants import explanations, verdicts

EXPLAINED = Path("tests/mutation/explained.toml")


def main():
    parser = argparse.ArgumentParser(prog="dev.py mutants", description=__doc__)
    parser.add_argument("module", nargs="?", default="", help="one of those in pyproject.toml, as surveys.engine")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="how many at once (default: all)")
    asked = parser.parse_args()
    shutil.rmtree("mutants", ignore_errors=True)  # what was found by older tests is found again
    mutmut = [str(Path(sys.executable).with_name("mutmut")), "run", "--max-children", str(asked.processes)]
    ended = subprocess.run([*mutmut, *([f"{asked.module}.*"] if asked.module else [])], check=False).returncode
    return ended or tell(asked.module)


def tell(module):
    """Print what became of each module, every survivor that is not explained, and what is explained in vain."""
    found = list(verdicts(explanations(EXPLAINED.read_text("utf-8")), module))
    print(f"\n{'module':38} {'mutants':>8} {'killed':>8} {'explained':>10} {'left':>6}")
    for one in found:
        print(f"{one.module:38} {one.tried:8} {one.killed:8} {one.explained:10} {len(one.left):6}")
    for said, mutants in (
        ("survives", [mutant for one in found for mutant in one.left]),
        ("is explained, but does not survive", [mutant for one in found for mutant in one.stale]),
    ):
        for mutant in mutants:
            print(f"\n{mutant.function} {said}:\n  - {mutant.was}\n  + {mutant.becomes}")
    return 1 if any(one.left or one.stale for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
