"""`survey import`: forms of XLSForm as a folder of a programme, or everything that is wrong with them at once."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.cli.opening import say, say_json
from bot.cli.options import SurveyImportOptions
from bot.forms import words
from bot.forms.workbook import FORMS, sheets
from bot.runtime.exit_codes import ExitCode
from bot.workbooks.book import MAX_BYTES, UnreadableError
from bot.worker import requests
from surveys.load import load, shipped
from surveys.signs import fold
from surveys.xlsform.form import MOST_FORMS, ProgrammeDetails, ReadForm, files_of, read_form, usual_waves
from surveys.xlsform.headings import FormCells
from surveys.xlsform.identifiers import Identifiers
from surveys.xlsform.problems import FormFindings, FormFlaw, FormPlace, FormProblem, sorted_once

_SLUG = re.compile(r"[a-z][a-z0-9-]{1,31}")


def bring(given: SurveyImportOptions) -> ExitCode:
    """Write the folder of the programme, where nothing is wrong; say all that is otherwise."""
    findings = FormFindings()
    slug = _slug(given.out)
    _check_place(given, slug, findings)
    forms = list(_forms(given, findings))
    if not findings.problems:
        details = ProgrammeDetails(
            slug,
            given.library or "Knjižnica",
            given.code or _code(slug),
            given.group or "Srečanja",
            usual_waves(len(forms), given.wave),
        )
        texts, origins = files_of(forms, details, findings)
        if not findings.problems:
            _write(given.out, slug, texts, origins, findings)
    _tell(given, slug, findings)
    return ExitCode.PROBLEM if findings.problems else ExitCode.DONE


def _slug(out: Path) -> str:
    """The name of the folder."""
    return out.resolve().name


def _check_place(given: SurveyImportOptions, slug: str, findings: FormFindings) -> None:
    place = FormPlace(findings, "", 0)
    if _SLUG.fullmatch(slug) is None:
        place.invalid(
            "--out", f"»{slug}« ne more biti ime programa: male črke, števke in vezaji, na primer trzic-racunalnik."
        )
    if given.out.exists() and (not given.out.is_dir() or any(given.out.iterdir())):
        place.invalid("--out", f"{given.out} že obstaja in ni prazna; izberite novo mapo.")
    if given.code is not None and re.fullmatch(r"[A-Z]{3}", given.code) is None:
        place.invalid("--code", "Šifra knjižnice so 3 velike črke, na primer KRA.")
    if given.wave is not None and re.fullmatch(r"[a-z][a-z0-9_]{0,31}", given.wave) is None:
        place.invalid("--wave", f"»{given.wave}« ne more biti ime merjenja: male črke, števke in podčrtaji.")
    if len(given.forms) > MOST_FORMS:
        place.unsupported("", f"Obrazcev je več kot {MOST_FORMS}; vsak je eno merjenje.")


def _forms(given: SurveyImportOptions, findings: FormFindings) -> Iterator[ReadForm]:
    identifiers = Identifiers()
    for file in given.forms:
        here = FormFindings()
        form = None
        try:
            found = sheets(requests.book_now(_content(file), FORMS))
        except UnreadableError as refused:
            here.problems.append(FormProblem("", refused.row, "", FormFlaw.UNREADABLE, words.UNREADABLE[refused.why]))
        except OSError as problem:
            sentence = f"Datoteke {file} ni mogoče prebrati: {problem.strerror}."
            here.problems.append(FormProblem("", 0, "", FormFlaw.UNREADABLE, sentence))
        else:
            form = read_form(found, here, identifiers, leave_out=given.leave_out)
        several = f"{file.name}: " if len(given.forms) > 1 else ""
        findings.problems += [_of_file(one, several) for one in here.problems]
        findings.warnings += [_of_file(one, several) for one in here.warnings]
        if form is not None:
            yield form


def _content(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def _of_file(one: FormProblem, several: str) -> FormProblem:
    return FormProblem(one.sheet, one.row, one.column, one.kind, several + one.sentence)


def _code(slug: str) -> str:
    """Three letters of the slug that no shipped library has."""
    taken = {programme.code for programme in load([shipped()]).programmes.values()}
    letters = re.sub(r"[^A-Z]", "", fold(slug).upper()) + "XXX"
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return next(code for code in (letters[:3], *(letters[:2] + last for last in alphabet)) if code not in taken)


def _write(
    out: Path,
    slug: str,
    texts: Mapping[str, str],
    origins: Mapping[tuple[str, int], FormCells],
    findings: FormFindings,
) -> None:
    """Load what would be written, and write it only where it loads."""
    with TemporaryDirectory() as beside:
        folder = Path(beside) / slug
        folder.mkdir()
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        for problem in load([Path(beside)]).problems:
            _place_of(problem.file.name, problem.line, origins, findings).invalid("", problem.sentence)
    if findings.problems:
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (out / name).write_text(text, encoding="utf-8")
    except OSError as problem:
        FormPlace(findings, "", 0).invalid("--out", f"V {out} ni mogoče pisati: {problem.strerror}.")


def _place_of(
    file: str, line: int | None, origins: Mapping[tuple[str, int], FormCells], findings: FormFindings
) -> FormPlace:
    """The row from which a line comes: that of the last item that begins before it."""
    before = [at for name, at in origins if name == file and at <= (line or 0)]
    cells = origins.get((file, max(before, default=0)))
    return FormPlace(findings, cells.place.sheet if cells else "", cells.row.number if cells else 0)


def _tell(given: SurveyImportOptions, slug: str, findings: FormFindings) -> None:
    problems, warnings = list(sorted_once(findings.problems)), list(sorted_once(findings.warnings))
    if given.json:
        told = {"problems": [_as_json(one) for one in problems], "warnings": [_as_json(one) for one in warnings]}
        say_json({"programme": None if problems else slug, **told})
        return
    for one in warnings:
        say(_line(one))
    for one in problems:
        sys.stderr.write(f"{_line(one)}\n")
    if not problems:
        say(words.written(given.out, len(warnings)))


def _line(one: FormProblem) -> str:
    """»survey, vrstica 4, relevant: …«."""
    row = f"vrstica {one.row}" if one.row else ""
    where = ", ".join(part for part in (one.sheet, row, one.column) if part)
    return f"{where}: {one.sentence}" if where else one.sentence


def _as_json(one: FormProblem) -> dict[str, object]:
    return {"sheet": one.sheet, "row": one.row, "column": one.column, "kind": one.kind, "sentence": one.sentence}
