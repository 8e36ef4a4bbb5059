"""Several plans side by side: only like is compared with like, and what is unlike is said."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import indicator, plan
from conftest import Diplan
from diplan.ground.period import period
from diplan.judge import Assessment, assess
from diplan.judge.compare import definitions
from diplan.judge.coverage import coverage
from diplan.plan import Indicator, Plan
from diplan.render import render
from diplan.report.compare import compare


def measure(values: dict[str, Any], **keys: Any) -> Indicator:
    """An indicator under a definition, with a figure for each period; a star is a break."""
    seen = [
        {"period": when.strip("*"), "value": value, "marks": ["break"] * when.count("*")}
        for when, value in values.items()
    ]
    shared = {"definition": "shared", "unit": "per cent", "target": {"kind": "none"}}
    return indicator(observations=seen, **{**shared, **keys})


def stood(own: Plan, as_of: str = "2020") -> Assessment:
    """A plan as of the end of a period."""
    return assess(own, period(as_of))


def side_by_side(*indicators: Indicator, as_of: str = "2020") -> str:
    """The report on plans with an indicator each, as the lines of a wide terminal."""
    plans = [
        stood(plan(one, title=f"Plan {at}", organisation=f"Council {at}"), as_of)
        for at, one in enumerate(indicators, 1)
    ]
    return " ".join(render(compare(plans), "plain", width=200, colour=False).split())


def test_one_indicator_is_compared_with_nothing() -> None:
    """A definition that only one indicator has gives no comparison."""
    assert "No two indicators share a definition" in side_by_side(measure({"2020": 5}))


def test_the_period_is_the_one_that_most_have() -> None:
    """The period compared is one that most have a figure for, the latest of several such."""
    said = side_by_side(
        measure({"2018": 10, "2019": 9, "2020": 8}), measure({"2018": 12, "2019": 11})
    )
    assert "For 2019 2 of 2 have a figure: from 9% (Council 1) to 11% (Council 2)." in said


def test_periods_of_different_kinds_are_never_mixed() -> None:
    """A calendar year is not a financial year, though both end in 2019."""
    said = side_by_side(measure({"2019": 10}), measure({"2018/19": 12}))
    assert "No two of them have a figure for the same period" in said


def test_nothing_is_compared_across_a_break() -> None:
    """Figures from before a series break are left out of the comparison."""
    said = side_by_side(measure({"2018": 10, "*2019": 5}), measure({"2018": 12}))
    assert "No two of them have a figure for the same period" in said
    assert "Council 1: a new series begins with 2019; earlier figures are not shown." in said


def test_later_figures_do_not_count() -> None:
    """A figure of a period that had not ended is not shown."""
    said = side_by_side(measure({"2018": 10, "2020": 1}), measure({"2018": 12}), as_of="2018")
    assert "from 10% (Council 1) to 12% (Council 2)" in said
    assert "1%" not in said.replace("10%", "").replace("12%", "")


def test_another_unit_is_left_out() -> None:
    """What is counted in another unit is named, and not compared."""
    said = side_by_side(
        measure({"2020": 5}), measure({"2020": 6}), measure({"2020": 70}, unit="people")
    )
    assert "from 5% (Council 1) to 6% (Council 2)" in said
    assert "Council 3: left out, since it is counted in people." in said


def test_shares_of_different_wholes_are_told() -> None:
    """The caveats name what each percentage is a share of."""
    said = side_by_side(
        measure({"2020": 5}, of="adults"),
        measure({"2020": 6}, of="households"),
    )
    assert "Not shares of the same: adults; households." in said


def test_benchmarks_are_told_once_and_disputes_are_named() -> None:
    """A benchmark that two plans have is one row; where they differ, that is said."""

    def beside(value: int | str, **more: int) -> list[dict[str, Any]]:
        seen = [{"period": "2020", "value": value}]
        seen += [{"period": when.strip("y"), "value": number} for when, number in more.items()]
        return [{"name": "Country", "observations": seen}]

    one = measure({"2020": 5}, benchmarks=beside(7, y2019=8))
    other = measure({"2020": 6}, benchmarks=beside("7.5"))
    said = side_by_side(one, other)

    assert said.count("- Country plan: benchmark 2020: 7%") == 1
    assert "Country: the plans do not give the same figure for 2020" in said


def test_proxies_are_not_compared() -> None:
    """A baseline that measures something else is no figure of the definition."""
    base = {"period": "2019", "value": 50, "proxy": "it counts computers"}
    own = plan(measure({"2020": 5}, baseline=base), measure({"2020": 6}, id="other"))
    [found] = definitions([stood(own)])
    assert [point.period.text for point in found.series[0].points] == ["2020"]


def test_coverage_counts_targets_and_live_actions() -> None:
    """An indicator for context is no target, and says nothing of what a plan can be held to."""
    own = plan(
        indicator(id="a", target={"kind": "increase"}),
        indicator(
            id="b", target={"kind": "halve", "due": "2020"}, baseline={"period": "2016", "value": 9}
        ),
        measure({"2020": 5}),
    )
    found = coverage(stood(own))
    assert (tuple(found.baselines), tuple(found.dates)) == ((1, 2), (1, 2))
    assert (tuple(found.figures), tuple(found.timed)) == ((0, 2), (0, 0))


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["2016", "2017", "*2018", "2019", "2018/19"]),
            st.integers(0, 100),
            min_size=1,
        ),
        min_size=2,
        max_size=4,
    )
)
def test_what_is_compared_is_alike(series: list[dict[str, int]]) -> None:
    """Whatever the figures: those compared are of one period and the present series, and some."""
    [found] = definitions(
        [stood(plan(measure(values), id=f"plan-{at}")) for at, values in enumerate(series)]
    )
    points = [point for own in found.series if (point := own.at(found.common))]
    assert points
    assert {point.period for point in points} == {found.common}
    for own in found.series:
        broken = [one.period.end for one in own.points if "break" in one.marks]
        assert all(one.period.end >= max(broken, default=0) for one in own.present)


# ---- the command


def test_a_folder_of_plans_stands_for_all_of_them(diplan: Diplan) -> None:
    """`examples` is the seven plans in it."""
    said = diplan("compare", "examples", "--as-of", "2020", "--format", "json")
    assert len(json.loads(said.out)["plans"]) == 7


def test_the_same_plan_is_taken_once(diplan: Diplan) -> None:
    """A plan that is named twice is not compared with itself."""
    said = diplan("compare", "examples", "examples/norwich", "--format", "json")
    assert len(json.loads(said.out)["plans"]) == 7


def test_two_plans_of_one_id_are_not_told_apart(diplan: Diplan, workspace: Any) -> None:
    """Nobody could say whose a row is."""
    said = diplan("compare", "tests/errors/base", str(workspace()), "--as-of", "2020")
    assert (said.code, said.out) == (2, "")
    assert "two plans have the id" in said.err


def test_csv_is_of_figures_where_one_definition_is_asked_for(diplan: Diplan) -> None:
    """A spreadsheet of one definition has a row for each figure."""
    name = "adults-not-using-the-internet"
    said = diplan("compare", ".", "examples", "--definition", name, "--as-of", "2020", "-f", "csv")
    header, *rows = said.out.splitlines()
    assert header.startswith("definition,plan,indicator,whose,benchmark,period,value")
    assert len(rows) > 50


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere",), "nowhere"),
        ((".", "--definition", "adults-not-using-the-intranet"), "these plans share none"),
        ((".", "examples", "--definition", "adults-not-using-the-intranet"), "did you mean"),
    ],
)
def test_wrong_usage_is_explained(arguments: tuple[str, ...], message: str, diplan: Diplan) -> None:
    """A folder without a plan and an unknown definition are said, with a hint."""
    said = diplan("compare", *arguments)
    assert said.code == 2
    assert message in said.err
    assert "\n  = " in said.err
