"""A document with every kind of block and cell, for tests of renderers."""

from fractions import Fraction

from diplan.report.document import (
    Badge,
    Chart,
    Column,
    Document,
    Facts,
    Items,
    Lines,
    Map,
    Pin,
    Point,
    Prose,
    Section,
    Table,
    Tone,
    Trend,
    Way,
)

FIGURES = {2013: "26.2", 2014: "11.7", 2015: "13.4", 2017: "20.0", 2018: "9.8", 2019: "16.4"}
"""Adults of Stoke-on-Trent who did not use the internet, per cent (ONS)."""

BASELINE = Point("2016", Fraction(2016), Fraction("12.3"))
TARGET = Point("halve to 6.15% by 2020", Fraction(2020), Fraction("6.15"))
POINTS = tuple(Point(str(year), Fraction(year), Fraction(value)) for year, value in FIGURES.items())

SHARE = Chart(
    "offline-adults-share",
    "Adults not using the internet (share)",
    "Up from 12.3% in 2016 to 16.4% in 2019; the target is 6.15% by 2020.",
    "per cent",
    POINTS,
    BASELINE,
    TARGET,
    ((BASELINE.time, Fraction("12.3")), (TARGET.time, Fraction("6.15"))),
    Table(
        (Column("period", "Period"), Column("value", "Figure", right=True)),
        [[str(year), f"{value}%"] for year, value in FIGURES.items()],
    ),
)

UNSURE = SHARE._replace(
    key="unsure",
    title="The same, with a gap and less certain",
    points=tuple(
        point._replace(value=None)
        if point.label == "2017"
        else point._replace(low=Fraction(6), high=None if point.label == "2018" else Fraction(25))
        if point.label > "2017"
        else point
        for point in POINTS
    ),
)

INDICATORS = Table(
    (
        Column("title", "Indicator"),
        Column("latest", "Latest", right=True),
        Column("progress", "Progress"),
        Column("status", "Status"),
        Column("trend", "Trend"),
    ),
    [
        ["Online forms", "3,500", Way(Fraction(2, 5)), Badge("on track", Tone.GOOD), Trend(())],
        ["Linked accounts", "8,500", Way(Fraction(-1)), Badge("slipped", Tone.FAIR), Trend(())],
        ["Website visits", "none", Way(None), Badge("not achieved", Tone.POOR), Trend(())],
        ["Work Clubs", "none", Way(Fraction(9)), Badge("no data"), Trend(())],
    ],
)

ACTIONS = Table(
    (Column("aim", "Aim"), Column("objective", "Objective"), Column("action", "Action")),
    [
        ["Raise skills", "Work Clubs", "More clubs in libraries"],
        ["", "", "Train volunteers"],
        ["", "Staff", Lines(("Skills checks", "Training"))],
        ["Give access", "", "Lend tablets"],
        ["Save money", "Wi-fi", ""],
    ],
    "Actions by aim",
    merged=2,
)

TEXT = """# What we did

We opened **four** learning hubs: see [the strategy](https://www.stoke.gov.uk/strategy).

### Detail

| Hub | People | |
|:--|--:|--|
| Bentilee | 120 | |

> Residents told us that cost matters most.
"""

PLACES = Map(
    "places",
    "Where the places are",
    "Three made-up places.",
    (
        Pin("Made-up Library", 53.01, -2.18),
        Pin("Pretend Village Hall", 53.045, -2.12),
        Pin("Invented Hub", 53.002, -2.189),
    ),
    Table(
        (Column("number", "Number", right=True), Column("place", "Place")),
        [["1", "Made-up Library"], ["2", "Pretend Village Hall"], ["3", "Invented Hub"]],
    ),
)

EVERYTHING = Document(
    "Digital Inclusion Strategy",
    ["As of 31 December 2019.", Facts([("Lead", "Library service"), ("Trend", Trend(()))])],
    [
        Section("Indicators", [INDICATORS, Items(["One is late.", "One is not."])]),
        Section("Course", [SHARE]),
        Section("Less certain", [UNSURE], 3),
        Section("What was done", [Prose(TEXT), Facts([("State", Badge("late", Tone.POOR))])]),
        Section("Places", [PLACES]),
        Section("Action plan", [ACTIONS, ACTIONS._replace(caption="")]),
    ],
)
"""Every kind of block and of cell."""
