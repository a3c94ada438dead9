"""From answers to the blocks of numbers that are published together. What may be shown is decided elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from reports.frames import Data
from reports.indicators import AFTER, BEFORE, Indicator
from reports.statistics import PairedChange, paired_change, summary
from reports.suppression import Block, Number, constant
from surveys.model import Kind, Mode

_CHANGE = ("change", "ci_low", "ci_high", "p", "improved", "same", "worse", "improved_low", "improved_high")
_BOTH_SIDES = (*_CHANGE, "mean_before", "mean_after", "sd_before", "d_z", "g_av", "wilcoxon_p", "rank_biserial")


def name(slug: str, wave: str, subject: str) -> str:
    """Under which name a block is remembered."""
    return f"impact:{slug}:{wave}:{subject}"


def change(slug: str, indicator: Indicator, data: Data) -> Block:
    """The change from before to after, with both means and both distributions of the same people.

    Empty where everybody gave the same answer: a mean would then tell each person's.
    """
    before, after = _scored_pairs(indicator, data, AFTER)
    numbers = _changed(before, after, _BOTH_SIDES)
    if numbers and indicator.item.choices:
        for side, scores in (("before", before), ("after", after)):
            for code in indicator.codes:
                count = scores.count(indicator.score(code))
                numbers[f"{side}.{code}"] = Number(count, len(scores))
    return Block(name(slug, AFTER, indicator.id), numbers)


def later_change(slug: str, indicator: Indicator, wave: str, data: Data) -> Block:
    """The change from before to a follow-up.

    Without means: the people are others than in `change`, and two baseline means of nearly the same people would
    tell those apart who are in one group only.
    """
    before, later = _scored_pairs(indicator, data, wave)
    return Block(name(slug, wave, indicator.id), _changed(before, later, _CHANGE))


def shares(slug: str, indicator: Indicator, wave: str, data: Data) -> Block:
    """How many people chose each option in a wave: `code` → count."""
    values = [int(value) for value in data.values(indicator.id, wave)]
    chosen = {code: _choosing(indicator, code, values) for code in indicator.codes}
    return Block(name(slug, wave, indicator.id), {str(code): Number(chosen[code], len(values)) for code in chosen})


def modes(slug: str, data: Data, moment: datetime) -> Block:
    """Whose hands gave the answers: mode → people, each with the last questionnaire that they answered."""
    found = list(data.last_modes(moment))
    return Block(name(slug, "all", "modes"), {mode.value: Number(found.count(mode), len(found)) for mode in Mode})


def dropouts(slug: str, indicator: Indicator, data: Data, over: Sequence[str]) -> Block:
    """The first answers of those (by code, `over`) whose time to answer at the end has passed without an answer."""
    before = data.values(indicator.id, BEFORE)
    gone = before[before.index.isin(over) & ~before.index.isin(data.values(indicator.id, AFTER).index)]
    scores = [indicator.score(int(value)) for value in gone]
    if constant(scores):
        return Block(name(slug, BEFORE, "dropouts"), {})
    group = summary(scores)
    numbers = {"mean": Number(group.mean, group.n), "sd": Number(group.sd, group.n)}
    return Block(name(slug, BEFORE, "dropouts"), numbers)


def _scored_pairs(indicator: Indicator, data: Data, wave: str) -> tuple[list[int], list[int]]:
    pairs = data.pairs(indicator.id, BEFORE, wave)
    return (
        [indicator.score(int(value)) for value in pairs["before"]],
        [indicator.score(int(value)) for value in pairs["after"]],
    )


def _changed(before: list[int], after: list[int], keys: Sequence[str]) -> dict[str, Number]:
    differences = [second - first for first, second in zip(before, after, strict=True)]
    if constant(before, after, differences):
        return {}
    found: PairedChange = paired_change(before, after)
    return {key: Number(getattr(found, key), found.n) for key in keys}


def _choosing(indicator: Indicator, code: int, values: Sequence[int]) -> int:
    if indicator.item.kind is Kind.MULTIPLE:
        return sum(value >> code & 1 for value in values)
    return values.count(code)
