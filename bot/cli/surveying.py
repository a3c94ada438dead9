"""`survey list` and `survey preview`. Needs no database, and no configuration for the programmes that are shipped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.cli.opening import config_file, say, say_json, say_table, settings_of
from bot.cli.options import Configured, SurveyListOptions, SurveyPreviewOptions
from bot.cli.problem import CommandProblem
from bot.runtime.services import load_programmes
from bot.runtime.settings import ConfigurationError, Settings
from bot.texts import paper
from bot.worker.printing import branches
from surveys.effort import minutes
from surveys.languages import Localised, localised
from surveys.model import Item, Kind, Programme, Wave, write_offset
from surveys.quantities import written


def listing(given: SurveyListOptions) -> None:
    """List the programmes."""
    programmes = programmes_of(settings_or_defaults(given))
    if given.json:
        say_json([_as_json(one) for one in programmes.values()])
        return
    rows = [
        (
            one.slug,
            one.code,
            one.name,
            " ".join(wave.id for wave in one.waves),
            " ".join(one.languages),
            "yes" if one.national else "no",
        )
        for one in programmes.values()
    ]
    say_table([("programme", "library", "name", "waves", "languages", "national"), *rows])


def preview(given: SurveyPreviewOptions) -> None:
    """Show the questionnaires of a programme as they are asked, in one of its languages."""
    programme = one_of(programmes_of(settings_or_defaults(given)), given.programme)
    waves = [wave for wave in programme.waves if given.wave in {None, wave.id}]
    if not waves:
        known = ", ".join(wave.id for wave in programme.waves)
        raise CommandProblem(f"{programme.slug} has no wave {given.wave}; there are: {known}.")
    if given.language not in programme.languages:
        known = ", ".join(programme.languages)
        raise CommandProblem(f"{programme.slug} is not offered in {given.language}; there are: {known}.")
    say(f"{programme.name} · {programme.library}")
    if not programme.national:
        say("outside the national result")
    for wave in waves:
        for line in _shown(wave, localised(programme.questionnaire(wave), given.language)):
            say(line)


def settings_or_defaults(given: Configured) -> Settings:
    """The settings of --config or of this folder; where there are none, the defaults."""
    return Settings() if config_file(given) is None else settings_of(given)


def programmes_of(settings: Settings) -> Mapping[str, Programme]:
    """The programmes by slug; raises ConfigurationError with every problem in them."""
    loaded = load_programmes(settings)
    if loaded.problems:
        raise ConfigurationError(loaded.problems)
    return loaded.programmes


def one_of(programmes: Mapping[str, Programme], slug: str) -> Programme:
    """The programme with this slug."""
    if slug not in programmes:
        raise CommandProblem(f"There is no programme {slug}; there are: {', '.join(sorted(programmes))}.")
    return programmes[slug]


def _shown(wave: Wave, found: Localised) -> Iterator[str]:
    questionnaire = found.questionnaire
    yield f"\n── {wave.id} · {wave.name} · {write_offset(wave.offset)} after the {wave.anchor} · {wave.audience}"
    if found.untold:
        yield f"not translated ({found.language}): {', '.join(sorted(found.untold))}"
    yield questionnaire.title
    if questionnaire.intro:
        yield questionnaire.intro
    yield f"takes about {minutes(questionnaire)} min"
    asked = (item for item in questionnaire.items if item.asks)
    numbers = {item.id: number for number, item in enumerate(asked, start=1)}
    for item in questionnaire.items:
        if heading := questionnaire.heading(item):
            yield f"\n── {heading}"
        yield f"\n{f'{numbers[item.id]}.' if item.asks else '·'} {item.text}   [{item.id}, {item.kind}]"
        if item.id in found.missing:
            yield f"   not wholly translated ({found.language}): stays in Slovenian"
        if item.hint:
            yield f"   {item.hint}"
        for choice in item.choices:
            ways = f"{' · alone' if choice.alone else ''}{f' · asks »{choice.other}«' if choice.other else ''}"
            known = f"{choice.code}, {choice.name}" if choice.name else str(choice.code)
            yield f"   ( ) {f'{choice.emoji} {choice.label}'.strip()}   [{known}]{ways}"
        yield from _besides(item)
        rule = questionnaire.rule(item)
        if rule is not None:
            yield f"   {branches.said(rule, questionnaire, numbers)}"
    if questionnaire.thanks:
        yield f"\n{questionnaire.thanks}"


def _besides(item: Item) -> Iterator[str]:
    """What else may be answered, and when the item is asked at all."""
    if item.kind in {Kind.NUMBER, Kind.DATE}:
        what = (
            f"a {item.accuracy}"
            if item.kind is Kind.DATE
            else f"a number with {item.places} decimals"
            if item.places
            else "a whole number"
        )
        yield f"   {what} from {written(item.minimum, item)} to {written(item.maximum, item)} {item.unit}".rstrip()
    if item.fewest is not None or item.most is not None:
        yield f"   {paper.several(item)}"
    if item.message:
        yield f"   outside the limits: {item.message}"
    if item.name:
        yield f"   called {item.name} in data"
    allowed = {
        "Ne vem": item.dont_know,
        "Ne želim odgovoriti": item.refusable,
        "Preskoči": item.optional,
        "Ne velja zame": item.not_applicable,
    }
    words = [word for word, offered in allowed.items() if offered and item.asks]
    if words:
        yield f"   {' · '.join(words)}"


def _as_json(programme: Programme) -> dict[str, object]:
    waves = [
        {
            "wave": wave.id,
            "name": wave.name,
            "anchor": wave.anchor,
            "offset": write_offset(wave.offset),
            "audience": wave.audience,
            "questionnaire": wave.questionnaire,
        }
        for wave in programme.waves
    ]
    return {
        "programme": programme.slug,
        "name": programme.name,
        "library": programme.code,
        "library_name": programme.library,
        "languages": list(programme.languages),
        "national": programme.national,
        "waves": waves,
    }
