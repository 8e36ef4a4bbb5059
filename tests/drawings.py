"""Charts that are hard to draw, and how a picture is read back, for tests of pictures."""

from fractions import Fraction
from xml.etree import ElementTree as ET

from diplan.render.lettering import Box, Label
from diplan.report.document import (
    Badge,
    Bar,
    BenchmarkLine,
    Chart,
    Point,
    Portion,
    Stage,
    Table,
    Tone,
)

EMPTY = Chart("empty", "Empty", "", "per cent", (), None, None, (), Table((), ()))


def point(
    label: str,
    time: Fraction | str | int,
    value: Fraction | str | int | None,
    ends: tuple[int | None, int | None] = (None, None),
) -> Point:
    """A point of a chart, its numbers as they are written."""
    low, high = (None if end is None else Fraction(end) for end in ends)
    return Point(label, Fraction(time), None if value is None else Fraction(value), low, high)


def milestone(label: str, time: int, value: str, stands: str) -> Stage:
    """A milestone of a chart."""
    return Stage(point(label, time, value), Badge(stands))


BASELINE = point("2010", 2010, 30)
AIM = point("halve to 15% by 2030", 2030, 15)
MILESTONES = (
    milestone("27% by 2014: met, 25%", 2014, "27", "met"),
    milestone("24% by 2018: missed, 26.5%", 2018, "24", "missed"),
    milestone("21% by 2021: not measured", 2021, "21", "not measured"),
    milestone("next: 18% by 2026", 2026, "18", "not due yet"),
    milestone("16.5% by 2028: met, 16%", 2028, "16.5", "met"),
)
BENCHMARKS = tuple(
    BenchmarkLine(name, [point(str(year), year, start - Fraction(year - 2011)) for year in years])
    for name, start, years in (
        ("United Kingdom of Great Britain and Northern Ireland", 22, range(2011, 2024)),
        ("West Midlands", 25, range(2011, 2024)),
        ("Statistical neighbours", 33, range(2012, 2020)),
    )
)
CROWDED = EMPTY._replace(
    key="crowded",
    points=[
        point(str(year), year, 30 - (year - 2010) + year * 37 % 11) for year in range(2011, 2026)
    ],
    baseline=BASELINE,
    target=AIM,
    path=[
        (one.time, one.value)
        for one in (BASELINE, *(stone.point for stone in MILESTONES), AIM)
        if one.value is not None
    ],
    milestones=MILESTONES,
    benchmarks=BENCHMARKS,
)
PROMISES = EMPTY._replace(
    key="promises",
    points=[point("2015", 2015, 27), point("2020", 2020, 24)],
    baseline=BASELINE,
    target=AIM,
    path=CROWDED.path,
    milestones=MILESTONES[:4],
    benchmarks=BENCHMARKS[1:2],
)
LONG = EMPTY._replace(
    key="long",
    unit="visits by residents of the city and of the wider region to a service point in person",
    points=[
        point("financial year 2016/2017", 2016, 7000, (6000, None)),
        point("financial year 2017/2018", 2017, 9000, (None, 10_000)),
        point("Pneumonoultramicroscopicsilicovolcanoconiosis", 2018, 8000),
    ],
    baseline=point("before", 2015, 6500),
    target=point(
        "at least 12,000 people who are helped for the first time by the end of the strategy, "
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch among them", 2020, 12_000,
    ),
    path=[(Fraction(2015), Fraction(6500)), (Fraction(2020), Fraction(12_000))],
)  # fmt: skip
BELOW = EMPTY._replace(
    key="below",
    unit="points",
    points=[point(f"2020-{month:02}", 2020 + Fraction(month, 12), Fraction(month * 7 % 13 - 6, 2))
            for month in range(1, 13)],
    baseline=point("2020", 2020, -2),
    target=point("at least 3 by March 2021", "2021.25", 3),
    path=[(Fraction(2020), Fraction(-2)), (Fraction("2021.25"), Fraction(3))],
)  # fmt: skip
VAST = EMPTY._replace(
    key="vast",
    unit="people",
    points=[point("2015", 2015, 10**17), point("2016", 2016, 4 * 10**18)],
    target=point("a quintillion by 2020", 2020, 10**18),
)
ALONE = EMPTY._replace(key="alone", unit="people", points=[point("2018/19", 2019, 40)])
HARD = (CROWDED, PROMISES, LONG, BELOW, VAST, ALONE)

GRADES = Bar(
    "grades",
    "How the actions stand",
    "12 fully achieved, 7 on track, 4 slipped, 2 not achieved, 3 with no update.",
    (
        Portion("Fully Achieved", 12, Tone.GOOD),
        Portion("On-Track", 7, Tone.GOOD),
        Portion("Slipped", 4, Tone.FAIR),
        Portion("Not Achieved", 2, Tone.POOR),
        Portion("no update yet", 3, Tone.NONE),
    ),
)

SVG = "{http://www.w3.org/2000/svg}"


def group(picture: ET.Element, name: str) -> ET.Element:
    """The elements of a class."""
    return next(one for one in picture.iter(f"{SVG}g") if one.get("class") == name)


def labels(picture: ET.Element) -> list[Label]:
    """Where the words in a picture, or in a part of it, are."""
    return [
        Label(
            tuple(one.itertext()),
            float(one.get("x", "")),
            float(one.get("y", "")),
            one.get("text-anchor", "start"),  # type: ignore[arg-type]
        )
        for one in picture.iter(f"{SVG}text")
    ]


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have more than their edges in common."""
    across = min(one.right, other.right) - max(one.left, other.left)
    return across > 0.2 and min(one.bottom, other.bottom) - max(one.top, other.top) > 0.2
