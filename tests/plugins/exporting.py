"""What the tests of exports share: words typed by people, and files by name."""

from plugins.respondents import OPENS, open_text, seal
from sqlalchemy import insert, select

from reports.export.make import files
from storage import schema


def types(group, enrolment, wave, item, words):
    """The person answers one more item of a wave in words."""
    of_wave = schema.occasion.c.enrolment == enrolment, schema.occasion.c.wave == wave
    run = group.connection.scalar(select(schema.run.c.id).join(schema.occasion).where(*of_wave))
    row = {"run": run, "item": item, "text_sealed": seal(words), "answered_at": OPENS[wave]}
    group.connection.execute(insert(schema.answer), row)


def made(group, form, **more):
    """The files of an export by how their names end: »siroko.csv«."""
    found = files(group.connection, group.programme, form, open_text=open_text, **more)
    return {file.name.removeprefix(f"{group.programme.slug}").lstrip("-"): file.data for file in found}
