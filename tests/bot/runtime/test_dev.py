"""`dev.py` as a process, in a checkout of its own whose installation is already there."""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def load(folder):
    """The script of a folder as a module."""
    found = importlib.util.spec_from_file_location("dev_of_test", folder / "dev.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture
def checkout(tmp_path):
    """A folder with the script and the requirements, and nothing else."""
    shutil.copy(ROOT / "dev.py", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def run(folder, *arguments):
    return subprocess.run(
        [sys.executable, "dev.py", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    "command", ["install", "demo", "test", "bench", "check", "release", "sbom", "licences", "lock", "mutants"]
)
def test_the_commands_are_named_with_what_they_do(checkout, command):
    assert re.search(rf"^ +{command} +\S+", run(checkout, "--help").stdout, re.MULTILINE)


@pytest.mark.parametrize("arguments", [[], ["dance"]])
def test_another_command_is_wrong_usage(checkout, arguments):
    assert run(checkout, *arguments).returncode == 2


def test_an_old_python_is_told_in_one_sentence(checkout, monkeypatch):
    dev = load(checkout)
    monkeypatch.setattr(dev, "OLDEST", (99, 0))
    with pytest.raises(dev.Missing, match=r"^This needs Python 3\.11 or newer; this one is "):
        dev.prepare("run")


def test_what_is_installed_is_not_installed_again(checkout, monkeypatch):
    dev = load(checkout)
    Path(dev.PYTHON).parent.mkdir(parents=True)
    Path(dev.PYTHON).touch()
    monkeypatch.setattr(dev, "_make_venv", lambda: pytest.fail("it was installed again"))
    for purpose, enough_for in (("run", ["run"]), ("test", ["run", "test"])):
        dev.INSTALLED.write_text(dev._fingerprint(purpose))
        for need in enough_for:
            dev.prepare(need)


def test_other_requirements_are_installed_anew(checkout):
    dev = load(checkout)
    before = dev._fingerprint("run")
    (checkout / "requirements" / "run.txt").write_text("segno==1.6.6\n")
    assert dev._fingerprint("run") != before


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("The virtual environment was not created: ensurepip is not available.", "Python's own venv is missing"),
        ("Error: No space left on device", "cannot be made: Error: No space left on device"),
    ],
)
def test_what_this_machine_lacks_is_one_sentence(checkout, monkeypatch, said, sentence):
    dev = load(checkout)
    fake = checkout / "python"
    fake.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setattr(dev.sys, "executable", str(fake))
    monkeypatch.setenv("PATH", str(checkout))
    monkeypatch.setattr(dev.subprocess, "run", with_shell(dev.subprocess.run))
    with pytest.raises(dev.Missing, match=re.escape(sentence)):
        dev._make_venv()


def with_shell(run):
    """Starts the script by the shell, which an empty PATH does not name."""
    return lambda command, **more: run(["/bin/sh", *command], **more)


def test_every_failing_step_is_told_at_the_end(checkout, capsys, monkeypatch):
    dev = load(checkout)
    monkeypatch.setattr(dev, "PYTHON", sys.executable)
    steps = {
        "first": ["-c", "print('no'); raise SystemExit(1)"],
        "second": ["-c", "print('fine')"],
        "third": ["-c", "raise SystemExit('neither')"],
    }
    assert dev._sum_up(dev._run_all(steps), ["pytest"]) == 1
    told = capsys.readouterr().out
    assert re.sub(r"\(.* s\)", "", told).splitlines() == [
        "✗ first ", "✓ second ", "✗ third ", "", "──── first", "no", "", "──── third", "neither", "",
        "FAILED: first, third, pytest",
    ]  # fmt: skip


def test_the_checks_run_beside_the_tests_and_are_told_after_them(checkout, capfd, monkeypatch):
    dev = load(checkout)
    monkeypatch.setattr(dev, "PYTHON", sys.executable)
    (checkout / "pytest.py").write_text(  # ends only when the check has begun
        "import pathlib, time\nwhile not pathlib.Path('begun').exists():\n    time.sleep(0.01)\nprint('tests')\n"
    )
    monkeypatch.setattr(dev, "STATIC", {"check": ["-c", "open('begun', 'w'); raise SystemExit('broken')"]})
    monkeypatch.setattr(dev, "prepare", lambda _purpose: None)
    monkeypatch.setattr(dev, "_find_programs", lambda: None)
    assert dev.test(["-n", "0"]) == 1
    told = capfd.readouterr().out
    assert re.sub(r" \(.* s\)", "", told).splitlines() == [
        "▸ pytest, and beside it check", "tests", "✗ check", "", "──── check", "broken", "", "FAILED: check",
    ]  # fmt: skip


def test_a_configuration_of_ones_own_has_no_say_in_the_checks(checkout, monkeypatch):
    monkeypatch.setenv("POVEZUJEJO_CONFIG", "/somewhere/config.toml")
    assert "POVEZUJEJO_CONFIG" not in load(checkout)._plain_environment()


def test_requirements_hold_hashes_and_no_addresses():
    for name in ("run", "test", "build"):
        content = (ROOT / "requirements" / f"{name}.txt").read_text()
        assert "://" not in content
        assert "index-url" not in content
        pinned = re.findall(r"^[A-Za-z0-9].*?==.*\\$", content, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^[A-Za-z0-9]", content, re.MULTILINE))


def test_what_tests_need_holds_what_running_needs():
    pins = {
        name: set(re.findall(r"^(\S+==\S+)", (ROOT / "requirements" / f"{name}.txt").read_text(), re.MULTILINE))
        for name in ("run", "test")
    }
    assert pins["run"] - pins["test"] == set()
