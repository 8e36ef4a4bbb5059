"""Charts as small SVG pictures: the same bytes for the same chart, legible without colour.

A picture asks for nothing from outside: no script, no style sheet, no font. Whatever text goes
in, well-formed XML comes out. The words beneath a picture's axis are its points' labels; the
target's label is taken to be its words.

No label stands on a line, a marker or another label: one without room is told in the legend.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from diplan.render import axis, shapes
from diplan.render.legend import LegendEntry, legend
from diplan.render.lettering import Box, Label, broadest, wrapped
from diplan.render.placing import Marker, PlacedLabel
from diplan.render.plot import RIGHT, Plot, PlottedPoint, Reach
from diplan.report.document import Chart

_LABEL = 92
"""How wide a line of a label beneath the axis may be."""
MOST_BENCHMARKS = len(shapes.BENCHMARKS)
MOST_NOTES = 8
"""So many of the milestones that have no room for their words are told in the legend."""


def svg(chart: Chart, *, name: str = "") -> str:
    """A chart as one `<svg>` element; empty where nothing was ever measured.

    *name* begins its ids and takes the place of the chart's key where one page has two of it.
    """
    seen = [point for point in chart.points if point.value is not None]
    if not seen and (chart.baseline is None or chart.baseline.value is None):
        return ""
    plot = Plot(chart)
    labels, untold = _labels(plot)
    axis_labels, foot = _axis_labels(plot)
    key, height = legend(list(_entries(plot, untold)), foot + 8)
    lines = [
        *shapes.group("grid", _grid(plot, [placed.label.box for _, placed in labels])),
        *shapes.group("axis", axis_labels),
        *shapes.group("lines", _lines(plot)),
        *shapes.group("markers", _markers(plot)),
        *shapes.group("labels", (line for one in labels for line in shapes.placed(*one))),
        *key,
    ]
    return shapes.picture("chart", chart, name, height, lines)


def _grid(plot: Plot, labels: Sequence[Box]) -> Iterator[str]:
    """The unit, and a line for each number of the axis, which stops at labels."""
    yield shapes.text(Label(plot.caption, 0, 13), shapes.GREY)
    for tick, words in plot.ticks:
        y = plot.y.at(tick)
        if not tick or y == plot.foot:
            yield shapes.line(plot.left, y, RIGHT, y, shapes.INK, 1)
        else:
            for start, end in _between(plot.left, RIGHT, [box for box in labels if box.spans(y)]):
                yield shapes.line(start, y, end, y, shapes.GRID, 0.4)
        yield shapes.text(Label((words,), plot.left - 7, y + 4.5, "end"), shapes.GREY)


def _between(left: float, right: float, boxes: Sequence[Box]) -> Iterator[tuple[float, float]]:
    """What boxes leave of a level line."""
    for box in sorted(boxes):
        if box.left > left:
            yield left, box.left
        left = max(left, box.right)
    if left < right:
        yield left, right


def _axis_labels(plot: Plot) -> tuple[list[str], float]:
    """The labels beneath the axis, as many as there is room for, and the height of their foot.

    The last one is always there.
    """
    given = plot.chart.baseline
    points = sorted(
        [*plot.chart.points, *([given] if given else [])], key=lambda one: float(one.time)
    )
    lines: list[str] = []
    edge, foot = float(shapes.WIDTH), float(plot.foot)
    for point in reversed(points):
        if not (words := wrapped(point.label, _LABEL)):
            continue
        x, half = plot.x.at(point.time), broadest(words) / 2
        middle = max(half, min(shapes.WIDTH - half, x))
        if middle + half <= edge:
            label = Label(words, middle, plot.foot + 21, "middle")
            edge, foot = middle - half - 6, max(foot, label.box.bottom)
            lines += [
                shapes.line(x, plot.foot, x, plot.foot + 5, shapes.INK, 1),
                shapes.text(label, shapes.INK),
            ]
    return lines, foot


def _lines(plot: Plot) -> Iterator[str]:
    """The chart's lines, what lies beneath first."""
    if plot.target:
        y = plot.target.y
        yield shapes.line(plot.left, y, RIGHT, y, shapes.AIM, 1.2, "2 4")
    if len(plot.path) > 1:
        yield shapes.polyline(plot.path, shapes.AIM, 1.6, "7 5")
    for (dash, _), line in zip(shapes.BENCHMARKS, plot.benchmarks, strict=False):
        for run in line:
            yield from _through(run, shapes.INK, 1, dash)
    for reach in plot.reaches:
        yield from _reach(reach)
    for run in plot.runs:
        yield from _through(run, shapes.SEEN, 2.4)


def _through(
    run: Sequence[PlottedPoint], colour: str, width: float, dash: str = ""
) -> Iterator[str]:
    if len(run) > 1:
        yield shapes.polyline([(mark.x, mark.y) for mark in run], colour, width, dash)


def _reach(reach: Reach) -> Iterator[str]:
    """A bar with a stop at its end, or with an arrow where there is no known end."""
    x, y, end, is_open = reach
    yield shapes.line(x, y, x, end, shapes.SEEN, 2)
    if is_open:
        back = 6 if end < y else -6
        yield shapes.path(x - 5, end + back, f"l5 {-back}l5 {back}", shapes.SEEN, width=2)
    else:
        yield shapes.line(x - 5, end, x + 5, end, shapes.SEEN, 2)


def _markers(plot: Plot) -> Iterator[str]:
    for kind, line in enumerate(plot.benchmarks):
        yield from (shapes.benchmark(mark.x, mark.y, kind) for run in line for mark in run)
    yield from (shapes.circle(mark.x, mark.y) for mark in plot.seen)
    if plot.baseline:
        yield shapes.square(plot.baseline.x, plot.baseline.y)
    for mark, stands in plot.milestones:
        yield shapes.milestone(mark.x, mark.y, stands)
    if plot.target:
        yield shapes.target(plot.target.x, plot.target.y)


def _worded(plot: Plot) -> Iterator[tuple[PlottedPoint, str, str]]:
    """The points that say what they are: where, in which words and in which colour.

    Short ones come first, since they stand close by.
    """
    if plot.seen:
        yield plot.seen[-1], f"{axis.number(plot.seen[-1].value)}{plot.sign}", shapes.SEEN
    if plot.baseline:
        words = f"Baseline {axis.number(plot.baseline.value)}{plot.sign}"
        yield plot.baseline, words, shapes.INK
    if plot.target:
        yield plot.target, f"Target: {plot.target.point.label}", shapes.AIM
    for mark, _ in plot.milestones:
        yield mark, mark.point.label, shapes.AIM


def _labels(plot: Plot) -> tuple[list[tuple[str, PlacedLabel]], dict[PlottedPoint, str]]:
    """The labels in the plot with their colours, and the words that found no room there."""
    room = plot.room()
    labels: list[tuple[str, PlacedLabel]] = []
    untold: dict[PlottedPoint, str] = {}
    for mark, words, colour in _worded(plot):
        if not words.strip():
            continue
        level = plot.along(mark) if mark is plot.target else ()
        if found := room.place(words, Marker(mark.x, mark.y, mark.reach + 1), level):
            labels.append((colour, found))
        else:
            untold[mark] = words
    return labels, untold


def _entries(plot: Plot, untold: dict[PlottedPoint, str]) -> Iterator[LegendEntry]:
    """The legend: every form that occurs, and the words that found no room in the plot."""
    if plot.baseline:
        yield LegendEntry(_square, untold.get(plot.baseline, "Baseline"))
    if plot.seen:
        latest = untold.get(plot.seen[-1])
        yield LegendEntry(_seen, f"Measured, last {latest}" if latest else "Measured")
    for is_open in sorted({reach.is_open for reach in plot.reaches}):
        words = "No limit known" if is_open else "Range it may lie in"
        yield LegendEntry(partial(_range, is_open=is_open), words)
    if len(plot.path) > 1:
        yield LegendEntry(_path, "Expected path")
    if plot.target:
        yield LegendEntry(_target, untold.get(plot.target, "Target"))
    notes = [(mark, stands) for mark, stands in plot.milestones if mark in untold]
    told = dict.fromkeys(stands for mark, stands in plot.milestones if mark not in untold)
    for stands in told:
        yield LegendEntry(partial(_milestone, stands=stands), f"Milestone: {stands}")
    for mark, stands in notes[:MOST_NOTES]:
        yield LegendEntry(partial(_milestone, stands=stands), untold[mark])
    names = plot.compared
    for kind, name in enumerate(names[:MOST_BENCHMARKS]):
        yield LegendEntry(partial(_benchmark, kind=kind), name)
    more = max(0, len(notes) - MOST_NOTES) + max(0, len(names) - MOST_BENCHMARKS)
    if more:
        yield LegendEntry(lambda *_: (), f"And {more} more in the table")


def _square(x: float, y: float) -> Iterator[str]:
    yield shapes.square(x, y)


def _seen(x: float, y: float) -> Iterator[str]:
    yield shapes.line(x - 12, y, x + 12, y, shapes.SEEN, 2.4)
    yield shapes.circle(x, y)


def _range(x: float, y: float, *, is_open: bool) -> Iterator[str]:
    yield from _reach(Reach(x, y, y - 8, is_open))
    yield from _reach(Reach(x, y, y + 8, is_open))


def _path(x: float, y: float) -> Iterator[str]:
    yield shapes.line(x - 12, y, x + 12, y, shapes.AIM, 1.6, "7 5")


def _target(x: float, y: float) -> Iterator[str]:
    yield shapes.line(x - 12, y, x + 12, y, shapes.AIM, 1.2, "2 4")
    yield shapes.target(x, y)


def _milestone(x: float, y: float, *, stands: str) -> Iterator[str]:
    yield shapes.milestone(x, y, stands)


def _benchmark(x: float, y: float, *, kind: int) -> Iterator[str]:
    yield shapes.line(x - 12, y, x + 12, y, shapes.INK, 1, shapes.BENCHMARKS[kind][0])
    yield shapes.benchmark(x, y, kind)
