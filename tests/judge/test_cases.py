"""Worked verdicts: each case says its arithmetic."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from builders import judged

CASES = json.loads(
    (Path(__file__).parent / "cases.json").read_text(encoding="utf-8"), parse_float=Decimal
)

NUMBERS = (
    "change", "fraction", "elapsed", "expected", "pace", "projected", "gap", "lag_years",
    "rate_needed",
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    """The verdict is what the working says, to the sixth decimal."""
    found = judged(case["as_of"], **case["indicator"])
    seen = found.evidence
    said: dict[str, Any] = {
        "status": found.status,
        "severity": found.ruling.severity,
        "reason": found.ruling.reason,
        "possible": list(found.possible),
        "flags": [flag for flag in found.flags if flag != "path-sensitive"],
        "target_value": found.target_value,
        "value": seen.figure.middle if seen else None,
        **{name: getattr(found.numbers, name) for name in NUMBERS},
    }
    for name, expected in case["expected"].items():
        if isinstance(expected, Decimal | int):
            assert said[name] is not None, name
            assert round(said[name], 6) == Decimal(str(expected)), name
        elif name == "flags":
            assert sorted(said[name]) == sorted(expected)
        else:
            assert said[name] == expected, name
