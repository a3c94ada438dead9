"""Rules of forms as the when-rules of a definition, and limits as its keys: what these cannot say is told."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from surveys.expressions.tree import (
    CurrentAnswer,
    Expression,
    FunctionCall,
    Junction,
    Negated,
    NumberLiteral,
    Operation,
    Reference,
    TextLiteral,
)
from surveys.expressions.values import to_date, to_number
from surveys.model import Kind
from surveys.quantities import WIDEST

Rule = dict[str, object]

_TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_COMPARE = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "=": "eq"}


class UntoldError(ValueError):
    """A rule that when-rules cannot say; the sentence tells which part."""


@dataclass(frozen=True, slots=True)
class RuleItem:
    """An earlier question, as rules look at it. `codes` are those of its options by name, None for no answer."""

    id: str
    kind: Kind
    codes: Mapping[str, int | None]
    numbered: bool = False


def when(expression: Expression, items: Mapping[str, RuleItem]) -> Rule:
    """The rule as a table of TOML. An unanswered item is empty there as here. Raises UntoldError."""
    match expression:
        case Junction(operator=operator, operands=operands):
            return {"all" if operator == "and" else "any": [when(operand, items) for operand in operands]}
        case FunctionCall(name="not", arguments=(inner,)):
            return _not(when(inner, items))
        case FunctionCall(name="selected", arguments=(Reference(name=name), TextLiteral(value=option))):
            return _chosen(items[name], option)
        case Operation(operator=operator, left=left, right=right) if operator in _TURNED:
            return _compared(operator, left, right, items)
        case Operation():
            raise UntoldError("računanja")
        case FunctionCall(name=name):
            raise UntoldError(f"funkcije {name}")
    raise UntoldError("izraza brez primerjave")


def joined(rules: Sequence[Rule]) -> Rule | None:
    """All of the rules together; None of none."""
    if not rules:
        return None
    return rules[0] if len(rules) == 1 else {"all": list(rules)}


def limits(expression: Expression, places: int = 0) -> dict[str, object]:
    """The keys `minimum` and `maximum` that a limit of a number with so many decimals, or of a date, means.

    Raises UntoldError.
    """
    parts = expression.operands if isinstance(expression, Junction) and expression.operator == "and" else (expression,)
    found: dict[str, object] = {}
    for part in parts:
        for key, limit in _limit(part, places).items():
            known = found.setdefault(key, limit)
            if known != limit:
                raise UntoldError("dveh mej iste vrste")
    return found


def _limit(part: Expression, places: int) -> dict[str, object]:
    match part:
        case FunctionCall(name="not", arguments=(Operation(at=at, operator=operator, left=left, right=right),)):
            opposite = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}.get(operator)
            if opposite is not None:
                return _limit(Operation(at, opposite, left, right), places)
        case Operation(operator=operator, left=CurrentAnswer(), right=right) if operator in _TURNED:
            return _bound(operator, right, places)
        case Operation(operator=operator, left=left, right=CurrentAnswer()) if operator in _TURNED:
            return _bound(_TURNED[operator], left, places)
    raise UntoldError("česa drugega kot meje . >= … in . <= …")


def _bound(operator: str, value: Expression, places: int) -> dict[str, object]:
    limit = _constant(value)
    match operator:
        case ">=":
            return {"minimum": limit}
        case "<=":
            return {"maximum": limit}
        case "=":
            return {"minimum": limit, "maximum": limit}
        case ">":
            return {"minimum": _beside(limit, 1, places)}
        case "<":
            return {"maximum": _beside(limit, -1, places)}
    raise UntoldError("neenakosti !=")


def _beside(limit: float | date, steps: int, places: int) -> float | date:
    """The nearest answer above or below."""
    if isinstance(limit, date):
        return limit + timedelta(days=steps)
    step = Decimal(1).scaleb(-places)
    exact = Decimal(str(limit))
    if exact % step:
        raise UntoldError("meje z več decimalkami od odgovora; zapišite jo z >= ali <=")
    return _tidy(float(exact + steps * step))


def _constant(value: Expression) -> float | date:
    """A number or date that is written there."""
    match value:
        case NumberLiteral(value=number):
            return _tidy(number)
        case Negated(operand=NumberLiteral(value=number)):
            return _tidy(-number)
        case TextLiteral(value=words) if not math.isnan(number := to_number(words)):
            return _tidy(number)
        case FunctionCall(name="date", arguments=(TextLiteral(value=words),)):
            found = to_date(words)
            if found is not None:
                return found
    raise UntoldError("meje, ki se računa")


def _tidy(number: float) -> float:
    if abs(number) > WIDEST:
        raise UntoldError("tako velikih števil")
    return int(number) if number.is_integer() else number


def _compared(operator: str, left: Expression, right: Expression, items: Mapping[str, RuleItem]) -> Rule:
    match left, right:
        case Reference(), Reference():
            raise UntoldError("primerjave dveh vprašanj")
        case Reference(name=name), _:
            return _with(items[name], operator, right)
        case _, Reference(name=name):
            return _with(items[name], _TURNED[operator], left)
        case FunctionCall(name="count-selected" | "string-length", arguments=(Reference(name=name),)), NumberLiteral(
            value=value
        ) if (operator, value) in {(">", 0.0), (">=", 1.0), ("!=", 0.0)}:
            return _answered(items[name])
        case FunctionCall(name="count-selected" | "string-length", arguments=(Reference(name=name),)), NumberLiteral(
            value=value
        ) if (operator, value) in {("=", 0.0), ("<", 1.0)}:
            return _not(_answered(items[name]))
    raise UntoldError("primerjave, v kateri ni vprašanja in vrednosti")


def _with(item: RuleItem, operator: str, value: Expression) -> Rule:
    """A comparison with what is written there."""
    if isinstance(value, TextLiteral) and not value.value.strip():
        if operator not in {"=", "!="}:
            raise UntoldError("primerjave velikosti s praznim")
        return _answered(item) if operator == "!=" else _not(_answered(item))
    if operator == "!=":
        return _not(_with(item, "=", value))
    if item.kind in {Kind.NUMBER, Kind.DATE}:
        constant = _constant(value)
        if isinstance(constant, date) is not (item.kind is Kind.DATE):
            raise UntoldError("primerjave datuma s številom")
        return {"item": item.id, "is": _COMPARE[operator], "value": constant}
    if item.kind is Kind.TEXT:
        raise UntoldError("primerjave besedila")
    if item.kind is Kind.MULTIPLE:
        raise UntoldError("primerjave pri več odgovorih; zapišite jo s selected(…)")
    return _option(item, operator, value)


def _option(item: RuleItem, operator: str, value: Expression) -> Rule:
    """An option by its name; larger and smaller only where names are the codes."""
    name = value.value.strip() if isinstance(value, TextLiteral) else str(_constant(value))
    if operator == "=":
        return {"item": item.id, "is": "eq", "value": _code(item, name)}
    if not item.numbered:
        raise UntoldError("primerjave velikosti odgovorov brez števil")
    return {"item": item.id, "is": _COMPARE[operator], "value": _constant(value)}


def _chosen(item: RuleItem, option: str) -> Rule:
    kinds = {Kind.MULTIPLE: "has", Kind.CHOICE: "eq", Kind.SCALE: "eq", Kind.FACES: "eq"}
    if item.kind not in kinds:
        raise UntoldError("funkcije selected pri vprašanju brez odgovorov na izbiro")
    return {"item": item.id, "is": kinds[item.kind], "value": _code(item, option.strip())}


def _code(item: RuleItem, name: str) -> int:
    code = item.codes.get(name)
    if code is None and name in item.codes:
        raise UntoldError(f"odgovora »{name}«, ki je postal gumb pod odgovori")
    if code is None:
        raise UntoldError(f"odgovora »{name}«, ki ga vprašanje nima")
    return code


def _answered(item: RuleItem) -> Rule:
    if item.kind is Kind.NOTE:
        raise UntoldError("obvestila, ki nima odgovora")
    return {"item": item.id, "is": "answered"}


def _not(rule: Rule) -> Rule:
    inner = rule.get("not")
    return inner if isinstance(inner, dict) else {"not": rule}
