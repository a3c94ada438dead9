"""The codebook as DDI-Codebook 2.6, which data archives read. Knows the columns, and counts nothing but rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from reports.export.codebook import entry
from reports.export.columns import MISSING_FROM, MISSING_TO, NON_ANSWER_CODES, NUMERIC, ExportColumn, Holds, Measure
from reports.export.table import DaySpan, ExportedData, ExportTable
from reports.texts import ddi as study
from reports.texts import export as words
from surveys.model import Kind

NAMESPACE = "ddi:codebook:2_6"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # that XML has no place for
_NATURES = {Measure.NOMINAL: "nominal", Measure.ORDINAL: "ordinal", Measure.SCALE: "ratio"}
_REPRESENTED = {
    Holds.COUNT: "numeric",
    Holds.CODE: "code",
    Holds.CHOSEN: "code",
    Holds.NUMBER: "numeric",
    Holds.WRITTEN: "code",
    Holds.NAME: "text",
    Holds.TEXT: "text",
    Holds.DAY: "datetime",
    Holds.MOMENT: "datetime",
}
_RESPONSES = {
    Kind.CHOICE: "category",
    Kind.SCALE: "scale",
    Kind.FACES: "scale",
    Kind.MULTIPLE: "multiple",
    Kind.NUMBER: "numeric",
    Kind.DATE: "datetime",
}


def as_ddi(export: ExportedData, tables: Mapping[str, ExportTable]) -> bytes:
    """UTF-8, valid against the schema of DDI-Codebook 2.6. `tables` by the names of their files."""
    root = ET.Element("codeBook", {"xmlns": NAMESPACE, "version": "2.6", _LANGUAGE: "sl"})
    root.append(_study(export))
    files = [(f"F{number}", file, table) for number, (file, table) in enumerate(tables.items(), start=1)]
    root.extend(_file(*one) for one in files)
    data = ET.SubElement(root, "dataDscr")
    data.extend(_variable(export, id_, column) for id_, _, table in files for column in table.columns)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _study(export: ExportedData) -> ET.Element:
    programme = export.programme
    found = ET.Element("stdyDscr")
    citation = ET.SubElement(found, "citation")
    title = ET.SubElement(citation, "titlStmt")
    name = study.title(programme.name)
    _say(title, "titl", f"{words.MADE_UP}: {name}" if export.demo else name)
    _say(title, "IDNo", programme.slug, agency="povezujejo")
    _say(ET.SubElement(citation, "rspStmt"), "AuthEnty", programme.library)
    _say(ET.SubElement(citation, "prodStmt"), "producer", programme.library, abbr=programme.code)
    info = ET.SubElement(found, "stdyInfo")
    _say(info, "abstract", study.abstract(programme.name, programme.library))
    summary = ET.SubElement(info, "sumDscr")
    _span(summary, "timePrd", export.ran)
    _span(summary, "collDate", export.answered)
    _say(summary, "nation", study.NATION, abbr="SI")
    _say(summary, "anlyUnit", study.UNIT)
    _say(summary, "universe", study.universe(programme.name, programme.library))
    _say(summary, "dataKind", study.KIND)
    collection = ET.SubElement(ET.SubElement(found, "method"), "dataColl")
    _say(collection, "timeMeth", study.method([f"{one.name} ({one.mark})" for one in export.places]))
    _say(collection, "dataCollector", programme.library)
    _say(collection, "sampProc", study.SAMPLING)
    for mode in words.MODES.values():
        _say(collection, "collMode", mode)
    _say(collection, "collSitu", study.SITUATION)
    notes = (words.PSEUDONYMS, words.CLOSED, words.EMPTY, words.WITH_TEXTS if export.texts else words.WITHOUT_TEXTS)
    for sentence in (*notes, words.MADE_UP_ALL) if export.demo else notes:
        _say(found, "notes", sentence)
    return found


def _file(id_: str, file: str, table: ExportTable) -> ET.Element:
    found = ET.Element("fileDscr", {"ID": id_})
    text = ET.SubElement(found, "fileTxt")
    _say(text, "fileName", file)
    _say(text, "fileCont", f"{table.title}. {table.about}")
    size = ET.SubElement(text, "dimensns")
    _say(size, "caseQnty", str(len(table.rows)))
    _say(size, "varQnty", str(len(table.columns)))
    return found


def _variable(export: ExportedData, file: str, column: ExportColumn) -> ET.Element:
    kind = {
        "ID": f"{file}_{column.name}",
        "name": column.name,
        "files": file,
        "intrvl": "contin" if column.measure is Measure.SCALE else "discrete",
        "nature": "interval" if column.holds is Holds.DAY else _NATURES[column.measure],
        "representationType": _REPRESENTED[column.holds],
    }
    found = ET.Element("var", kind)
    _say(found, "labl", column.label)
    one = entry(column, export.programme.slug)
    if column.question is not None:
        item = column.question.item
        asked = ET.SubElement(found, "qstn", {"responseDomainType": _RESPONSES.get(item.kind, "other")})
        if item.kind is Kind.TEXT:
            asked.set("otherResponseDomainType", "text")
        _say(asked, "qstnLit", item.text)
        if item.hint:
            _say(asked, "ivuInstr", item.hint)
    _ranges(found, column)
    for who in one.asked:
        _say(found, "universe", who)
    found.extend(_categories(column))
    if column.question is not None and column.question.item.indicator:
        _say(found, "concept", column.question.item.indicator)
    _say(found, "varFormat", None, type="numeric" if column.holds in NUMERIC else "character", schema="other")
    for said in (*one.sources, *one.notes):
        _say(found, "notes", said)
    return found


def _ranges(variable: ET.Element, column: ExportColumn) -> None:
    if column.holds is Holds.NUMBER and column.question is not None:
        item = column.question.item
        limits = {"min": item.minimum, "max": item.maximum}
        given = {name: str(limit) for name, limit in limits.items() if limit is not None}
        if given:
            units = {"UNITS": "REAL" if item.places else "INT"}
            ET.SubElement(ET.SubElement(variable, "valrng"), "range", {**units, **given})
    if column.has_non_answers:
        missing = {"UNITS": "INT", "min": str(MISSING_FROM), "max": str(MISSING_TO)}
        ET.SubElement(ET.SubElement(variable, "invalrng"), "range", missing)


def _categories(column: ExportColumn) -> Iterator[ET.Element]:
    for code, label in column.answers:
        found = _category(str(code), label)
        if code in column.names:
            _say(found, "txt", column.names[code])
        yield found
    if column.has_non_answers:
        for non_answer, code in NON_ANSWER_CODES.items():
            found = _category(str(code), words.NON_ANSWERS[non_answer])
            found.set("missing", "Y")
            found.set("missType", non_answer.value)
            yield found


def _category(value: str, label: str) -> ET.Element:
    found = ET.Element("catgry")
    _say(found, "catValu", value)
    _say(found, "labl", label)
    return found


def _span(parent: ET.Element, name: str, span: DaySpan | None) -> None:
    if span is not None:
        for event, day in (("start", span.first), ("end", span.last)):
            _say(parent, name, day.isoformat(), date=day.isoformat(), event=event)


def _say(parent: ET.Element, name: str, said: str | None, **attributes: str) -> None:
    """A child with words; characters that XML cannot hold are left out."""
    child = ET.SubElement(parent, name, attributes)
    child.text = None if said is None else _CONTROLS.sub("", said)
