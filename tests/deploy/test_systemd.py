"""The units, as systemd sees them; that it runs them cannot be tried here, for it would have to be process 1."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from bot.cli.parser import build_parser
from bot.runtime.exit_codes import ExitCode
from tests.plugins.system_programs import missing, program

ROOT = Path(__file__).parents[2]
UNITS = ROOT / "deploy" / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
PROGRAM = "/opt/povezujejo/venv/bin/povezujejo"
FOLDERS = {"/var/lib/povezujejo", "/var/backups/povezujejo"}
NEWER_THAN_DEBIAN = r".*Unknown key (name )?'Restart(Steps|MaxDelaySec)' in section .*ignoring.*"

services = pytest.mark.parametrize("service", SERVICES, ids=lambda path: path.stem)


def asked(name, *arguments):
    """What a program of systemd answers."""
    command = [program(name, "the units of systemd"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def read(unit):
    """The sections of a unit; what is written several times is a list of words."""
    sections = {}
    for line in unit.read_text("utf-8").splitlines():
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            section[key] = f"{section[key]} {value}" if key in section else value
    return sections


@services
def test_a_service_is_shut_in_as_far_as_can_be(service):
    seen = asked("systemd-analyze", "security", "--offline=true", "--threshold=25", service)
    assert seen.returncode == 0, seen.stdout


def test_the_bot_may_bound_the_process_that_reads_a_file():
    allowed = read(UNITS / "povezujejo.service")["Service"]["SystemCallFilter"].split()
    assert {"setrlimit", "prlimit64"} <= set(allowed[allowed.index("@resources") + 1 :])


def test_a_service_that_is_not_shut_in_is_found(tmp_path):
    text = (UNITS / "povezujejo.service").read_text("utf-8")
    open_service = tmp_path / "povezujejo.service"
    open_service.write_text(re.sub(r"^(Protect|Restrict|SystemCall).*\n", "", text, flags=re.MULTILINE))
    assert asked("systemd-analyze", "security", "--offline=true", "--threshold=25", open_service).returncode == 1


def test_systemd_understands_every_line(tmp_path):
    for unit in [*SERVICES, *UNITS.glob("*.timer")]:
        (tmp_path / unit.name).write_text(unit.read_text("utf-8").replace(PROGRAM, "/bin/true"))
    seen = asked("systemd-analyze", "verify", *sorted(tmp_path.iterdir()))
    said = [line for line in seen.stderr.splitlines() if not re.fullmatch(NEWER_THAN_DEBIAN, line)]
    assert (seen.returncode, said) == (0, [])


@services
def test_what_a_service_starts_is_a_command(service):
    command = shlex.split(read(service)["Service"]["ExecStart"])
    assert command[0] == PROGRAM
    assert build_parser().parse_args(command[1:]).work


@services
def test_a_service_waits_for_its_disks_and_its_files_are_its_own(service):
    sections = read(service)
    assert set(sections["Unit"]["RequiresMountsFor"].split()) == FOLDERS
    assert (sections["Service"]["User"], sections["Service"]["UMask"]) == ("povezujejo", "0077")
    assert sections["Service"]["WorkingDirectory"] in FOLDERS


def test_the_bot_is_watched_and_always_begins_again():
    sections = read(UNITS / "povezujejo.service")
    assert sections["Unit"]["StartLimitIntervalSec"] == "0"
    service = sections["Service"]
    assert (service["Type"], service["Restart"], service["WatchdogSec"]) == ("notify", "always", "2min")


def test_it_does_not_begin_again_where_a_person_has_to_do_something_first():
    prevented = {
        int(word) for word in read(UNITS / "povezujejo.service")["Service"]["RestartPreventExitStatus"].split()
    }
    assert prevented == set(ExitCode) - {ExitCode.DONE, ExitCode.PROBLEM, ExitCode.DATABASE}


def test_the_user_and_the_folders_are_made_as_they_are_wanted(tmp_path):
    if os.geteuid() != 0:
        missing("only root may make users and folders for them, even in a folder of a test")
    (tmp_path / "etc").mkdir()
    root = f"--root={tmp_path}"
    assert asked("systemd-sysusers", root, UNITS / "povezujejo.sysusers.conf").returncode == 0
    (line,) = (tmp_path / "etc" / "passwd").read_text("utf-8").splitlines()
    name, _, number, _, _, home, shell = line.split(":")
    assert (name, home) == ("povezujejo", "/var/lib/povezujejo")
    assert shell.endswith("nologin")
    assert asked("systemd-tmpfiles", root, "--create", UNITS / "povezujejo.tmpfiles.conf").returncode == 0
    for folder in FOLDERS:
        made = (tmp_path / folder[1:]).stat()
        assert (made.st_mode & 0o777, made.st_uid) == (0o700, int(number))
