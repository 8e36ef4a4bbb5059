"""The rules of verdicts that need a case of their own, beside the worked ones."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from builders import action, indicator, judged, plan
from conftest import Diplan
from diplan.ground.period import period
from diplan.judge import NOT_GRADED, assess

HALVE = {"target": {"kind": "halve", "due": "2020"}, "baseline": {"period": "2014", "value": 100}}


def seen(**figures: Any) -> list[dict[str, Any]]:
    """Observations from `y2018=70`."""
    return [{"period": year[1:], "value": value} for year, value in figures.items()]


def test_figures_before_the_baseline_are_context() -> None:
    """A figure from before the baseline is never the evidence, however good."""
    found = judged("2016", **HALVE, observations=seen(y2012=10))

    assert found.status == "no-data"
    assert found.ruling.reason == "no-observation-after-baseline"
    assert found.evidence is None


def test_missing_baseline_of_a_relative_target_comes_first() -> None:
    """Without a baseline nobody can say what was promised, measured or not."""
    tbc = {"missing": "to-be-confirmed"}
    found = judged("2016", baseline=tbc, target={"kind": "increase-by", "percent": 10})

    assert found.ruling.reason == "baseline-missing"


def test_a_break_in_the_series_ends_comparison() -> None:
    """A figure of a new series is not held against a baseline of the old one."""
    series = [{"period": "2018", "value": 40, "marks": ["break"]}]
    found = judged("2018", **HALVE, observations=series)

    assert found.ruling.reason == "series-break"
    assert found.numbers.change is None


def test_an_earlier_success_is_told() -> None:
    """A target that was met and is not any more says so."""
    found = judged("2018", **HALVE, observations=seen(y2016=45, y2018=60))

    assert found.status == "slipped" or found.status == "on-track"
    assert "previously-met" in found.flags


def test_a_missing_figure_is_no_observation() -> None:
    """A figure that is marked as missing is not zero, and counts for nothing."""
    gap = [{"period": "2018", "missing": "not-available"}]
    found = judged("2018", **HALVE, observations=gap)

    assert found.ruling.reason == "no-observations"


def test_numerator_and_denominator_give_an_exact_percentage() -> None:
    """One of three is a third of a hundred, and not 33.33."""
    figure = [{"period": "2018", "numerator": 1, "denominator": 3}]
    found = judged(
        "2018",
        unit="per cent",
        target={"kind": "at-least", "value": 50, "due": "2020"},
        baseline={"period": "2016", "value": 0},
        observations=figure,
    )

    assert found.evidence is not None
    assert found.evidence.figure.middle == Fraction(100, 3)


def test_no_due_date() -> None:
    """A target without a date is achieved once met, and otherwise cannot be judged."""
    target = {"kind": "at-least", "value": 50}
    start = {"period": "2014", "value": 10}

    assert judged("2018", target=target, baseline=start, observations=seen(y2018=60)).assessed
    unmet = judged("2018", target=target, baseline=start, observations=seen(y2018=40))
    assert unmet.ruling.reason == "no-due-date"


def test_milestones_bend_the_path() -> None:
    """With most of the fall planned for the end, an early small one is on track."""
    stones = [{"period": "2018", "value": 95}]
    found = judged("2018", **HALVE, milestones=stones, observations=seen(y2018=94))

    assert found.status == "on-track"
    assert found.numbers.expected == 95
    assert judged("2018", **HALVE, observations=seen(y2018=94)).status == "slipped"


def test_milestones_that_lead_away_are_held_to_themselves() -> None:
    """A path that first rises holds a figure to the path, and never rewards a worse one."""
    stones = [{"period": "2016", "value": 120}]
    keys = {**HALVE, "milestones": stones}

    assert judged("2016", **keys, observations=seen(y2016=110)).status == "on-track"
    assert judged("2016", **keys, observations=seen(y2016=130)).status == "slipped"


def test_path_sensitivity_is_flagged() -> None:
    """Where a straight and a compound path disagree on the status, the verdict says so."""
    target = {"kind": "at-least", "value": 800, "due": "2022"}
    found = judged(
        "2018",
        target=target,
        baseline={"period": "2016", "value": 100},
        observations=seen(y2018=250),
    )

    assert found.status == "slipped"
    assert "path-sensitive" in found.flags


def test_yearly_growth_compounds() -> None:
    """Ten per cent a year for two years is 21 per cent, exactly."""
    found = judged(
        "2016",
        target={"kind": "yearly-growth", "percent": 10, "due": "2016"},
        baseline={"period": "2014", "value": 100},
        observations=seen(y2016=121),
    )

    assert found.target_value == 121
    assert found.status == "achieved"


def test_running_totals_take_the_latest() -> None:
    """Figures that are already totals are not summed again."""
    target = {
        "kind": "total-at-least",
        "value": 100,
        "from": "2016",
        "due": "2019",
        "running": True,
    }
    found = judged("2017", target=target, observations=seen(y2016=30, y2017=60))

    assert found.evidence is not None
    assert found.evidence.figure.middle == 60
    assert found.status == "on-track"


def test_other_evidence_conflicts_both_ways() -> None:
    """Two verdicts on one thing that differ are flagged on both, named by one or by each."""
    good = indicator(id="good", **HALVE, observations=seen(y2020=40), cross_check=["bad"])
    bad = indicator(id="bad", **HALVE, observations=seen(y2020=90))
    found = assess(plan(good, bad), period("2020"))

    assert [one.flags for one in found.verdicts] == [("evidence-conflicts",)] * 2
    assert found.conflicts(found.verdicts[0]) == [found.verdicts[1]]


def test_no_data_is_no_conflict() -> None:
    """Evidence that says nothing contradicts nothing."""
    good = indicator(id="good", **HALVE, observations=seen(y2020=40), cross_check=["silent"])
    silent = indicator(id="silent", **HALVE)
    found = assess(plan(good, silent), period("2020"))

    assert found.verdicts[0].flags == ()


def test_actions() -> None:
    """An action is late after its period, unless it is done, has ended or has no date."""
    done = [{"date": "2017-02", "grade": "Fully Achieved"}]
    started = [{"date": "2017-02", "grade": "On-Track"}, {"date": "2019", "grade": "Slipped"}]
    gone = {"date": "2017-01", "why": "withdrawn"}
    actions = (
        action(id="done", due="2017-03", updates=done),
        action(id="late", due="2017-03", updates=started),
        action(id="ungraded", due="2017-03"),
        action(id="gone", due="2017-03", ended=gone),
        action(id="undated", due="to-be-confirmed"),
        action(id="always", due="ongoing", since="2016"),
    )
    found = assess(plan(actions=actions), period("2017-06"))

    assert [one.overdue for one in found.standings] == [False, True, True, False, False, False]
    assert [one.grade for one in found.standings][:3] == ["Fully Achieved", "On-Track", NOT_GRADED]
    assert sum(found.grades().values()) == 5
    on_time = assess(plan(actions=actions), period("2017-03"))
    assert not any(one.overdue for one in on_time.standings)


def test_nothing_is_compared_across_a_break_whatever_the_reason() -> None:
    """Even where the target itself is impossible, no number spans the break."""
    found = judged(
        "2018",
        unit="per cent",
        target={"kind": "increase-by", "percent": 10, "due": "2020"},
        baseline={"period": "2014", "value": 100},
        observations=[{"period": "2018", "value": 90, "marks": ["break"]}],
    )

    assert found.ruling.reason == "target-out-of-bounds"
    assert found.numbers.change is None


def test_corners_use_what_the_middle_would_need() -> None:
    """An approximate figure that may miss its level is judged there by the stand-in."""
    figures = [
        {"period": "2014", "value": 60},
        {"period": "2017", "value": 100, "approximate": True},
    ]
    target = {"kind": "at-least", "value": 100, "due": "2020"}
    found = judged("2017", target=target, observations=figures)

    assert found.possible == ("achieved", "on-track")


def test_corners_whose_target_is_impossible_are_no_verdict() -> None:
    """Where a baseline may be so high that the target lies above 100 per cent, that is said."""
    found = judged(
        "2018",
        unit="per cent",
        target={"kind": "increase-by-points", "points": 20, "due": "2020"},
        baseline={"period": "2015", "value": 80, "approximate": True},
        observations=[{"period": "2018", "value": 90}],
    )

    assert found.possible == ("on-track", "slipped", "no-data")


def test_a_stand_in_that_met_the_target_counts_as_met_before() -> None:
    """A level that the first figure had and the last has not was met previously."""
    target = {"kind": "at-least", "value": 50, "due": "2020"}
    found = judged("2018", target=target, observations=seen(y2015=60, y2018=30))

    assert "previously-met" in found.flags
    assert (
        "previously-met"
        not in judged(
            "2018",
            target=target,
            baseline={"period": "2016", "value": 40},
            observations=seen(y2015=60, y2018=30),
        ).flags
    )


def test_standing_still_on_an_excluded_limit_is_no_progress() -> None:
    """'Fewer than 60' is not met by 60, and no way to go is no excuse."""
    found = judged(
        "2018",
        target={"kind": "fewer-than", "value": 60, "due": "2020"},
        baseline={"period": "2015", "value": 60},
        observations=seen(y2018=60),
    )

    assert (found.status, found.ruling.severity) == ("slipped", "no-change")


def test_a_total_without_figures_of_its_own_has_none() -> None:
    """Figures from before the first period of a total are no observations of it."""
    target = {"kind": "total-at-least", "value": 100, "from": "2017", "due": "2020"}

    assert judged("2018", target=target, observations=seen(y2015=60)).ruling.reason == (
        "no-observations"
    )


def test_no_count_is_projected_below_nothing(
    diplan: Diplan, workspace: Callable[..., Path]
) -> None:
    """The number for programs is what the formula gives; people read that it comes to 0."""
    home = workspace(
        indicators="""\
indicators:
  - id: residents-offline
    title: Residents who are not online
    priority: get-online
    unit: residents
    lead: [libraries]
    baseline: {period: 2016, value: 1000, source: survey}
    target: {kind: halve, due: 2020}
    observations:
      - {period: 2017, value: 600, source: survey}
"""
    )
    call = ("why", "residents-offline", "--as-of", "2017")
    record = json.loads(diplan(*call, "--format", "json", cwd=home).out)
    assert record["indicator"]["projected"] == -600
    assert "At the present rate it comes to 0 by then." in diplan(*call, cwd=home).out
