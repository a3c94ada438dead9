"""`export`: the data of a programme with its codebook, into a folder."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.opening import OPERATOR, programme_of, say, settings_of
from bot.cli.options import ExportOptions
from bot.cli.output import write_out
from bot.cli.problem import CommandProblem
from bot.runtime.services import open_services
from bot.runtime.settings import Settings
from bot.worker import requests
from bot.worker.requests import ExportSpec
from storage import audit

if TYPE_CHECKING:
    from reports.export.make import File


def export(given: ExportOptions) -> None:
    """Write the files, and say which; nothing is written where one of them is there already."""
    made = asyncio.run(_make(settings_of(given), given))
    folder: Path = given.out
    there = [one.name for one in made if (folder / one.name).exists()]
    if there and not given.force:
        raise CommandProblem(f"{folder} already holds {', '.join(there)}; replace them with --force.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise CommandProblem(f"The folder {folder} cannot be made: {problem.strerror}.") from None
    for one in made:
        write_out(folder / one.name, one.data)
        say(f"{folder / one.name}")


async def _make(settings: Settings, given: ExportOptions) -> tuple[File, ...]:
    """The files; that they were asked for is remembered."""
    from reports.export.columns import ExportError  # noqa: PLC0415 - what is heavy comes only where it is asked for

    services = await open_services(settings)
    try:
        slug = programme_of(services, given.programme).slug
        made = await requests.files(services, ExportSpec(slug, given.format, texts=given.texts, plain=given.plain))
        await services.database.write(
            partial(audit.record, actor=OPERATOR, action="data.export", subject=slug, now=services.clock())
        )
    except ExportError as problem:
        raise CommandProblem(f"{problem}.") from None
    finally:
        await services.database.close()
    return made
