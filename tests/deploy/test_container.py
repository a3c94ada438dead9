"""The image and the compose file. No engine for containers runs in the tests: what can be looked at without one is."""

import asyncio
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from bot.cli.parser import build_parser
from bot.runtime.settings import Settings
from bot.runtime.settings_file import read_settings
from releases.build import install_tools
from releases.source import tracked
from storage.secrets.keys import create_key_file
from tests.deploy.plain_yaml import read_plain_yaml
from tests.plugins.processes import BORN_SECONDS, ended_well, free_port

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy" / "container"
LINES = re.sub(r"^#.*\n", "", (FOLDER / "Containerfile").read_text("utf-8"), flags=re.MULTILINE).replace("\\\n", "")
STEPS = [(line.split()[0], line.partition(" ")[2].strip()) for line in LINES.splitlines() if line]
SERVICES = read_plain_yaml((FOLDER / "compose.yaml").read_text("utf-8"))["services"]


def steps(kind):
    return [said for name, said in STEPS if name == kind]


def let_in():
    """What of the checkout may come into an image: names in its own folder."""
    patterns = [one for one in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if one and one[0] != "#"]
    assert patterns[0] == "*"
    return {one[1:] for one in patterns if one.startswith("!")}


def copied():
    """What each COPY takes from the project, and where to."""
    for said in steps("COPY"):
        if not said.startswith("--from="):
            *sources, target = said.split()
            for source in sources:
                yield source, target


def test_only_what_is_known_stands_in_the_containerfile():
    assert {name for name, _ in STEPS} == {
        "FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "HEALTHCHECK", "ENTRYPOINT", "CMD"
    }  # fmt: skip


def test_both_stages_begin_with_a_slim_python_for_which_the_program_is_made():
    images = {said.split()[0] for said in steps("FROM")}
    (version,) = {re.fullmatch(r"python:(\d+\.\d+)-slim-trixie", image)[1] for image in images}
    wanted = re.search(r'requires-python = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"))[1]
    assert version in SpecifierSet(wanted)


def test_no_configuration_key_or_database_comes_near_the_image():
    assert let_in() == {source for source, _ in copied()}


@pytest.mark.slow
def test_what_is_copied_is_there_and_the_wheel_that_is_built_of_it_is_whole(tmp_path):
    source = tmp_path / "source"
    for name, target in copied():
        found = [one for one in tracked() if one == name or one.startswith(f"{name}/")]
        assert found, name
        for one in found:
            into = source / (one if target == name else Path(target) / one)
            into.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / one, into)
    install_tools(tmp_path / "tools")
    (build,) = [said.partition(" && ")[0] for said in map(_one_line, steps("RUN")) if "pip wheel" in said]
    words = shlex.split(build.replace("/wheels", str(tmp_path / "wheels")))
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "tools")}
    subprocess.run([sys.executable, "-m", *words], cwd=source, env=environment, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = (tmp_path / "wheels").glob("*.whl")
    rooms = ("bot/", "reports/", "storage/", "surveys/")
    unpacked = tmp_path / "unpacked"
    shutil.unpack_archive(wheel, unpacked, "zip")
    there = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}
    assert {name for name in there if ".dist-info/" not in name} == {
        name for name in tracked() if name.startswith(rooms)
    }


def _one_line(said):
    return " ".join(said.split())


def test_every_package_is_held_against_its_sum():
    installs = [part for said in steps("RUN") for part in _one_line(said).split(" && ") if "pip install" in part]
    assert len(installs) == 3
    for one in installs:
        assert "--require-hashes" in one or "--no-index" in one
    named = {word for one in installs for word in one.split() if word.endswith(".txt")}
    assert named == {"requirements/run.txt", "requirements/build.txt"}
    pinned = (ROOT / "requirements" / "build.txt").read_text("utf-8")
    builders = re.search(r"^requires = (\[.+\])$", (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)[1]
    for builder in map(Requirement, json.loads(builders)):
        assert re.search(rf"^{builder.name}==(\S+)", pinned, re.MULTILINE)[1] in builder.specifier


def test_nothing_runs_as_root():
    (user,) = steps("USER")
    number = user.split(":")[0]
    assert int(number) > 0
    assert f"useradd --uid {number} " in _one_line(" ".join(steps("RUN")))
    bot = SERVICES["bot"]
    assert (bot["user"], bot["read_only"], bot["cap_drop"]) == (user, "true", ["ALL"])
    assert all(service["security_opt"] == ["no-new-privileges:true"] for service in SERVICES.values())


def test_what_is_written_to_are_the_folders_that_are_kept():
    (volumes,) = map(json.loads, steps("VOLUME"))
    assert [one.split(":")[1] for one in SERVICES["bot"]["volumes"]] == volumes
    assert SERVICES["bot"]["tmpfs"][0].startswith("/tmp:")
    assert steps("WORKDIR")[-1] == volumes[0]


def test_the_command_is_one_and_so_are_those_that_the_compose_file_names():
    (entry,), (command,) = map(json.loads, steps("ENTRYPOINT")), map(json.loads, steps("CMD"))
    commands = [[*entry, *command], ["povezujejo", *SERVICES["bot"]["command"].split()]]
    named = re.findall(r"run --rm bot ([a-z ]+?)(?:  .*)?$", (FOLDER / "compose.yaml").read_text("utf-8"), re.MULTILINE)
    assert named == ["init", "db upgrade"]
    for name, *rest in [*commands, *(["povezujejo", *one.split()] for one in named)]:
        assert name == "povezujejo"
        assert build_parser().parse_args(rest).work


def test_the_settings_of_the_compose_file_are_those_of_the_program():
    given = SERVICES["bot"]["environment"]
    settings = read_settings(None, {name: value for name, value in given.items() if "__" in name})
    assert str(settings.database.url) == "postgresql://povezujejo@postgres/povezujejo"
    database = SERVICES["postgres"]["environment"]
    assert (database["POSTGRES_USER"], database["POSTGRES_DB"]) == ("povezujejo", "povezujejo")
    assert database["POSTGRES_PASSWORD"] == given["PGPASSWORD"]


def test_the_tools_of_postgresql_are_of_the_version_of_the_server():
    (client,) = re.findall(r"postgresql-client-(\d+)", LINES)
    assert SERVICES["postgres"]["image"].split(":")[1].split("-")[0] == client
    assert SERVICES["bot"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


@pytest.mark.slow
async def test_the_question_whether_it_is_alive_is_answered_by_a_bot_and_by_nothing_else(
    simulator, sqlite_url, tmp_path
):
    (check,) = steps("HEALTHCHECK")
    _, *code = json.loads(check.partition("CMD ")[2])
    port = free_port()
    usual = f"127.0.0.1:{Settings().health.port}/"
    assert usual in code[-1]
    asking = [sys.executable, *code[:-1], code[-1].replace(usual, f"127.0.0.1:{port}/")]

    async def answer():
        process = await asyncio.create_subprocess_exec(*asking, stderr=subprocess.DEVNULL)
        return await process.wait()

    assert await answer() == 1
    create_key_file(tmp_path / "povezujejo.key")
    (tmp_path / "config.toml").write_text(
        f'[telegram]\ntoken = "{simulator.token}"\nbase_url = "{simulator.base_url}"\n'
        f'[database]\nurl = "{sqlite_url}"\n[health]\nport = {port}\n'
    )
    run = (sys.executable, "-m", "bot", "run", "--config", tmp_path / "config.toml")
    async with ended_well(*run, env={**os.environ, "PYTHONPATH": str(ROOT)}):
        for _ in range(BORN_SECONDS):
            if await answer() == 0:
                return
            await asyncio.sleep(0.5)
        raise AssertionError("nobody answered")
