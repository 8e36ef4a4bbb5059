"""Dates, figures, targets, statuses and leads as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplan.documents.bodies import bodies
from diplan.documents.figures import amount
from diplan.documents.register import Register, new_id, unnumbered
from diplan.documents.statuses import WORDS, new_scale, status
from diplan.documents.targets import Goal, goals
from diplan.documents.times import USUAL, Calendar, period_in, read_period, timing
from diplan.documents.words import role_of
from diplan.ground.period import period
from diplan.plan.grade import Meaning, usual_scale

SCALE = usual_scale()

TIMES = {
    "End of Q2 2025/26": {"due": "2025/26-Q2"},
    "Mar-17": {"due": "2017-03"},
    "Mar '17": {"due": "2017-03"},
    "31/12/2025": {"due": "2025-12-31"},
    "31-Dec-25": {"due": "2025-12-31"},
    "Friday 31st December 2025": {"due": "2025-12-31"},
    "December 31, 2025": {"due": "2025-12-31"},
    "October\n2016": {"due": "2016-10"},
    "By the end of March 2027": {"due": "2027-03"},
    "03/2026": {"due": "2026-03"},
    "25/26": {"due": "2025/26"},
    "FY 2025/26": {"due": "2025/26"},
    "by Q4 25/26": {"due": "2025/26-Q4"},
    "TBC": {"due": "to-be-confirmed"},
    "Ongoing from April 2025": {"due": "ongoing", "since": "2025-04"},
    "March 2026 and ongoing": {"due": "2026-03", "continues": "true"},
    "April 2025 - March 2026": {"start": "2025-04", "due": "2026-03"},
}


@pytest.mark.parametrize("text", TIMES)
def test_a_time_is_read_as_people_write_it(text: str) -> None:
    """The day comes first, a two-digit year is of this century, and a stretch begins and ends."""
    assert timing(text, None).keys == TIMES[text]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("Q2 2025", ("2025-Q2", "2025/26-Q2")),
        ("2011-12", ("2011-12", "2011/12")),
        ("11/12", ("2011/12", "2012-11")),
        ("March 17", ("2017-03",)),
    ],
)
def test_a_time_with_two_readings_is_not_chosen(text: str, readings: tuple[str, ...]) -> None:
    """Each of them is named, and none is taken; a single one may still be meant otherwise."""
    known = timing(text, None)

    assert (known.keys, known.readings) == ({}, readings)


@pytest.mark.parametrize(
    "text",
    ["Spring 2026", "ASAP", "2016-20", "start of April 2026", "within 6 months", "Long term",
     "April 2019 September 2019", "31 March", "Ongoing", "April 2025 - ongoing", "x" * 10_000],
)  # fmt: skip
def test_what_is_no_time_stays_text(text: str) -> None:
    """Words, seasons, several dates and half a date are nobody's period."""
    assert timing(text, None) == ({}, ())


def test_only_in_britain_does_the_day_come_first() -> None:
    """Elsewhere 3/4 may be 4 March; 3/25 can only be 25 March."""
    abroad = Calendar(country="US")

    assert read_period("03/04/2026", USUAL) == (("2026-04-03",), True)
    assert read_period("03/04/2026", abroad) == (("2026-04-03", "2026-03-04"), False)
    assert read_period("03/25/2026", abroad) == (("2026-03-25",), True)
    assert read_period("Q2 2025", Calendar(years="calendar")) == (("2025-Q2",), True)


@given(st.dates(min_value=period("2000").first_day, max_value=period("2098").last_day))
def test_every_form_of_a_day_is_that_day(day: object) -> None:
    """However a day is written, it is read as itself."""
    for form in ("%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d-%b-%y", "%B %d, %Y", "%Y-%m-%d"):
        assert read_period(f"{day:{form}}").periods == (f"{day:%Y-%m-%d}",)


@given(st.text(max_size=300))
def test_any_text_is_read_or_left_alone(text: str) -> None:
    """No text makes any of the readers fail, and a period that is given is one."""
    for known in (*read_period(text).periods, *timing(text, text).keys.values()):
        assert known in ("true", "ongoing", "to-be-confirmed") or period(known)
    amount(text, USUAL)
    goals(text, USUAL)
    status(text, SCALE)
    period_in(text)
    bodies(text, Register((), "service"))
    for kind in ("actions", "indicators", "places"):
        role_of(kind, text)


@pytest.mark.parametrize(
    ("header", "when", "rest"),
    [
        ("2022/23", "2022/23", ""),
        ("Baseline (2021/22)", "2021/22", "baseline"),
        ("Target 2025/26", "2025/26", "target"),
        ("Digital inclusion goals for 2020", "2020", "digital inclusion goals for"),
        ("Status (March 2020)", "2020-03", "status"),
        ("Q1 2025/26 actual", "2025/26-Q1", "actual"),
        ("Performance 23/24", "2023/24", "performance"),
    ],
)
def test_years_in_headings_are_periods(header: str, when: str, rest: str) -> None:
    """The heading of a column names the time of its figures."""
    reading, words = period_in(header)

    assert (reading.periods, reading.sure, words) == ((when,), True, rest)


@pytest.mark.parametrize(
    ("text", "keys", "unit", "when"),
    [
        ("c. 4,500", {"value": "4500", "approximate": "true"}, "", ""),
        ("c.4,500 learners (2015/16)", {"value": "4500", "approximate": "true"}, "", "2015/16"),
        ("85%", {"value": "85"}, "per cent", ""),
        ("1.09 million", {"value": "1090000"}, "", ""),
        ("£1.2m", {"value": "1200000"}, "pounds", ""),
        ("3,900 (p)", {"value": "3900", "marks": "provisional"}, "", ""),
        ("over 70", {"low": "70"}, "", ""),
        ("51 of 110", {"numerator": "51", "denominator": "110"}, "per cent", ""),
        ("N/A", {"missing": "not-applicable"}, "", ""),
    ],
)
def test_a_figure_is_read_as_people_write_it(
    text: str, keys: dict[str, str], unit: str, when: str
) -> None:
    """With its sign, its mark, its time, and 'c.' for what is approximate."""
    known = amount(text, USUAL)

    assert known is not None
    assert (known.keys, known.unit, known.period) == (keys, unit, when)


@pytest.mark.parametrize(
    "text", ["1,300 attendances and 195 referrals (2014/15)", "5% increase", "30 and 5 more", "-"]
)
def test_several_figures_or_none_are_no_figure(text: str) -> None:
    """Two numbers in a cell could each be meant."""
    assert amount(text, USUAL) is None


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Halve the number of adults", {"kind": "halve"}),
        ("At least 85 per cent of claims", {"kind": "at-least", "value": "85"}),
        ("Increase usage by at least 25 per cent", {"kind": "increase-by", "percent": "25"}),
        ("At least 25 per cent more businesses", {"kind": "increase-by", "percent": "25"}),
        ("20% reduction", {"kind": "reduce-by", "percent": "20"}),
        ("Reduce by 10%", {"kind": "reduce-by", "percent": "10"}),
        ("increase by 5 percentage points", {"kind": "increase-by-points", "points": "5"}),
        ("Increase from 73% to 80%", {"kind": "at-least", "value": "80"}),
        ("95% or more", {"kind": "at-least", "value": "95"}),
        ("No more than 12 days", {"kind": "at-most", "value": "12"}),
        ("All", {"kind": "all"}),
        ("100%", {"kind": "all"}),
        ("TBC", {"kind": "to-be-confirmed"}),
    ],
)
def test_a_target_is_read_as_people_write_it(text: str, keys: dict[str, str]) -> None:
    """Its kind and its size."""
    assert [goal.keys for goal in goals(text, USUAL)] == [keys]


def test_targets_at_several_times_are_several() -> None:
    """Each of them has its own date, and a bare level could be the least or the most."""
    sides = ("at-least", "at-most")

    assert goals("89% by May 2027 98% by April 2030", USUAL) == [
        Goal({"kind": "", "value": "89"}, "per cent", "2027-05", sides),
        Goal({"kind": "", "value": "98"}, "per cent", "2030-04", sides),
    ]


@pytest.mark.parametrize(
    "text", ["At least 6,000 adults take part between 2016-20", "Support 10 per cent growth",
             "At least half of all staff", "500 a year"],
)  # fmt: skip
def test_a_target_that_is_not_clear_is_none(text: str) -> None:
    """A total over years, growth without a span and numbers in words have several readings."""
    assert goals(text, USUAL) == []


@pytest.mark.parametrize(
    ("text", "grade", "means", "evidence"),
    [
        ("on track", "On-Track", "on-course", ""),
        ("B", "Blue", "done", ""),
        ("R", "Red", "off-course", ""),
        ("Amber: supplier late", "Amber", "off-course", "supplier late"),
        ("In progress - tender out", "In progress", "on-course", "tender out"),
        ("Not yet started", "Not yet started", "not-started", ""),
    ],
)
def test_a_status_has_a_meaning(text: str, grade: str, means: str, evidence: str) -> None:
    """By the plan's scale first, then by the published table; what follows it is evidence."""
    known = status(text, SCALE)

    assert known == (grade, Meaning(means), evidence)


def test_words_that_nobody_knows_are_no_status() -> None:
    """They stay text."""
    for text in ("Immediate / Underway", "see note", "Under review", ""):
        assert status(text, SCALE) is None


def test_no_word_has_two_meanings() -> None:
    """Each stands once in the table."""
    words = [word for listed in WORDS.values() for word in listed]

    assert len(words) == len(set(words))


def test_a_scale_in_use_is_added_to_and_another_one_replaced() -> None:
    """A scale that replaces another is in order of its meanings, and keeps a grade for done."""
    wanted = [known for text in ("Amber", "Green") if (known := status(text, SCALE))]

    joined = [entry["grade"] for entry in new_scale(SCALE, wanted, used=True)]
    replaced = [entry["grade"] for entry in new_scale(SCALE, wanted, used=False)]

    assert joined == ["Fully Achieved", "On-Track", "Slipped", "Not Achieved", "Amber", "Green"]
    assert replaced == ["Fully Achieved", "Green", "Amber"]
    assert new_scale(SCALE, [known for known in [status("on track", SCALE)] if known],
                     used=False) == []  # fmt: skip


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Library Service / Customer Access", ["Library Service", "Customer Access"]),
        ("Adult & Community Learning (ACL) /\nCommunications",
         ["Adult & Community Learning", "Communications"]),
        ("Housing; Age UK", ["Housing", "Age UK"]),
        ("Libraries\nICT", ["Libraries", "ICT"]),
        ("Customer Services (local/central)", ["Customer Services (local/central)"]),
        ("Children, Families and Education", ["Children, Families and Education"]),
        ("TBC", []),
    ],
)  # fmt: skip
def test_bodies_are_parted_where_nobody_can_read_it_otherwise(text: str, titles: list[str]) -> None:
    """At slashes, semicolons and line ends; commas and `and` stand in many a name."""
    services = Register((), "service")

    names = bodies(text, services)

    known = {entry["id"]: str(entry["title"]) for entry in services.new}
    assert [known[name].partition(" (ACL")[0] for name in names] == titles


def test_an_acronym_and_known_names_are_the_same_bodies() -> None:
    """An acronym in brackets is another name; commas part what is known already."""
    services = Register((), "service")
    first = bodies("Adult & Community Learning (ACL) / Housing", services)

    assert bodies("ACL", services) == first[:1]
    assert bodies("adult and community learning, Housing", services) == first
    assert len(services.new) == 2


def test_ids_say_what_titles_say_and_stand_once() -> None:
    """Small words are left out, accents too, and a second one gets a number."""
    assert new_id("Lend tablets to the residents", (), "action") == "lend-tablets-residents"
    assert new_id("Café", {"cafe"}, "place") == "cafe-2"
    assert new_id("数字", (), "action") == "action"


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("A. Digital connectivity", "Digital connectivity"),
        ("Priority 2: Skills", "Skills"),
        ("1.2 Access", "Access"),
        ("Theme: Access", "Access"),
        ("Access", "Access"),
        ("2025 plan", "2025 plan"),
        ("E-safety", "E-safety"),
        ("I.T. skills", "I.T. skills"),
    ],
)
def test_a_heading_is_read_without_its_number(said: str, title: str) -> None:
    """But a year is no number of a heading."""
    assert unnumbered(said) == title
