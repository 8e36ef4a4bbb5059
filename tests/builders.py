"""Parts of made-up plans, in a line each."""

from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from diplan.ground.period import period
from diplan.judge import Verdict
from diplan.judge.indicator import judge_indicator
from diplan.plan import Action, CoverSheet, Indicator, Plan, Priority

WITHIN = Decimal(5)

_INDICATOR = TypeAdapter(Indicator)
_ACTION = TypeAdapter(Action)
_PRIORITY = TypeAdapter(Priority)
_COVER = TypeAdapter(CoverSheet)


def indicator(**keys: Any) -> Indicator:
    """An indicator from the keys that a data file would have."""
    whole = {"id": "made-up", "title": "Made up", "priority": "first", "unit": "units", **keys}
    return _INDICATOR.validate_python(whole)


def action(**keys: Any) -> Action:
    """An action from the keys that a data file would have."""
    whole = {"id": "made-up-action", "title": "Made up", "priority": "first", **keys}
    return _ACTION.validate_python(whole)


def plan(*indicators: Indicator, actions: tuple[Action, ...] = (), **cover: Any) -> Plan:
    """A plan that holds them."""
    sheet = _COVER.validate_python({"id": "made-up-plan", "title": "Made up", **cover})
    first = _PRIORITY.validate_python({"id": "first", "title": "First"})
    return Plan(sheet, priorities=(first,), indicators=indicators, actions=actions)


def judged(as_of: str, **keys: Any) -> Verdict:
    """The verdict on an indicator with these keys."""
    return judge_indicator(indicator(**keys), period(as_of), WITHIN)
