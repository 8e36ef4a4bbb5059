"""An indicator as it was first promised: the ledger's entries taken back, the last one first."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from diplan.model.differences import FIGURE, TARGET, written
from diplan.model.indicator import Baseline, Indicator
from diplan.model.target import AnyTarget


def original(own: Indicator) -> Indicator | None:
    """The indicator with its first target and baseline; None where neither was ever revised.

    An entry that does not lead back to a target that can be read is no ground for a verdict.
    """
    entries = [one for one in own.revisions if one.what.startswith(("target.", "baseline."))]
    if not entries:
        return None
    raw = {"target": _raw(own.target, TARGET), "baseline": _raw(own.baseline, FIGURE)}
    for entry in reversed(entries):
        part, _, name = entry.what.partition(".")
        if entry.was is None:
            raw[part].pop(name, None)
        else:
            raw[part][name] = entry.was
    try:
        target = _adapter("target").validate_python(raw["target"])
        baseline = _adapter("baseline").validate_python(raw["baseline"]) if own.baseline else None
    except ValidationError:
        return None
    return replace(own, target=target, baseline=baseline)


def _raw(record: Any, names: tuple[str, ...]) -> dict[str, str]:
    given = ((name.rstrip("_"), written(getattr(record, name, None))) for name in names)
    return {name: text for name, text in given if text is not None}


@lru_cache(maxsize=2)
def _adapter(part: str) -> TypeAdapter[Any]:
    return TypeAdapter(AnyTarget if part == "target" else Baseline)
