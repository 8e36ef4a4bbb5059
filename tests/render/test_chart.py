"""Charts: well-formed whatever goes in, the same bytes for the same chart, gaps left open."""

import re
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Golden
from diplan.render.chart import MOST_BENCHMARKS, svg
from diplan.render.lettering import Box
from diplan.render.plot import Plot
from diplan.render.shapes import WIDTH
from diplan.report.document import Badge, BenchmarkLine, Chart, Point, Stage, Table
from drawings import CROWDED, HARD, MILESTONES, PROMISES, SVG, group, labels, overlap
from pages import BASELINE, POINTS, SHARE, TARGET, UNSURE

HERE = Path(__file__).parent

NOTHING = SHARE._replace(points=(), baseline=None, target=None, path=())
SINGLE = NOTHING._replace(
    key="single", unit="people", points=(Point("2018/19", Fraction(2019), Fraction(40)),)
)
LARGE = NOTHING._replace(
    key="large",
    unit="visits",
    points=tuple(
        Point(f"financial year {year}/{year - 1999}", Fraction(year), Fraction(value))
        for year, value in ((2016, 1_090_000), (2017, 1_210_000), (2018, 1_180_000))
    ),
    target=Point(
        "increase by 25% to 1,362,500 by the end of 2020", Fraction(2020), Fraction(1_362_500)
    ),
)
LOSSES = NOTHING._replace(
    key="losses",
    unit="£",
    points=tuple(
        Point(str(year), Fraction(year), Fraction(-year, 7)) for year in range(2000, 2025)
    ),
)

numbers = st.fractions() | st.integers(-(10**30), 10**30).map(Fraction) | st.just(Fraction(0))
words = st.text(max_size=30) | st.sampled_from(["2016/17", "halve to 12% by 2020", "x" * 90])
stands = st.sampled_from(["met", "missed", "not measured", "not due yet"])


def charts(number: st.SearchStrategy[Fraction]) -> st.SearchStrategy[Chart]:
    """Charts with figures of a kind."""
    ends = st.none() | number
    points = st.builds(Point, words, st.fractions(1900, 2100) | number, ends, ends, ends)
    promised = st.builds(Point, words, st.fractions(1900, 2100), number)
    return st.builds(
        Chart,
        st.text(max_size=10),
        st.text(max_size=40),
        st.text(max_size=40),
        st.sampled_from(["per cent", "people", "<&\"'>"]) | st.text(max_size=90),
        st.lists(points, max_size=9),
        st.none() | points,
        st.none() | points,
        st.lists(st.tuples(number, number), max_size=3),
        st.just(Table((), ())),
        st.lists(st.builds(Stage, promised, st.builds(Badge, stands)), max_size=5),
        st.lists(st.builds(BenchmarkLine, words, st.lists(points, max_size=4)), max_size=6),
    )


def drawn(chart: Chart) -> ET.Element:
    """A chart as it is read back."""
    return ET.fromstring(svg(chart))  # noqa: S314 - our own


def texts(picture: ET.Element) -> list[str]:
    """The words in a picture, each label on one line."""
    return [" ".join(one.itertext()) for one in picture.iter(f"{SVG}text")]


def straight(picture: ET.Element) -> list[tuple[float, float, float, float]]:
    """The straight lines of a part of a picture."""
    lines = [
        tuple(float(one.get(name, "")) for name in ("x1", "y1", "x2", "y2"))
        for one in picture.iter(f"{SVG}line")
    ]
    for one in picture.iter(f"{SVG}polyline"):
        corners = [tuple(map(float, pair.split(","))) for pair in one.get("points", "").split()]
        lines += [(*start, *end) for start, end in pairwise(corners)]
    return lines  # type: ignore[return-value]


def crosses(line: tuple[float, float, float, float], box: Box) -> bool:
    """Whether a line goes through the inside of a box: neither all beside it, nor on one side."""
    x, y, to_x, to_y = line
    left, top, right, bottom = box.left + 1, box.top + 1, box.right - 1, box.bottom - 1
    beside = max(x, to_x) <= left or min(x, to_x) >= right
    if beside or max(y, to_y) <= top or min(y, to_y) >= bottom:
        return False
    sides = {
        (to_x - x) * (corner_y - y) > (to_y - y) * (corner_x - x)
        for corner_x in (left, right)
        for corner_y in (top, bottom)
    }
    return len(sides) == 2


def lines(picture: ET.Element, dashed: bool) -> list[list[tuple[float, float]]]:
    """The points of a picture's lines that are dashed, or of those that are not."""
    return [
        [
            (float(x), float(y))
            for x, y in (pair.split(",") for pair in one.get("points", "").split())
        ]
        for one in picture.iter(f"{SVG}polyline")
        if (one.get("stroke-dasharray") is not None) == dashed
    ]


@given(charts(numbers))
def test_any_numbers_and_any_text(chart: Chart) -> None:
    """Whatever the figures and the words, the picture is well-formed and within its bounds."""
    text = svg(chart)

    assert text == svg(chart)
    measured = any(point.value is not None for point in (*chart.points, chart.baseline) if point)
    assert bool(text) == measured
    if text:
        picture = ET.fromstring(text)  # noqa: S314 - our own
        height = float(picture.get("viewBox", "").split()[3])
        for one in picture.iter():
            for name, most in (("x", WIDTH), ("cx", WIDTH), ("x2", WIDTH), ("y", height),
                               ("cy", height), ("y2", height)):  # fmt: skip
                assert 0 <= float(one.get(name, 0)) <= most


def legible(chart: Chart) -> None:
    """Every label is whole, on no line, on no marker and on no other label."""
    picture = drawn(chart)
    height = float(picture.get("viewBox", "").split()[3])
    boxes = [label.box for label in labels(picture)]
    for at, box in enumerate(boxes):
        assert -2.2 <= box.left <= box.right <= WIDTH + 2.2  # there is room of 2 at its sides
        assert 0 <= box.top <= box.bottom <= height
        assert not any(overlap(box, other) for other in boxes[:at])
    plot = Plot(chart)
    marks = [*plot.measured, *(mark for mark, _ in plot.milestones)]
    marks += [mark for line in plot.benchmarks for run in line for mark in run]
    marks += [plot.target] if plot.target else []
    lines = [*straight(group(picture, "lines")), *straight(group(picture, "grid"))]
    lines += straight(group(picture, "labels"))
    for label in labels(group(picture, "labels")):
        assert not any(overlap(label.box, mark.box) for mark in marks)
        assert not any(crosses(line, label.box) for line in lines)


@given(charts(st.integers(-999, 99_999).map(lambda value: Fraction(value, 10))))
def test_no_label_covers_anything(chart: Chart) -> None:
    """Whatever the figures, no label is cut or stands on a line, a marker or another label."""
    if svg(chart):
        legible(chart)


@pytest.mark.parametrize("chart", HARD, ids=lambda one: one.key)
def test_hard_pictures_are_legible(chart: Chart) -> None:
    """Nor is it where there is hardly room: all words are in the plot or beneath it."""
    legible(chart)
    said = " ".join(texts(drawn(chart))).replace(" ", "")
    told = [stone.point.label for stone in chart.milestones]
    told += [line.name for line in chart.benchmarks] + [chart.unit]
    told += [chart.target.label] if chart.target else []
    assert [label for label in told if label.replace(" ", "") not in said] == []


@pytest.mark.parametrize(
    "chart", [SHARE, UNSURE, SINGLE, LARGE, LOSSES, CROWDED, PROMISES], ids=lambda one: one.key
)
def test_known_pictures(chart: Chart, golden: Golden) -> None:
    """The pictures are those that were looked at."""
    golden(HERE / "golden" / f"chart-{chart.key}.svg", svg(chart) + "\n")


def test_named_for_those_who_do_not_see_it() -> None:
    """A picture is an image that is named by its title and its description."""
    picture = drawn(SHARE)
    title, desc = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")

    assert picture.get("role") == "img"
    assert title is not None
    assert desc is not None
    assert picture.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text == SHARE.title
    assert desc.text == SHARE.description


@given(st.text(max_size=8), st.text(max_size=8))
def test_ids_never_clash(one: str, other: str) -> None:
    """Charts with different keys have different ids, each a single word."""
    first, second = (drawn(SINGLE._replace(key=key)) for key in (one, other))
    ids = [{part.get("id", "") for part in picture.iter()} - {""} for picture in (first, second)]

    assert one == other or not ids[0] & ids[1]
    assert not any(re.search(r"\s", name) for name in ids[0])


def test_asks_for_nothing_from_outside() -> None:
    """A picture has no script, no link and no address but its namespace."""
    for chart in (SHARE, UNSURE, LARGE):
        text = svg(chart)

        assert not re.search(r"<script|href|url\(|@import|\son\w+=", text)
        assert text.count("http") == 1


def test_every_colour_stands_out_on_white() -> None:
    """Lines and words have a contrast of at least 4.5 to 1, which axe cannot tell in a picture."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    colours = {*re.findall(r'"(#[0-9a-f]{6})"', svg(UNSURE))}
    assert len(colours) == 5
    assert all(1.05 / (light(colour) + 0.05) >= 4.5 for colour in colours)


def test_a_gap_is_a_gap() -> None:
    """The line stops at a point without a value, and goes on after it."""
    whole = lines(drawn(SHARE), dashed=False)
    broken = lines(drawn(UNSURE), dashed=False)

    assert [len(line) for line in whole] == [6]
    assert [len(line) for line in broken] == [3, 2]


def test_every_sign_is_told_apart_without_colour() -> None:
    """Squares, circles, diamonds and dashes are each named in the legend, and only those drawn."""
    legend = {"Baseline", "Measured", "Range it may lie in", "No limit known", "Expected path",
              "Target"}  # fmt: skip

    assert legend & {*texts(drawn(UNSURE))} == legend
    assert legend & {*texts(drawn(SINGLE))} == {"Measured"}
    assert len(lines(drawn(SHARE), dashed=True)) == 1


def test_labels_stand_at_their_points() -> None:
    """The baseline, the last figure and the target say what they are."""
    said = texts(drawn(SHARE))

    assert {"Baseline 12.3%", "16.4%", "Target: halve to 6.15% by 2020"} <= {*said}
    assert {"2013", "2016", "2019", "30%", "0%", "per cent"} <= {*said}


def test_an_open_end_reaches_the_edge() -> None:
    """A figure without an upper limit has a bar up to the plot's edge, with an arrow at its end."""
    plot = Plot(UNSURE)
    part = group(drawn(UNSURE), "lines")
    upwards = [one for one in part.iter(f"{SVG}line") if float(one.get("y2", "")) == plot.top]

    assert [reach.is_open for reach in plot.reaches if reach.end == plot.top] == [True]
    assert len(upwards) == 1
    assert len([*part.iter(f"{SVG}path")]) == 1


def test_how_milestones_stand_is_seen_without_colour() -> None:
    """Each way to stand has a marker of its own form, and the legend names those that occur."""
    part = group(drawn(PROMISES), "markers")
    forms = [(one.get("d", "").split("l", 1)[1], one.get("fill")) for one in part.iter(f"{SVG}path")
             if "l7 7l-7 7l-7 -7z" in one.get("d", "")]  # fmt: skip
    said = texts(drawn(PROMISES))

    assert len({*forms}) == len(forms) == 4
    for stone in MILESTONES[:4]:
        assert stone.point.label in said or f"Milestone: {stone.status.text}" in said
    assert not any("Milestone" in words for words in texts(drawn(SHARE)))


def test_a_benchmark_is_a_thin_line_with_its_name() -> None:
    """Benchmarks are lines of a unit's width, told apart by dashes; no more than four are drawn."""
    thin = [one for one in group(drawn(CROWDED), "lines") if one.get("stroke-width") == "1"]
    six = [line._replace(name=f"{line.name} {at}") for at in (1, 2) for line in CROWDED.benchmarks]

    assert len({one.get("stroke-dasharray") for one in thin}) == len(thin) == 3
    assert MOST_BENCHMARKS == 4
    assert "And 2 more in the table" in texts(drawn(SHARE._replace(benchmarks=six)))


def test_the_axis_takes_in_what_is_compared() -> None:
    """A benchmark above every figure is inside the plot, and so is a milestone."""
    high = BenchmarkLine("High", [Point("2015", Fraction(2015), Fraction(88))])
    stone = Stage(Point("", Fraction(2018), Fraction(-7)), Badge("met"))

    assert "100%" in texts(drawn(SHARE._replace(benchmarks=[high])))
    assert "−50%" in texts(drawn(SHARE._replace(milestones=[stone], benchmarks=[high])))


def test_very_long_words_make_no_endless_picture() -> None:
    """Labels of 100,000 letters are cut after eight lines, and say so."""
    endless = CROWDED._replace(
        unit="u " * 50_000,
        points=[point._replace(label="x" * 100_000) for point in CROWDED.points],
        target=Point("y " * 50_000, Fraction(2030), Fraction(15)),
        milestones=[
            Stage(Point(f"{at} " * 50_000, Fraction(2010), Fraction(at)), Badge("met"))
            for at in range(40)
        ],
        benchmarks=[line._replace(name="z" * 100_000) for line in CROWDED.benchmarks],
    )
    picture = drawn(endless)

    assert float(picture.get("viewBox", "").split()[3]) < 4000
    assert max(len(label.lines) for label in labels(picture)) == 8
    assert sum(words.endswith("…") for words in texts(picture)) >= 10
    assert "And 32 more in the table" in texts(picture)


def test_labels_of_the_axis_never_overlap() -> None:
    """Of a hundred points' labels those are shown for which there is room."""
    many = [Point(f"quarter {at} of 2016", Fraction(at), Fraction(at)) for at in range(100)]
    shown = [words for words in texts(drawn(NOTHING._replace(points=many))) if "quarter" in words]

    assert 3 <= len(shown) <= 8


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            (1_090_000, 1_362_500),
            {"1.0", "1.2", "1.4", "people, in millions (the axis does not begin at 0)"},
        ),
        ((15_000, 7_500), {"0", "5,000", "10,000", "15,000"}),
        ((5 * 10**18, 10**18), {"0", "2 × 10¹⁸", "4 × 10¹⁸", "6 × 10¹⁸"}),
        ((-3, -1), {"−3", "−2", "−1", "0"}),
        ((Fraction(1, 10), Fraction(2, 5)), {"0.0", "0.1", "0.2", "0.3", "0.4"}),
        ((7, 7), {"0", "2", "4", "6", "8"}),
        ((0, 0), {"0.0", "0.5", "1.0"}),
        ((96, 99), {"96", "97", "98", "99"}),
    ],
)
def test_round_numbers_on_the_axis(values: tuple[Fraction | int, ...], expected: set[str]) -> None:
    """The axis counts in ones, twos or fives, in words from a million on."""
    chart = NOTHING._replace(
        unit="people",
        points=[Point("", Fraction(at), Fraction(value)) for at, value in enumerate(values)],
    )

    assert expected <= {*texts(drawn(chart))}


def test_an_axis_that_does_not_begin_at_nought_says_so() -> None:
    """Small changes are not made to look large without a word."""
    near = NOTHING._replace(points=[Point("", Fraction(at), Fraction(96 + at)) for at in (0, 3)])

    assert "per cent (the axis does not begin at 0)" in texts(drawn(near))
    assert "per cent" in texts(drawn(SHARE))


def test_the_promise_alone_can_be_drawn() -> None:
    """A baseline and a target are enough; without anything measured there is no picture."""
    assert "Expected path" in texts(drawn(SHARE._replace(points=())))
    assert svg(NOTHING) == ""
    assert svg(NOTHING._replace(target=TARGET)) == ""
    assert svg(NOTHING._replace(points=[POINTS[0]._replace(value=None)])) == ""


def test_the_baseline_is_drawn_once() -> None:
    """Where the baseline is one of the figures, its square takes the circle's place."""
    both = SHARE._replace(points=sorted((*POINTS, BASELINE), key=lambda point: point.time))
    circles = [*drawn(both).iter(f"{SVG}circle")]

    assert len(circles) == len(POINTS) + 1, "one of them is the legend's"
    assert [len(line) for line in lines(drawn(both), dashed=False)] == [len(POINTS) + 1]
