"""An id that stands twice is said, whatever else is wrong with the two."""

from collections.abc import Callable
from pathlib import Path

import pytest

from diplan.checks import check
from diplan.files.load import load
from diplan.files.workspace import Workspace
from diplan.ground.period import period

SOUND = """  - id: twice
    title: Adults
    unit: adults
    target: {kind: none}
"""
BROKEN = SOUND.replace("adults\n", "adults\n    frequency: now and then\n")


@pytest.mark.parametrize(
    ("items", "lines"),
    [
        ((SOUND, SOUND), [6]),
        ((BROKEN, SOUND), [7]),
        ((SOUND, BROKEN), [6]),
        ((BROKEN, BROKEN), [7]),
        ((SOUND, BROKEN, SOUND), [6, 11]),
    ],
)
def test_duplicates(
    items: tuple[str, ...], lines: list[int], workspace: Callable[..., Path]
) -> None:
    """A second entity of an id is a problem, once, also where one of the two is broken."""
    text = "indicators:\n" + "".join(items)
    loaded = load(Workspace(workspace(indicators=text)))
    assert loaded.plan is not None
    checked = [loaded.problem(finding) for finding in check(loaded.plan, period("2018"))]
    found = [problem for problem in (*loaded.problems, *checked) if problem.code == "duplicate-id"]

    assert sorted(problem.span.line for problem in found) == lines
    assert all('the id "twice"' in problem.message for problem in found)
