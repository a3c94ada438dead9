"""The codebook as Markdown: how to read the data, and what each column means. Knows the columns, not the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reports.export.codebook import CodebookEntry, entry
from reports.export.columns import NON_ANSWER_CODES
from reports.export.table import ExportedData, ExportTable
from reports.texts import export as words

_MARKS = re.compile(r"([\\`*_\[\]<>|#])")


def as_markdown(export: ExportedData, tables: Mapping[str, ExportTable]) -> str:
    """`tables` by the names of their files: those that are handed out beside this codebook."""
    return "\n".join((*_head(export, tables), *(line for table in tables.values() for line in _table(export, table))))


def _head(export: ExportedData, tables: Mapping[str, ExportTable]) -> Iterator[str]:
    programme = export.programme
    yield f"# {words.TITLE}: {_plain(programme.name)}"
    yield ""
    yield f"{_plain(programme.library)} · `{programme.slug}`"
    yield ""
    if export.demo:
        yield f"**{words.MADE_UP_ALL}**"
        yield ""
    yield f"## {words.HOW_TO_READ}"
    yield ""
    yield from (f"- **{table.title}** (`{file}`): {table.about}" for file, table in tables.items())
    for sentence in (words.PSEUDONYMS, words.CLOSED, words.EMPTY, words.MANY):
        yield f"- {sentence}"
    yield f"- {words.WITH_TEXTS if export.texts else words.WITHOUT_TEXTS}"
    yield ""
    yield f"### {words.WAVES}"
    yield ""
    yield f"| {words.CODE} | {words.WAVE} | {words.LONG_LABELS['audience']} |"
    yield "|---|---|---|"
    for place in export.places:
        audience = words.AUDIENCES.get(place.audience, place.audience) or words.OLD_WAVE
        yield f"| `{place.mark}` (`{place.wave}`) | {_plain(place.name)} | {_plain(audience)} |"
    yield ""
    yield f"### {words.NO_ANSWER}"
    yield ""
    yield f"| {words.CODE} | {words.MEANING} | {words.LONG_TITLE} |"
    yield "|---|---|---|"
    for non_answer, code in NON_ANSWER_CODES.items():
        yield f"| {code} | {words.NON_ANSWERS[non_answer]} | `{non_answer.value}` |"
    yield ""


def _table(export: ExportedData, table: ExportTable) -> Iterator[str]:
    yield f"## {table.title}"
    yield ""
    for column in table.columns:
        yield from _entry(entry(column, export.programme.slug))


def _entry(one: CodebookEntry) -> Iterator[str]:
    yield f"### `{one.name}`"
    yield ""
    yield _plain(one.label)
    yield ""
    lines = (
        (words.QUESTION, one.question),
        (words.WAVE, one.waves),
        (words.ANSWERS, "; ".join(one.answers)),
        (words.MISSING, "; ".join(one.non_answers)),
        (words.ASKED, "; ".join(one.asked)),
        (words.LEVEL, one.level),
        (words.SOURCE, "; ".join(one.sources)),
        (words.NOTES, " ".join(one.notes)),
    )
    yield from (f"- {name}: {_plain(said)}" for name, said in lines if said)
    yield ""


def _plain(said: str) -> str:
    """Words of others as words: nothing in them is markup, and they stay on one line."""
    return _MARKS.sub(r"\\\1", " ".join(said.split()))
