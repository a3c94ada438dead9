"""Folders of TOML files, read as programmes: whatever is wrong in any of them is said at once, with file and line.

The only part of `surveys` that reads files. Knows nothing of who uses the programmes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from surveys.catalogues import Catalogue, Lexicon, is_catalogue, misnamed, read_catalogue
from surveys.checks import QuestionnaireDraft, check_programme, check_questionnaire, unknown_sections
from surveys.fields import build, tables, worded
from surveys.findings import Finding
from surveys.item_checks import lengths
from surveys.languages import NAMES, SLOVENIAN, Phrase
from surveys.locate import SourcePlace, SourceText, read
from surveys.model import PlannedComparisons, Programme, Questionnaire, Wave
from surveys.scope import Scope, read_item, read_sections, read_shared, with_words
from surveys.translating import translate

_SHARED = "shared.toml"
_SHARED_WORDS = "shared.*.toml"  # shared.en.toml
_PROGRAMME = "programme.toml"
_PLAN = "analysis_plan"
_SAID = ("improvement", "better")  # tables of words by item, for reports: no part of what is asked
_READ_ELSEWHERE = {"waves", "lists", _PLAN, *_SAID}


@dataclass(frozen=True, slots=True)
class Loaded:
    """The sound programmes by slug, the problems of the others, and where everything is written.

    `places` are the tops of the programme files, by slug; `drafts` the questionnaires of sound programmes,
    by slug and id, with the places of their items. `lexicons` are the catalogues in which the words of a programme
    are looked up, by slug and language; `shared` are those that no programme owns, for `shared_phrases` among others.
    """

    programmes: Mapping[str, Programme]
    problems: tuple[Finding, ...]
    places: Mapping[str, SourcePlace]
    drafts: Mapping[tuple[str, str], QuestionnaireDraft]
    lexicons: Mapping[tuple[str, str], Lexicon]
    shared: tuple[Catalogue, ...]
    shared_phrases: tuple[Phrase, ...]


_Catalogues = Mapping[str, tuple[Catalogue | None, ...]]  # by language; None for each that is broken


@dataclass(frozen=True, slots=True)
class _Folder:
    programme: Programme
    place: SourcePlace
    drafts: Mapping[str, QuestionnaireDraft]
    lexicons: Mapping[str, Lexicon]


def shipped() -> Path:
    """The folder of the programmes that come with the software."""
    return Path(__file__).parent / "programmes"


def load(directories: Sequence[Path]) -> Loaded:
    """Every programme in the folders. A later folder may use what earlier ones share, and add to it."""
    if list(directories) != [shipped()]:
        return _load(directories)
    return replace(_shipped_alone(), programmes=dict(_shipped_alone().programmes))


@cache
def _shipped_alone() -> Loaded:
    """What comes with the software does not change while it runs: it is read and checked once."""
    return _load([shipped()])


def _load(directories: Sequence[Path]) -> Loaded:
    findings: list[Finding] = []
    scope = Scope()
    shared: _Catalogues = {}
    sound: dict[str, _Folder] = {}
    for directory in directories:
        scope = _share(directory, scope, findings)
        shared = _share_words(directory, shared, findings)
        for folder in _folders(directory, findings):
            reading = _read_folder(folder, scope, shared, findings)
            if reading is None:
                continue
            clashes = list(_clashes(reading, sound))
            findings.extend(clashes)
            if not clashes:
                sound[reading.programme.slug] = reading
    return Loaded(
        programmes={slug: folder.programme for slug, folder in sound.items()},
        problems=tuple(sorted(findings, key=lambda finding: finding.order)),
        places={slug: folder.place for slug, folder in sound.items()},
        drafts={(slug, id_): draft for slug, folder in sound.items() for id_, draft in folder.drafts.items()},
        lexicons={(slug, name): one for slug, folder in sound.items() for name, one in folder.lexicons.items()},
        shared=tuple(one for catalogues in shared.values() for one in catalogues if one is not None),
        shared_phrases=tuple(scope.phrases()),
    )


def _share(directory: Path, scope: Scope, findings: list[Finding]) -> Scope:
    file = directory / _SHARED
    if not file.exists():
        return scope
    source = read(file)
    if isinstance(source, Finding):
        findings.append(source)
        return replace(scope, complete=False)
    return read_shared(source, scope, findings)


def _share_words(directory: Path, shared: _Catalogues, findings: list[Finding]) -> _Catalogues:
    """The shared catalogues with those of one more folder, which come before those of earlier ones."""
    read_here = {
        language: _read_catalogue(file, language, findings)
        for file in sorted(directory.glob(_SHARED_WORDS))
        if (language := file.stem.removeprefix("shared."))
    }
    return {**shared, **{language: (one, *shared.get(language, ())) for language, one in read_here.items()}}


def _read_catalogue(file: Path, language: str, findings: list[Finding]) -> Catalogue | None:
    source = read(file)
    if isinstance(source, Finding):
        findings.append(source)
        return None
    if language not in NAMES or language == SLOVENIAN:
        findings.append(misnamed(language, SourcePlace(source)))
        return None
    return read_catalogue(source, language, findings)


def _folders(directory: Path, findings: list[Finding]) -> list[Path]:
    if not directory.is_dir():
        findings.append(Finding(directory, None, "there is no such folder; correct its name in the configuration"))
        return []
    findings.extend(
        Finding(file, None, "this file is in no programme's folder; move it into one")
        for file in directory.glob("*.toml")
        if file.name != _SHARED and not file.match(_SHARED_WORDS)
    )
    folders = sorted(path for path in directory.iterdir() if path.is_dir() and path.name[0] not in "._")
    if not folders:
        findings.append(
            Finding(
                directory, None, f"this folder is empty: a programme is a folder in it with a {_PROGRAMME}; add one"
            )
        )
    return folders


def _read_folder(folder: Path, scope: Scope, shared: _Catalogues, findings: list[Finding]) -> _Folder | None:
    """The programme of a folder; None where anything in it is broken."""
    before = len(findings)
    catalogues = _read_catalogues(folder, shared, findings)
    file = folder / _PROGRAMME
    if not file.exists():
        findings.append(Finding(folder, None, f"this folder has no {_PROGRAMME}; add one, or remove the folder"))
        return None
    source = read(file)
    if isinstance(source, Finding):
        findings.append(source)
        _read_questionnaires(folder, replace(scope, complete=False), findings)
        return None
    place = SourcePlace(source)
    scope = scope.with_lists(source.data, place, findings)
    waves = _read_waves(place, findings)
    files = _read_questionnaires(folder, scope, findings)
    drafts = {id_: draft for id_, draft in files.items() if draft is not None}
    programme = _build_programme(place, waves, drafts, scope, findings)
    findings.extend(_mismatches(folder, place, waves, files))
    if programme is None or len(findings) > before or len(drafts) < len(files):
        return None
    findings.extend(check_programme(programme, place, drafts))
    lexicons = {name: tuple(one for one in parts if one is not None) for name, parts in catalogues.items()}
    programme = translate(programme, lexicons, findings)
    if len(findings) > before or any(None in parts for parts in catalogues.values()):
        return None
    translated = {one.id: replace(drafts[one.id], questionnaire=one) for one in programme.questionnaires}
    return _Folder(programme, place, translated, lexicons)


def _read_catalogues(folder: Path, shared: _Catalogues, findings: list[Finding]) -> _Catalogues:
    """For each language that the folder has a file for: its own catalogue, then the shared ones."""
    files = ((language, folder / f"{language}.toml") for language in NAMES)
    return {
        language: (_read_catalogue(file, language, findings), *shared.get(language, ()))
        for language, file in files
        if file.exists()
    }


def _read_waves(place: SourcePlace, findings: list[Finding]) -> tuple[Wave | None, ...]:
    """The waves in their order, None for each that is broken."""
    raw = tables(place.source.data, "waves", place, findings)
    return tuple(build(Wave, table, where, findings) for where, table in raw)


def _read_questionnaires(folder: Path, scope: Scope, findings: list[Finding]) -> dict[str, QuestionnaireDraft | None]:
    """The questionnaires of a folder by the name of their file, None for each that is broken."""
    files = sorted(file for file in folder.glob("*.toml") if file.name != _PROGRAMME and file.stem not in NAMES)
    read_here = {}
    for file in files:
        source = read(file)
        if isinstance(source, SourceText) and is_catalogue(source):
            findings.append(misnamed(file.stem, SourcePlace(source)))
        else:
            read_here[file.stem] = _read_questionnaire(file, source, scope, findings)
    return read_here


def _read_questionnaire(
    file: Path, source: SourceText | Finding, scope: Scope, findings: list[Finding]
) -> QuestionnaireDraft | None:
    if isinstance(source, Finding):
        findings.append(source)
        return None
    before = len(findings)
    place = SourcePlace(source)
    items = [read_item(where, raw, scope, findings) for where, raw in tables(source.data, "items", place, findings)]
    sound = tuple(with_words(placed for placed in items if placed is not None))
    head = {key: value for key, value in source.data.items() if key not in {"items", "sections"}}
    sections = read_sections(source.data, place, findings) if "sections" in source.data else ()
    made = {"items": tuple(placed.item for placed in sound), "sections": sections, "translations": {}}
    questionnaire = build(Questionnaire, head, place, findings, made=made, keys={"items", "sections"})
    if source.data.get("id", file.stem) != file.stem:
        findings.append((place / "id").error(f'the id must be the name of the file; write id = "{file.stem}"'))
    if questionnaire is None:
        return None
    draft = QuestionnaireDraft(questionnaire, place, sound)
    if None in items:
        findings.extend(unknown_sections(draft))
        return None
    findings.extend(check_questionnaire(draft))
    return draft if len(findings) == before else None


def _build_programme(
    place: SourcePlace,
    waves: Sequence[Wave | None],
    drafts: Mapping[str, QuestionnaireDraft],
    scope: Scope,
    findings: list[Finding],
) -> Programme | None:
    sound = [wave for wave in waves if wave is not None]
    asked = [drafts[id_].questionnaire for id_ in dict.fromkeys(wave.questionnaire for wave in sound) if id_ in drafts]
    said = {key: worded(place.source.data, key, place, findings) for key in _SAID}
    used = {item.id for questionnaire in asked for item in questionnaire.items}
    shared = {name: words for name, words in scope.better.items() if name in used}
    made: dict[str, object] = {
        "waves": tuple(sound),
        "questionnaires": tuple(asked),
        "languages": (SLOVENIAN,),
        "groups": {},
        "improvement": said["improvement"],
        "better": {**shared, **said["better"]},
    }
    if _PLAN in place.source.data:
        made[_PLAN] = build(PlannedComparisons, place.source.data[_PLAN], place / _PLAN, findings)
    head = {key: value for key, value in place.source.data.items() if key not in _READ_ELSEWHERE}
    programme = build(Programme, head, place, findings, made=made, keys=_READ_ELSEWHERE)
    if programme is not None:
        findings.extend(lengths(programme, place))
    return programme


def _mismatches(
    folder: Path, place: SourcePlace, waves: Sequence[Wave | None], files: Mapping[str, QuestionnaireDraft | None]
) -> Iterator[Finding]:
    """Where the folder's name, its waves and its files do not fit together."""
    slug = place.source.data.get("slug", folder.name)
    if slug != folder.name:
        yield (place / "slug").error(f'the slug must be the name of the folder; write slug = "{folder.name}"')
    seen: set[str] = set()
    for number, wave in enumerate(waves):
        if wave is None:
            continue
        where = place / "waves" / number
        yield from lengths(wave, where)
        if wave.id in seen:
            yield (where / "id").error(f'the wave "{wave.id}" stands twice; rename or remove one')
        seen.add(wave.id)
        if wave.questionnaire not in files:
            yield (where / "questionnaire").error(
                f"there is no file {wave.questionnaire}.toml for this wave; add it, or name one of {', '.join(files)}"
            )
    if waves and None not in waves:
        used = {wave.questionnaire for wave in waves if wave is not None}
        for id_ in sorted(files.keys() - used):
            yield Finding(folder / f"{id_}.toml", 1, "no wave uses this questionnaire; name it in a wave, or remove it")


def _clashes(reading: _Folder, sound: Mapping[str, _Folder]) -> Iterator[Finding]:
    """Where a programme takes what belongs to an earlier one."""
    programme = reading.programme
    if programme.slug in sound:
        other = sound[programme.slug].place.source.file
        yield (reading.place / "slug").error(f'the programme "{programme.slug}" is defined in {other}; rename this one')
    for folder in sound.values():
        known = folder.programme
        if known.code == programme.code and known.library != programme.library:
            yield (reading.place / "code").error(
                f'the code {programme.code} belongs to "{known.library}"; choose other letters for another library'
            )
            return
