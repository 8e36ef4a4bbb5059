"""What plans say in their own way, in words: times without a date, gaps without a later figure."""

import re
from collections.abc import Callable
from pathlib import Path

from builders import action, indicator, plan
from conftest import Diplan
from diplan.ground.period import period
from diplan.judge import assess
from diplan.judge.coverage import coverage
from diplan.report.parts import gap_at_start
from diplan.report.rating import travel

IN_WORDS = """\
actions:
  - {id: soon, title: Hire someone, priority: get-online, lead: [libraries], timescale: Immediate}
  - {id: dated, title: Set up a fund, priority: get-online, lead: [libraries], due: 2019}
"""


def test_a_timescale_is_called_one(workspace: Callable[..., Path], diplan: Diplan) -> None:
    """A time in words is neither a due date nor a reason to be late."""
    home = str(workspace(actions=IN_WORDS))
    shown = diplan("show", "soon", "--workspace", home, "--as-of", "2025")
    why = diplan("why", "soon", "--workspace", home, "--as-of", "2025")

    assert "nobody has reported on it yet; timescale: Immediate." in shown.out
    assert re.search(r"^Timescale:? +Immediate$", shown.out, re.MULTILINE)
    assert "Due" not in shown.out
    assert "timescale: Immediate" in why.out
    assert "Its time is in words, so it is never overdue." in why.out


def test_a_timescale_is_no_date(workspace: Callable[..., Path], diplan: Diplan) -> None:
    """The action plan counts times in words apart from dates."""
    home = str(workspace(actions=IN_WORDS))
    said = diplan("report", "action-plan", "--workspace", home, "--as-of", "2018-06")
    assert "2 actions: 1 with a date, 1 with a timescale in words, 0 ongoing, 0 with" in said.out


def test_a_timescale_is_no_time_to_compare() -> None:
    """Side by side, plans are counted by the actions that have a date or go on."""
    timed = [{"due": "2020"}, {"due": "ongoing"}, {"timescale": "Soon"}, {"due": "to-be-confirmed"}]
    whole = plan(actions=tuple(action(id=f"a{at}", **keys) for at, keys in enumerate(timed)))
    assert coverage(assess(whole, period("2019"))).timed == (2, 4)


def test_a_gap_without_a_later_figure_is_that_of_the_baselines() -> None:
    """Two baselines of one time are held against each other, those of two times are not."""
    start = {"period": "2021", "value": "73"}
    target = {"kind": "at-least", "value": "80", "due": "2025"}
    whole = indicator(id="whole", unit="per cent", baseline=start, target=target)

    def said(**baseline: str) -> str:
        part = indicator(unit="per cent", part_of="whole", baseline=baseline, target=target)
        return gap_at_start(part, plan(whole, part))

    assert said(period="2021", value="64") == "9 points below the whole"
    assert said(period="2021", value="76") == "3 points above the whole"
    assert said(period="2021", value="73") == "level with the whole"
    assert said(period="2020", value="64") == ""
    assert said(period="2021", missing="not-available") == ""


def test_no_figure_travels_nowhere() -> None:
    """Without a figure there is nothing to call not comparable."""
    target = {"kind": "at-least", "value": "80", "due": "2025"}
    one = {"period": "2021", "value": "73"}
    for observations, said in (([], "–"), ([one], "– not comparable")):
        whole = plan(indicator(target=target, observations=observations))
        [verdict] = assess(whole, period("2022")).verdicts
        assert travel(verdict) == said


def test_no_table_of_no_figures(workspace: Callable[..., Path], diplan: Diplan) -> None:
    """An indicator that was never measured has no empty table, and no baseline to go from."""
    never = """\
indicators:
  - id: never
    title: Never measured
    priority: get-online
    unit: people
    target: {kind: at-least, value: 5, due: 2025}
"""
    home = str(workspace(indicators=never, actions="actions: []\n"))
    shown = diplan("show", "never", "--workspace", home, "--as-of", "2022")
    why = diplan("why", "never", "--workspace", home, "--as-of", "2022")

    assert "Figures" not in shown.out
    assert "A figure, with its source." in why.out
