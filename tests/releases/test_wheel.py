"""What is released: nothing is forgotten, and it works where there is no checkout."""

import asyncio
import ctypes
import hashlib
import os
import re
import signal
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
from pathlib import Path

import aiohttp
import pytest

from releases.build import build_in, install_tools
from releases.source import ROOT, tracked
from tests.releases.conftest import files_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("release")]

ROOMS = ("bot", "reports", "storage", "surveys")
PR_SET_MDWE = 65
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]


@pytest.fixture(scope="module")
def sources(built, tmp_path_factory):
    """The unpacked source of the release."""
    folder = tmp_path_factory.mktemp("sources")
    with tarfile.open(built / f"povezujejo-{VERSION}.tar.gz") as packed:
        packed.extractall(folder, filter="data")
    return folder / f"povezujejo-{VERSION}"


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The command of an environment outside the checkout; packages of others are those of the tests."""
    folder = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    (packages,) = (folder / "venv" / "lib").glob("python*/site-packages")
    (packages / "others.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    pip = [sys.executable, "-m", "pip", "--python", folder / "venv", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, wheel], check=True)
    return folder / "venv" / "bin" / "povezujejo"


def make_no_code():
    """What the unit of systemd asks for with MemoryDenyWriteExecute, where the kernel can do it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_MDWE, 1, 0, 0, 0)


@pytest.fixture
def run(installed, tmp_path):
    """Runs the command in an empty folder."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "POVEZUJEJO"))}

    async def run(*arguments):
        process = await asyncio.create_subprocess_exec(
            installed,
            *map(str, arguments),
            cwd=tmp_path,
            env=environment,
            stdout=-1,
            stderr=-1,
            preexec_fn=make_no_code,
        )
        said, complained = await process.communicate()
        assert (process.returncode, complained.decode()) == (0, "")
        return said.decode()

    return run


def test_every_file_of_the_rooms_is_in_the_wheel_and_nothing_else(wheel):
    assert files_of(wheel) == [name for name in tracked() if name.startswith(tuple(f"{room}/" for room in ROOMS))]


def test_the_source_holds_what_an_operator_takes_from_it_and_builds_the_same_wheel(sources, wheel, tmp_path):
    wanted = [name for name in tracked() if name.startswith(("deploy/", "docs/", "requirements/"))]
    wanted += ["CHANGELOG.md", "LICENSE", "README.md", "config.example.toml"]
    assert [name for name in wanted if not (sources / name).is_file()] == []
    install_tools(tmp_path / "tools")
    (tmp_path / "out").mkdir()
    build_in(sources, tmp_path / "out", tmp_path / "tools")
    (again,) = (tmp_path / "out").glob("*.whl")
    assert files_of(again) == files_of(wheel)


def test_the_sums_are_those_of_the_files(built):
    lines = (built / "SHA256SUMS").read_text().splitlines()
    named = dict(reversed(line.split("  ")) for line in lines)
    rest = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in built.iterdir()}
    del rest["SHA256SUMS"]
    assert named == rest
    begin = f"povezujejo-{VERSION}"
    assert set(named) == {
        f"{begin}-py3-none-any.whl", f"{begin}.tar.gz", f"{begin}-requirements.txt", f"{begin}.cdx.json"
    }  # fmt: skip
    assert (built / f"{begin}-requirements.txt").read_text() == (ROOT / "requirements" / "run.txt").read_text()


async def test_it_is_put_up_and_makes_a_report_without_a_checkout(run, simulator, tmp_path):
    assert (await run("--help")).startswith("usage: povezujejo")
    await run("init", "--token", simulator.token, "--base-url", simulator.base_url)
    assert re.fullmatch(r"The database has version \d+\.\n", await run("db", "upgrade"))
    assert (await run("check")).splitlines()[-1].startswith("All is well: ")
    await run("consent-form", "kamnik-slovenscina", "--language", "en", "--out", "consent.pdf")
    await run("report", "weekly", "--library", "KAM", "--format", "pdf", "--out", "report.pdf")
    assert [(tmp_path / name).read_bytes()[:5] for name in ("consent.pdf", "report.pdf")] == [b"%PDF-"] * 2


async def test_the_demo_serves_its_page_without_a_checkout(installed, new_demo_folder, tmp_path):
    folder = new_demo_folder(tmp_path / "demo")
    command = [installed, "demo", "--no-browser", "--port", "0", "--data-dir", folder]
    process = await asyncio.create_subprocess_exec(*command, cwd=tmp_path, stdout=-1)
    try:
        address = await asyncio.wait_for(_address(process.stdout), 240)
        async with aiohttp.ClientSession() as session:
            page = await _text(session, address)
            parts = re.findall(r'(?:src|href)="([^":]+\.(?:js|css|svg))"', page)
            assert len(parts) > 2
            for part in parts:
                served = await _text(session, address + part.lstrip("/"))
                assert served == (ROOT / "bot" / "simulator" / "page" / Path(part).name).read_text("utf-8")
    finally:
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 60) == 0


async def _address(lines):
    async for line in lines:
        if found := re.search(rb"http://\S+/", line):
            return found[0].decode()
    raise AssertionError("the demo ended")


async def _text(session, address):
    async with session.get(address) as answer:
        assert answer.status == 200
        return await answer.text()
