"""What the bot asks and what the stand-in answers is what the Bot API specifies; neither leans on the other."""

import ast
from pathlib import Path

import pytest

import bot
from tests.bot.faults.everybody import Everybody
from tests.bot.faults.journeys import Steady
from tests.plugins.processes import Nursery, run_town

BOT = Path(bot.__file__).parent
STAND_IN = BOT / "simulator"
MAY_USE_THE_STAND_IN = ("demo", "simulator")


def modules(folder):
    return {
        path.relative_to(BOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py")
    }


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"{'.' * node.level}{node.module or ''}"


@pytest.mark.slow
async def test_a_whole_journey_keeps_to_the_specification(specification, sqlite_url, tmp_path):
    async with Nursery.running() as nursery, run_town(sqlite_url, tmp_path / "town", nursery) as town:
        life = await town.start()
        objects = Objects(town.simulator, specification)
        await Everybody(Steady(town)).live()
        life.terminate()
        await life.gone()
        assert {request.method for request in town.simulator.requests} == {
            "answerCallbackQuery",
            "editMessageReplyMarkup",
            "editMessageText",
            "getMe",
            "getUpdates",
            "getWebhookInfo",
            "sendChatAction",
            "sendDocument",
            "sendMessage",
            "sendPhoto",
            "setMyCommands",
        }
        assert objects.problems == []
        assert specification.problems(town.simulator) == []


class Objects:
    """Checks every update when it is made: the stand-in keeps only the last that were confirmed."""

    def __init__(self, simulator, specification):
        self.problems = []
        self._specification = specification
        self._queue = simulator.world.updates
        self._add = self._queue.add
        self._queue.add = self.adds

    def adds(self, kind, body, *others):
        self.problems += self._specification.object_problems("Update", {"update_id": 1, kind: body})
        return self._add(kind, body, *others)


def test_the_bot_knows_nothing_of_the_stand_in():
    """So that no limit, no parser and no word can be shared: the stand-in's own imports are tested beside it."""
    outside = {name: tree for name, tree in modules(BOT).items() if not name.startswith(MAY_USE_THE_STAND_IN)}
    assert {name for name, tree in outside.items() for one in imports(tree) if "simulator" in one} == set()


def test_the_stand_in_knows_nothing_of_the_bot():
    found = {
        one
        for name, tree in modules(STAND_IN).items()
        for one in imports(tree)
        if one.partition(".")[0] in {"telegram", "surveys", "storage", "reports", "sqlalchemy", "pydantic", ""}
        or (one.startswith("bot.") and not one.startswith("bot.simulator"))
        or one == "bot"
    }
    assert found == set()
