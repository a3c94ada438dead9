"""What newcomers and developers start: `python3 dev.py demo`, `test`, `install`, `bench`, `check`, `release` and more.

Needs nothing but Python and its standard library; makes `.venv` beside this file and works in it.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import platform
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = str(BIN / ("python.exe" if WINDOWS else "python"))
INSTALLED = VENV / "installed.txt"
OLDEST = (3, 11)
LAYOUT = 1  # of .venv as this script makes it: another number makes it anew
OF_DEBIAN = {  # what tests use of the system: by any of these programs, from these packages, for what
    ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"): (
        ("chromium", "fonts-dejavu-core"),
        "every test of the phone in the browser",
    ),
    ("nginx",): (("nginx",), "the test of the webhook behind nginx"),
    ("systemd-analyze",): (("systemd",), "the tests of the systemd units"),
}
STATIC = {  # what .venv's Python is given
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "ruff check": ["-m", "ruff", "check", "."],
    "mypy": ["-m", "mypy"],
    "lint-imports": ["-c", "from importlinter.cli import lint_imports_command as lint; lint()"],
    "povezujejo check": ["-m", "bot", "check"],
}


class Missing(Exception):  # noqa: N818 - something is missing, and the message says what
    """What this machine lacks, in one sentence."""


def main() -> int:
    """Do what the command line asks; gives the exit status."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Prepare, try and test povezujejo in .venv.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (_, text) in COMMANDS.items():
        commands.add_parser(name, help=text, add_help=False)
    known, rest = parser.parse_known_args()
    try:
        return COMMANDS[known.command][0](rest)
    except Missing as problem:
        print(f"\n{problem}", file=sys.stderr)
    except KeyboardInterrupt:
        print()
    return 1


def install(rest: list[str]) -> int:
    """Prepare .venv, in which `povezujejo` then stands."""
    _nothing_more(rest)
    prepare("run")
    print(f"Ready: {BIN / 'povezujejo'}")
    return 0


def demo(rest: list[str]) -> int:
    """Start the demo; further arguments are its own."""
    prepare("run")
    return _become([PYTHON, "-P", "-m", "bot", "demo", *rest])


def test(rest: list[str]) -> int:
    """Every check and every test; prints all failures at the end. Further arguments are pytest's."""
    prepare("test")
    _find_programs()
    print(f"▸ pytest, and beside it {', '.join(STATIC)}", flush=True)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes would compile all modules anew
    # Four processes for two cores: tests wait for processes, browsers and clocks a third of the time.
    parallel = [] if "-n" in rest else ["-n", str(2 * (os.cpu_count() or 1))]
    said: list[str] = []
    with ThreadPoolExecutor(1) as beside:
        checks = beside.submit(_run_all, STATIC, say=said.append)
        tests_failed = subprocess.call([PYTHON, "-m", "pytest", *parallel, *rest], cwd=ROOT)
        failures = checks.result()
    print("\n".join(said))
    return _sum_up(failures, ["pytest (its failures stand above)"] if tests_failed else [])


def check(rest: list[str]) -> int:
    """The checks of `test` without the tests."""
    _nothing_more(rest)
    prepare("test")
    return _sum_up(_run_all(STATIC), [])


def bench(rest: list[str]) -> int:
    """The benchmark of conversations, or the one named first (as `reports`); further arguments are its own."""
    prepare("test")
    named = rest[:1] and (ROOT / "benchmarks" / f"{rest[0]}.py").is_file()
    name = rest.pop(0) if named else "conversation"
    return _become([PYTHON, f"benchmarks/{name}.py", *rest])


def lock(rest: list[str]) -> int:
    """Write requirements/*.txt anew from pyproject.toml; `--upgrade` takes the newest versions."""
    uv = _uv()
    if uv is None:
        raise Missing("Locking needs uv: install it in .venv or on the PATH.")
    import tomllib  # noqa: PLC0415 - an older Python does not have it, and is told so elsewhere

    common = ["--universal", "--python-version", ".".join(map(str, OLDEST)), "--generate-hashes"]
    common += ["--no-emit-index-url", "--no-header", "--quiet", *rest]
    everything = [
        "pyproject.toml",
        "--extra",
        "test",
        "--extra",
        "bench",
        "--extra",
        "mutants",
        "-o",
        "requirements/test.txt",
    ]
    needed = ["pyproject.toml", "-c", "requirements/test.txt", "-o", "requirements/run.txt"]
    builders = "\n".join(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"])
    for part, said in ((everything, ""), (needed, ""), (["-", "-o", "requirements/build.txt"], builders)):
        done = subprocess.run([uv, "pip", "compile", *part, *common], cwd=ROOT, input=said, text=True, check=False)
        if done.returncode != 0:
            return done.returncode
    return 0


def release(rest: list[str]) -> int:
    """Build a release into a new folder (default: dist)."""
    prepare("test")
    return _become([PYTHON, "-m", "releases.build", *rest])


def sbom(rest: list[str]) -> int:
    """Write what the program consists of, as CycloneDX JSON, into a file (default: povezujejo.cdx.json)."""
    prepare("test")
    return _become([PYTHON, "-m", "releases.sbom", *rest])


def licences(rest: list[str]) -> int:
    """Write docs/licences.md anew."""
    _nothing_more(rest)
    prepare("test")
    return _become([PYTHON, "-m", "releases.licences"])


def mutants(rest: list[str]) -> int:
    """Change the pure heart in every small way, or one module of it, and tell which change no test notices."""
    prepare("test")
    return _become([PYTHON, "-P", "-m", "tests.mutation", *rest])


def prepare(purpose: str) -> None:
    """Make sure that .venv holds the requirements of a purpose ("run" or "test") and the project itself."""
    if sys.version_info < OLDEST:
        raise Missing(f"This needs Python 3.11 or newer; this one is {platform.python_version()}.")
    wanted = {one: _fingerprint(one) for one in ("run", "test")}
    installed = INSTALLED.read_text("utf-8").split() if INSTALLED.exists() and Path(PYTHON).exists() else []
    if wanted[purpose] in installed or wanted["test"] in installed:  # what tests need holds what running needs
        return
    _make_venv()
    _install_requirements(ROOT / "requirements" / f"{purpose}.txt")
    _install_project()
    INSTALLED.write_text(f"{wanted[purpose]}\n", encoding="utf-8")


def _fingerprint(purpose: str) -> str:
    """What must be equal for an earlier installation to be good still."""
    content = (ROOT / "requirements" / f"{purpose}.txt").read_bytes()
    return hashlib.sha256(content + f"{LAYOUT} {ROOT} {platform.python_version()}".encode()).hexdigest()


def _make_venv() -> None:
    print(f"Preparing {VENV} (once; about a minute) …", flush=True)
    INSTALLED.unlink(missing_ok=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode == 0:
        return
    uv = _uv()
    if uv and subprocess.call([uv, "venv", "--quiet", "--clear", "--seed", "--python", sys.executable, str(VENV)]) == 0:
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if "ensurepip" in made.stdout + made.stderr:
        raise Missing(f"Python's own venv is missing: on Debian and Ubuntu run »apt install python{version}-venv«.")
    reason = (made.stderr or made.stdout).strip().splitlines()[-1:] or ["no reason given"]
    raise Missing(f"{VENV} cannot be made: {reason[0]}")


def _install_requirements(file: Path) -> None:
    total = sum(line[:1].isalnum() for line in file.read_text("utf-8").splitlines())
    uv = _uv()
    if uv is not None:
        print(f"  installing {total} packages with uv …", flush=True)
        quick = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", PYTHON, "--require-hashes"]
        if subprocess.call([*quick, "--no-deps", "-r", str(file)], cwd=ROOT) == 0:
            return
        print("  uv could not; trying pip …", flush=True)
    pip = [PYTHON, "-m", "pip", "install", "--require-hashes", "--no-deps", "--no-input", "--progress-bar", "off"]
    process = subprocess.Popen(
        [*pip, "--disable-pip-version-check", "-r", str(file)],
        cwd=ROOT,
        text=True,
        encoding="utf-8",
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said = _follow(process, total)
    if process.wait() != 0:
        print("".join(said[-15:]), file=sys.stderr)
        raise Missing(
            "The packages could not be installed; pip says why above (is there a connection to the network?)."
        )


def _follow(process: subprocess.Popen[str], total: int) -> list[str]:
    """Show how far pip is: one line that moves on a terminal, every tenth package elsewhere."""
    said: list[str] = []
    begun = 0
    live = sys.stdout.isatty()
    for line in process.stdout or ():
        said.append(line)
        if line.startswith("Collecting "):
            begun += 1
            name = line.split()[1].partition("==")[0]
            if live:
                print(f"\r  [{begun}/{total}] {name:<40.40}", end="", flush=True)
            elif begun % 10 == 0:
                print(f"  [{begun}/{total}] {name}", flush=True)
        elif line.startswith("Installing "):
            print(f"{chr(13) if live else ''}  {'unpacking …':<60}", flush=True)
    return said


def _install_project() -> None:
    """Put this checkout on the path of .venv, and the command `povezujejo` beside its Python: no build, no network."""
    scheme = "nt" if WINDOWS else "posix_prefix"
    where = {"base": str(VENV), "platbase": str(VENV)}
    known = subprocess.run(
        [PYTHON, "-c", f"import sysconfig; print(sysconfig.get_path('purelib', {scheme!r}, {where!r}))"],
        capture_output=True,
        text=True,
        check=True,
    )
    packages = Path(known.stdout.strip() or sysconfig.get_path("purelib", scheme, where))
    (packages / "povezujejo.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    if WINDOWS:
        (BIN / "povezujejo.cmd").write_text(f'@"{PYTHON}" -P -m bot %*\n', encoding="utf-8")
        return
    script = BIN / "povezujejo"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(PYTHON)} -P -m bot "$@"\n', encoding="utf-8")
    script.chmod(0o755)


def _become(command: list[str]) -> int:
    """Go on as this command, so that Ctrl-C and other signals are its own."""
    os.chdir(ROOT)
    if not WINDOWS:
        sys.stdout.flush()
        os.execv(command[0], command)  # noqa: S606 - no shell is meant
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.call(command)


def _uv() -> str | None:
    return shutil.which("uv", path=str(BIN)) or shutil.which("uv")


def _find_programs() -> None:
    """Tests use programs of the system: take Debian's where this is allowed, else say what is skipped."""
    missing = [names for names in OF_DEBIAN if not _is_there(names)]
    release = Path("/etc/os-release")
    debian = release.exists() and "\nID=debian\n" in f"\n{release.read_text('utf-8')}\n"
    if missing and debian and shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        packages = [package for names in missing for package in OF_DEBIAN[names][0]]
        print(f"▸ installing {', '.join(packages)} for the tests …", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *packages]):
            subprocess.run(command, env=environment, capture_output=True, check=False)
    for names in missing:
        if not _is_there(names):
            print(f"‼ NO {names[0].upper()} HERE: {OF_DEBIAN[names][1]} will be SKIPPED.")
            print(f"  Install it: on the PATH as {' or '.join(names)}.", flush=True)


def _is_there(names: tuple[str, ...]) -> bool:
    """Whether one of these programs is on the PATH, or where Debian keeps what root uses."""
    return any(shutil.which(name) or shutil.which(name, path="/usr/sbin") for name in names)


def _say(words: str) -> None:
    print(words, flush=True)


def _run_all(steps: dict[str, list[str]], say: Callable[[str], None] = _say) -> dict[str, str]:
    """Run each step in .venv, and say how it went; gives what the failing ones said."""
    failures = {}
    for name, arguments in steps.items():
        begun = time.monotonic()
        command = [PYTHON, *arguments]
        done = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, env=_plain_environment()
        )
        if done.returncode != 0:
            failures[name] = done.stdout.decode("utf-8", "replace")
        say(f"{'✗' if name in failures else '✓'} {name} ({time.monotonic() - begun:.1f} s)")
    return failures


def _plain_environment() -> dict[str, str]:
    """A configuration of the developer's own has no say in the checks."""
    return {name: value for name, value in os.environ.items() if not name.startswith("POVEZUJEJO_")}


def _sum_up(failures: dict[str, str], others: list[str]) -> int:
    for name, said in failures.items():
        print(f"\n──── {name}\n{said.rstrip()}")
    failed = [*failures, *others]
    print(f"\nFAILED: {', '.join(failed)}" if failed else "\nAll is well.")
    return 1 if failed else 0


def _nothing_more(rest: list[str]) -> None:
    if rest:
        raise Missing(f"This command takes no further arguments: {' '.join(rest)}")


COMMANDS = {
    "install": (install, "prepare .venv, in which povezujejo then stands"),
    "demo": (demo, "prepare .venv and start the demo (further arguments: see povezujejo demo --help)"),
    "test": (test, "every check and every test (further arguments go to pytest)"),
    "check": (check, "format, lint, types, layers and questionnaires, without the tests"),
    "bench": (
        bench,
        "the benchmark of conversations, or `reports`, `reports_country`, `soak`, `idle`, `web` (with its arguments)",
    ),
    "release": (release, "build a release: wheel, source, requirements, list of parts (further arguments: the folder)"),
    "sbom": (sbom, "write what the program consists of, as CycloneDX JSON (further arguments: the file)"),
    "mutants": (mutants, "change the pure heart in every small way: which change does no test notice? (or one module)"),
    "licences": (licences, "write docs/licences.md anew"),
    "lock": (lock, "write requirements/*.txt anew with uv (--upgrade for the newest versions)"),
}

if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console of Windows may not know ✓
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main())
