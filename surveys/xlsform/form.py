"""A form as a questionnaire of a definition, and forms as a programme: the texts of its files."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from surveys.item_checks import LONGEST
from surveys.model import Kind
from surveys.xlsform.choices import read_lists
from surveys.xlsform.headings import FormCells, columns_of
from surveys.xlsform.identifiers import Identifiers
from surveys.xlsform.problems import FormFindings, FormFlaw, FormPlace
from surveys.xlsform.sheets import CHOICES, SETTINGS, SURVEY, FormSheet
from surveys.xlsform.survey import FormItem, SurveyReader
from surveys.xlsform.texts import Languages, languages_of
from surveys.xlsform.toml_text import table_text, written

_TAKEN = (SURVEY, CHOICES, SETTINGS)
_TITLE = "Vprašalnik"
_MIS_SPELT = 0.75
_WAVES = (
    ("before", "izhodišče", "start", "0d"),
    ("after", "zaključek", "end", "0d"),
    ("followup", "spremljanje", "end", "90d"),
)
MOST_FORMS = len(_WAVES)


@dataclass(frozen=True, slots=True)
class ReadForm:
    """What a form asks."""

    title: str
    items: tuple[FormItem, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeDetails:
    """What a form does not say of its programme; `waves` are the ids of its waves, in the order of the forms."""

    slug: str
    library: str
    code: str
    group: str
    waves: tuple[str, ...]


def usual_waves(count: int, first: str | None) -> tuple[str, ...]:
    """The ids of so many waves; one wave may be called otherwise."""
    return (first,) if first is not None and count == 1 else tuple(wave for wave, *_ in _WAVES[:count])


def read_form(
    sheets: Sequence[FormSheet], findings: FormFindings, identifiers: Identifiers, *, leave_out: bool = False
) -> ReadForm | None:
    """What the sheets ask, with all problems; None where there is no sheet of questions."""
    by_kind = _by_kind(sheets, findings)
    survey = by_kind.get(SURVEY)
    if survey is None:
        return None
    rows = {kind: list(_rows(sheet, findings)) for kind, sheet in by_kind.items()}
    settings = rows.get(SETTINGS, [])
    default = settings[0].words("default_language") if settings else ""
    columns = columns_of(survey, FormFindings())
    languages = languages_of(columns, default, FormPlace(findings, survey.name, survey.heading))
    of_choices = languages
    if CHOICES in by_kind:
        of_choices = _in_choices(languages, by_kind[CHOICES], default)
    lists = read_lists(rows.get(CHOICES, []), of_choices)
    items = SurveyReader(lists, languages, identifiers, leave_out=leave_out).read(rows[SURVEY])
    if not any(item.kind is not Kind.NOTE for item in items) and not findings.problems:
        FormPlace(findings, survey.name, survey.heading).invalid("", "Obrazec ne vpraša ničesar; dodajte vprašanje.")
    title = settings[0].words("form_title") if settings else ""
    if len(title) > LONGEST["title"]:
        settings[0].place.warn(
            settings[0].written("form_title"), f"Naslov je daljši od {LONGEST['title']} znakov in je skrajšan."
        )
        title = title[: LONGEST["title"] - 1].rstrip() + "…"
    return ReadForm(title or _TITLE, tuple(items))


def _in_choices(languages: Languages, sheet: FormSheet, default: str) -> Languages:
    """The languages of the choices, which may name their base although the questions do not."""
    found = languages_of(columns_of(sheet, FormFindings()), default, FormPlace(FormFindings(), sheet.name, 0))
    return Languages(languages.base or found.base, {**found.others, **languages.others})


def _by_kind(sheets: Sequence[FormSheet], findings: FormFindings) -> dict[str, FormSheet]:
    found: dict[str, FormSheet] = {}
    for sheet in sheets:
        place = FormPlace(findings, sheet.name, 0)
        if sheet.kind in _TAKEN:
            found.setdefault(sheet.kind, sheet)
        elif sheet.kind in {"external_choices", "entities", "osm"} and sheet.rows:
            place.unsupported("", f"Lista »{sheet.name}« ne znamo; izbrišite ga.")
        elif close := difflib.get_close_matches(sheet.kind, _TAKEN, n=1, cutoff=_MIS_SPELT):
            place.warn("", f"List »{sheet.name}« ni prebran; ste mislili »{close[0]}«?")
    if SURVEY not in found:
        names = ", ".join(f"»{sheet.name}«" for sheet in sheets) or "noben"
        FormPlace(findings, SURVEY, 0).invalid("", f"Lista survey z vprašanji ni; v datoteki so: {names}.")
    elif not {"type", "name"} <= {column.key for column in columns_of(found[SURVEY], FormFindings())}:
        place = FormPlace(findings, found[SURVEY].name, found[SURVEY].heading)
        place.invalid("", "List survey potrebuje stolpca type in name.")
        del found[SURVEY]
    return found


def _rows(sheet: FormSheet, findings: FormFindings) -> Iterator[FormCells]:
    columns = columns_of(sheet, findings)
    for row in sheet.rows:
        yield FormCells(FormPlace(findings, sheet.name, row.number), row, columns)


def files_of(
    forms: Sequence[ReadForm], details: ProgrammeDetails, findings: FormFindings
) -> tuple[dict[str, str], dict[tuple[str, int], FormCells]]:
    """The texts of the files by name, and which row a line of one comes from (the first line of each item)."""
    _choose_primary(forms, findings)
    texts: dict[str, str] = {}
    origins: dict[tuple[str, int], FormCells] = {}
    for wave, form in zip(details.waves, forms, strict=True):
        head = {"id": wave, "title": form.title}
        texts[f"{wave}.toml"], lines = written(head, {"items": [_in_order(item) for item in form.items]})
        origins |= {(f"{wave}.toml", line): item.cells for line, item in zip(lines, form.items, strict=True)}
    programme = {
        "slug": details.slug,
        "name": forms[0].title,
        "library": details.library,
        "code": details.code,
        "group": details.group,
        "pooled": False,
    }
    waves = [
        {"id": wave, "name": name, "anchor": anchor, "offset": offset, "questionnaire": wave}
        for wave, (_, name, anchor, offset) in zip(details.waves, _WAVES, strict=False)
    ]
    texts["programme.toml"], _ = written(programme, {"waves": waves})
    for tag, words in _translations(forms).items():
        texts[f"{tag}.toml"] = table_text("texts", words)
    return texts, origins


def _in_order(item: FormItem) -> Mapping[str, object]:
    """The keys as people read them: which question, what it asks, what may be answered, when."""
    order = ["id", "name", "kind", "text", "hint", "indicator", "choices"]
    last = ["role", "when"]
    table = item.table
    return {
        key: table[key]
        for key in (*order, *(key for key in table if key not in {*order, *last}), *last)
        if key in table
    }


def _translations(forms: Sequence[ReadForm]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for form in forms:
        for item in form.items:
            for tag, words in item.translations.items():
                found.setdefault(tag, {}).update(words)
    return found


def _choose_primary(forms: Sequence[ReadForm], findings: FormFindings) -> None:
    """A programme needs one main question in all its waves: that of zss:role, else the first that measures."""
    asked = [{str(item.table["id"]): item for item in form.items if item.kind is not Kind.NOTE} for form in forms]
    if any(item.table.get("role") == "primary" for one in asked for item in one.values()):
        return
    shared = [item for id_, item in asked[0].items() if all(id_ in other for other in asked[1:])]
    chosen = min(shared, key=_measures_worse, default=None)
    if chosen is None:
        FormPlace(findings, SURVEY, 0).unsupported(
            "", "Program potrebuje vprašanje, ki je v vseh obrazcih pod istim imenom."
        )
        return
    for one in asked:
        one[str(chosen.table["id"])].table["role"] = "primary"
    FormPlace(findings, chosen.cells.place.sheet, chosen.cells.row.number).warn(
        "",
        f"Glavno vprašanje programa je »{chosen.name}«; drugo izberete s stolpcem zss:role (primary).",
        FormFlaw.DOUBTFUL,
    )


def _measures_worse(item: FormItem) -> int:
    """How far an item is from what reports compare: scales, numbers between limits, choices, others."""
    match item.kind:
        case Kind.SCALE | Kind.FACES:
            return 0
        case Kind.NUMBER if {"minimum", "maximum"} <= item.table.keys() and "places" not in item.table:
            return 1
        case Kind.CHOICE:
            return 2
    return 3
